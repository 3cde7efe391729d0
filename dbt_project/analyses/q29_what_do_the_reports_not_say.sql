-- 29. What do the reports not say?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select r.form, count(*) as reports,
       count(*) - count(y.disclosed) as no_disclosed,
       count(*) - count(y.requests_received) as no_requests,
       count(*) - count(y.reconsideration_cases) as no_reconsideration,
       count(*) - count(coalesce(y.staff_total, y.staff_full_time)) as no_staff,
       count(*) - count(y.budget_amount) as no_budget
from {{ ref('agency_year') }} y join {{ ref('dim_report') }} r using (report_id)
group by r.form order by min(y.report_year)
