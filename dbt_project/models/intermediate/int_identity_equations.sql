-- The terms of the identities without any wildcard: one row per term, reading, code and form, with
-- a hash of what the term counts. So every reading finds its terms by one equal number, however
-- many identities there are. Lists stay open and are not here.
with identities as (
    select
        check_id,
        frame,
        per,
        case
            when frame in ('next_year', 'aggregate') then ['*']
            when forms = '*' then ['narrative', 'annex_2014', 'std_2019', 'std_2021']
            else string_split(forms, '|')
        end as forms
    from {{ ref('identities') }}
    where frame <> 'list'
),

codes as (
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
    union all
    select
        unnest(['channel', 'applicant_type', 'outcome']) as dimension,
        '' as code
),

terms as (
    select
        terms.*,
        identities.per,
        unnest(identities.forms) as form
    from {{ ref('int_identity_terms') }} as terms
    inner join identities on terms.check_id = identities.check_id
),

expanded as (
    select
        terms.check_id,
        terms.frame,
        terms.form,
        coalesce(codes.code, terms.fixed_code) as per_code,
        terms.reading_no,
        terms.side,
        terms.term_no,
        terms.sign,
        terms.place,
        terms.indicator,
        terms.literal_value,
    {% for dimension in ['channel', 'applicant_type', 'outcome'] -%}
    case
        when terms.{{ dimension }} in ('*', '+') then codes.code
        else terms.{{ dimension }}
    end as {{ dimension }}{{ "," if not loop.last }}
    {% endfor %}
    from terms
    left join codes on terms.per = codes.dimension
    -- "+" is any code but none
    where
        codes.code is null
        or codes.code <> ''
        or '+' not in (terms.channel, terms.applicant_type, terms.outcome)
)

select
    *,
    cast(dense_rank() over (order by check_id, form, per_code, reading_no) as integer) as equation_no,
    cast(count(*) over (partition by check_id, form, per_code, reading_no) as integer) as term_count,
    {{ code_hash() }} as code_hash
from expanded
