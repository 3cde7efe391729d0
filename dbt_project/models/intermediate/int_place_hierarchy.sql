-- A place with the names of the places above it. GB/T 2260 reuses codes when a place is renamed,
-- so a code may have several rows; those above it are taken in their latest form.
with regions as (
    select
        *,
        -- stand-ins for a missing layer: districts hang below 市辖区 in the four municipalities
        regexp_full_match(region_name, '市辖区|县|(省|自治区)直辖县级行政区划') as is_placeholder,
        row_number() over (
            partition by region_code
            order by last_seen desc, first_seen desc, region_name asc
        ) = 1 as is_latest
    from {{ ref('stg_regions') }}
),

latest as (
    select
        region_code,
        parent_code,
        level,
        case when not is_placeholder then region_name end as place_name
    from regions
    where is_latest
),

chained as (
    select
        regions.*,
        case when not regions.is_placeholder then regions.region_name end as own_name,
        above_1.region_code as code_1,
        above_1.level as level_1,
        above_1.place_name as name_1,
        above_2.region_code as code_2,
        above_2.level as level_2,
        above_2.place_name as name_2,
        above_3.level as level_3,
        above_3.place_name as name_3
    from regions
    left join latest as above_1 on regions.parent_code = above_1.region_code
    left join latest as above_2 on above_1.parent_code = above_2.region_code
    left join latest as above_3 on above_2.parent_code = above_3.region_code
)

select
    region_code || '-' || first_seen as region_key,
    region_code,
    region_name,
    level,
    parent_code,
    -- the nearest real place above
    case when name_1 is not null then code_1 when name_2 is not null then code_2 end as superior_code,
    first_seen,
    last_seen,
    is_latest,
    is_placeholder,
    case 'province'
        when level then own_name when level_1 then name_1 when level_2 then name_2 when level_3 then name_3
    end as province,
    case 'prefecture'
        when level then own_name when level_1 then name_1 when level_2 then name_2 when level_3 then name_3
    end as prefecture,
    case 'county'
        when level then own_name when level_1 then name_1 when level_2 then name_2 when level_3 then name_3
    end as county,
    case 'township' when level then own_name end as township
from chained
