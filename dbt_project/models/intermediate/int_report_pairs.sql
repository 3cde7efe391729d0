-- Two current reports that must agree with each other: those of two years in a row of one agency
-- (or of the one agency that took its place), and an agency's own report with the one for all
-- below its government. An agency that took the place of several is paired with none of them:
-- what each carried out is a part of what it carried in.
with current_reports as (
    select
        report_id,
        agency_key,
        report_year,
        org_scope
    from {{ ref('int_report_version') }}
    where is_current
),

-- The agency itself, and its successor where it has exactly one that has no other predecessor.
links as (
    select
        agency_key,
        agency_key as next_agency_key
    from current_reports
    union distinct
    select
        agency_key,
        successor_agency_key as next_agency_key
    from {{ ref('agency_successors') }}
    qualify
        count(*) over (partition by agency_key) = 1
        and count(*) over (partition by successor_agency_key) = 1
),

years as (
    select
        'next_year' as frame,
        earlier.report_id,
        later.report_id as other_report_id
    from current_reports as earlier
    inner join links on earlier.agency_key = links.agency_key
    inner join current_reports as later
        on
            links.next_agency_key = later.agency_key
            and earlier.report_year + 1 = later.report_year
            and earlier.org_scope = later.org_scope
    -- where the agency itself still reports, its successor's report is another series
    qualify
        row_number() over (
            partition by earlier.report_id
            order by (earlier.agency_key = later.agency_key) desc, later.report_id asc
        ) = 1
),

governments as (
    select
        agency_key,
        coalesce(parent_agency_key, agency_key) as government_key
    from {{ ref('dim_agency') }}
    union distinct
    select
        agency_key,
        agency_key as government_key
    from {{ ref('dim_agency') }}
),

aggregates as (
    select
        'aggregate' as frame,
        members.report_id,
        whole.report_id as other_report_id
    from current_reports as members
    inner join governments on members.agency_key = governments.agency_key
    inner join current_reports as whole
        on
            governments.government_key = whole.agency_key
            and members.report_year = whole.report_year
    where members.org_scope = 'own' and whole.org_scope = 'aggregate'
)

select * from years
union all
select * from aggregates
