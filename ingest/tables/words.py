"""The words of tables: vocabulary, cell words, units, headings, as data of `ingest/rules/tables`.

What lives here: loading `words.toml`. What does not: labels and forms (`forms.py`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.paths import PROJECT_ROOT

RULES_DIR = PROJECT_ROOT / "ingest" / "rules" / "tables"


@dataclass(frozen=True, slots=True)
class TableWords:
    """The content of `words.toml`, patterns compiled."""

    vocabulary: dict[str, str]
    none_words: frozenset[str]
    zero_words: frozenset[str]
    reference_words: frozenset[str]
    count_units: tuple[str, ...]
    plus_words: frozenset[str]
    minus_words: frozenset[str]
    money: dict[str, int]
    unit_words: frozenset[str]
    total_columns: frozenset[str]
    line_noise: re.Pattern[str]
    headings: dict[str, tuple[str, ...]]


def load_toml(name: str) -> dict[str, Any]:
    """A rule file of the tables, parsed."""
    with (RULES_DIR / name).open("rb") as handle:
        return tomllib.load(handle)


@cache
def table_words() -> TableWords:
    """Load `words.toml` once."""
    data = load_toml("words.toml")
    cells, lines = data["cells"], data["lines"]
    noise = "|".join(f"(?:{p})" for p in lines["page_numbers"] + lines["rulers"])
    return TableWords(
        vocabulary=data["vocabulary"]["words"],
        none_words=frozenset(cells["none_words"]),
        zero_words=frozenset(cells["zero_words"]),
        reference_words=frozenset(cells["reference_words"]),
        count_units=tuple(sorted(cells["count_units"], key=len, reverse=True)),
        plus_words=frozenset(cells["plus_words"]),
        minus_words=frozenset(cells["minus_words"]),
        money={k: v for k, v in data["money"].items() if k != "reason"},
        unit_words=frozenset(data["units"]["words"]),
        total_columns=frozenset(data["total_columns"]["words"]),
        line_noise=re.compile(rf"\s*(?:{noise})\s*"),
        headings={k: tuple(v) for k, v in data["headings"].items() if k != "reason"},
    )
