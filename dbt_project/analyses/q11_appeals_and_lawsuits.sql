-- 11. Appeals and lawsuits, across forms
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, report_year, reconsideration_cases as reconsideration,
       coalesce(litigation_cases, litigation_direct_cases + litigation_post_cases) as lawsuits
from {{ ref('agency_year') }}
where reconsideration > 0 or lawsuits > 0
order by report_year, agency_name
