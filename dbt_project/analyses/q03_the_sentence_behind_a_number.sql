-- 3. The sentence behind a number
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select o.indicator, o.value, o.time_scope, o.quote, o.char_start, o.char_end,
       r.text[o.char_start + 1 : o.char_end] = o.quote as is_in_text
from {{ ref('observations') }} o join {{ ref('dim_report') }} r using (report_id)
where o.agency_name = '安庆市林业局' and o.report_year = 2009
order by o.char_start
