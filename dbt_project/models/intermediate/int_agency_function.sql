-- The function (职能) of each agency: the first rule of data/reference/agency_functions.csv (by
-- priority) that matches its name without the names of its places. Bare names are few (教育局),
-- so the patterns run over few rows.
with bare_names as (
    select distinct bare_name
    from {{ ref('int_agency_name') }}
),

matched as (
    select
        bare_names.bare_name,
        rules.function_code,
        rules.label_zh as function_zh,
        rules.label_en as function_en,
        row_number() over (
            partition by bare_names.bare_name
            order by rules.priority asc, rules.function_code asc
        ) as rule_rank
    from bare_names
    inner join {{ ref('stg_agency_functions') }} as rules
        on regexp_matches(bare_names.bare_name, rules.pattern)
)

select * exclude (rule_rank)
from matched
where rule_rank = 1
