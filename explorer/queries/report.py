"""The questions of one report: what it is, every figure in it, its checks, its other versions."""

from __future__ import annotations

from explorer.queries.query import Query, build

_OBSERVATIONS = """
select
    observations.*,
    indicators.fact,
    indicators.label_en,
    indicators.label_zh
from observations
left join dim_indicator as indicators on observations.indicator = indicators.indicator
where observations.report_id = $report_id
order by observations.char_start, observations.char_end, observations.observation_id
"""

_REPORT = """
select reports.*, documents.encoding, documents.byte_count
from dim_report as reports
left join documents on reports.document_id = documents.document_id
where reports.report_id = $report_id
order by reports.report_id
"""

_CHECKS = """
select *
from check_counts
where report_id = $report_id or other_report_id = $report_id
order by
    list_position(['fails', 'approximate', 'holds', 'not_assessable'], status),
    severity,
    check_id,
    per_code nulls first,
    check_key
"""

_SHARES = """
select *
from check_shares
where report_id = $report_id
order by status = 'fails' desc, char_start, observation_id
"""

_FINDINGS = """
select *
from findings
where report_id = $report_id or other_report_id = $report_id
order by severity, check_id, finding_id
"""

# Every version of the same agency, year and scope, and whatever this one is superseded by.
_VERSIONS = """
with this as (select * from dim_report where report_id = $report_id)

select
    others.report_id,
    others.source_uri,
    others.agency_name,
    others.report_year,
    others.form,
    others.figure_count,
    others.published_on,
    others.landed_at,
    others.is_current,
    others.superseded_by
from dim_report as others
inner join this
    on
        (
            others.agency_key = this.agency_key
            and others.report_year = this.report_year
            and others.org_scope = this.org_scope
        )
        or others.report_id = this.superseded_by
        or others.superseded_by = this.report_id
order by others.is_current desc, others.landed_at desc, others.report_id
"""

_DIFFERENCES = """
select *
from version_differences
where report_id = $report_id or other_report_id = $report_id
order by char_start, difference_id
"""

_COPIES = """
select *
from near_duplicates
where report_id = $report_id or other_report_id = $report_id
order by similarity desc, report_id, other_report_id
"""

_ISSUES = """
select issue_id, stage, code, severity, message, evidence, char_start, char_end
from issues
where report_id = $report_id
order by list_position(['error', 'warning', 'info'], severity), char_start nulls last, issue_id
"""

_NEIGHBOURS = """
with this as (select * from dim_report where report_id = $report_id)

select others.report_id, others.report_year
from dim_report as others
inner join this
    on
        others.agency_key = this.agency_key
        and others.org_scope = this.org_scope
        and others.is_current
        and others.report_year <> this.report_year
order by others.report_year
"""


def observations(report_id: str) -> Query:
    """Every figure of a report with its indicator's names, in reading order."""
    return build(_OBSERVATIONS, report_id=report_id)


def report(report_id: str) -> Query:
    """The report itself, with its text."""
    return build(_REPORT, report_id=report_id)


def checks(report_id: str) -> Query:
    """Its identities: what fails first, what cannot be assessed last."""
    return build(_CHECKS, report_id=report_id)


def shares(report_id: str) -> Query:
    """Its printed shares."""
    return build(_SHARES, report_id=report_id)


def findings(report_id: str) -> Query:
    """Where it contradicts itself, or another report it is compared with."""
    return build(_FINDINGS, report_id=report_id)


def versions(report_id: str) -> Query:
    """All versions of it, the current one first."""
    return build(_VERSIONS, report_id=report_id)


def differences(report_id: str) -> Query:
    """Figures that versions give differently."""
    return build(_DIFFERENCES, report_id=report_id)


def copies(report_id: str) -> Query:
    """Reports with much the same sentences."""
    return build(_COPIES, report_id=report_id)


def issues(report_id: str) -> Query:
    """What was doubtful when it was read."""
    return build(_ISSUES, report_id=report_id)


def neighbours(report_id: str) -> Query:
    """The current reports of the same agency of other years."""
    return build(_NEIGHBOURS, report_id=report_id)
