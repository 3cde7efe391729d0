"""The questions of the findings: which there are, by check and by year."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.queries.query import Condition, Query, build, where

SEVERITIES = ("hard", "soft")
FAULTS = ("printed_error", "scope_difference", "undetermined")
# A verdict, or that nobody has given one.
VERDICTS = ("confirmed", "dismissed", "comment")
NO_VERDICT = "none"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters."""

    severity: str | None = None
    fault: str | None = None
    check: str | None = None
    province: str | None = None
    prefecture: str | None = None
    year: int | None = None
    verdict: str | None = None
    agency: str | None = None
    finding: str | None = None

    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on `findings` and `agencies`."""
        verdict = Condition("findings.verdict = $verdict", "verdict", self.verdict)
        if self.verdict == NO_VERDICT:
            verdict = Condition("(findings.verdict is null) = $is_open", "is_open", True)
        return (
            Condition("findings.severity = $severity", "severity", self.severity),
            Condition("findings.fault = $fault", "fault", self.fault),
            Condition("findings.check_id = $check", "check", self.check),
            Condition("findings.report_year = $year", "year", self.year),
            verdict,
            *self.whose(),
            Condition("findings.finding_id = $finding", "finding", self.finding),
        )

    def whose(self) -> tuple[Condition, ...]:
        """Those of them that are about whose reports are looked at, on `agencies`."""
        return (
            Condition("agencies.province = $province", "province", self.province),
            Condition("agencies.prefecture = $prefecture", "prefecture", self.prefecture),
            Condition("agencies.agency_key = $agency", "agency", self.agency),
        )


_FINDINGS = """
select
    findings.finding_id,
    findings.severity,
    findings.fault,
    findings.kind,
    findings.check_id,
    findings.agency_key,
    findings.agency_name,
    agencies.level,
    agencies.province,
    agencies.prefecture,
    findings.report_year,
    findings.report_id,
    findings.other_report_id,
    findings.expected,
    findings.actual,
    findings.difference,
    findings.message_en,
    findings.message_zh,
    findings.evidence,
    findings.operands_hash,
    findings.verdict,
    findings.verdict_comment,
    findings.verdict_by,
    findings.verdict_on
from findings
inner join dim_agency as agencies on findings.agency_key = agencies.agency_key
{where}
order by
    findings.severity, findings.report_year desc, findings.agency_name, findings.finding_id
"""

_CHECKS = """
with titles as (
    select check_id, any_value(title_en) as title_en, any_value(title_zh) as title_zh
    from check_counts
    where status = 'fails'
    group by check_id
)
select
    findings.check_id,
    any_value(titles.title_en) as title_en,
    any_value(titles.title_zh) as title_zh,
    any_value(findings.severity) as severity,
    count(*) as findings,
    count(distinct findings.report_id) as reports,
    count(findings.verdict) as verdicts
from findings
inner join dim_agency as agencies on findings.agency_key = agencies.agency_key
left join titles on findings.check_id = titles.check_id
{where}
group by findings.check_id
order by findings desc, findings.check_id
"""

# How many reports are held stands beside, so that few reports are not taken for few mistakes.
_YEARS = """
with found as (
    select
        findings.report_year,
        count(*) filter (where findings.severity = 'hard') as hard,
        count(*) filter (where findings.severity = 'soft') as soft,
        count(distinct findings.report_id) as reports_with_findings
    from findings
    inner join dim_agency as agencies on findings.agency_key = agencies.agency_key
    {where}
    group by findings.report_year
),
held as (
    select reports.report_year, count(*) as reports_held
    from dim_report as reports
    inner join dim_agency as agencies on reports.agency_key = agencies.agency_key
    where reports.is_current {and_whose}
    group by reports.report_year
)
select
    years.report_year,
    coalesce(held.reports_held, 0) as reports_held,
    coalesce(found.hard, 0) as hard,
    coalesce(found.soft, 0) as soft,
    coalesce(found.reports_with_findings, 0) as reports_with_findings
from dim_year as years
left join found on years.report_year = found.report_year
left join held on years.report_year = held.report_year
order by years.report_year
"""


def findings(chosen: Chosen) -> Query:
    """The findings, those that break a definition first, with both sides' quotes in `evidence`."""
    return build(_FINDINGS, *chosen.conditions())


def checks(chosen: Chosen) -> Query:
    """A row per check that something fails."""
    return build(_CHECKS, *chosen.conditions())


def years(chosen: Chosen) -> Query:
    """A row per year: findings by severity, and how many reports are held."""
    whose = where(*chosen.whose()).replace("where", "and", 1)
    return build(_YEARS.replace("{and_whose}", whose), *chosen.conditions())


PROVINCES = build(
    "select distinct province from findings\n"
    "inner join dim_agency on findings.agency_key = dim_agency.agency_key\n"
    "where province is not null\norder by province"
)


def prefectures(province: str) -> Query:
    """The prefectures of a province that have findings."""
    return build(
        "select distinct prefecture from findings\n"
        "inner join dim_agency on findings.agency_key = dim_agency.agency_key\n"
        "where province = $province and prefecture is not null\norder by prefecture",
        province=province,
    )


def with_operands(finding_id: str, operands_hash: str) -> Query:
    """The finding of that id, if it is about the same numbers still."""
    return build(
        "select finding_id from findings\n"
        "where finding_id = $finding and operands_hash = $operands\norder by finding_id",
        finding=finding_id,
        operands=operands_hash,
    )
