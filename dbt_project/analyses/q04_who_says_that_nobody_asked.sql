-- 4. Who says that nobody asked, and who does not say?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, report_year,
       case when requests_received = 0 then 'says zero'
            when requests_received is null then 'does not say'
            else 'received ' || requests_received::int end as requests
from {{ ref('agency_year') }}
where org_scope = 'own'
order by requests_received nulls first, agency_name
