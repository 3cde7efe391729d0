"""Reading one official table from its pieces: align, fit, check, emit.

What lives here: what happens to a table once its pieces and its form are known. What does not:
finding it and choosing the form (`read.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.model import Form, Issue, Observation, Severity, Span, ValueSemantic
from ingest.tables.align import Alignment, Assigned, align
from ingest.tables.cells import BLANK, read_cell
from ingest.tables.columns import order_is_certain, places_of_row
from ingest.tables.emit import Source, issue, money_factor, observe
from ingest.tables.entries import Label, entries_of
from ingest.tables.fit import Fit, Slot, fit_row, habits_of, last_is_sum
from ingest.tables.forms import OfficialRow, TableForm
from ingest.tables.labels import Role
from ingest.tables.proceedings import read_proceedings
from ingest.tables.repeats import is_deduplicated, repeats_merged
from ingest.tables.stream import Stream
from ingest.tables.sums import broken_sums

_NOTHING = Slot(BLANK, 0, 0)
FEWEST_ROWS = 3  # official labels; fewer are a mention, not the table
MOST_SUMS_TOLD = 6
LONGEST_NOTE = 12  # characters: （单位：万元） behind a label that was cut from it
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)*\s*(?:亿|万)?元")


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
        self.issues = (_unrecoverable(self.table, span),)


class _Table:
    """The work on one table: what is gathered while its rows are read."""

    def __init__(self, text: str, aligned: str, stream: Stream, form: TableForm) -> None:
        self.text = text
        self.aligned = aligned
        self.stream = stream
        self.form = form
        self.source = Source(text, form.form, form.table)
        self.observations: list[Observation] = []
        self.issues: list[Issue] = []
        self.values: dict[tuple[int, int], Decimal | None] = {}
        self.blank_rows: list[str] = []
        self.filled = 0
        self.header_told = False

    def tell(self, code: str, message: str, severity: Severity, start: int | None, end: int | None) -> None:  # fmt: skip
        evidence = None if start is None else self.text[start:end]
        self.issues.append(issue(code, message, severity, evidence=evidence, start=start, end=end))

    def rule_id(self, method: str, fit: Fit, places: tuple[int, ...]) -> str:
        """Table, form and method: how the label was found, what was inferred, who told columns."""
        parts = [self.form.table, self.form.form.value, method]
        if fit.inferred is not None:
            parts += ["inferred", fit.inferred]
        if places != tuple(range(len(places))):
            parts.append("by_header")
        return ".".join(parts)

    def put(
        self, row: int, column: int, slot: Slot, rule_id: str, factor: int | None,
        blank_at: tuple[int, int] | None,
    ) -> None:  # fmt: skip
        cell = self.form.rows[row].cells[column]
        observation, doubt = observe(
            self.source, cell, slot, rule_id, factor=factor, blank_at=blank_at
        )
        if doubt is not None:
            self.issues.append(doubt)
        if observation is None:
            return
        self.observations.append(observation)
        if slot.value.semantic is not ValueSemantic.BLANK:
            self.filled += 1
        self.values[row, column] = None if observation.value is None else slot.value.number


def read_table(
    text: str, aligned: str, stream: Stream, form: TableForm, spans: tuple[Span, ...]
) -> TableResult | None:
    """Read a table; None where its pieces are not that table after all.

    `text` is the stored text, `aligned` the same folded, character for character. `spans` is what it covers in the text, where a parser knew; else it is found from the pieces.
    """
    if form.table == "t4":
        return _read_proceedings(_Table(text, aligned, stream, form), spans)
    entries = entries_of(stream, form.lexicon)
    labels = [label for e in entries for label in e.labels if label.role is Role.ROW]
    if len({label.index for label in labels}) < FEWEST_ROWS:
        return None
    widths = [len(row.cells) for row in form.rows]
    alignment = align(entries, form.lexicon, widths, grid=stream.grid)
    work = _Table(text, aligned, stream, form)
    covered = spans or (_extent(stream, alignment),)
    result = TableResult(form.table, form.form, covered=covered)
    _read_rows(work, alignment)
    _tell_leftovers(work, alignment)
    _tell_sums(work, covered[0])
    result.observations = work.observations
    result.issues = tuple(work.issues)
    result.filled = work.filled
    result.whole = len(alignment.rows) == len(form.rows)
    if is_deduplicated(stream, form, alignment):
        result.deduplicated = True
        result.refuse()
    return result


def _extent(stream: Stream, alignment: Alignment) -> Span:
    """From the first piece of the region, its header, to the last value or label of a row."""
    ends = [p.end for a in alignment.rows.values() for p in a.pieces]
    ends += [a.label.end for a in alignment.rows.values() if a.label is not None]
    ends += [p.end for p in alignment.homeless]
    return Span(stream.pieces[0].start, max(ends))


def _read_rows(work: _Table, alignment: Alignment) -> None:
    form = work.form
    sums = form.table == "t3"
    printed = [(a.pieces, len(form.rows[r].cells)) for r, a in alignment.rows.items()]
    habits = habits_of(printed, sums=sums, repeats=repeats_merged(work.stream))
    for index, row in enumerate(form.rows):
        assigned = alignment.rows.get(index)
        if assigned is None:
            continue
        check = last_is_sum if sums else None
        fit = fit_row(assigned.pieces, len(row.cells), habits, check)
        _read_row(work, index, row, assigned, fit)
    if work.blank_rows:
        first = work.stream.pieces[0]
        work.tell(
            "table_rows_blank",
            f"Nothing is printed for {len(work.blank_rows)} rows of {form.table} "
            f"({'; '.join(work.blank_rows[:4])}…): stored as blank, not as zero.",
            Severity.INFO, first.start, first.end,
        )  # fmt: skip


def _read_row(
    work: _Table, index: int, row: OfficialRow, assigned: Assigned, fit: Fit
) -> None:
    places = _places(work, row, assigned)
    blank_at = _blank_at(assigned)
    if fit.note in ("unresolved", "inferred") or places is None or assigned.method == "ordered":
        _tell_row(work, row, assigned, fit, places)
    if places is None:
        return
    if fit.note in ("blank", "vanished"):
        if fit.note == "vanished":
            work.blank_rows.append(row.label)
        typed = _typed_into_header(work, row, assigned)
        slots: Sequence[Slot | None] = [typed or _NOTHING] * len(row.cells)
        if typed is not None:
            fit = Fit((typed,), inferred="header", note="inferred")
            _tell_row(work, row, assigned, fit, places)
    else:
        slots = fit.slots
    rule_id = work.rule_id(assigned.method, fit, places)
    factor = _row_money(work, row, assigned)
    for printed, slot in enumerate(slots):
        if slot is not None:
            work.put(index, places[printed], slot, rule_id, factor, blank_at)


def _places(work: _Table, row: OfficialRow, assigned: Assigned) -> tuple[int, ...] | None:
    """The columns of a row by the header; by the form, and told, where the header is unsure."""
    plain = tuple(range(len(row.cells)))
    places = places_of_row(work.form, row, assigned.columns)
    if places == plain or order_is_certain(work.form, assigned.columns, work.stream):
        return places
    if not work.header_told:
        work.header_told = True
        first = assigned.columns[0]
        work.tell("table_columns_reordered", f"The header of {work.form.table} names its columns in an unusual order, which the text of a PDF may do of itself; the order of the form was taken.", Severity.INFO, first.start, first.end)  # fmt: skip
    return plain


def _blank_at(assigned: Assigned) -> tuple[int, int] | None:
    """A blank has no characters of its own: it is quoted by the label of its row."""
    if assigned.label is not None:
        return assigned.label.start, assigned.label.end
    filled = [p for p in assigned.pieces if p.end > p.start]
    return (filled[0].start, filled[-1].end) if filled else None


def _row_money(work: _Table, row: OfficialRow, assigned: Assigned) -> int | None:
    """The unit of an amount: that of the unit column or of the column's header."""
    if all(cell.unit != "yuan" for cell in row.cells):
        return None
    own = money_factor([p.text for p in assigned.units])
    if own is not None:
        return own
    return money_factor([_printed(work, c) for c in assigned.columns[-len(row.cells) :]])


