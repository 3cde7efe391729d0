"""Which values belong to which official row: labels decide, order helps, sums never do.

What lives here: resolving labels nobody knows between their neighbours, and giving runs of values
to rows. What does not: recognising labels (`recognise.py`), spreading values over cells (`fit.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ingest.model import ValueSemantic
from ingest.tables.entries import Entry
from ingest.tables.labels import Lexicon, Role
from ingest.tables.pieces import EMPTY, VALUE, Piece
from ingest.tables.recognise import Label

ORDERED = "ordered"
MOST_GUESSES = 80  # unknown labels compared with rows; a table has fewer rows, a page may not
_CLEARNESS = (
    "label_exact", "label_normalised", "label_joined", "label_inside", "label_fuzzy", ORDERED,
)  # fmt: skip


class Assigned(NamedTuple):
    """A row of the form with the pieces printed for it; `label` None where only order tells."""

    row: int
    label: Label | None
    pieces: tuple[Piece, ...]
    method: str
    columns: tuple[Label, ...] = ()
    units: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Alignment:
    """Every row that was found, and what could not be placed."""

    rows: dict[int, Assigned] = field(default_factory=dict)
    extra: list[Label] = field(default_factory=list)  # rows that the form does not have
    homeless: list[Piece] = field(default_factory=list)  # values without a certain row
    repeated: list[Label] = field(default_factory=list)

    def take(self, assigned: Assigned) -> None:
        """Keep a row; of two with the same label the clearer label counts, then the first."""
        known = self.rows.get(assigned.row)
        if known is None or (not known.pieces and assigned.pieces):
            self.rows[assigned.row] = assigned
            return
        if not assigned.pieces or assigned.label is None:
            return
        if [p.text for p in known.pieces] != [p.text for p in assigned.pieces]:
            self.repeated.append(assigned.label)
        if _CLEARNESS.index(assigned.method) < _CLEARNESS.index(known.method):
            self.rows[assigned.row] = assigned


def align(
    entries: Sequence[Entry], lexicon: Lexicon, widths: Sequence[int], *, grid: bool
) -> Alignment:
    """Give the values of `entries` to the rows of a form whose rows have `widths` cells."""
    entries = _without_tail(_name_unknown(entries, lexicon), len(widths) - 1)
    _drop_group_dashes(entries)
    found = Alignment()
    _take_out_divided(entries, found)
    if grid:
        _align_rows(entries, lexicon, widths, found)
    else:
        _align_runs(entries, widths, found)
    return found


def _known(labels: Iterable[Label]) -> list[Label]:
    return [label for label in labels if label.role is Role.ROW]


def _name_unknown(entries: Sequence[Entry], lexicon: Lexicon) -> list[Entry]:
    """Name unknown labels that resemble a row still missing between their known neighbours."""
    flat = [(e, label) for e in entries for label in e.labels]
    present = {label.index for _, label in flat if label.role is Role.ROW}
    guesses = 0
    for i, (entry, label) in enumerate(flat):
        if label.role is not None:
            continue
        before = next((x.index for _, x in reversed(flat[:i]) if x.role is Role.ROW), -1)
        after = next(
            (x.index for _, x in flat[i + 1 :] if x.role is Role.ROW), len(lexicon.row_keys)
        )
        at = entry.labels.index(label)
        if before >= 0 and any(label.key in key for key in lexicon.row_keys[before]):
            del entry.labels[at]  # the rest of a wrapped label
            continue
        candidates = [r for r in range(before + 1, after) if r not in present]
        if not candidates or guesses == MOST_GUESSES:
            continue
        guesses += 1
        guess = lexicon.guess_row(label.key, candidates)
        if guess is not None:
            named = label._replace(role=Role.ROW, index=guess[0], method="label_fuzzy")
            entry.labels[at] = named
            flat[i] = (entry, named)
            present.add(guess[0])
    return list(entries)


def _without_tail(entries: list[Entry], last: int) -> list[Entry]:
    """Nothing behind the last row of the form belongs to the table."""
    for i, entry in enumerate(entries):
        rows = _known(entry.labels)
        if rows and rows[-1].index == last and entry.values:
            return entries[: i + 1]
    return entries


def _take_out_divided(entries: Sequence[Entry], found: Alignment) -> None:
    """A row divided into rows of its own, each with a name: none of them is the official row."""
    for entry, following in pairwise(entries):
        rows = _known(entry.labels)
        divided = bool(rows) and entry.labels[-1].role is None
        if divided and following.labels and not _known(following.labels) and following.values:
            found.homeless += entry.values
            entry.values = []


def _drop_group_dashes(entries: Sequence[Entry]) -> None:
    """The dashes and blanks behind a heading row of the annex are not the values of a row."""
    empty = {ValueSemantic.DASH, ValueSemantic.BLANK}
    for entry in entries:
        if entry.after_group and all(p.value and p.value.semantic in empty for p in entry.values):
            entry.values = []


def _align_rows(
    entries: Sequence[Entry], lexicon: Lexicon, widths: Sequence[int], found: Alignment
) -> None:
    """A row of cells carries its own label; rows without a known one are placed by order."""
    orphans: list[Entry] = []
    before = -1
    for entry in entries:
        rows = _known(entry.labels)
        if rows:
            label = rows[-1]
            _place_orphans(orphans, before, label.index, lexicon, widths, found)
            orphans = []
            before = label.index
            found.take(_assigned(label, entry.values, entry))
        elif entry.values:
            orphans.append(entry)
    _place_orphans(orphans, before, len(widths), lexicon, widths, found)


def _assigned(label: Label, values: Sequence[Piece], entry: Entry, method: str = "") -> Assigned:
    return Assigned(
        label.index, label, tuple(values), method or label.method, entry.columns,
        tuple(entry.units),
    )  # fmt: skip


def _place_orphans(
    orphans: Sequence[Entry], before: int, after: int, lexicon: Lexicon, widths: Sequence[int],
    found: Alignment,
) -> None:  # fmt: skip
    """Rows with an unreadable label between two certain ones: as many as are missing, in order."""
    if not orphans:
        return
    missing = [r for r in range(before + 1, after) if r not in found.rows]
    fits = len(missing) == len(orphans) and before >= 0
    for entry, row in zip(orphans, missing, strict=False) if fits else ():
        count = sum(p.kind is not EMPTY for p in entry.values)
        unlike = bool(entry.labels) and not _alike(entry.labels[-1].key, lexicon.row_keys[row])
        if unlike or widths[row] not in (count, len(entry.values)) or entry.after_group:
            fits = False
    for i, entry in enumerate(orphans):
        if fits:
            found.take(Assigned(missing[i], None, tuple(entry.values), ORDERED, entry.columns))
        elif missing and not entry.after_group:
            found.homeless += entry.values
        elif entry.labels and before >= 0:
            found.extra.append(entry.labels[-1])


def _alike(key: str, labels: Iterable[str]) -> bool:
    """Whether a spoilt label has two neighbouring ideographs of the official one."""
    pairs = {key[i : i + 2] for i in range(len(key) - 1)}
    return any(pair in label for label in labels for pair in pairs)


def _align_runs(entries: Sequence[Entry], widths: Sequence[int], found: Alignment) -> None:
    """Runs of labels and values: what stands on one line is certain, the rest lies between."""
    zone: list[Entry] = []
    before = -1
    for entry in _without_extra_rows(entries, found):
        rows = _known(entry.labels)
        bound, rest = _split_bound(entry, rows)
        if bound is None:
            zone.append(entry)
            continue
        label = rows[-1]
        if len(rows) > 1:
            zone.append(Entry(rows[:-1], [], [], entry.columns))
        _resolve_zone(zone, before, label.index, widths, found)
        found.take(bound)
        before = label.index
        zone = [Entry([], rest, [], entry.columns)] if rest else []
    _resolve_zone(zone, before, len(widths), widths, found)


def _without_extra_rows(entries: Sequence[Entry], found: Alignment) -> list[Entry]:
    """Take out local rows: an unknown label with values where no official row is missing."""
    kept: list[Entry] = []
    before = -1
    for i, entry in enumerate(entries):
        rows = _known(entry.labels)
        if rows:
            before = rows[-1].index
        elif entry.labels and entry.values:
            after = next((r.index for e in entries[i + 1 :] for r in _known(e.labels)[:1]), -1)
            if after == before + 1:
                found.extra.append(entry.labels[-1])
                continue
        kept.append(entry)
    return kept


def _split_bound(entry: Entry, rows: Sequence[Label]) -> tuple[Assigned | None, list[Piece]]:
    """The values on the line of the last label, and those on the lines below."""
    if not rows or not entry.values or entry.values[0].line != rows[-1].line:
        return None, []
    line = rows[-1].line
    here = [p for p in entry.values if p.line == line]
    return _assigned(rows[-1], here, entry), [p for p in entry.values if p.line != line]


def _resolve_zone(
    zone: Sequence[Entry], before: int, after: int, widths: Sequence[int], found: Alignment
) -> None:
    """Labels and values between two certain rows."""
    labels = [(label, e) for e in zone for label in _known(e.labels)]
    values = [p for e in zone for p in e.values]
    if not labels and not values:
        return
    rows = [label.index for label, _ in labels]
    need = sum(widths[r] for r in rows)
    for tokens in (values, _without_lonely(values)):
        if rows and need == len(tokens) and rows == sorted(rows):
            _in_order(labels, tokens, zone, widths, found)
            return
        between = [r for r in range(before + 1, after) if r not in found.rows]
        complete = len(tokens) == sum(widths[r] for r in between) > 0
        if complete and rows != between and set(rows) <= set(between):
            _by_order_alone(between, labels, tokens, zone, widths, found)
            return
    _entry_by_entry(zone, after, widths, found)


def _without_lonely(values: Sequence[Piece]) -> list[Piece]:
    """Leave out numbers alone on their line where the others stand in rows: page numbers."""
    lines = Counter(piece.line for piece in values if piece.kind is VALUE)
    if max(lines.values(), default=0) < 2:
        return list(values)
    return [p for p in values if lines[p.line] > 1 or not p.text.isdecimal()]


def _in_order(
    labels: Sequence[tuple[Label, Entry]], tokens: Sequence[Piece], zone: Sequence[Entry],
    widths: Sequence[int], found: Alignment,
) -> None:  # fmt: skip
    """As many values as the labels need: the n-th run to the n-th label."""
    plain = all(
        sum(widths[r.index] for r in _known(e.labels)) == len(e.values)
        and len(_known(e.labels)) < 2
        for e in zone
    )
    at = 0
    for label, entry in labels:
        width = widths[label.index]
        method = label.method if plain else ORDERED
        found.take(_assigned(label, tokens[at : at + width], entry, method))
        at += width


def _by_order_alone(
    between: Sequence[int], labels: Sequence[tuple[Label, Entry]], tokens: Sequence[Piece],
    zone: Sequence[Entry], widths: Sequence[int], found: Alignment,
) -> None:  # fmt: skip
    """Labels are lost, but the values are as many as all rows between two certain ones need."""
    named = {label.index: (label, entry) for label, entry in labels}
    at = 0
    for row in between:
        pieces = tuple(tokens[at : at + widths[row]])
        at += widths[row]
        if row in named:
            label, entry = named[row]
            own = tuple(entry.values[: widths[row]]) == pieces
            found.take(_assigned(label, pieces, entry, label.method if own else ORDERED))
        else:
            found.take(Assigned(row, None, pieces, ORDERED, zone[0].columns))


def _entry_by_entry(
    zone: Sequence[Entry], after: int, widths: Sequence[int], found: Alignment
) -> None:
    """Counts do not agree over the zone: read what agrees label by label, refuse the rest."""
    displaced = not _known(zone[0].labels) and len(zone[0].values) >= max(widths)
    if displaced and any(_known(e.labels) for e in zone):
        for entry in zone:  # values stand before their labels: neighbours prove nothing
            found.homeless += entry.values
        return
    for i, entry in enumerate(zone):
        rows = _known(entry.labels)
        nxt = next((r.index for e in zone[i + 1 :] for r in _known(e.labels)[:1]), after)
        if not rows:
            found.homeless += entry.values
        elif sum(widths[r.index] for r in rows) == len(entry.values):
            _in_order([(r, entry) for r in rows], entry.values, [entry], widths, found)
        elif _covers(rows, nxt, widths, entry.values):
            between = list(range(rows[0].index, nxt))
            _by_order_alone(
                between, [(r, entry) for r in rows], entry.values, [entry], widths, found
            )
        else:
            for label in rows[:-1]:
                found.take(_assigned(label, (), entry))
            found.take(_assigned(rows[-1], entry.values, entry))


def _covers(
    rows: Sequence[Label], after: int, widths: Sequence[int], values: Sequence[Piece]
) -> bool:
    """Whether the values are as many as the rows from the first label to the next known one."""
    if len(values) <= widths[rows[-1].index]:
        return False
    return sum(widths[rows[0].index : after]) == len(values)
