{#- The schema of a model is exactly the one configured (`marts`, not `main_marts`): the contract
    names it so. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
