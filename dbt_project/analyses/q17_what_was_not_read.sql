-- 17. What was not read, and what to do
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select file_name, stage, code, split_part(message, ': ', 2) as message
from {{ ref('issues') }} order by file_name
