"""What is told about a table that could not be read as it stands.

What lives here: the wording and the place of issues. What does not: deciding that something is
doubtful (`align.py`, `fit.py`, `columns.py`).
"""

from __future__ import annotations

from ingest.model import Severity, Span
from ingest.tables.align import ORDERED, Alignment, Assigned
from ingest.tables.fit import Fit
from ingest.tables.official import OfficialRow
from ingest.tables.pieces import EMPTY
from ingest.tables.recognise import Label
from ingest.tables.sums import broken_sums
from ingest.tables.work import TableWork

MOST_NAMED = 4  # rows named in one message
MOST_SUMS = 6  # equations written out in one message


def tell_row(
    work: TableWork, row: OfficialRow, assigned: Assigned, fit: Fit, *, columns: bool = True
) -> None:
    """Report a row that was refused or inferred; `columns` False: its header makes no sense."""
    place = _place(assigned)
    name = f"Row “{row.label}” of {work.form.table}" if row.label else "The row of t4"
    if not columns:
        message = (
            f"{name}: the header does not name the columns of the form in an order that can be "
            "followed; its numbers were not stored."
        )
        work.tell("table_columns_reordered", message, Severity.WARNING, place)
    elif fit.note == "unresolved":
        message = (
            f"{name} prints {len(assigned.pieces)} values where the form has {len(row.cells)}; "
            "what is not certain was not stored."
        )
        work.tell("table_row_unresolved", message, Severity.WARNING, place)
    elif fit.note == "inferred" or assigned.method == ORDERED:
        how = fit.inferred or "the order of rows between certain neighbours"
        message = f"{name}: its values were placed by inference ({how}); compare the document."
        work.tell("table_row_inferred", message, Severity.INFO, place)


def _place(assigned: Assigned) -> tuple[int, int] | None:
    spans = [(p.start, p.end) for p in assigned.pieces if p.end > p.start]
    if assigned.label is not None:
        spans.append((assigned.label.start, assigned.label.end))
    if not spans:
        return None
    return min(start for start, _ in spans), max(end for _, end in spans)


def tell_unsure_header(work: TableWork, first: Label) -> None:
    """Report once that the header of a PDF's text names columns in another order."""
    if work.header_told:
        return
    work.header_told = True
    message = (
        f"The header of {work.form.table} names its columns in an unusual order, which the text of "
        "a PDF may do of itself; the order of the form was taken."
    )
    work.tell("table_columns_reordered", message, Severity.INFO, (first.start, first.end))


def tell_blank_rows(work: TableWork) -> None:
    """Report rows behind whose label nothing stands, and rows whose last cell is empty."""
    first = work.stream.pieces[0]
    for rows, where in ((work.blank_rows, ""), (work.open_rows, " in the last cell")):
        if rows:
            message = (
                f"Nothing is printed{where} of {len(rows)} rows of {work.form.table} "
                f"({_named(rows)}): stored as blank, not as zero."
            )
            work.tell("table_rows_blank", message, Severity.INFO, (first.start, first.end))


def tell_leftovers(work: TableWork, alignment: Alignment) -> None:
    """Report rows too many, rows twice, values without a row, rows without a trace."""
    table = work.form.table
    for label in alignment.extra:
        message = f"A row of {table} that the official form does not have was left out."
        work.tell("table_extra_row", message, Severity.INFO, (label.start, label.end))
    for label in alignment.repeated:
        message = f"A row of {table} stands twice with different values; the first was read."
        work.tell("table_repeated", message, Severity.WARNING, (label.start, label.end))
    homeless = [p for p in alignment.homeless if p.kind is not EMPTY]
    if homeless:
        place = homeless[0].start, homeless[-1].end
        message = (
            f"{len(homeless)} values of {table} stand behind no label that could be "
            "read; they were not stored."
        )
        work.tell("table_row_unresolved", message, Severity.WARNING, place)
    missing = [row.label for i, row in enumerate(work.form.rows) if i not in alignment.rows]
    if missing:
        first = work.stream.pieces[0]
        message = f"{len(missing)} rows of {table} were not found ({_named(missing)})."
        work.tell("table_row_unresolved", message, Severity.WARNING, (first.start, first.end))


def _named(rows: list[str]) -> str:
    return "; ".join(rows[:MOST_NAMED]) + ("…" if len(rows) > MOST_NAMED else "")


def tell_sums(work: TableWork, span: Span) -> None:
    """Report which sums of the form the printed numbers break: a finding, or a misreading."""
    broken = broken_sums(work.form, work.values)
    if not broken:
        return
    more = len(broken) - MOST_SUMS
    told = "; ".join(broken[:MOST_SUMS]) + (f"; {more} more" if more > 0 else "")
    message = (
        f"The printed numbers of {work.form.table} do not add up as the form says: {told}. They "
        "were stored as printed."
    )
    end = min(span.end, span.start + 40)  # the whole table would be no evidence, only long
    work.tell("table_sums_differ", message, Severity.INFO, (span.start, end))
