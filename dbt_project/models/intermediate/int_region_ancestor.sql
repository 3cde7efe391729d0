-- Every place with itself and every place above it, by steps: the one way to roll up.
-- A place above that was renamed has a row for each name that was in use while the place below
-- existed, as far as the lists tell; `is_latest` leaves one row a level.
{% set farthest = 3 %} -- township, county, prefecture, province

with places as (
    select * from {{ ref('int_place_hierarchy') }}
),

{% for step in range(farthest + 1) -%}
step_{{ step }} as (
    {% if step == 0 -%}
    select
        region_key,
        region_code,
        first_seen,
        last_seen,
        region_key as ancestor_key,
        parent_code as next_code
    from places
    {%- else -%}
    select
        below.region_key,
        below.region_code,
        below.first_seen,
        below.last_seen,
        above.region_key as ancestor_key,
        above.parent_code as next_code
    from step_{{ step - 1 }} as below
    inner join places as above
        on
            below.next_code = above.region_code
            and (
                above.is_latest
                or (below.last_seen >= above.first_seen and below.first_seen <= above.last_seen)
            )
    {%- endif %}
),

{% endfor -%}
climbed as (
    {%- for step in range(farthest + 1) %}
    select
        *,
        {{ step }} as steps
    from step_{{ step }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

-- Two names of a place in between lead to the same place above.
distinct_paths as (
    select distinct
        region_key,
        region_code,
        first_seen,
        last_seen,
        ancestor_key,
        steps
    from climbed
)

select
    paths.region_key,
    paths.region_code,
    places.region_key as ancestor_key,
    places.region_code as ancestor_code,
    places.region_name as ancestor_name,
    places.level as ancestor_level,
    cast(paths.steps as integer) as steps,
    -- what both lists of years share; null where the name above came into use only afterwards
    case
        when least(paths.last_seen, places.last_seen) >= greatest(paths.first_seen, places.first_seen)
            then greatest(paths.first_seen, places.first_seen)
    end as first_year,
    case
        when least(paths.last_seen, places.last_seen) >= greatest(paths.first_seen, places.first_seen)
            then least(paths.last_seen, places.last_seen)
    end as last_year,
    places.is_latest
from distinct_paths as paths
inner join places on paths.ancestor_key = places.region_key
where paths.steps = 0 or not places.is_placeholder
