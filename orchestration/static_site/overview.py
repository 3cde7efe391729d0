"""What the start page says of the published warehouse.

What lives here: the questions it answers, as SQL, and their answers. What does not: how they look
(`templates/start.html`), other questions (`docs/queries.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.published import open_published

_COUNTS = """
SELECT
    (SELECT count(*) FROM dim_report WHERE is_current),
    (SELECT count(DISTINCT agency_key) FROM dim_report WHERE is_current),
    (SELECT count(*) FROM observations),
    (SELECT count(*) FROM findings),
    (SELECT count(*) FROM documents),
    (SELECT count(*) FROM documents WHERE status <> 'read')
"""
_YEARS = """
SELECT report_year, form_in_force, current_reports_held, agencies_held
FROM dim_year ORDER BY report_year
"""
_FORMS = """
SELECT form, count(*), min(report_year), max(report_year), sum(figure_count)::BIGINT
FROM dim_report WHERE is_current GROUP BY form ORDER BY min(report_year), form
"""
_TABLES = "SELECT table_name, row_count FROM meta.tables ORDER BY table_name"


@dataclass(frozen=True, slots=True)
class Year:
    """A report year: what is held of it."""

    year: int
    form: str
    reports: int
    agencies: int


@dataclass(frozen=True, slots=True)
class Form:
    """The current reports of one form; `form` is None where a report has no figures."""

    form: str | None
    reports: int
    first_year: int | None
    last_year: int | None
    figures: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of the published warehouse."""

    reports: int
    agencies: int
    observations: int
    findings: int
    documents: int
    not_read: int
    years: tuple[Year, ...]
    forms: tuple[Form, ...]
    tables: tuple[tuple[str, int], ...]

    @property
    def most_reports(self) -> int:
        """Reports of the fullest year."""
        return max((one.reports for one in self.years), default=0)


def read_overview(home: Path) -> Overview:
    """The counts of the home's published warehouse. Raises NothingPublished."""
    with open_published(home) as con:
        reports, agencies, observations, findings, documents, not_read = con.execute(
            _COUNTS
        ).fetchall()[0]
        years = tuple(Year(*row) for row in con.execute(_YEARS).fetchall())
        forms = tuple(Form(*row) for row in con.execute(_FORMS).fetchall())
        tables = tuple(con.execute(_TABLES).fetchall())
    return Overview(
        reports, agencies, observations, findings, documents, not_read, years, forms, tables
    )
