"""Deciding between readings of one figure, and turning them into observations.

What lives here: precedence, documented below, and the published form of a reading. What does not:
finding readings (`segment_reader.py`, `zeros.py`, `inherit.py`).

Precedence among readings of the same figure (indicator, breakdown and time):
1. a rule's number before a weak one (a stated zero, a total that was printed for one channel, an
   inherited number);
2. the earlier in the text before the later.
A stock read from 「截至…累计」 is the year's figure only where no other figure of the year stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.model import Form, Observation, OrgScope, TimeScope
from ingest.narrative.categories import category_code
from ingest.narrative.reading import LeftAlone, Reading
from ingest.reference.codebook import indicators
from ingest.text.folding import Folded

_BESIDE = 50  # characters between two channels of one list
_NEXT_ITEM = 8  # characters between an item and the one that follows it in a list
_LEAST_ITEMS = 2  # a single item that equals the stock proves nothing


def settle(readings: Iterable[Reading]) -> tuple[list[Reading], list[LeftAlone]]:
    """One reading per figure, in reading order, and those that lost with the reason."""
    candidates = list(readings)
    _settle_stock(candidates)
    _settle_inquiries(candidates)
    _settle_totals_of_channels(candidates)
    _settle_ways_of_asking(candidates)
    _settle_fees(candidates)
    best: dict[tuple[object, ...], Reading] = {}
    lost: list[LeftAlone] = []
    for reading in sorted(candidates, key=lambda r: (r.weak, r.start)):
        key = reading.key()
        winner = best.get(key)
        if winner is None:
            best[key] = reading
            continue
        same = "the same" if winner.value == reading.value else "another"
        reason = f"{same} figure for {reading.indicator} was read by {winner.rule_id}"
        lost.append(LeftAlone(reading.start, reading.end, reading.value_text, reason))
    return sorted(best.values(), key=lambda r: (r.start, r.end, r.rule_id)), lost


def _settle_stock(readings: list[Reading]) -> None:
    """A stock stands for the year where nothing else does; lists that add up to it belong to it."""
    of_year = {r.indicator for r in readings if r.is_total() and r.time_scope is TimeScope.YEAR}
    for reading in readings:
        if reading.year_if_only and reading.indicator not in of_year:
            reading.time_scope = TimeScope.YEAR
    stocks = {
        r.value
        for r in readings
        if r.indicator == "disclosed" and r.is_total() and r.time_scope is TimeScope.CUMULATIVE
    }
    items = [r for r in readings if r.category_label and r.time_scope is TimeScope.YEAR]
    total = sum(r.value or 0 for r in items)
    if len(items) >= _LEAST_ITEMS and total in stocks:
        for item in items:
            item.time_scope = TimeScope.CUMULATIVE


def _settle_inquiries(readings: list[Reading]) -> None:
    """A channel's number stands for all inquiries only where it is the only channel."""
    channels = {r.channel for r in readings if r.indicator == "inquiries" and r.channel}
    if len(channels) > 1:
        readings[:] = [
            r for r in readings if not (r.indicator == "inquiries" and r.is_total() and r.weak and r.rule_id.endswith("_head"))
        ]  # fmt: skip


def _settle_totals_of_channels(readings: list[Reading]) -> None:
    """发布信息 on one channel is no total where the next number is another channel's.

    Nor is 主动公开 on one site, where the next number is another site's.
    """
    places = sorted((r.start, r.channel or "") for r in readings if r.indicator == "disclosed")
    readings[:] = [
        r
        for r in readings
        if not (
            (r.rule_id.endswith(".on_one_channel") and any(_channels_beside(r, places)))
            or (r.rule_id.endswith(".on_channel") and "website" in _channels_behind(r, places))
        )
    ]


def _channels_beside(reading: Reading, places: list[tuple[int, str]]) -> list[str]:
    """The channels of the next figure, or of those before where none follows."""
    behind = _channels_behind(reading, places)
    return behind or [c for start, c in places if reading.start - _BESIDE < start < reading.start]


def _channels_behind(reading: Reading, places: list[tuple[int, str]]) -> list[str]:
    """The channels of the next figure; "" where it names none, nothing where none follows."""
    behind = [p for p in places if reading.end <= p[0] < reading.end + _BESIDE]
    return [channel for start, channel in behind if start == behind[0][0]]


def _settle_fees(readings: list[Reading]) -> None:
    """检索费0元、复印费32.5元: that one kind of fee was none is not said of all."""
    fees = [r for r in readings if r.rule_id == "fees.amount" and r.time_scope is TimeScope.YEAR]
    for fee in fees:
        beside = (r for r in fees if fee.end <= r.start < fee.end + _NEXT_ITEM or r.end <= fee.start < r.end + _NEXT_ITEM)
        if fee.value == 0 and any(r.value for r in beside):
            fee.weak = True


def _settle_ways_of_asking(readings: list[Reading]) -> None:
    """没有以信函形式提出的申请 says of one way only where requests came in by another."""
    some = any(
        r.indicator == "requests_received" and r.value and r.time_scope is TimeScope.YEAR
        for r in readings
    )
    # 无其他形式申请 zeroes the rest of the ways, not all requests
    unfit = "zero.requests" if some else "zero.requests.channel.listed"
    readings[:] = [r for r in readings if r.rule_id != unfit]
    parts = [r for r in readings if _is_one_of_several_ways(r, readings)]
    readings[:] = [
        r for r in readings
        if not (r.indicator == "requests_received" and r.is_total() and any(r.start == p.start and r.end == p.end for p in parts))
    ]  # fmt: skip


def _is_one_of_several_ways(part: Reading, readings: list[Reading]) -> bool:
    """收到网上申请6件、书面申请4件: a head whose own words name one way, and the next another."""
    for name in ("channel", "applicant_type"):
        if part.rule_id == f"requests.own_words.{name}":
            return any(
                r.indicator == "requests_received"
                and getattr(r, name) not in (None, getattr(part, name))
                and r.end > part.end
                and 0 < r.start - part.end < _NEXT_ITEM
                for r in readings
            )
    return False


def to_observation(reading: Reading, folded: Folded, report_scope: OrgScope, form: Form) -> Observation:
    """The published form: offsets in the stored text, canonical unit, codes of the codebook."""
    span = folded.raw_span(reading.start, reading.end)
    label = reading.category_label
    return Observation(
        indicator=reading.indicator,
        value=reading.value,
        unit=indicators()[reading.indicator].unit,
        value_text=reading.value_text,
        start=span.start,
        end=span.end,
        rule_id=reading.rule_id,
        category=category_code(label) if label else None,
        category_label=label,
        channel=reading.channel,
        applicant_type=reading.applicant_type,
        outcome=reading.outcome,
        org_group=reading.org_group,
        qualifier=reading.qualifier,
        share_pct=reading.share_pct,
        value_semantic=reading.value_semantic,
        org_scope=reading.org_scope or report_scope,
        time_scope=reading.time_scope,
        form=form,
        section=reading.section or None,
    )
