-- Which agency goes on as which: of the same place by the rules of
-- data/reference/agency_successors.csv, or the same body in the place that came after. Two
-- agencies, two series: linked here and never merged.
--   Only agencies with reports are here; where the one in between has none, the link leads on to the
--   next. Two that report side by side for more than a year are no successors.
with keyed as (
    select
        agencies.agency_key,
        agencies.agency_name,
        agencies.level,
        agencies.first_year,
        agencies.last_year,
        places.body_name,
        coalesce(places.place_key, '') as place_key
    from {{ ref('dim_agency') }} as agencies
    inner join {{ ref('int_agency_place') }} as places on agencies.agency_key = places.agency_key
    where agencies.is_resolved and agencies.first_year is not null
),

by_reform as (
    select
        before.agency_key,
        after.agency_key as successor_agency_key,
        rules.rule_id,
        rules.relation,
        rules.reason,
        rules.legal_source,
        rules.year_from as rule_year_from,
        rules.year_to as rule_year_to,
        rules.reforms
    from keyed as before
    inner join {{ ref('int_body_succession') }} as rules
        on
            before.body_name = rules.body_name
            and rules.level in ('all', before.level)
    inner join keyed as after
        on
            before.place_key = after.place_key
            and rules.successor_body_name = after.body_name
),

by_place as (
    select
        before.agency_key,
        after.agency_key as successor_agency_key,
        'place_' || places.relation as rule_id,
        places.relation,
        before.body_name || ': ' || places.region_name || ' → ' || places.successor_region_name as reason,
        places.reason as legal_source,
        places.year_from as rule_year_from,
        -- the place that others were merged into is older than the merger
        case when places.relation <> 'merged' then places.year_by end as rule_year_to,
        1 as reforms
    from keyed as before
    inner join {{ ref('region_successors') }} as places on before.place_key = places.place_key
    inner join keyed as after
        on
            places.successor_place_key = after.place_key
            and before.body_name = after.body_name
),

found as (
    select * from by_reform
    union all by name
    select * from by_place
),

-- What the years of the reports allow, once for each pair.
dated as (
    select
        found.*,
        before.agency_name,
        after.agency_name as successor_agency_name,
        before.last_year as predecessor_last_year,
        after.first_year as successor_first_year
    from found
    inner join keyed as before on found.agency_key = before.agency_key
    inner join keyed as after on found.successor_agency_key = after.agency_key
    where
        before.first_year <= after.first_year
        and before.last_year <= after.last_year
        and before.last_year <= after.first_year + 1
    qualify
        row_number() over (
            partition by found.agency_key, found.successor_agency_key
            order by found.reforms asc, found.rule_year_from asc, found.rule_id asc
        ) = 1
),

-- A link over several reforms that goes through an agency with reports is two links.
detours as (
    select
        one.agency_key,
        two.successor_agency_key
    from dated as one
    inner join dated as two on one.successor_agency_key = two.agency_key
)

select
    dated.agency_key,
    dated.agency_name,
    dated.successor_agency_key,
    dated.successor_agency_name,
    dated.relation,
    -- the successor's first report, as far as the reform allows it
    cast(least(
        greatest(dated.successor_first_year, coalesce(dated.rule_year_from, dated.successor_first_year)),
        coalesce(dated.rule_year_to, dated.rule_year_from, dated.successor_first_year)
    ) as integer) as from_year,
    dated.predecessor_last_year,
    dated.successor_first_year,
    dated.rule_id,
    dated.reason,
    dated.legal_source
from dated
where
    dated.reforms = 1
    or not exists (
        select 1
        from detours
        where
            dated.agency_key = detours.agency_key
            and dated.successor_agency_key = detours.successor_agency_key
    )
order by dated.agency_key, dated.successor_agency_key
