-- 24. Who asks (申请人)?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select applicant_type, sum(value)::int as requests, count(distinct report_id) as reports
from {{ ref('fct_requests') }}
where indicator = 'requests_received' and applicant_type is not null and org_scope = 'own'
group by applicant_type order by requests desc, applicant_type
