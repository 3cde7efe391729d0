-- 10. Which years are missing?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select a.agency_name, list(c.report_year order by c.report_year) as missing_between
from {{ ref('coverage') }} c join {{ ref('dim_agency') }} a using (agency_key)
where c.status = 'missing' and c.report_year between a.first_year and a.last_year
group by all
