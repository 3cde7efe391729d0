-- 8. Where does a report contradict itself?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, unnest(from_json(evidence, '[{"quote": "VARCHAR", "char_start": "INTEGER", "char_end": "INTEGER"}]'), recursive := true)
from {{ ref('findings') }}
