-- 15. Two versions of one report
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select parse_filename(source_uri) as file, report_year, is_current, superseded_by is not null as has_better
from {{ ref('dim_report') }}
where agency_name like '%侯家塘%'
order by file