def _printed(work: _Table, label: Label) -> str:
    """A header label with the note behind it, which may stand in pieces of its own."""
    return re.split(r"[|\t\n]", work.aligned[label.start : label.end + LONGEST_NOTE])[0]


def _typed_into_header(work: _Table, row: OfficialRow, assigned: Assigned) -> Slot | None:
    """An amount that was typed over the unit in its header: （单位：0.5万元）."""
    if len(row.cells) != 1 or row.cells[0].unit != "yuan" or not assigned.columns:
        return None
    label = assigned.columns[-1]
    match = _AMOUNT.search(_printed(work, label))
    value = read_cell(match.group()) if match else None
    if match is None or value is None:
        return None
    return Slot(value, label.start + match.start(), label.start + match.end())


def _tell_row(
    work: _Table, row: OfficialRow, assigned: Assigned, fit: Fit, places: tuple[int, ...] | None
) -> None:
    marks = [p for p in assigned.pieces if p.end > p.start]
    start = assigned.label.start if assigned.label else (marks[0].start if marks else None)
    end = marks[-1].end if marks else (assigned.label.end if assigned.label else None)
    if start is not None and end is not None and end < start:
        start, end = marks[0].start, assigned.label.end if assigned.label else marks[-1].end
    if places is None:
        work.tell("table_columns_reordered", f"The header over row “{row.label}” does not name the columns of the form in an order that can be followed; its numbers were not stored.", Severity.WARNING, start, end)  # fmt: skip
    elif fit.note == "unresolved":
        work.tell("table_row_unresolved", f"Row “{row.label}” of {work.form.table} prints {len(assigned.pieces)} values where the form has {len(row.cells)}; what is not certain was not stored.", Severity.WARNING, start, end)  # fmt: skip
    elif fit.note == "inferred":
        work.tell("table_row_inferred", f"The values of row “{row.label}” of {work.form.table} were placed by inference ({fit.inferred}); compare them with the document.", Severity.INFO, start, end)  # fmt: skip
    else:
        work.tell("table_row_inferred", f"The values of row “{row.label}” of {work.form.table} were placed by the order of rows between certain neighbours; compare them with the document.", Severity.INFO, start, end)  # fmt: skip


