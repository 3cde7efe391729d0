-- 20. Which reports are copies of others?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select n.kind, round(n.similarity, 2) as similarity, r.file_name, o.file_name as other_file
from {{ ref('near_duplicates') }} n
join {{ ref('dim_report') }} r on n.report_id = r.report_id
join {{ ref('dim_report') }} o on n.other_report_id = o.report_id
order by similarity desc
