"""The values that the rooms of `ingest` hand to each other.

What lives here: frozen values and enums without behaviour beyond their own invariants; those of
which a report has dozens are tuples, which take a third of the time of a dataclass to make.
What does not: the columns of the staging tables (`schema.py`), anything that reads or decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, cast


class Script(StrEnum):
    HANS = "hans"
    HANT = "hant"


class Form(StrEnum):
    """The form of a report's figures; a form that only a rule file names becomes a member too."""

    NARRATIVE = "narrative"
    ANNEX_2014 = "annex_2014"
    STD_2019 = "std_2019"
    STD_2021 = "std_2021"

    @classmethod
    def _missing_(cls, value: object) -> Form | None:
        if not isinstance(value, str) or re.fullmatch(r"(?:annex|std)_20\d{2}", value) is None:
            return None
        member = str.__new__(cls, value)
        member._name_, member._value_ = value.upper(), value
        return cast(Form, cls._value2member_map_.setdefault(value, member))


class Qualifier(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    APPROX = "approx"


class OrgScope(StrEnum):
    OWN = "own"
    AGGREGATE = "aggregate"
    SYSTEM = "system"
    SUB_UNIT = "sub_unit"


class TimeScope(StrEnum):
    YEAR = "year"
    CUMULATIVE = "cumulative"
    PREVIOUS_YEAR = "previous_year"
    SUB_PERIOD = "sub_period"
    PLAN = "plan"


class ValueSemantic(StrEnum):
    NUMBER = "number"
    STATED_ZERO = "stated_zero"
    BLANK = "blank"
    DASH = "dash"
    NONE_TEXT = "none_text"
    SHARE_ONLY = "share_only"


class Severity(StrEnum):
    ERROR = "error"  # the document was not read
    WARNING = "warning"  # read, but something in it is doubtful
    INFO = "info"


class Cell(NamedTuple):
    """A cell of a table in a page: its text is `page.text[start:end]`."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its cells in reading order; `start:end` is its extent in the page's text."""

    cells: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a format reader makes of the bytes: the text that is stored, and what stands around it.

    `text` is the text all offsets count in. `hints` holds what the page says of itself outside
    the report: `title`, `breadcrumb`, `published`, `publisher`, `site`, `domain`, `url`. Hints are
    identity evidence, never figures. `issues` tell what of the bytes could not be read.
    """

    text: str
    tables: tuple[Table, ...] = ()
    media_type: str = "text/plain"
    encoding: str | None = None
    hints: dict[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


class Span(NamedTuple):
    """A half-open interval of characters in the stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of text that tells something of the report's identity."""

    kind: str  # title, compiled_by, contact, guide, signature, breadcrumb, domain, postcode, ...
    text: str
    value: str  # what it tells: an agency name, a region code, a year
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is and of which year, with the evidence for each."""

    is_report: bool
    not_report_reason: str | None  # issue code where it is none
    title: str | None
    agency_name: str | None
    agency_as_printed: str | None
    region_code: str | None
    report_year: int | None
    published_on: date | None
    signed_on: date | None
    period_start: date | None
    period_end: date | None
    org_scope: OrgScope
    confidence: float
    agency_evidence: tuple[Evidence, ...] = ()
    region_evidence: tuple[Evidence, ...] = ()
    year_evidence: tuple[Evidence, ...] = ()
    issues: tuple[Issue, ...] = ()


class Observation(NamedTuple):
    """A number, a stated zero or a printed blank, with the place it was read from.

    `value` is in the indicator's canonical unit (`unit`); offsets count in the stored text.
    """

    indicator: str
    value: float | None
    unit: str
    value_text: str
    start: int
    end: int
    rule_id: str
    category: str | None = None
    category_label: str | None = None
    channel: str | None = None
    applicant_type: str | None = None
    outcome: str | None = None
    org_group: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    share_pct: float | None = None
    value_semantic: ValueSemantic = ValueSemantic.NUMBER
    org_scope: OrgScope = OrgScope.OWN
    time_scope: TimeScope = TimeScope.YEAR
    form: Form = Form.NARRATIVE
    section: str | None = None
    table_name: str | None = None
    row_no: int | None = None
    column_no: int | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read or is doubtful, told so that a person can act on it."""

    stage: str  # land, decode, identify, read, tables, load
    code: str
    severity: Severity
    message: str
    evidence: str | None = None
    start: int | None = None
    end: int | None = None
