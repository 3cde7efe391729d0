{#- Every key and code that a row names exists in the table it refers to; a null names nothing.
    One test for all references of a table: `references` is a list of {column, to, field}, field
    being the column's own name unless given. -#}
{% test references_hold(model, references) %}
{%- for reference in references %}
select
    '{{ reference.column }}' as column_name,
    cast(child.{{ reference.column }} as varchar) as unknown_value,
    count(*) as row_count
from {{ model }} as child
where
    child.{{ reference.column }} is not null
    and not exists (
        select 1
        from {{ reference.to }} as parent
        where parent.{{ reference.field or reference.column }} = child.{{ reference.column }}
    )
group by child.{{ reference.column }}
{{ "union all" if not loop.last }}
{%- endfor %}
{% endtest %}
