"""Every rule for sentences reads its example and refuses its near miss."""

from __future__ import annotations

import pytest

from ingest.model import Observation
from ingest.narrative import read_narrative
from ingest.narrative.rules import BrokenRule, Rule, _rule, all_rules, compile_pattern
from ingest.text.folding import fold

_HEADINGS = {
    "requests": "三、政府信息依申请公开办理情况",
    "proceedings": "五、因政府信息公开申请行政复议、提起行政诉讼情况",
    "fees": "四、政府信息公开的收费及减免情况",
    "staffing": "七、机构建设和保障经费情况",
    "engagement": "三、回应解读情况",
    "training": "八、会议和培训情况",
    "meetings": "八、会议和培训情况",
    "disclosure": "二、主动公开政府信息情况",
    "powers": "二、主动公开政府信息情况",
}
RULES = [pytest.param(rule, id=rule.id) for rule in all_rules()]


def _read_at_mark(rule: Rule, marked: str) -> list[Observation]:
    """What is read of the number between ⟨ and ⟩."""
    heading = _HEADINGS[rule.id.split(".")[0]]
    text = f"{heading}\n{marked.replace('⟨', '').replace('⟩', '')}。"
    start = len(heading) + 1 + marked.index("⟨")
    end = len(heading) + marked.index("⟩")
    found = read_narrative(fold(text), report_year=None).observations
    return [
        o
        for o in found
        if (o.start < end <= o.end and text[start:end] == text[o.end - (end - start) : o.end])
        or (o.start <= start and o.end >= end)
    ]


@pytest.mark.parametrize("rule", RULES)
def test_example_is_read_when_it_stands_in_its_section(rule: Rule) -> None:
    read = _read_at_mark(rule, rule.example)
    if rule.indicator == "none":
        assert not read
    else:
        assert rule.indicator in {o.indicator for o in read}


@pytest.mark.parametrize("rule", RULES)
def test_near_miss_is_refused_when_it_stands_in_its_section(rule: Rule) -> None:
    assert rule.id not in {o.rule_id for o in _read_at_mark(rule, rule.near_miss)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown fields"),
        ({"left": None, "right": None}, "needs `left` or `right`"),
        ({"left": "(无"}, "missing \\)|unterminated"),
        ({"left": "{nothing}"}, "no macro {nothing}"),
        ({"example": None}, "fields missing"),
    ],
)
def test_broken_rule_is_named_when_loaded(change: dict[str, str | None], message: str) -> None:
    entry: dict[str, str] = {
        "id": "some.rule",
        "indicator": "disclosed",
        "unit": "条",
        "left": "公开$",
        "example": "公开⟨1条⟩",
        "near_miss": "公布⟨1条⟩",
    }
    for key, value in change.items():
        if value is None:
            entry.pop(key, None)
        else:
            entry[key] = value
    with pytest.raises(BrokenRule, match=message) as error:
        _rule("disclosure", entry)
    assert "disclosure.toml, rule some.rule" in str(error.value)


def test_macro_is_filled_in_when_a_pattern_names_it() -> None:
    assert compile_pattern("公开{link}$", "here").search("公开共计") is not None
