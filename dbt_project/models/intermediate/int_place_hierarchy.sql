-- A place with the names of the places above it. GB/T 2260 reuses codes when a place is renamed,
-- so a code may have several rows; those above it are taken in their latest form.
with regions as (
    select
        *,
        -- stand-ins for a missing layer: districts hang below 市辖区 in the four municipalities
        regexp_full_match(
            region_name, '(晋城市)?市辖区|县|(省|自治区)直辖县级行政区划'
        ) as is_placeholder,
        row_number() over (
            partition by region_code
            order by last_seen desc, first_seen desc, region_name asc
        ) = 1 as is_latest
    from {{ ref('stg_regions') }}
),

-- One place under two codes: when a county goes to another prefecture, or a prefecture becomes a
-- city, the codes change and the names stay. Of one province, level and name, codes that follow
-- each other are one place; codes in force at one time are several (two 桥东区 in 河北省).
followed as (
    select
        region_code,
        region_name,
        level,
        first_seen,
        lag(last_seen) over (
            partition by left(region_code, 2), level, region_name
            order by first_seen asc, region_code asc
        ) as last_seen_before
    from regions
    where level <> 'township' and not is_placeholder
),

lineages as (
    select
        region_name,
        level,
        left(region_code, 2) as province_digits,
        min_by(region_code, first_seen) as lineage_code
    from followed
    group by region_name, level, left(region_code, 2)
    having bool_and(last_seen_before is null or last_seen_before < first_seen)
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
    chained.region_code || '-' || chained.first_seen as region_key,
    chained.region_code,
    chained.region_name,
    chained.level,
    chained.parent_code,
    -- the nearest real place above
    case
        when chained.name_1 is not null then chained.code_1
        when chained.name_2 is not null then chained.code_2
    end as superior_code,
    chained.first_seen,
    chained.last_seen,
    chained.is_latest,
    chained.is_placeholder,
    -- what stays when code or spelling change: the place in the keys of agencies
    concat_ws(
        '-',
        coalesce(lineages.lineage_code, chained.region_code),
        coalesce(respelt.successor_name, chained.region_name)
    ) as place_key,
    case 'province'
        when chained.level then chained.own_name
        when chained.level_1 then chained.name_1
        when chained.level_2 then chained.name_2
        when chained.level_3 then chained.name_3
    end as province,
    case 'prefecture'
        when chained.level then chained.own_name
        when chained.level_1 then chained.name_1
        when chained.level_2 then chained.name_2
        when chained.level_3 then chained.name_3
    end as prefecture,
    case 'county'
        when chained.level then chained.own_name
        when chained.level_1 then chained.name_1
        when chained.level_2 then chained.name_2
        when chained.level_3 then chained.name_3
    end as county,
    case 'township' when chained.level then chained.own_name end as township
from chained
left join {{ ref('stg_region_successors') }} as respelt
    on
        chained.region_code = respelt.region_code
        and chained.region_name = respelt.region_name
        and respelt.relation = 'misspelt'
left join lineages
    on
        chained.level = lineages.level
        and lineages.region_name = coalesce(respelt.successor_name, chained.region_name)
        and left(chained.region_code, 2) = lineages.province_digits
