{#- What a number counts, as one number: its indicator and the codes it is broken down by. -#}
{% macro code_hash() -%}
hash(indicator, coalesce(channel, ''), coalesce(applicant_type, ''), coalesce(outcome, ''))
{%- endmacro %}
