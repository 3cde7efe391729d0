"""Every rule is told in words."""

from __future__ import annotations

import pytest

from explorer.rule_words import rule_words
from ingest.narrative.rules import all_rules, zero_words
from ingest.paths import PROJECT_ROOT
from ingest.tables.align import _CLEARNESS


@pytest.mark.parametrize(
    "rule_id", [rule.id for rule in all_rules()] + [rule.id for rule in zero_words().objects]
)
def test_a_listed_rule_is_told_with_the_file_to_mend_it_in(rule_id: str) -> None:
    words = rule_words(rule_id)

    assert words.file is not None
    assert f'"{rule_id}"' in (PROJECT_ROOT / words.file).read_text(encoding="utf-8")
    assert set(words.texts) == {"en", "zh"}


def test_a_rule_for_sentences_has_its_example() -> None:
    words = rule_words("requests.carried_in")

    assert words.example == "另有上年结转继续办理的⟨4件⟩"
    assert words.near_miss == "结转下年度继续办理⟨4件⟩"


@pytest.mark.parametrize("method", [*_CLEARNESS, "header"])
def test_every_way_of_finding_a_label_is_told(method: str) -> None:
    texts = rule_words(f"t3.std_2021.{method}").texts

    assert texts["en"] != rule_words("t3.std_2021.unheard_of").texts["en"]
    assert "std_2021" in texts["zh"]


def test_what_was_inferred_is_told_beside_the_method() -> None:
    plain = rule_words("t3.std_2021.label_exact").texts["en"]
    inferred = rule_words("t3.std_2021.label_exact.inferred.only_column.by_header").texts["en"]

    assert "page lost" in inferred and "another order" in inferred
    assert "page lost" not in plain


@pytest.mark.parametrize(
    ("rule_id", "part"),
    [
        ("requests.outcome.label", "item of a list"),
        ("disclosure.category.flattened_table", "ran together"),
        ("disclosure.category.share_only", "share printed"),
        ("requests.all_by_channel", "Concluded"),
        ("local.label_exact", "older local table"),
        ("disclosure.total.on_channel", "beside its channel"),
    ],
)
def test_a_rule_in_code_is_told_by_its_kind(rule_id: str, part: str) -> None:
    assert part in rule_words(rule_id).texts["en"]
