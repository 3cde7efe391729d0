-- 23. How many requests were granted, form by form?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select r.form, count(*) as reports, count(y.requests_received) as say_received,
       sum(y.requests_received)::int as received,
       count(y.requests_granted) as say_granted, sum(y.requests_granted)::int as granted,
       round(100 * sum(y.requests_granted) filter (y.requests_received is not null)
             / sum(y.requests_received) filter (y.requests_granted is not null), 1) as granted_pct
from {{ ref('agency_year') }} y join {{ ref('dim_report') }} r using (report_id)
where y.org_scope = 'own'
group by r.form order by min(y.report_year)
