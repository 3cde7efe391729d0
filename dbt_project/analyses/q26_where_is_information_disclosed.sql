-- 26. Where is information disclosed (公开渠道)?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select channel, count(distinct report_id) as reports, sum(value)::int as items,
       median(value)::int as median_items
from {{ ref('fct_disclosures') }}
where indicator = 'disclosed' and channel is not null and category is null and org_scope = 'own'
group by channel order by reports desc, items desc
