"""Reading one official table from its pieces: align, fit, emit, check.

What lives here: the steps for a table once its pieces and its form are known. What does not:
finding it and choosing the form (`read.py`), what is told about it (`tell.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Severity, Span
from ingest.tables.align import ORDERED, Alignment, Assigned, align
from ingest.tables.cells import BLANK
from ingest.tables.columns import form_order, order_is_certain, places_of_row
from ingest.tables.entries import Entry, entries_of
from ingest.tables.fit import Fit, Slot, fit_row
from ingest.tables.forms import TableForm
from ingest.tables.habits import habits_of, last_is_sum
from ingest.tables.labels import Role
from ingest.tables.money import row_factor, typed_into_header
from ingest.tables.official import OfficialRow
from ingest.tables.other_columns import in_one_column, total_column
from ingest.tables.pieces import TEXT, Stream
from ingest.tables.proceedings import Proceedings, read_proceedings
from ingest.tables.recognise import read_labels
from ingest.tables.repeats import is_deduplicated, repeats_merged
from ingest.tables.tell import (
    tell_blank_rows,
    tell_leftovers,
    tell_row,
    tell_sums,
    tell_unsure_header,
)
from ingest.tables.work import TableResult, TableWork

FEWEST_ROWS = 3  # official labels; fewer are a mention, not the table
_ALONE = ("label_exact", "label_normalised")
_TOGETHER = ("label_joined", "label_inside")  # labels that share a cell or have parts in several
_NOTHING = Slot(BLANK, 0, 0)


def read_table(
    text: str, aligned: str, stream: Stream, form: TableForm, spans: tuple[Span, ...]
) -> TableResult | None:
    """Read a table; None where its pieces are not that table after all.

    `text` is the stored text, `aligned` the same folded, character for character. `spans` is what
    the table covers in the text, where a parser knew; else it is found from the pieces.
    """
    work = TableWork(text, aligned, stream, form)
    if form.table == "t4":
        return _read_proceedings(work, spans)
    stream = work.stream = in_one_column(stream, form)
    entries = entries_of(stream, form.lexicon)
    if not _is_table(entries, stream, form):
        return None
    widths = [len(row.cells) for row in form.rows]
    alignment = align(entries, form.lexicon, widths, grid=stream.grid)
    covered = spans or (_extent(stream, alignment),)
    _read_rows(work, alignment)
    tell_leftovers(work, alignment)
    tell_sums(work, covered[0])
    result = work.result(covered, whole=len(alignment.rows) == len(form.rows))
    if is_deduplicated(stream, form, alignment):
        result.deduplicated = True
        result.refuse()
    return result


def _is_table(entries: Sequence[Entry], stream: Stream, form: TableForm) -> bool:
    """Labels that stand alone in their cells, or, all in one line, most labels and their values.

    Sentences name outcomes too, wrapped in other words and without so many numbers.
    """
    labels = [label for e in entries for label in e.labels if label.role is Role.ROW]
    alone = {label.index for label in labels if label.method not in _TOGETHER}
    if len(alone) + (_captions(stream, form) if alone else 0) >= FEWEST_ROWS:
        return True
    rows = {label.index for label in labels}
    values = sum(len(e.values) for e in entries)
    return len(rows) * 2 >= len(form.rows) and values >= sum(len(r.cells) for r in form.rows) // 2


def _captions(stream: Stream, form: TableForm) -> int:
    """How many captions of blocks and headers of columns stand there: one block may be all."""
    texts = [p for p in stream.pieces if p.kind is TEXT]
    labels = read_labels(texts, form.lexicon, -1) if form.table == "t2" else []
    roles = (Role.CAPTION, Role.COLUMN)
    return len({(x.role, x.index) for x in labels if x.role in roles and x.method in _ALONE})


def _extent(stream: Stream, alignment: Alignment) -> Span:
    """From the first piece of the region, its header, to the last value or label of a row."""
    ends = [p.end for a in alignment.rows.values() for p in a.pieces]
    ends += [a.label.end for a in alignment.rows.values() if a.label is not None]
    ends += [p.end for p in alignment.homeless]
    return Span(stream.pieces[0].start, max(ends))


def _read_rows(work: TableWork, alignment: Alignment) -> None:
    rows = work.form.rows
    sums = work.form.table == "t3"
    printed = [(a.pieces, len(rows[r].cells)) for r, a in alignment.rows.items()]
    habits = habits_of(printed, work.stream, sums=sums, repeats=repeats_merged(work.stream))
    check = last_is_sum if sums else None
    total = total_column(work.stream, work.form)
    for index, row in enumerate(rows):
        assigned = alignment.rows.get(index)
        if assigned is not None:
            if total is not None and len(assigned.pieces) == total[1]:
                assigned = assigned._replace(pieces=(assigned.pieces[total[0]],))
            fit = fit_row(assigned.pieces, len(row.cells), habits, check)
            _read_row(work, index, row, assigned, fit)
    tell_blank_rows(work)


def _read_row(work: TableWork, index: int, row: OfficialRow, assigned: Assigned, fit: Fit) -> None:
    places = _places(work, row, assigned)
    if places is None:
        tell_row(work, row, assigned, fit, columns=False)
        return
    vanished = fit.note == "vanished"
    if fit.note in ("blank", "vanished"):
        fit = _fit_blank(work, row, assigned, fit)
    if fit.inferred is not None and _stands_below(work.stream, assigned):
        fit = Fit((None,) * len(row.cells), note="unresolved")
    if fit.note in ("unresolved", "inferred") or assigned.method == ORDERED:
        tell_row(work, row, assigned, fit)
    last = fit.slots[-1]
    if last is not None and last.value is BLANK and not vanished:
        work.open_rows.append(row.label)  # a row that lost a cell looks the same
    rule_id = work.rule_id(assigned.method, fit, places)
    factor = row_factor(work.aligned, row, assigned)
    work.put_row(index, places, fit.slots, rule_id, factor, _blank_at(assigned))


def _stands_below(stream: Stream, assigned: Assigned) -> bool:
    """Whether the values stand on a line below their label, where lines are rows.

    They may be those of the next label, printed higher than it: nothing is inferred from them.
    """
    label = assigned.label
    below = bool(assigned.pieces) and label is not None and assigned.pieces[0].line != label.line
    return stream.loose and below


def _fit_blank(work: TableWork, row: OfficialRow, assigned: Assigned, fit: Fit) -> Fit:
    """A row without values: blank cells, or an amount that was typed into the header."""
    typed = typed_into_header(work.aligned, row, assigned)
    if typed is not None:
        return Fit((typed,), inferred="header", note="inferred")
    if fit.note == "vanished":
        work.blank_rows.append(row.label)
    return Fit((_NOTHING,) * len(row.cells))


def _places(work: TableWork, row: OfficialRow, assigned: Assigned) -> tuple[int, ...] | None:
    """The columns of a row by the header; by the form, and told, where the header is unsure."""
    plain = form_order(len(row.cells))
    places = places_of_row(work.form, row, assigned.columns)
    if places == plain or order_is_certain(work.form, assigned.columns, work.stream):
        return places
    if assigned.columns:
        tell_unsure_header(work, assigned.columns[0])
    return plain


def _blank_at(assigned: Assigned) -> tuple[int, int] | None:
    """A blank has no characters of its own: it is quoted by the label of its row."""
    if assigned.label is not None:
        return assigned.label.start, assigned.label.end
    filled = [p for p in assigned.pieces if p.end > p.start]
    return (filled[0].start, filled[-1].end) if filled else None


def _read_proceedings(work: TableWork, spans: tuple[Span, ...]) -> TableResult | None:
    """The one row of the table of reconsideration and litigation."""
    read = read_proceedings(work.stream, work.form.lexicon)
    if read is None:
        return None
    last = max([p.end for p in read.pieces] + [x.end for x in read.labels])
    covered = spans or (Span(read.labels[0].start, last),)
    _put_proceedings(work, read)
    tell_sums(work, covered[0])
    result = work.result(covered, whole=bool(work.observations))
    if is_deduplicated(work.stream, work.form, None):
        result.deduplicated = True
        result.refuse()
    return result


def _put_proceedings(work: TableWork, read: Proceedings) -> None:
    row, fit, header = work.form.rows[0], read.fit, read.labels[0]
    assigned = Assigned(0, header, read.pieces, "header")
    slots: Sequence[Slot | None] = fit.slots
    if read.places is None:
        tell_row(work, row, assigned, fit, columns=False)
        return
    if read.unsure:
        tell_unsure_header(work, header)
    if fit.note in ("unresolved", "inferred"):
        tell_row(work, row, assigned, fit)
    if slots[-1] is not None and slots[-1].value is BLANK:
        work.open_rows.append("the row of the table")
        tell_blank_rows(work)
    if fit.note in ("blank", "vanished"):
        message = "Nothing is printed under the header of t4: stored as blank, not as zero."
        work.tell("table_rows_blank", message, Severity.INFO, (header.start, header.end))
        slots = [_NOTHING] * len(row.cells)
    rule_id = work.rule_id("header", fit, read.places)
    work.put_row(0, read.places, slots, rule_id, None, (header.start, header.end))
