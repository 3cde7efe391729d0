"""Labels are found however they are printed, and only where they belong."""

from __future__ import annotations

import pytest

from ingest.tables.forms import table_forms
from ingest.tables.labels import Role, label_key, short_key
from ingest.text.folding import fold
from tests.unit.ingest.tables.forms_grid import official


@pytest.mark.parametrize(
    "printed",
    [
        "5.属于三类内部事务信息",
        "5、属于三类内部事务信息",
        "5 . 属于三类 内部事务信息",
        "5属于三类内部事务信息",
        "5.属(shǔ)于三类内部事务信息",
        "5.属于三类内部事务资讯",
    ],
)
def test_key_is_the_same_when_a_label_is_printed_otherwise(printed: str) -> None:
    assert label_key(printed) == "属于三类内部事务信息"


def test_filling_note_is_left_out_when_the_full_label_is_unknown() -> None:
    assert short_key("规章(仅由设区的市以上人民政府填写)") == "规章"


def test_short_label_is_a_column_when_no_row_before_it_was_seen() -> None:
    lexicon = official("std_2021", "t3").lexicon
    before, behind = lexicon.find("其他", -1), lexicon.find("其他", 21)
    assert before is not None and before.role is Role.COLUMN
    assert behind is not None and (behind.role, behind.index) == (Role.ROW, 22)


def test_row_is_guessed_when_only_its_label_is_similar() -> None:
    lexicon = official("std_2021", "t3").lexicon
    guess = lexicon.guess_row("其他法律行政止公开", range(25))
    assert guess is not None and guess[0] == 5
    assert lexicon.guess_row("其他主动公开文件", range(25)) is None


def test_every_official_cell_has_a_place_when_forms_are_loaded() -> None:
    cells = {(f.form.value, f.table): sum(len(r.cells) for r in f.rows) for f in table_forms()}
    assert cells == {
        ("std_2021", "t2"): 10, ("std_2021", "t3"): 175, ("std_2021", "t4"): 15,
        ("std_2019", "t2"): 22, ("std_2019", "t3"): 161, ("std_2019", "t4"): 15,
        ("annex_2014", "annex"): 58,
    }  # fmt: skip


def test_official_labels_are_their_own_keys_when_forms_are_loaded() -> None:
    for form in table_forms():
        for index, row in enumerate(form.rows):
            if form.table != "t4":
                uses = form.lexicon.uses(label_key(fold(row.label).aligned))
                assert any(u.role is Role.ROW and u.index == index for u in uses), row.label
