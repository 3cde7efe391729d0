-- What the identities are evaluated on: one reading for each breakdown within a form of a report,
-- a number before a blank, then what stands first. Few breakdowns are told twice: only these are
-- ranked, because ranking five million rows costs more than all the checks.
with codes as (
    select distinct code_hash from {{ ref('int_identity_equations') }}
),

observations as (
    select
        observation_id,
        report_id,
        form,
        org_scope,
        time_scope,
        is_from_table,
        value,
        qualifier,
        value_semantic,
        quote,
        char_start,
        char_end,
        {{ code_hash() }} as code_hash,
        hash(report_id, form, org_scope, time_scope, is_from_table) as case_hash
    from {{ ref('int_observation_use') }}
    where
        time_scope in ('year', 'cumulative')
        and org_scope <> 'sub_unit'
        and value_semantic <> 'share_only'
        and category is null and category_label is null and org_group is null
),

keyed as (
    select
        observations.*,
        hash(observations.case_hash, observations.code_hash) as breakdown_key
    from observations
    where exists (
        select 1 from codes
        where codes.code_hash = observations.code_hash
    )
),

told_twice as (
    select breakdown_key
    from keyed
    group by breakdown_key
    having count(*) > 1
),

surplus as (
    select observation_id
    from keyed
    where breakdown_key in (select told_twice.breakdown_key from told_twice)
    qualify
        row_number() over (
            partition by breakdown_key
            order by (value is not null) desc, char_start asc, observation_id asc
        ) > 1
)

select * exclude (breakdown_key)
from keyed
where observation_id not in (select surplus.observation_id from surplus)
