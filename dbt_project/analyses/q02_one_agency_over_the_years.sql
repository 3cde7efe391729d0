-- 2. One agency over the years
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select report_year, disclosed, requests_received, requests_granted,
       reconsideration_cases, staff_full_time, staff_part_time
from {{ ref('agency_year') }}
where agency_name = '安庆市林业局'
order by report_year
