with agencies as (
    select
        places.*,
        kinds.kind,
        kinds.kind_rule_id,
        functions.function_code,
        functions.function_zh,
        functions.function_en,
        case
            when kinds.level_of_name = 'township' then 'township'
            when places.place_level is not null then places.place_level
            when places.region_code is null then kinds.level_of_name
        end as level
    from {{ ref('int_agency_place') }} as places
    left join {{ ref('int_agency_kind') }} as kinds
        on places.bare_name = kinds.bare_name
    left join {{ ref('int_agency_function') }} as functions
        on places.bare_name = functions.bare_name
),

-- The government of a place: of several names for it, the shortest stands for all.
governments as (
    select
        agency_key,
        region_code,
        level
    from agencies
    where
        kind = 'government'
        and region_code is not null
        and level in ('province', 'prefecture', 'county')
    qualify
        row_number() over (
            partition by region_code, level
            order by length(agency_name) asc, agency_key asc
        ) = 1
),

regions as (
    select
        region_code,
        superior_code
    from {{ ref('int_place_hierarchy') }}
    where is_latest
),

-- Where the parent stands: an agency below its own place's government, a government below that
-- of the place above. A township usually carries the code of its county.
parents as (
    select
        agencies.agency_key,
        governments.agency_key as parent_agency_key
    from agencies
    left join regions on agencies.region_code = regions.region_code
    inner join governments
        on
            governments.region_code = case
                when agencies.kind = 'government' and agencies.level = agencies.place_level
                    then regions.superior_code
                when agencies.level = 'township' and agencies.place_level = 'township'
                    then regions.superior_code
                else agencies.region_code
            end
    where agencies.is_resolved and agencies.agency_key <> governments.agency_key
),

final as (
    select
        agencies.agency_key,
        agencies.agency_name,
        agencies.is_resolved,
        agencies.level,
        agencies.kind,
        agencies.function_zh as function,
        agencies.function_code,
        agencies.function_en,
        agencies.region_code,
        agencies.region_key,
        agencies.province,
        agencies.prefecture,
        agencies.county,
        parents.parent_agency_key,
        agencies.first_year,
        agencies.last_year
    from agencies
    left join parents on agencies.agency_key = parents.agency_key
)

select * from final
order by agency_key
