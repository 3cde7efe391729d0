-- 12. A county with all below it (`aggregate`), and its own office (`own`)
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, org_scope, disclosed, requests_received, staff_full_time, staff_part_time
from {{ ref('agency_year') }}
where agency_name like '婺源县%' and report_year = 2016
order by org_scope
