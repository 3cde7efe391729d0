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
where named.code not in ('', '*') and codes.code is null
