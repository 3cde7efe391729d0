"""Reading one document: bytes in, a report with its observations or the reason why not, out.

What lives here: the order of the steps for one document. What does not: the steps (`formats`,
`text`, `identity`, `tables`, `narrative`), rows and frames (`batch.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.formats import UnreadableDocument, read_page
from ingest.identity import identify
from ingest.model import Form, Identity, Issue, Observation, OrgScope, Page, Severity
from ingest.narrative import read_narrative
from ingest.narrative.reading import LeftAlone
from ingest.tables import read_tables
from ingest.text.damage import without_damaged
from ingest.text.folding import Folded, fold

# Rules that conclude a number from words about all cases.
_CONCLUDED = re.compile(r"\.all|\.single|\.own_words|\.reason_of_all")
# Tables whose form tells the era; table 4 is the same on both standard forms.
_TELLING_TABLES = ("t2", "t3", "annex")


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was read; offsets of the observations count in `page.text`."""

    page: Page
    folded: Folded
    identity: Identity
    form: Form
    observations: tuple[Observation, ...]
    issues: tuple[Issue, ...]
    left_alone: tuple[LeftAlone, ...]  # offsets in `folded.text`


@dataclass(frozen=True, slots=True)
class NotRead:
    """A document that gave no report; `code` is the reason, told in `issues`."""

    code: str
    issues: tuple[Issue, ...]
    page: Page | None = None


def read_document(data: bytes, file_name: str, source_uri: str) -> Report | NotRead:
    """Read a document. Never raises for bad input: what cannot be read is told in issues.

    `file_name` serves to guess the format where the bytes do not tell it; `source_uri` may hold a
    domain that tells the place.
    """
    try:
        page = read_page(data, file_name)
    except UnreadableDocument as error:
        issue = Issue("decode", error.code, Severity.ERROR, f"{source_uri}: {error.message}")
        return NotRead(error.code, (issue,))
    folded = fold(page.text)
    identity = identify(page, folded, source_uri)
    if not identity.is_report:
        issues = tuple(replace(i, message=f"{source_uri}: {i.message}") for i in identity.issues)
        return NotRead(identity.not_report_reason or "not_a_report", issues, page)
    tables = read_tables(page, folded)
    form = _form(dict(tables.forms))
    narrative = read_narrative(
        folded,
        report_year=identity.report_year,
        org_scope=identity.org_scope,
        skip=tables.covered,
    )
    observations = list(tables.observations)
    if identity.org_scope is not OrgScope.OWN:
        observations = [o._replace(org_scope=identity.org_scope) for o in observations]
    observations += _without_contradicted(narrative.observations, tables.observations)
    observations, damaged = without_damaged(observations, page.text)
    observations.sort(key=lambda o: (o.start, o.end, o.table_name or "", o.rule_id))
    return Report(
        page, folded, identity, form, tuple(observations),
        (*page.issues, *identity.issues, *tables.issues, *damaged), narrative.left_alone,
    )  # fmt: skip


def _without_contradicted(
    narrative: Sequence[Observation], tables: Sequence[Observation]
) -> list[Observation]:
    """Sentences' figures but for those concluded from 均 or 全部 that a table's cell contradicts.

    A number that a sentence prints stays beside the table's: that they differ is a finding.
    """
    concluded = {o.indicator for o in narrative if _CONCLUDED.search(o.rule_id)}
    if not tables or not concluded:
        return list(narrative)
    cells = {
        _counted(o): o.value for o in tables if o.value is not None and o.indicator in concluded
    }
    return [
        o
        for o in narrative
        if not (
            _CONCLUDED.search(o.rule_id)
            and _counted(o) in cells
            and cells[_counted(o)] != o.value
        )
    ]


def _counted(o: Observation) -> tuple[str | None, ...]:
    return o.indicator, o.channel, o.applicant_type, o.outcome, o.org_group


def _form(forms: dict[str, Form]) -> Form:
    """The newest form among the report's telling tables: hybrids count as the newer form."""
    found = {forms[name] for name in _TELLING_TABLES if name in forms} or set(forms.values())
    return max(found, key=lambda form: form.value, default=Form.NARRATIVE)  # names end in years
