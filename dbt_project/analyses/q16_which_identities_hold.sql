-- 16. Which identities (勾稽关系) hold?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select title_en, count(*) filter (status = 'holds') as holds,
       count(*) filter (status = 'fails') as fails,
       count(*) filter (status = 'not_assessable') as a_term_is_missing
from {{ ref('check_counts') }} where is_current
group by title_en order by holds desc, title_en
