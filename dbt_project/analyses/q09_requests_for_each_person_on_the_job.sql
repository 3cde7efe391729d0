-- 9. Requests for each person on the job
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, report_year, requests_received as requests,
       coalesce(staff_total, staff_full_time + staff_part_time) as staff,
       round(requests / nullif(staff, 0), 1) as requests_a_head
from {{ ref('agency_year') }}
where staff is not null and org_scope = 'own'
order by requests_a_head desc, report_year
