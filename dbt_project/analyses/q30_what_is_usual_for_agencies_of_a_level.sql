-- 30. What is usual for agencies of a level?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select a.level, count(y.disclosed) as agency_years,
       quantile_cont(y.disclosed, 0.25)::int as lower_quarter,
       median(y.disclosed)::int as median,
       quantile_cont(y.disclosed, 0.75)::int as upper_quarter
from {{ ref('agency_year') }} y join {{ ref('dim_agency') }} a using (agency_key)
where y.org_scope = 'own' and y.disclosed is not null
group by a.level order by median desc
