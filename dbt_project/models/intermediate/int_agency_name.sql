-- What each name says, once per name and place: the place it belongs to, and what is left of it
-- without that place. 浙江省平阳县科技局, 平阳县科学技术局 and 平阳科技局 leave the same, 公安县公安局
-- leaves 公安局.
--   place: the lowest place that the name prints (温州市水利局 is of 温州市, even if its house stands
--   in 鹿城区); where it prints none, that of the code, from the county up.
with names as (
    select distinct
        agency_name,
        region_code
    from {{ ref('int_report_identity') }}
    where agency_name is not null
),

-- A name without a code belongs to the place it begins with, where no other has that name.
unique_places as (
    select
        region_name,
        max(region_code) as region_code
    from {{ ref('int_place_hierarchy') }}
    where level <> 'township' and not is_placeholder
    group by region_name
    having count(distinct place_key) = 1
),

coded as (
    select
        names.agency_name,
        names.region_code,
        coalesce(names.region_code, unique_places.region_code) as place_code,
        regexp_replace(
            regexp_replace(names.agency_name, '[（(][^（()）]*[）)]$', ''), '^中华人民共和国', ''
        ) as clean_name
    from names
    left join unique_places
        on
            names.region_code is null
            and unique_places.region_name
            = regexp_extract(names.agency_name, '^(.{1,14}?[省市县区旗州盟])', 1)
),

-- The row of the code that the name speaks of (桥东区, later 襄都区), else the latest.
own_places as (
    select
        coded.agency_name,
        coded.region_code,
        places.region_key,
        places.level as place_level,
        places.township
    from coded
    inner join {{ ref('int_place_hierarchy') }} as places on coded.place_code = places.region_code
    qualify
        row_number() over (
            partition by coded.agency_name, coded.region_code
            order by
                contains(coded.clean_name, places.region_name) desc,
                places.last_seen desc,
                places.region_key desc
        ) = 1
),

-- Every place above, under every name it had.
above as (
    select
        coded.agency_name,
        coded.region_code,
        coded.clean_name,
        places.place_key,
        places.region_name,
        case places.level when 'county' then 3 when 'prefecture' then 2 else 1 end as depth,
        places.last_seen,
        places.region_key,
        -- 平阳 of 平阳县; a stem of one character says nothing (单县)
        regexp_extract(
            places.region_name,
            '^(.{2,}?)(?:(?:维吾尔|蒙古|哈萨克|柯尔克孜|.{1,3}族)*自治(?:区|州|县|旗)|新区|林区|特区|地区|省|市|县|区|旗|盟)$',
            1
        ) as stem,
        contains(coded.clean_name, places.region_name) as is_printed
    from coded
    inner join {{ ref('int_region_ancestor') }} as ancestors
        on coded.place_code = ancestors.region_code
    inner join {{ ref('int_place_hierarchy') }} as places
        on ancestors.ancestor_key = places.region_key
    where places.level <> 'township' and not places.is_placeholder
),

stripped as (
    select
        agency_name,
        region_code,
        regexp_replace(
            clean_name,
            string_agg(distinct region_name, '|' order by length(region_name) desc, region_name asc),
            '',
            'g'
        ) as rest
    from above
    group by agency_name, region_code, clean_name
),

ranked as (
    select
        above.*,
        stripped.rest,
        above.stem <> '' and starts_with(stripped.rest, above.stem)
        and not regexp_matches(
            substr(stripped.rest, length(above.stem) + 1), '^([省市县区镇乡]|街道|苏木)'
        ) as begins_rest
    from above
    inner join stripped
        on
            above.agency_name = stripped.agency_name
            and above.region_code is not distinct from stripped.region_code
),

-- The body of a town belongs to the county, whatever else its name prints.
owners as (
    select
        agency_name,
        region_code,
        rest,
        place_key,
        region_key
    from ranked
    qualify
        row_number() over (
            partition by agency_name, region_code
            order by
                ((is_printed or begins_rest) and not {{ is_town('rest') }}) desc,
                depth desc,
                is_printed desc,
                last_seen desc,
                region_key desc
        ) = 1
),

stems as (
    select
        agency_name,
        region_code,
        max_by(stem, depth * 100 + length(stem)) as stem
    from ranked
    where begins_rest
    group by agency_name, region_code
),

parted as (
    select
        coded.*,
        own_places.region_key as own_region_key,
        own_places.place_level,
        owners.place_key,
        owners.region_key as owner_region_key,
        case
            -- 平阳水利局, but not 公安局 of 公安县 nor 平阳中学
            when regexp_full_match(
                substr(owners.rest, length(stems.stem) + 1),
                '.{2,}(局|厅|委|委员会|办|办公室|政府)'
            ) then substr(owners.rest, length(stems.stem) + 1)
            when not contains(owners.rest, own_places.township) and {{ is_town('own_places.township') }}
                then own_places.township || owners.rest
            else coalesce(owners.rest, coded.clean_name)
        end as bare_name
    from coded
    left join own_places
        on
            coded.agency_name = own_places.agency_name
            and coded.region_code is not distinct from own_places.region_code
    left join owners
        on
            coded.agency_name = owners.agency_name
            and coded.region_code is not distinct from owners.region_code
    left join stems
        on
            coded.agency_name = stems.agency_name
            and coded.region_code is not distinct from stems.region_code
)

select
    agency_name,
    region_code,
    bare_name,
    place_key,
    -- a town's body has the code of the town, any other that of the place it belongs to
    case
        when place_level = 'township' and {{ is_town('bare_name') }} then own_region_key
        else owner_region_key
    end as region_key
from parted
