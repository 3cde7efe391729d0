-- 14. Approximate numbers
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select agency_name, indicator, value, qualifier, value_text
from {{ ref('observations') }}
where qualifier <> 'exact'
order by value
