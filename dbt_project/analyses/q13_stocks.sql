-- 13. Stocks, plans and other years, kept apart
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, report_year, indicator, value, time_scope, quote
from {{ ref('observations') }}
where time_scope <> 'year' and table_name is null
order by time_scope, report_year, agency_name, char_start
