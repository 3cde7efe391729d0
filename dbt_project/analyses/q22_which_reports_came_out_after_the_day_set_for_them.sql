-- 22. Which reports came out after the day set for them?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select a.agency_name, r.report_year, r.published_on,
       make_date(r.report_year + 1, if(r.report_year < 2019 or a.kind = 'government', 3, 1), 31) as due,
       r.published_on - due as days_late
from {{ ref('dim_report') }} r join {{ ref('dim_agency') }} a using (agency_key)
where r.is_current and r.published_on is not null
order by days_late desc, a.agency_name
