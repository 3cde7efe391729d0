-- A sum that is the same whatever order its numbers come in: doubles are added in any, and the last
-- digits of 16.7 + 6.4 + 76.9 show which. Printed numbers have six decimals at most.
{% macro steady_sum(number, condition=none) -%}
round(sum({{ number }}){% if condition %} filter (where {{ condition }}){% endif %}, 6)
{%- endmacro %}
