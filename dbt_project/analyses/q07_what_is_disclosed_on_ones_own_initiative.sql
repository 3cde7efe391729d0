-- 7. What is disclosed on one's own initiative (主动公开)?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select category, sum(value) as items, count(distinct report_id) as reports,
       string_agg(distinct category_label, '、' order by category_label) as printed_as
from {{ ref('fct_disclosures') }}
where indicator = 'disclosed' and category is not null and org_scope = 'own'
group by category order by items desc
