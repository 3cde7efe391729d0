-- 27. How did appeals end (复议结果)?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select a.agency_name, f.report_year,
       sum(value) filter (outcome = 'upheld') as upheld,
       sum(value) filter (outcome = 'corrected') as corrected,
       sum(value) filter (outcome = 'other_result') as other,
       sum(value) filter (outcome = 'pending') as pending
from {{ ref('fct_proceedings') }} f join {{ ref('dim_agency') }} a using (agency_key)
where indicator = 'reconsideration_cases' and outcome is not null
group by all having sum(value) > 0 order by report_year, agency_name
