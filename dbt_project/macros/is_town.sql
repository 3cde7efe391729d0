{#- Does a name without its county speak of a town (镇), township (乡, 苏木) or subdistrict (街道), or
    of a body in one? 乡镇企业局, 城乡规划局 and 乡村振兴局 do not. -#}
{% macro is_town(name) -%}
    regexp_matches(
        {{ name }},
        '^([^城乡镇]|城[^乡镇]){1,9}(镇|乡|苏木|街道|地区)(人民政府|政府|办事处|办|$|党政|.{2,6}(所|站|中心|小学|中学|卫生院)$)'
    )
{%- endmacro %}
