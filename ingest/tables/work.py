"""The work on one table: what is gathered while its rows are read.

What lives here: collecting observations, issues and numbers of a table, and the result handed on.
What does not: the steps of reading (`table.py`), the wording of issues (`tell.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.model import Form, Issue, Observation, Severity, Span, ValueSemantic
from ingest.tables.columns import form_order
from ingest.tables.emit import Source, issue, observe
from ingest.tables.fit import Fit, Slot
from ingest.tables.forms import TableForm
from ingest.tables.pieces import Stream

_BLANK = ValueSemantic.BLANK


@dataclass(slots=True)
class TableResult:
    """A table as read, still open for what is learned about its copies."""

    table: str
    form: Form
    observations: list[Observation] = field(default_factory=list)
    issues: tuple[Issue, ...] = ()
    covered: tuple[Span, ...] = ()
    filled: int = 0  # official cells with something printed in them
    whole: bool = False  # every row was found
    deduplicated: bool = False  # repeated words and numbers were taken out of it

    def refuse(self) -> None:
        """Take back what was read: repeats were taken out of the page this table stands in."""
        span = self.covered[0]
        self.observations = []
        self.filled = 0
        message = (
            f"Repeated words and numbers of {self.table} were taken out when the page was copied, "
            "so its numbers can no longer be placed; none was stored. Find another copy."
        )
        self.issues = (issue("table_unrecoverable", message, start=span.start, end=span.end),)


class TableWork:
    """Pieces and form of a table, and what has been read of it so far.

    `text` is the stored text, `aligned` the same folded, character for character.
    """

    def __init__(self, text: str, aligned: str, stream: Stream, form: TableForm) -> None:
        self.text = text
        self.aligned = aligned
        self.stream = stream
        self.form = form
        self.source = Source(text, form.form, form.table)
        self.rules = f"{form.table}.{form.form.value}"
        self.observations: list[Observation] = []
        self.issues: list[Issue] = []
        self.values: dict[tuple[int, int], Decimal | None] = {}
        self.blank_rows: list[str] = []  # nothing stands behind the label
        self.open_rows: list[str] = []  # an empty cell stands at the end
        self.filled = 0
        self.header_told = False

    def tell(
        self, code: str, message: str, severity: Severity, place: tuple[int, int] | None
    ) -> None:
        """Report something doubtful at a place of the text."""
        start, end = place or (None, None)
        evidence = None if start is None else self.text[start:end]
        self.issues.append(issue(code, message, severity, evidence=evidence, start=start, end=end))

    def rule_id(self, method: str, fit: Fit, places: tuple[int, ...]) -> str:
        """Table, form and method: how the label was found, what was inferred, who told columns."""
        parts = [self.rules, method]
        if fit.inferred is not None:
            parts += ["inferred", fit.inferred]
        if places != form_order(len(places)):
            parts.append("by_header")
        return ".".join(parts)

    def put_row(
        self, row: int, places: Sequence[int], slots: Sequence[Slot | None], rule_id: str,
        factor: int | None, blank_at: tuple[int, int] | None,
    ) -> None:  # fmt: skip
        """Keep what stands in the cells of an official row, printed in the order of `places`."""
        cells = self.form.rows[row].cells
        for column, slot in zip(places, slots, strict=False):
            if slot is None:
                continue
            observation, doubt = observe(
                self.source, cells[column], slot, rule_id, factor, blank_at
            )
            if doubt is not None:
                self.issues.append(doubt)
            if observation is None:
                continue
            self.observations.append(observation)
            if slot.value.semantic is not _BLANK:
                self.filled += 1
            self.values[row, column] = None if observation.value is None else slot.value.number

    def result(self, covered: tuple[Span, ...], *, whole: bool) -> TableResult:
        """What was read, closed."""
        return TableResult(
            self.form.table, self.form.form, self.observations, tuple(self.issues), covered,
            self.filled, whole,
        )  # fmt: skip
