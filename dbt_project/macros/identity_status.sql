{#- What the sums of an identity tell. A missing or blank term makes it not assessable: blank is not
    zero. A term read as "more than" makes it approximate: sums of approximations are no errors. -#}
{% macro identity_status(sums, identities) -%}
case
    when {{ sums }}.missing_count > 0 then 'not_assessable'
    -- figures of different sentences may be about different things
    when {{ sums }}.span > cast({{ identities }}.within_chars as integer) then 'not_assessable'
    when {{ sums }}.has_approximate then 'approximate'
    -- 1e-6: sums of counts are whole numbers; only the noise of binary fractions is forgiven
    when {{ identities }}.relation = '=' and abs({{ sums }}.lhs_sum - {{ sums }}.rhs_sum) < 1e-6 then 'holds'
    when {{ identities }}.relation = '>=' and {{ sums }}.lhs_sum > {{ sums }}.rhs_sum - 1e-6 then 'holds'
    when {{ identities }}.relation = '<=' and {{ sums }}.lhs_sum < {{ sums }}.rhs_sum + 1e-6 then 'holds'
    else 'fails'
end
{%- endmacro %}


{#- An operand in the list that check_counts shows. -#}
{% macro operand_struct(terms, readings) -%}
{
    'side': {{ terms }}.side,
    'indicator': {{ terms }}.indicator,
    'channel': nullif({{ terms }}.channel, ''),
    'applicant_type': nullif({{ terms }}.applicant_type, ''),
    'outcome': nullif({{ terms }}.outcome, ''),
    'value': coalesce({{ readings }}.value, {{ terms }}.literal_value),
    'qualifier': {{ readings }}.qualifier,
    'value_semantic': {{ readings }}.value_semantic,
    'quote': {{ readings }}.quote,
    'char_start': {{ readings }}.char_start,
    'char_end': {{ readings }}.char_end,
    'observation_id': {{ readings }}.observation_id
}
{%- endmacro %}
