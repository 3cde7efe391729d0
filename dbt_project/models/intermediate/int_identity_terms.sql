-- The identities of seeds/identities.csv taken apart: one row per term and reading.
--   side     ::= reading [" or " reading]...          (any of them may hold; only rhs, or lists)
--   reading  ::= operand [(" + " | " - ") operand]...
--   operand  ::= number
--              | indicator [":" dimension "=" code ["|" code]...] ["@" place]
--   code     ::= a code of the codebook (several: several terms) | "*" (whichever is printed)
--   indicator may be "*": every indicator that no other identity of the frame names (but money)
-- A dimension that the operand does not name must be empty in the observation, except the one in
-- column `per`: the identity is evaluated once for each of its codes, and once for none.
-- Places: `text` and `table` of one report; `next` the report of the year after; `stock` and
-- `next_stock` the running total; `aggregate` the report for all below; `share` the printed share.
with identities as (
    select
        check_id,
        frame,
        per,
        string_split(lhs, ' or ') as lhs_readings,
        string_split(rhs, ' or ') as rhs_readings
    from {{ ref('identities') }}
),

-- The left side is the same in every reading of the right side.
sides as (
    select
        check_id,
        frame,
        per,
        'lhs' as side,
        unnest(generate_series(1, greatest(len(lhs_readings), len(rhs_readings)))) as reading_no,
        lhs_readings as readings
    from identities
    union all
    select
        check_id,
        frame,
        per,
        'rhs' as side,
        unnest(generate_series(1, greatest(len(lhs_readings), len(rhs_readings)))) as reading_no,
        rhs_readings as readings
    from identities
),

expressions as (
    select
        * exclude (readings),
        '+ ' || readings[least(reading_no, len(readings))] as expression
    from sides
),

operands as (
    select
        * exclude (expression),
        unnest(regexp_extract_all(expression, '[+-] [^ ]+')) as operand,
        unnest(generate_series(1, len(regexp_extract_all(expression, '[+-] [^ ]+')))) as operand_no
    from expressions
),

parsed as (
    select
        * exclude (operand),
        case when starts_with(operand, '-') then -1 else 1 end as sign,
        regexp_extract(operand, '^. ([a-z0-9_*]+)', 1) as indicator,
        regexp_extract(operand, ':([a-z_]+)=', 1) as dimension,
        string_split(regexp_extract(operand, '=([^@]*)', 1), '|') as codes,
        regexp_extract(operand, '@([a-z_]+)$', 1) as place
    from operands
),

terms as (
    select
        * exclude (codes),
        unnest(generate_series(1, len(codes))) as code_no,
        unnest(codes) as code
    from parsed
),

named as (
    select distinct
        frame,
        indicator
    from terms
),

-- "*" for an indicator: one term, with a fixed code, for each that the frame does not name.
spread as (
    select
        terms.*,
        '' as fixed_code
    from terms
    where terms.indicator <> '*'
    union all
    select
        terms.* replace (indicators.indicator as indicator),
        indicators.indicator as fixed_code
    from terms
    cross join {{ ref('stg_indicators') }} as indicators
    where
        terms.indicator = '*'
        and indicators.unit <> 'yuan'
        and (terms.frame, indicators.indicator) not in (select (named.frame, named.indicator) from named)
)

-- '' no code, '+' any code, '*' any code or none.
select
    check_id,
    frame,
    side,
    cast(reading_no as integer) as reading_no,
    cast(operand_no * 100 + code_no as integer) as term_no,
    cast(sign as integer) as sign,
    indicator,
    try_cast(indicator as double) as literal_value,
    place,
    fixed_code,
{% for dimension in ['category', 'channel', 'applicant_type', 'outcome', 'org_group'] -%}
case '{{ dimension }}'
    when dimension then case code when '*' then '+' else code end
    when per then '*'
    else ''
end as {{ dimension }}{{ "," if not loop.last }}
{% endfor %}
from spread
