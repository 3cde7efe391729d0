{#- The columns together are the key of the table: no two rows share it, and none of them is null. -#}
{% test key_holds(model, columns) %}
{%- set key = columns | join(', ') %}
select
    {{ key }},
    count(*) as row_count
from {{ model }}
group by {{ key }}
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}
