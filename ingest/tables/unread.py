"""Statistical tables that are announced or shown and that no rule could read: kept as issues.

What lives here: finding them, and quoting them whole enough to be read by a person. What does not:
reading (`table.py`, `local.py`), headings without a table (`read.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.model import Issue, Page, Severity, Span
from ingest.tables.emit import issue
from ingest.tables.labels import label_key
from ingest.tables.locate import LONGEST_HEADER_LINE, Lines, is_heading, is_prose
from ingest.tables.pieces import TEXT, VALUE, Stream
from ingest.tables.stream import stream_of_lines, stream_of_tables

LONGEST_EVIDENCE = 1500  # characters of a table that are quoted: thirty rows of a usual one
MOST_LINES = 400  # of a table under a title; a longer one is a directory
MOST_TITLES = 12  # more are a list of tables
FEWEST_VALUES = 4  # fewer are no table worth a look
FEWEST_LABELS = 3
_TITLE = re.compile(r".{0,30}统计报?表.{0,12}")
_SUBJECT = re.compile("公开.{0,4}(?:信息|申请|答复)|(?:信息|申请|答复).{0,4}公开|申请总?数|答复总?数")


def tell_unread(
    page: Page, aligned: str, lines: Lines, taken: Sequence[Span]
) -> Iterator[tuple[Issue, Span]]:
    """Issues for tables about disclosure outside the spans taken, with the place of each."""
    found: list[Span] = []
    for table in page.tables:
        span = Span(table.start, table.end)
        if _free(span, taken) and _is_about_disclosure(stream_of_tables(aligned, [table])):
            found.append(span)
    titles = read_to = 0
    for number, (start, end) in enumerate(lines.spans):
        if number < read_to or titles == MOST_TITLES or not 4 < end - start <= LONGEST_HEADER_LINE or "统计" not in aligned[start:end]:
            continue
        if _TITLE.fullmatch(label_key(aligned[start:end].strip())):
            titles += 1
            read_to = last = _last_line(aligned, lines, number)
            span = Span(start, lines.spans[last - 1][1])
            own = [*taken, *found]
            below = lines.spans[number + 1 : last]
            if _free(span, own) and _is_about_disclosure(stream_of_lines(aligned, below)):
                found.append(span)
    for span in found:
        quoted = page.text[span.start : min(span.end, span.start + LONGEST_EVIDENCE)]
        yield (
            issue(
                "table_unread",
                "A statistical table is there whose header or rows are not known; its numbers were "
                "not stored. Read it by hand, or add its labels to ingest/rules/tables/local.toml.",
                Severity.WARNING, evidence=quoted, start=span.start, end=span.start + len(quoted),
            ),
            span,
        )  # fmt: skip


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return not any(t.start < span.end and span.start < t.end for t in taken)


def _last_line(aligned: str, lines: Lines, first: int) -> int:
    last = min(len(lines.spans), first + MOST_LINES)
    for number in range(first + 1, last):
        line = aligned[slice(*lines.spans[number])]
        if is_prose(line) or is_heading(line):
            return number
    return last


def _is_about_disclosure(stream: Stream) -> bool:
    """Rows of labels and numbers, some of them of what these reports count."""
    values = sum(p.kind is VALUE and p.value is not None and p.value.number is not None for p in stream.pieces)  # fmt: skip
    labels = {label_key(p.text) for p in stream.pieces if p.kind is TEXT}
    known = sum(_SUBJECT.search(key) is not None for key in labels)
    return values >= FEWEST_VALUES and len(labels) >= FEWEST_LABELS and known >= 2
