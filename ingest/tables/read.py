"""Reading the official tables of a page.

What lives here: the order of the steps for a page. What does not: the steps themselves
(`locate`, `stream`, `entries`, `align`, `fit`, `emit`), local tables (`local`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.model import Form, Issue, Observation, Page, Severity, Span
from ingest.tables.emit import issue
from ingest.tables.forms import TableForm, forms_of
from ingest.tables.labels import SHORT, label_key
from ingest.tables.local import read_local
from ingest.tables.locate import (
    TABLES,
    Hit,
    Lines,
    find_anchors,
    heading_lines,
    lines_of,
    ranges_of,
    tables_of_page,
)
from ingest.tables.pieces import TEXT, Stream
from ingest.tables.stream import stream_of_lines, stream_of_tables
from ingest.tables.table import read_table
from ingest.tables.unread import tell_unread
from ingest.tables.work import TableResult
from ingest.text.folding import Folded

# What a table shows when repeated words and numbers were taken out of its page.
_DAMAGED = frozenset({"table_row_unresolved", "table_rows_blank", "table_row_inferred"})


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a page say.

    `covered` are the parts of the page's text that are tables and no sentences; `forms` tells
    which form each table follows.
    """

    observations: tuple[Observation, ...]
    covered: tuple[Span, ...]
    forms: Mapping[str, Form] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def read_tables(page: Page, folded: Folded) -> TableReading:
    """Find and read the official tables of a page.

    Offsets of observations, issues and spans count in `page.text`; `folded.aligned` is as long.
    Amounts are in yuan. Nothing is raised for a table that cannot be read: it becomes issues.
    """
    aligned = _with_tabs(page.text, folded.aligned)
    lines = lines_of(aligned)
    hits = find_anchors(aligned, lines)
    parsed = tables_of_page(page, aligned) if page.tables else {}
    streams: dict[tuple[Span, ...], Stream] = {}  # some tables have labels of several forms
    results: dict[str, TableResult] = {}
    for table in TABLES:
        if table not in parsed and not any(hit.table == table for hit in hits):
            continue
        forms = {name: result.form for name, result in results.items()}
        candidates: list[TableResult] = []
        if table in parsed:
            spans = tuple(Span(t.start, t.end) for t in parsed[table])
            if spans not in streams:
                streams[spans] = stream_of_tables(aligned, parsed[table])
            candidates += _read(page, aligned, streams[spans], table, forms, spans)
        if not candidates or not candidates[0].whole:
            candidates += _read_lines(page, aligned, lines, hits, table, forms)
        if candidates:
            results[table] = _best(candidates)
    if any(result.deduplicated for result in results.values()):
        for result in results.values():
            if any(i.code in _DAMAGED for i in result.issues):
                result.refuse()
    taken = [span for result in results.values() for span in result.covered]
    local = read_local(page, aligned, lines, taken)
    unread = list(tell_unread(page, aligned, lines, [*taken, *local[1]]))
    return _gather(results, aligned, lines, local, unread)


def _with_tabs(text: str, aligned: str) -> str:
    """The folded text with its tabs, which folding makes spaces: here they part cells."""
    if "\t" not in text:
        return aligned
    return "".join("\t" if c == "\t" else a for c, a in zip(text, aligned, strict=True))


def _read(
    page: Page, aligned: str, stream: Stream, table: str, forms: Mapping[str, Form],
    spans: tuple[Span, ...] = (),
) -> Iterator[TableResult]:  # fmt: skip
    form = choose_form(table, stream, forms)
    result = read_table(page.text, aligned, stream, form, spans)
    if result is not None:
        yield result


def _read_lines(
    page: Page,
    aligned: str,
    lines: Lines,
    hits: Sequence[Hit],
    table: str,
    forms: Mapping[str, Form],
) -> Iterator[TableResult]:
    for first, last in ranges_of(aligned, lines, hits, table):
        stream = stream_of_lines(aligned, lines.spans[first:last])
        yield from _read(page, aligned, stream, table, forms)


