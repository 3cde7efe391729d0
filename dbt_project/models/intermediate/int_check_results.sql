-- Every identity on every case, evaluated: one row per case, whichever reading of it fits. Where an
-- identity has two readings (受理: received, or with those carried in), it holds if either does and
-- fails if both do not.
with identities as (
    select * from {{ ref('identities') }}
),

sums as (
    select
        *,
        cast(null as varchar) as lhs_quote,
        cast(null as varchar) as operands
    from {{ ref('int_within_sums') }}
    union all by name
    select
        * replace (cast(to_json(operands) as varchar) as operands),
        cast(null as ubigint) as case_hash
    from {{ ref('int_across_sums') }}
),

readings as (
    select
        sums.* exclude (sums.has_approximate, sums.span),
        'year' as time_scope,
        {{ identity_status('sums', 'identities') }} as status
    from sums
    inner join identities on sums.check_id = identities.check_id
    union all by name
    select
        *,
        cast(null as integer) as equation_no,
        cast(null as ubigint) as case_hash,
        cast(null as varchar) as lhs_quote
    from {{ ref('int_list_checks') }}
),

-- Most identities have one reading, and nothing to choose from.
with_several as (
    select check_id
    from identities
    where contains(rhs, ' or ') or contains(lhs, ' or ')
),

-- The reading that tells most: one that holds, one that cannot be told, then the first that fails.
chosen as (
    select
        *,
        true as has_several
    from readings
    where check_id in (select with_several.check_id from with_several)
    qualify
        row_number() over (
            partition by
                check_id, report_id, other_report_id, form, org_scope, time_scope, is_from_table, per_code
            order by
                case status
                    when 'holds' then 1 when 'approximate' then 2 when 'not_assessable' then 3 else 4
                end asc,
                reading_no asc
        ) = 1
    union all
    select
        *,
        false as has_several
    from readings
    where check_id not in (select with_several.check_id from with_several)
)

select
    md5(concat_ws(
        '|', chosen.check_id, chosen.report_id, chosen.other_report_id, chosen.form, chosen.org_scope,
        chosen.time_scope, chosen.is_from_table, chosen.per_code
    )) as check_key,
    chosen.check_id,
    identities.frame,
    chosen.report_id,
    chosen.other_report_id,
    chosen.form,
    chosen.org_scope,
    chosen.time_scope,
    chosen.is_from_table,
    nullif(chosen.per_code, '') as per_code,
    chosen.equation_no,
    chosen.case_hash,
    -- a side with a missing term has no sum: what is left of it is not the number to compare with
    case when chosen.missing_count = 0 then chosen.rhs_sum end as expected,
    case when chosen.missing_count = 0 then chosen.lhs_sum end as actual,
    -- a sentence that says 收到 and counts those carried in contradicts the table, but the second
    -- reading tells why
    case
        when
            chosen.status = 'holds' and chosen.reading_no > 1
            and identities.alternative_when is not null
            and not regexp_matches(chosen.lhs_quote, identities.alternative_when)
            then 'fails'
        else chosen.status
    end as status,
    chosen.status = 'holds' as is_explained,
    case
        when chosen.has_several and chosen.status in ('holds', 'approximate')
            then string_split(
                case when contains(identities.rhs, ' or ') then identities.rhs else identities.lhs end, ' or '
            )[chosen.reading_no]
    end as matched_reading,
    cast(chosen.term_count as bigint) as term_count,
    cast(chosen.missing_count as bigint) as missing_count,
    chosen.operands
from chosen
inner join identities on chosen.check_id = identities.check_id
