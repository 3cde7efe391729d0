-- 21. How many reports are held of each province?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select above.ancestor_name as province, p.region_name_en as english, count(*) as reports
from {{ ref('dim_report') }} r
join {{ ref('dim_agency') }} a on r.agency_key = a.agency_key
join {{ ref('region_ancestors') }} above
  on a.region_key = above.region_key and above.ancestor_level = 'province' and above.is_latest
join {{ ref('dim_region') }} p on above.ancestor_key = p.region_key
where r.is_current
group by all order by reports desc, province limit 3
