-- The identities of seeds/identities.csv taken apart: one row per term.
--   side     ::= operand [" + " operand]...
--   operand  ::= indicator [":" dimension "=" code ["|" code]...]   (several codes: several terms)
-- A dimension that the operand does not name must be empty in the observation, except the one in
-- column `per`: the identity is evaluated once for each of its codes.
with identities as (
    select * from {{ ref('identities') }}
),

sides as (
    select
        check_id,
        per,
        'lhs' as side,
        lhs as expression
    from identities
    union all
    select
        check_id,
        per,
        'rhs' as side,
        rhs as expression
    from identities
),

operands as (
    select
        check_id,
        per,
        side,
        unnest(generate_series(1, len(string_split(expression, ' + ')))) as operand_no,
        trim(unnest(string_split(expression, ' + '))) as operand
    from sides
),

parsed as (
    select
        *,
        split_part(operand, ':', 1) as indicator,
        split_part(split_part(operand, ':', 2), '=', 1) as dimension,
        string_split(split_part(operand, '=', 2), '|') as codes
    from operands
),

terms as (
    select
        * exclude (operand, codes),
        unnest(generate_series(1, len(codes))) as code_no,
        unnest(codes) as code
    from parsed
)

select
    check_id,
    side,
    cast(operand_no * 100 + code_no as integer) as term_no,
    indicator,
    case 'channel' when dimension then code when per then '*' else '' end as channel,
    case 'applicant_type' when dimension then code when per then '*' else '' end as applicant_type,
    case 'outcome' when dimension then code when per then '*' else '' end as outcome
from terms
