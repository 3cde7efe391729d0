"""A figure as the narrative reader sees it, before it becomes an observation.

What lives here: the working values of the reader (offsets count in the folded text). What does
not: the published form (`ingest.model.Observation`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.model import OrgScope, Qualifier, TimeScope, ValueSemantic


@dataclass(slots=True)
class Reading:
    """A figure read from a sentence; `start:end` is its quote in the folded text."""

    indicator: str
    value: float | None
    start: int
    end: int
    value_text: str
    rule_id: str
    qualifier: Qualifier = Qualifier.EXACT
    category_label: str | None = None
    channel: str | None = None
    applicant_type: str | None = None
    outcome: str | None = None
    org_group: str | None = None
    share_pct: float | None = None
    value_semantic: ValueSemantic = ValueSemantic.NUMBER
    time_scope: TimeScope = TimeScope.YEAR
    org_scope: OrgScope | None = None  # None: the report's
    section: str = ""
    weak: bool = False
    year_if_only: bool = False

    def key(self) -> tuple[str | None, ...]:
        """What the figure counts: two readings of one key compete."""
        return (
            self.indicator,
            self.category_label,
            self.channel,
            self.applicant_type,
            self.outcome,
            self.org_group,
            self.time_scope.value,
        )

    def is_total(self) -> bool:
        """Whether the figure is not broken down."""
        return not any(
            (self.category_label, self.channel, self.applicant_type, self.outcome, self.org_group)
        )


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A number seen and not taken, with the reason in words."""

    start: int
    end: int
    text: str
    reason: str
