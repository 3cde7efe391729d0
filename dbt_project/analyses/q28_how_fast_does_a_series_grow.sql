-- 28. How fast does a series grow?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
with series as (
    select agency_name, report_year, disclosed,
           lag(report_year) over w as year_before, lag(disclosed) over w as before
    from {{ ref('agency_year') }}
    where disclosed is not null
    window w as (partition by agency_key, org_scope order by report_year)
)
select agency_name, year_before, report_year, before, disclosed,
       round(100 * (pow(disclosed / before, 1 / (report_year - year_before)) - 1), 1) as pct_a_year
from series where before > 0
order by agency_name, report_year
