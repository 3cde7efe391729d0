-- 19. Which rules read the most?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select rule_id, count(*) as figures from {{ ref('observations') }}
where form = 'narrative'
group by rule_id order by figures desc, rule_id