def _tell_leftovers(work: _Table, alignment: Alignment) -> None:
    table = work.form.table
    for label in alignment.extra:
        work.tell("table_extra_row", f"A row of {table} that the official form does not have was left out.", Severity.INFO, label.start, label.end)  # fmt: skip
    for label in alignment.repeated:
        work.tell("table_repeated", f"A row of {table} stands twice with different values; the first was read.", Severity.WARNING, label.start, label.end)  # fmt: skip
    if alignment.homeless:
        first, last = alignment.homeless[0], alignment.homeless[-1]
        work.tell("table_row_unresolved", f"{len(alignment.homeless)} values of {table} stand behind no label that could be read; they were not stored.", Severity.WARNING, first.start, last.end)  # fmt: skip
    missing = [row.label for i, row in enumerate(work.form.rows) if i not in alignment.rows]
    if missing:
        anchor = work.stream.pieces[0]
        work.tell("table_row_unresolved", f"{len(missing)} rows of {table} were not found ({'; '.join(missing[:4])}{'…' if len(missing) > 4 else ''}).", Severity.WARNING, anchor.start, anchor.end)  # fmt: skip


def _tell_sums(work: _Table, span: Span) -> None:
    broken = broken_sums(work.form, work.values)
    if broken:
        more = len(broken) - MOST_SUMS_TOLD
        told = "; ".join(broken[:MOST_SUMS_TOLD]) + (f"; {more} more" if more > 0 else "")
        work.issues.append(
            issue(
                "table_sums_differ",
                f"The printed numbers of {work.form.table} do not add up as the form says: {told}. "
                "They were stored as printed.",
                Severity.INFO, start=span.start, end=span.end,
            )
        )  # fmt: skip


def _unrecoverable(table: str, span: Span) -> Issue:
    return issue(
        "table_unrecoverable",
        f"Repeated words and numbers of {table} were taken out when the page was copied, so its "
        "numbers can no longer be placed; none was stored. Find another copy.",
        start=span.start, end=span.end,
    )  # fmt: skip


def _read_proceedings(work: _Table, spans: tuple[Span, ...]) -> TableResult | None:
    """The one row of the table of reconsideration and litigation."""
    stream, form = work.stream, work.form
    read = read_proceedings(stream, form.lexicon)
    if read is None:
        return None
    row = form.rows[0]
    first = read.labels[0]
    last = max([p.end for p in read.pieces] + [x.end for x in read.labels])
    covered = spans or (Span(first.start, last),)
    assigned = Assigned(0, first, read.pieces, "header")
    fit = read.fit
    if read.places is None or fit.note == "unresolved":
        _tell_row(work, row, assigned, fit, read.places)
    else:
        if fit.note == "inferred":
            _tell_row(work, row, assigned, fit, read.places)
        slots: Sequence[Slot | None] = fit.slots
        if fit.note in ("blank", "vanished"):
            work.tell("table_rows_blank", "Nothing is printed under the header of t4: stored as blank, not as zero.", Severity.INFO, first.start, first.end)  # fmt: skip
            slots = [_NOTHING] * len(row.cells)
        rule_id = work.rule_id("header", fit, read.places)
        for printed, slot in enumerate(slots):
            if slot is not None:
                work.put(0, read.places[printed], slot, rule_id, None, (first.start, first.end))
        _tell_sums(work, covered[0])
    result = TableResult(
        "t4", form.form, work.observations, tuple(work.issues), covered, work.filled,
        whole=bool(work.observations),
    )  # fmt: skip
    if is_deduplicated(stream, form, None):
        result.deduplicated = True
        result.refuse()
    return result
