-- 1. What is here?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select form, count(*) as reports, min(report_year) as first_year, max(report_year) as last_year,
       sum(figure_count)::int as figures
from {{ ref('dim_report') }} where is_current
group by form order by first_year
