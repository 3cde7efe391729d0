-- Which place came after which: from the lists where a code has a new name, or where a county of
-- the same prefecture goes on as a city or district of the same stem (撤县设区), and from
-- data/reference/region_successors.csv where neither tells it (mergers).
with places as (
    select
        *,
        regexp_extract(
            region_name, '^(.{2,}?)(?:自治县|自治旗|地区|新区|市|县|区|旗)$', 1
        ) as stem
    from {{ ref('int_place_hierarchy') }}
    where level in ('prefecture', 'county') and not is_placeholder
),

renamed as (
    select
        before.region_key,
        after.region_key as successor_region_key,
        'renamed' as relation,
        cast(null as integer) as year_from,
        'data/reference/regions.csv: the code has a new name' as reason
    from places as before
    inner join places as after
        on
            before.region_code = after.region_code
            and before.last_seen < after.first_seen
            and before.place_key <> after.place_key
    qualify
        row_number() over (partition by before.region_key order by after.first_seen asc) = 1
),

upgraded as (
    select
        before.region_key,
        after.region_key as successor_region_key,
        'upgraded' as relation,
        cast(null as integer) as year_from,
        'data/reference/regions.csv: the name goes on at another rank' as reason
    from places as before
    inner join places as after
        on
            left(before.region_code, 2) = left(after.region_code, 2)
            and before.level = after.level
            and before.stem = after.stem
            and before.region_name <> after.region_name
            and before.last_seen < after.first_seen
            and (before.level = 'prefecture' or before.prefecture is not distinct from after.prefecture)
    where before.stem <> ''
    -- one before and one after, or it is not known which
    qualify
        count(*) over (partition by before.region_key) = 1
        and count(*) over (partition by after.region_key) = 1
),

listed as (
    select
        before.region_key,
        after.region_key as successor_region_key,
        rules.relation,
        rules.year_from,
        rules.note as reason
    from {{ ref('stg_region_successors') }} as rules
    inner join places as before
        on
            rules.region_code = before.region_code
            and rules.region_name = before.region_name
    inner join places as after
        on
            rules.successor_code = after.region_code
            and rules.successor_name = after.region_name
    where rules.relation <> 'misspelt'
),

-- What a person wrote goes before what the lists tell.
found as (
    select
        *,
        1 as trust
    from listed
    union all by name
    select
        *,
        2 as trust
    from renamed
    union all by name
    select
        *,
        3 as trust
    from upgraded
)

select
    found.region_key,
    before.region_code,
    before.region_name,
    found.successor_region_key,
    after.region_code as successor_region_code,
    after.region_name as successor_region_name,
    before.place_key,
    after.place_key as successor_place_key,
    found.relation,
    coalesce(
        found.year_from, case when after.first_seen <= 2014 then after.first_seen end
    ) as year_from,
    after.first_seen as year_by,
    found.reason
from found
inner join places as before on found.region_key = before.region_key
inner join places as after on found.successor_region_key = after.region_key
qualify row_number() over (partition by found.region_key order by found.trust asc) = 1
order by found.region_key
