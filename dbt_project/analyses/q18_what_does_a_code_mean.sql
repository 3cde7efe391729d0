-- 18. What does a code mean?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select indicator, label_zh, label_en, unit, dimensions
from {{ ref('dim_indicator') }} where fact = 'requests' order by indicator
