-- 6. By which way do requests come?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select channel, sum(value) as requests, count(distinct report_id) as reports
from {{ ref('fct_requests') }}
where indicator = 'requests_received' and channel is not null and org_scope = 'own'
group by channel order by requests desc, channel
