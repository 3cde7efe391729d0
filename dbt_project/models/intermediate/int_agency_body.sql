-- The body that a bare name stands for, under whatever short form: 科技局 and 科学技术局, 政府办 and
-- 人民政府办公室, 龙尾乡 and 龙尾乡人民政府 are one. It decides the key of an agency; it is not shown.
with names as (
    select bare_name
    from {{ ref('int_agency_name') }}
    union
    select unnest(string_split(predecessor_names, '|')) as bare_name
    from {{ ref('stg_agency_successors') }}
    union
    select unnest(string_split(successor_names, '|')) as bare_name
    from {{ ref('stg_agency_successors') }}
),

-- 人民政府外事办公室 is 外事办公室, 人民政府通北街道办事处 is 通北街道办事处
own_names as (
    select
        bare_name,
        regexp_replace(
            bare_name, '^(人民政府([^办].+)|政府([^办].+(办公室|办|委员会|委|办事处)))$', '\2\3'
        ) as own_name
    from names
),

completed as (
    select
        bare_name,
        case
            when regexp_full_match(own_name, '(人民)?(政府)?') then '人民政府'
            when regexp_full_match(own_name, '(人民)?政府办(公室|公厅)?') then '人民政府办公室'
            when {{ is_town('own_name') }}
                then regexp_replace(
                    regexp_replace(
                        regexp_replace(own_name, '(镇|乡|苏木)(人民)?(政府)?$', '\1人民政府'),
                        '(镇|乡|苏木)政府', '\1人民政府'
                    ),
                    '(街道|地区)(办事处|办)?$', '\1办事处'
                )
            else own_name
        end as full_name,
        {{ is_town('own_name') }} as is_town
    from own_names
),

parted as (
    select
        *,
        regexp_extract(full_name, '^(.+?)(局|委员会|委|厅|办公室|办)$', 1) as stem,
        case regexp_extract(full_name, '^(.+?)(局|委员会|委|厅|办公室|办)$', 2)
            when '委' then '委员会'
            when '办' then '办公室'
            else regexp_extract(full_name, '^(.+?)(局|委员会|委|厅|办公室|办)$', 2)
        end as ending
    from completed
)

select
    parted.bare_name,
    case
        when parted.is_town then parted.full_name
        when whole.long_form is not null then whole.long_form
        -- 和 is left out at will (人力资源社会保障局); the first and last two characters are not touched
        when parted.stem <> ''
            then regexp_replace(
                coalesce(stems.long_form, parted.stem) || parted.ending, '(..)(和|与)(..)', '\1\3', 'g'
            )
        else parted.full_name
    end as body_name,
    parted.is_town
from parted
left join {{ ref('stg_agency_short_forms') }} as whole
    on
        whole.applies_to = 'name'
        and parted.full_name = whole.short_form
left join {{ ref('stg_agency_short_forms') }} as stems
    on
        stems.applies_to = 'stem'
        and parted.stem = stems.short_form
