-- 25. Who charged for information (收费)?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select report_year,
       count(*) filter (value > 0) as charged, count(*) filter (value = 0) as say_none,
       sum(value)::int as yuan
from {{ ref('fct_fees') }}
where indicator = 'request_fee_amount' and org_scope = 'own'
group by report_year order by report_year
