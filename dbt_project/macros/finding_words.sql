{#- The words of a failing identity: what is compared, both numbers, and whose fault it is. One
    template for each kind, in each language. -#}
{% macro finding_words(language) -%}
{%- set templates = {
    'en': {
        'list': '{}: printed {}, but the parts that are listed add up to {} (difference {}).',
        'balance': '{}: {} on the left, {} on the right (difference {}).',
        'bound': '{}: {} on the left, {} on the right (difference {}).',
        'repeat': '{}: the sentence says {}, the table {} (difference {}).',
        'carry': '{}: {} here, {} by the other report (difference {}).',
        'stock': '{}: {} here, {} by the other report (difference {}).',
        'sum': '{}: printed {}, but the parts add up to {} (difference {}).'
    },
    'zh': {
        'list': '{}：报告为{}，所列分项之和为{}（相差{}）。',
        'balance': '{}：左边为{}，右边为{}（相差{}）。',
        'bound': '{}：左边为{}，右边为{}（相差{}）。',
        'repeat': '{}：叙述为{}，表格为{}（相差{}）。',
        'carry': '{}：本报告为{}，另一年度报告推得{}（相差{}）。',
        'stock': '{}：本报告为{}，另一年度报告推得{}（相差{}）。',
        'sum': '{}：报告为{}，分项之和为{}（相差{}）。'
    }
}[language] -%}
case
    when kind = 'shares'
        then format(
            '{{ '{}: they add up to {} % (difference {}).' if language == 'en' else '{}：占比合计为{}%（相差{}）。' }}',
            words_{{ language }}, expected_text, difference_text
        )
    {%- for kind, template in templates.items() if kind not in ('sum', 'shares') %}
    when kind = '{{ kind }}'
        then format('{{ template }}', words_{{ language }}, actual_text, expected_text, difference_text)
    {%- endfor %}
    else format('{{ templates['sum'] }}', words_{{ language }}, actual_text, expected_text, difference_text)
end
{%- endmacro %}


{#- A sentence on whose fault a failing check is. -#}
{% macro fault_words(language) -%}
case fault
    when 'printed_error'
        then '{{ ' Both looks at the document read the same: it is printed so.' if language == 'en' else '两次独立读取一致，原文如此。' }}'
    when 'scope_difference'
        then {{ "format(' It fits another reading: {}.', matched_reading)" if language == 'en' else "format('按另一口径（{}）则一致。', matched_reading)" }}
    else '{{ ' No second look could confirm the reading.' if language == 'en' else '未能以第二次读取证实。' }}'
end
{%- endmacro %}
