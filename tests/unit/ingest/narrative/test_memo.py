"""What is told of words that were read before is what reading them would give."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from planting import plant
from reader_patterns import patterns

from ingest.narrative import memo
from ingest.narrative.read import NarrativeReading, read_narrative
from ingest.paths import PROJECT_ROOT
from ingest.text.folding import fold

_OUTSIDERS = PROJECT_ROOT / "tests" / "golden" / "outsiders"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    memo.forget()
    yield
    memo.forget()


def _read(text: str, year: int = 2012) -> NarrativeReading:
    return read_narrative(fold(text), report_year=year)


def _values(text: str) -> list[tuple[str, float | None, str]]:
    return [(o.indicator, o.value, o.value_text) for o in _read(text).observations]


_REPORT = "一、主动公开情况\n全年主动公开政府信息{}条，其中网站公开{}条。\n二、依申请公开情况\n{}年共收到申请{}件，均已办结。"


def test_other_numbers_in_the_same_words_are_told_without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    for numbers in ((45, 30, 2012, 4), (46, 31, 2012, 5)):
        _read(_REPORT.format(*numbers))

    def never(*_: object) -> None:
        raise AssertionError("read, though its words were read before")

    monkeypatch.setattr("ingest.narrative.segment_reader.lists.read_item", never)
    monkeypatch.setattr("ingest.narrative.segment_reader._holds", never)
    told = _values(_REPORT.format(78, 62, 2012, 9))
    assert ("disclosed", 78.0, "78条") in told
    assert ("requests_received", 9.0, "9件") in told
    assert ("requests_completed", 9.0, "9件") in told


@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_reader_that_remembers_reads_like_one_that_does_not(order: int) -> None:
    texts = [plant(seed).text for seed in range(250)]
    texts += [path.read_text("utf8") for path in sorted(_OUTSIDERS.glob("*.txt"))[:40]]
    other_digits = [re.sub("[2-9]", lambda m: str(random.Random(m.start()).randint(2, 9)), t) for t in texts]
    fresh = {}
    for text in (*texts, *other_digits):
        memo.forget()
        fresh[text] = _read(text)
    memo.forget()
    shuffled = [*texts, *other_digits, *texts]
    random.Random(order).shuffle(shuffled)
    for text in shuffled:
        assert _read(text) == fresh[text]


def test_zero_one_and_more_are_different_words() -> None:
    one = "二、依申请公开情况\n全年收到申请{}件，内容为土地征收，已答复予以公开。"
    for number in (5, 6, 7):
        assert ("requests_answered", 1.0, "1件") not in _values(one.format(number))
    assert ("requests_answered", 1.0, "1件") in _values(one.format(1))
    assert ("requests_received", 0.0, "0件") in _values(one.format(0))


def test_a_sum_is_not_told_of_numbers_that_do_not_add_up() -> None:
    """Whether 全年总计 counts the year depends on the sizes of numbers: read each time."""
    words = "一、主动公开情况\n上半年公开信息{}条，下半年公开信息{}条，全年总计{}条。"
    for first, second, total in ((45, 66, 111), (46, 66, 112), (47, 66, 113)):
        adds_up = _read(words.format(first, second, total)).observations
        assert [o.value for o in adds_up if o.time_scope == "year"] == [total]
    memo.forget()
    alone = _read(words.format(47, 66, 999))
    for first, second, total in ((45, 66, 111), (46, 66, 112), (47, 66, 113)):
        _read(words.format(first, second, total))
    assert _read(words.format(47, 66, 999)) == alone


def test_the_year_of_the_report_is_part_of_the_words() -> None:
    text = "一、主动公开情况\n2012年主动公开政府信息45条。"
    for year in (2012, 2012, 2012, 2013, 2013, 2013):
        scopes = {o.time_scope.value for o in _read(text, year).observations}
        assert scopes == {"year" if year == 2012 else "previous_year"}


# One section, so that the same words follow different open lists.
_SECTION = "三、互动情况\n{}\n全年举办业务培训{}期。"
_EARLIER = ("召开新闻发布会{}次。", "开展在线访谈{}次。", "县长信箱收到来信{}件。")


def test_what_stood_before_is_told_apart_only_where_it_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (6, 7):
        _read(_SECTION.format(_EARLIER[0].format(number), number))
    read_again = []
    keep = memo._read_and_keep
    monkeypatch.setattr(
        memo, "_read_and_keep", lambda *a: (read_again.append(a[1].text), keep(*a))[1]
    )
    for earlier in _EARLIER[1:]:
        told = _values(_SECTION.format(earlier.format(8), 9))
        assert ("training_sessions", 9.0, "9期") in told
    assert not [text for text in read_again if "培训" in text]


def test_what_stood_before_is_told_apart_where_it_decides() -> None:
    list_words = "其中网络申请{}件、信函申请{}件。"
    of_requests = "二、依申请公开情况\n全年收到申请{}件。\n" + list_words
    for numbers in ((9, 4, 5), (8, 4, 4), (7, 4, 3)):
        channels = {o.channel: o.value for o in _read(of_requests.format(*numbers)).observations}
        assert channels["network"] == numbers[1]
    of_inquiries = "二、咨询情况\n全年接受咨询{}人次。\n其中网络申请{}件、信函申请{}件。"
    kept = [_read(of_inquiries.format(9, 4, 5)) for _ in range(3)]
    memo.forget()
    assert kept == [_read(of_inquiries.format(9, 4, 5))] * 3


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST_KEPT", 5)
    for seed in range(30):
        _read(plant(seed % 10).text)
        assert memo.kept_count() <= 5


# The digits that patterns of segments ask for by name. `d` is any digit: 20dd is 2012, and such a
# number stays as it is. 1 and 1[01] are months (1-11月), which are no numbers of the segment.
_TOLD_APART = {"20dd", "20", "12345", "12ddd", "1", "[2-9]", "1[01]", "[1-9]d*"}


def _runs(tree: Any) -> Iterator[str]:
    """What a pattern asks of digits that stand together."""
    run = ""
    for operator, argument in [*tree, (None, None)]:
        token = _token(operator, argument)
        run += token
        if token:
            continue
        yield run
        run = ""
        for inner in _inside(operator, argument):
            yield from _runs(inner)


def _token(operator: Any, argument: Any) -> str:
    if operator is op.LITERAL and chr(argument) in "0123456789":
        return chr(argument)
    if operator is op.IN and argument == [(op.CATEGORY, op.CATEGORY_DIGIT)]:
        return "d"
    if operator is op.IN and (some := [_some(*part) for part in argument if _some(*part)]):
        return f"[{''.join(some)}]"
    if operator is op.MAX_REPEAT and len(argument[2]) == 1 and _token(*argument[2][0]) == "d":
        return "d" * argument[0] if argument[0] == argument[1] else "d*"
    return ""


def _some(kind: Any, what: Any) -> str:
    """Some digits of a set of characters, and not all of them."""
    if kind is op.LITERAL:
        return chr(what) if chr(what) in "0123456789" else ""
    if kind is op.RANGE and what != (48, 57) and what[0] <= 57 and what[1] >= 48:
        return f"{chr(what[0])}-{chr(what[1])}"
    return ""


def _inside(operator: Any, argument: Any) -> list[Any]:
    if operator is op.BRANCH:
        return list(argument[1])
    if operator is op.SUBPATTERN:
        return [argument[3]]
    if operator in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [argument[2]]
    return [argument[1]] if operator in (op.ASSERT, op.ASSERT_NOT) else []


def _telling(pattern: re.Pattern[str]) -> set[str]:
    return {run for run in _runs(_parser.parse(pattern.pattern)) if re.search("[0-9]", run)}


def test_no_pattern_tells_digits_apart_but_those_that_stay_as_they_are() -> None:
    """Else two numbers of one length would not be the same words (`memo.is_told_apart`)."""
    elsewhere = ("mentions", "no_figures", "flattened", "zeros")  # look at no words that are kept
    every = {
        name: pattern
        for name, pattern in patterns().items()
        if name.startswith(("ingest.narrative.", "rule ", "scope.", "label "))
        and not name.startswith(tuple(f"ingest.narrative.{module}." for module in elsewhere))
    }
    assert len(every) > 300
    assert {name: found for name, p in every.items() if (found := _telling(p) - _TOLD_APART)} == {}


def test_the_audit_of_digits_sees_them() -> None:
    assert _telling(re.compile(r"共(?:7|8)件")) == {"[78]"}
    assert _telling(re.compile(r"[3-5]\d?件|\d+条|20\d\d年")) == {"[3-5]d*", "20dd"}