def choose_form(table: str, stream: Stream, forms: Mapping[str, Form]) -> TableForm:
    """The form whose anchors stand in the table; where none does, the one whose rows do.

    Of forms with as many anchors in the table the one counts that misses fewest of its own, then
    that of the tables before it, then the newest. The year of the report is not asked: old forms
    stay in use for years, and one report may mix two.
    """
    candidates = forms_of(table)
    if len(candidates) == 1:
        return candidates[0]
    joined = "".join([label_key(p.text) for p in stream.pieces if p.kind is TEXT])
    votes = [(sum(anchor in joined for anchor in form.anchors), form) for form in candidates]
    most = max((count, count - len(form.anchors)) for count, form in votes)
    if most[0] > 0:
        return next(form for count, form in votes if (count, count - len(form.anchors)) == most)
    newest = max(forms.values(), key=lambda f: f.value, default=None)
    missing = [(_rows_missing(form, joined), form) for form in candidates]
    shown = [(n, f) for n, f in missing if n * 2 < len(f.rows)]  # else labels tell nothing
    told = shown or [(0, f) for f in candidates]
    return min(told, key=lambda t: (t[0], t[1].form is not newest))[1]


def _rows_missing(form: TableForm, joined: str) -> int:
    rows = form.lexicon.row_keys.values()
    return sum(not any(len(k) > SHORT and k in joined for k in keys) for keys in rows)


def _best(candidates: Sequence[TableResult]) -> TableResult:
    """The reading with the most values; another copy in the page is covered and reported."""
    best = max(candidates, key=lambda r: r.filled)
    for other in candidates:
        if other is best or other.filled * 2 < best.filled or _overlap(best, other):
            continue
        best.covered += other.covered
        if [o.value for o in other.observations] != [o.value for o in best.observations]:
            span = other.covered[0]
            best.issues += (
                issue(
                    "table_repeated",
                    f"The page has table {best.table} twice with different numbers; the first "
                    "complete one was read. Compare it with the other.",
                    start=span.start, end=span.end,
                ),
            )  # fmt: skip
    return best


def _overlap(one: TableResult, other: TableResult) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.covered for b in other.covered)


def _gather(
    results: Mapping[str, TableResult], aligned: str, lines: Lines,
    local: tuple[list[Observation], list[Span], list[Issue]], unread: Sequence[tuple[Issue, Span]],
) -> TableReading:  # fmt: skip
    issues = [i for result in results.values() for i in result.issues] + local[2]
    issues += [i for i, _ in unread]
    issues += _missing(results, aligned, lines, [*local[1], *(span for _, span in unread)])
    spans = {span for result in results.values() for span in result.covered}
    covered = sorted(spans.union(local[1]), key=lambda s: s.start)
    observations = [o for r in results.values() for o in r.observations] + local[0]
    return TableReading(
        tuple(observations),
        tuple(covered),
        {name: result.form for name, result in results.items()},
        tuple(issues),
    )


_ANNOUNCING = ("收到和处理", "统计表")  # a page with neither announces no table
_SECTION_OF = {"t2": "s2", "t3": "s3", "t4": "s4"}


def _missing(
    results: Mapping[str, TableResult], aligned: str, lines: Lines, others: Sequence[Span]
) -> Iterator[Issue]:
    """Headings whose table is not there: an image, an attachment, a cut page. Never zeros."""
    standard_found = sum(table in results for table in _SECTION_OF)
    announced = standard_found > 0 or any(w in aligned for w in _ANNOUNCING)
    if standard_found == len(_SECTION_OF) or not announced:
        return
    headings = heading_lines(aligned, lines)
    standard = "s3" in headings or any(t in results for t in _SECTION_OF)
    for table, section in _SECTION_OF.items():
        if not standard or table in results:
            continue
        if section not in headings:
            if standard_found == len(_SECTION_OF) - 1:
                yield issue(
                    "table_missing",
                    f"Of the three tables of the form only {table} was not found, nor its heading. "
                    "Look at the page it came from.",
                    Severity.INFO,
                )  # fmt: skip
            continue
        start, end = headings[section]
        yield issue(
            "table_missing",
            f"The heading of table {table} is there, but no table that can be read follows it "
            "(an image, an attachment, or lost). Look at the page it came from.",
            evidence=aligned[start:end].strip(), start=start, end=end,
        )  # fmt: skip
    if "annex" in headings and "annex" not in results:
        start, end = headings["annex"]
        if any(span.start <= start < span.end for span in others):
            return  # another table than that of 2014, which is told of
        yield issue(
            "table_missing",
            "The annex 政府信息公开情况统计表 (statistical table) is announced, but no table that "
            "can be read follows. Look at the page it came from.",
            Severity.INFO, evidence=aligned[start:end].strip(), start=start, end=end,
        )  # fmt: skip
