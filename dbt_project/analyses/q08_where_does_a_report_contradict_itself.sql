-- 8. Where does a report contradict itself?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, report_year, message_en, message_zh from {{ ref('findings') }}
