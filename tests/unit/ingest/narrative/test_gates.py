"""Gates let every rule through that may match, and keep most others out."""

from __future__ import annotations

import re

import pytest
from planting import plant

from ingest.narrative.gates import needed_words, open_gates, rules_that_may_read
from ingest.narrative.mentions import mentions
from ingest.narrative.rules import Rule, all_rules, rules_by_unit
from ingest.text.folding import fold
from ingest.text.sentences import segments

_REPORTS = 60


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("结转", {"结转"}),
        ("(?:收到|受理)申请", {"申请"}),
        ("(?:收到|受理)(?:过)?", {"收到", "受理"}),
        ("[均都]", {"均", "都"}),
        ("(?:上年)?结转", {"结转"}),
        ("(?:上年)*", None),
        (r"\d+", None),
        ("(?:公开){1,2}", {"公开"}),
        ("结转|", None),
        ("(?i)e-?mail", None),
    ],
)
def test_needed_words_stand_in_every_match(pattern: str, words: set[str] | None) -> None:
    assert needed_words(re.compile(pattern)) == words


def _matches(rule: Rule, left: str, right: str) -> bool:
    if rule.left is not None and rule.left.search(left) is None:
        return False
    return rule.right is None or rule.right.match(right) is not None


def test_no_rule_that_matches_is_kept_out_when_reports_are_read() -> None:
    tried = let_in = 0
    for seed in range(_REPORTS):
        for segment in segments(fold(plant(seed).text).text):
            text = segment.text
            gates = open_gates(text)
            for mention in mentions(text):
                chosen = rules_that_may_read(mention.unit, gates).rules
                rules = rules_by_unit().get(mention.unit, ())
                tried, let_in = tried + len(rules), let_in + len(chosen)
                left, right = text[: mention.start], text[mention.end :]
                kept_out = [r.id for r in rules if r not in chosen and _matches(r, left, right)]
                assert kept_out == [], text
    assert let_in < tried / 5


def test_rules_keep_their_order_when_some_are_kept_out() -> None:
    order = {rule.id: number for number, rule in enumerate(all_rules())}
    chosen = rules_that_may_read("件", open_gates("全年收到申请5件,结转下年2件,复议1件")).rules
    numbers = [order[rule.id] for rule in chosen]
    assert numbers == sorted(numbers) and len(numbers) > 3


def test_every_rule_passes_its_gate_when_its_example_is_read() -> None:
    for rule in all_rules():
        text = fold(rule.example.replace("⟨", "").replace("⟩", "")).text
        gates = open_gates(text)
        assert gates >> [r.id for r in all_rules()].index(rule.id) & 1, rule.id
