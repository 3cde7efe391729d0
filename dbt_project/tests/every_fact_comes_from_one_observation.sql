-- The fact tables together hold each observation marked as fact exactly once, and no other.
with facts as (
    {%- for family in ['disclosures', 'requests', 'staffing', 'proceedings', 'fees', 'engagement'] %}
    select observation_id from {{ ref('fct_' ~ family) }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

counted as (
    select
        observation_id,
        count(*) as fact_count
    from facts
    group by observation_id
)

select
    observations.observation_id,
    observations.fact_use,
    counted.fact_count
from {{ ref('observations') }} as observations
full join counted on observations.observation_id = counted.observation_id
where (coalesce(observations.fact_use, '') = 'fact') <> coalesce(counted.fact_count = 1, false)
