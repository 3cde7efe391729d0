-- Every identity of seeds/identities.csv on every report that gives a term of it. A missing or
-- blank term makes it not assessable: blank is not zero. A term read as "more than" makes it
-- approximate: sums of approximations are no errors.
with operands as (
    select * from {{ ref('int_identity_operands') }}
),

identities as (
    select * from {{ ref('identities') }}
),

versions as (
    select * from {{ ref('int_report_version') }}
),

summed as (
    select
        check_id,
        report_id,
        form,
        org_scope,
        is_from_table,
        per_code,
        sum(value) filter (where side = 'lhs') as lhs_sum,
        sum(value) filter (where side = 'rhs') as rhs_sum,
        count(*) as term_count,
        count(*) filter (where value is null) as missing_count,
        bool_or(qualifier <> 'exact') as has_approximate,
        cast(to_json(list({
            'side': side,
            'indicator': indicator,
            'channel': channel,
            'applicant_type': applicant_type,
            'outcome': outcome,
            'value': value,
            'qualifier': qualifier,
            'value_semantic': value_semantic,
            'quote': quote,
            'char_start': char_start,
            'char_end': char_end,
            'observation_id': observation_id
        } order by side, term_no)) as varchar) as operands
    from operands
    group by check_id, report_id, form, org_scope, is_from_table, per_code
),

-- A side with a missing term has no sum: what is left of it is not the number to compare with.
compared as (
    select
        *,
        case when missing_count = 0 then lhs_sum end as actual,
        case when missing_count = 0 then rhs_sum end as expected
    from summed
)

select
    md5(concat_ws(
        '|', compared.check_id, compared.report_id, compared.form, compared.org_scope,
        compared.is_from_table, compared.per_code
    )) as check_key,
    compared.check_id,
    compared.report_id,
    versions.agency_key,
    versions.report_year,
    versions.is_current,
    compared.form,
    compared.org_scope,
    compared.is_from_table,
    identities.per as per_dimension,
    nullif(compared.per_code, '') as per_code,
    identities.kind,
    identities.severity,
    identities.title_en,
    identities.title_zh,
    compared.expected,
    compared.actual,
    compared.actual - compared.expected as difference,
    case
        when compared.missing_count > 0 then 'not_assessable'
        when compared.has_approximate then 'approximate'
        -- 1e-6: sums of counts are whole numbers; only the noise of binary fractions is forgiven
        when abs(compared.actual - compared.expected) < 1e-6 then 'holds'
        else 'fails'
    end as status,
    compared.term_count,
    compared.missing_count,
    compared.operands
from compared
inner join identities on compared.check_id = identities.check_id
left join versions on compared.report_id = versions.report_id
order by compared.check_id, compared.report_id, compared.form, compared.per_code, check_key
