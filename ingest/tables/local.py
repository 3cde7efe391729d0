"""Older statistical tables of provinces and cities, read where their labels are known.

What lives here: tables whose header names columns of time (2009年度 | 历年累计). What does not: the
national forms (`table.py`), which rows and columns are known (`ingest/rules/tables/local.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.model import Issue, Observation, Page, Severity, Span, TimeScope, ValueSemantic
from ingest.tables.emit import issue
from ingest.tables.entries import Entry, entries_of
from ingest.tables.labels import Lexicon, Role, Use, label_key
from ingest.tables.locate import Lines, is_heading, is_prose
from ingest.tables.money import money_factor
from ingest.tables.official import canonical_units
from ingest.tables.pieces import EMPTY, TEXT, Piece, Stream
from ingest.tables.recognise import Label
from ingest.tables.stream import stream_of_lines, stream_of_tables
from ingest.tables.words import load_toml

FEWEST_ROWS = 3  # known rows with values; fewer are no table that is known here
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")


@dataclass(frozen=True, slots=True)
class LocalRow:
    """A known row and the fact it states."""

    indicator: str
    channel: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class _Rules:
    rows: tuple[LocalRow, ...]
    lexicon: Lexicon
    scopes: dict[str, TimeScope]
    whole_year: frozenset[str]
    part_of_year: frozenset[str]
    code: frozenset[str]
    anchor: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = load_toml("local.toml")
    rows = tuple(LocalRow(r["indicator"], r.get("channel"), r.get("outcome")) for r in data["row"])
    uses = [
        (label_key(label), Use(Role.ROW, i))
        for i, r in enumerate(data["row"])
        for label in r["labels"]
    ]
    columns = data["columns"]
    scopes = {
        word: TimeScope(scope)
        for scope in ("year", "cumulative", "previous_year")
        for word in columns[scope]
    }
    anchors = "|".join(r"\s*".join(map(re.escape, w)) for w in data["anchors"]["words"])
    return _Rules(
        rows, Lexicon(uses, unit_column=True), scopes, frozenset(columns["whole_year"]),
        frozenset(columns["part_of_year"]), frozenset(columns["code"]), re.compile(anchors),
    )  # fmt: skip


def read_local(
    page: Page, aligned: str, lines: Lines, taken: Sequence[Span]
) -> tuple[list[Observation], list[Span], list[Issue]]:
    """Read local tables outside the spans already taken: observations, spans covered, issues."""
    match = _rules().anchor.search(aligned)
    if match is None:
        return [], [], []
    for stream, span in _candidates(page, aligned, lines, taken):
        found = _read(page.text, stream)
        if found is not None:
            observations, issues = found
            last = max(o.end for o in observations)
            return observations, [Span(span.start, max(last, span.end))], issues
    return [], [], []


def _candidates(
    page: Page, aligned: str, lines: Lines, taken: Sequence[Span]
) -> Iterator[tuple[Stream, Span]]:
    anchor = _rules().anchor
    for table in page.tables:
        if anchor.search(aligned, table.start, table.end) and _free(table.start, taken):
            yield stream_of_tables(aligned, [table]), Span(table.start, table.end)
    read_to = -1
    for match in anchor.finditer(aligned):
        first = lines.at(match.start())
        if first <= read_to or not _free(match.start(), taken):
            continue
        if is_prose(aligned[slice(*lines.spans[first])]):
            continue
        read_to = _last(aligned, lines, first)
        stream = stream_of_lines(aligned, lines.spans[first:read_to])
        if stream.pieces:
            yield stream, Span(lines.spans[first][0], stream.pieces[0].end)


def _free(offset: int, taken: Sequence[Span]) -> bool:
    return not any(span.start <= offset < span.end for span in taken)


def _last(aligned: str, lines: Lines, first: int) -> int:
    for number in range(first + 1, len(lines.spans)):
        line = aligned[slice(*lines.spans[number])]
        if is_prose(line) or is_heading(line):
            return number
    return len(lines.spans)


def _scope(word: str) -> TimeScope | None:
    return _rules().scopes.get(_YEAR.sub("年度", word)) or _rules().scopes.get(word)


def _columns(stream: Stream) -> tuple[list[TimeScope], bool]:
    """The time of each value column as the header says, and whether a column of codes precedes."""
    rules = _rules()
    named: list[tuple[str, TimeScope]] = []
    code = False
    for piece in stream.pieces:
        if rules.lexicon.uses(label_key(piece.text)):
            break
        whole = "".join(piece.text.split())  # 本 年 累 计 is a word, 代码 本期 本年累计 are three
        for word in (whole,) if whole in rules.code or _scope(whole) else piece.text.split():
            code = code or word in rules.code
            scope = _scope(word)
            if scope is not None:
                named.append((word, scope))
    words = {word for word, _ in named}
    if words & rules.whole_year:
        named = [(w, TimeScope.SUB_PERIOD if w in rules.part_of_year else s) for w, s in named]
    return [scope for _, scope in named], code


def _read(text: str, stream: Stream) -> tuple[list[Observation], list[Issue]] | None:
    rules = _rules()
    scopes, code = _columns(stream)
    if not scopes:
        return None
    observations: list[Observation] = []
    unread: list[Entry] = []
    row_no = 0
    for entry in entries_of(stream, rules.lexicon):
        labels = [label for label in entry.labels if label.role is Role.ROW]
        if labels and labels[-1].method == "label_inside":
            labels = []  # 全文电子化的主动公开信息数 is another row
        values = _values(entry, len(scopes), code)
        if not entry.values:
            continue
        row_no += 1
        if not labels or values is None:
            if observations:
                unread.append(entry)
            continue
        row, label = rules.rows[labels[-1].index], labels[-1]
        for number, (piece, scope) in enumerate(zip(values, scopes, strict=True), 1):
            observations.append(_observe(text, row, label, piece, scope, entry, (row_no, number)))
    if len({o.row_no for o in observations}) < FEWEST_ROWS:
        return None
    return observations, _tell(text, unread)


def _values(entry: Entry, width: int, code: bool) -> list[Piece] | None:
    """The values of a row without its code; None where they are not as many as the columns."""
    values = list(entry.values)
    if code and len(values) == width + 1:
        values = values[1:]
    if len(values) != width or any(p.kind is TEXT for p in values):
        return None
    return values


def _observe(
    text: str, row: LocalRow, label: Label, piece: Piece, scope: TimeScope, entry: Entry,
    place: tuple[int, int],
) -> Observation:  # fmt: skip
    unit = canonical_units()[row.indicator]
    blank = piece.kind is EMPTY or piece.value is None
    start, end = (label.start, label.end) if blank else (piece.start, piece.end)
    number = None if piece.value is None else piece.value.number
    if number is not None and unit == "yuan":
        factor = piece.value.factor if piece.value is not None else None
        number *= factor or money_factor([p.text for p in entry.units]) or 1
    return Observation(
        indicator=row.indicator,
        value=None if number is None else float(number),
        unit=unit,
        value_text="" if blank else text[start:end],
        start=start,
        end=end,
        rule_id=f"local.{label.method}",
        channel=row.channel,
        outcome=row.outcome,
        value_semantic=ValueSemantic.BLANK if piece.value is None else piece.value.semantic,
        time_scope=scope,
        table_name="local",
        row_no=place[0],
        column_no=place[1],
    )


def _tell(text: str, unread: Sequence[Entry]) -> list[Issue]:
    if not unread:
        return []
    last = unread[-1].values[-1]
    first = unread[0].labels[0] if unread[0].labels else unread[0].values[0]
    return [
        issue(
            "table_row_unknown",
            f"{len(unread)} rows of a local statistical table have labels that are not known; they "
            "were left out. Add them to ingest/rules/tables/local.toml.",
            Severity.INFO, evidence=text[first.start : last.end], start=first.start, end=last.end,
        )
    ]  # fmt: skip
