-- 5. How were requests (依申请公开) answered?
-- Made from docs/queries.md by tests/integration/documented_queries.py: edit it there.
select y.agency_name, y.report_year,
       max(f.value) filter (f.outcome = 'granted') as granted,
       max(f.value) filter (f.outcome = 'partial') as partly,
       coalesce(max(f.value) filter (f.outcome = 'denied'),
                sum(f.value) filter (starts_with(f.outcome, 'denied_'))) as refused,
       sum(f.value) filter (f.outcome in ('not_exist', 'not_own')
                            or starts_with(f.outcome, 'unable_')) as not_there
from {{ ref('fct_requests') }} f join {{ ref('agency_year') }} y using (report_id)
where f.indicator = 'requests_answered' and f.org_scope = 'own'
  and f.outcome is not null and f.applicant_type is null
group by all order by granted desc, 1, 2
