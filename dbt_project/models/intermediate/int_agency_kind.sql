-- The kind of each agency, and the level where its name alone tells it: the first rule of
-- data/reference/agency_kinds.csv (by priority) that matches its name without the names of its
-- places. Bare names are few (人民政府), so the patterns run over few rows.
with bare_names as (
    select distinct bare_name
    from {{ ref('int_agency_name') }}
),

matched as (
    select
        bare_names.bare_name,
        rules.rule_id as kind_rule_id,
        rules.kind,
        rules.level as level_of_name,
        row_number() over (
            partition by bare_names.bare_name
            order by rules.priority asc, rules.rule_id asc
        ) as rule_rank
    from bare_names
    inner join {{ ref('stg_agency_kinds') }} as rules
        on regexp_matches(bare_names.bare_name, rules.pattern)
)

select * exclude (rule_rank)
from matched
where rule_rank = 1
