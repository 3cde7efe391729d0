-- A mistyped code in seeds/identities.csv would make its check silently not assessable for ever.
with terms as (
    select * from {{ ref('int_identity_terms') }}
),

codes as (
    select
        'indicator' as dimension,
        indicator as code
    from {{ ref('stg_indicators') }}
    union all
    select
        'channel' as dimension,
        channel as code
    from {{ ref('stg_channels') }}
    union all
    select
        'applicant_type' as dimension,
        applicant_type as code
    from {{ ref('stg_applicant_types') }}
    union all
    select
        'outcome' as dimension,
        outcome as code
    from {{ ref('stg_outcomes') }}
),

named as (
    select
        check_id,
        'indicator' as dimension,
        indicator as code
    from terms
    where literal_value is null
    union all
    select
        check_id,
        'channel' as dimension,
        channel as code
    from terms
    union all
    select
        check_id,
        'applicant_type' as dimension,
        applicant_type as code
    from terms
    union all
    select
        check_id,
        'outcome' as dimension,
        outcome as code
    from terms
)

select distinct named.*
from named
left join codes
    on
        named.dimension = codes.dimension
        and named.code = codes.code
where named.code not in ('', '*', '+') and codes.code is null

union all

-- an identity whose sides could not be taken apart would never be evaluated
select
    identities.check_id,
    'side' as dimension,
    identities.lhs || ' | ' || identities.rhs as code
from {{ ref('identities') }} as identities
left join terms on identities.check_id = terms.check_id
group by identities.check_id, identities.lhs, identities.rhs
having count(distinct terms.side) < 2

union all

select distinct
    check_id,
    'place' as dimension,
    place as code
from terms
where place not in ('', 'text', 'table', 'next', 'stock', 'next_stock', 'aggregate', 'share')
