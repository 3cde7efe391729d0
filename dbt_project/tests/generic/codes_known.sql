{#- Coded columns hold only the codes listed; a null is no code. `codes` maps column to codes. -#}
{% test codes_known(model, codes) %}
{%- for column, values in codes.items() %}
select
    '{{ column }}' as column_name,
    {{ column }} as unknown_code,
    count(*) as row_count
from {{ model }}
where {{ column }} is not null and {{ column }} not in ('{{ values | join("', '") }}')
group by {{ column }}
{{ "union all" if not loop.last }}
{%- endfor %}
{% endtest %}
