"""What the rule behind a figure is, in words.

What lives here: from a rule's id to its kind, its example and near miss, and the file to mend it in.
What does not: the rules (`ingest/rules`), the wording of parts of an id (`rule_words.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.narrative.rules import FAMILIES

_WORDS = Path(__file__).with_suffix(".toml")
_TABLE_ID = re.compile(
    r"(?P<table>t\d|annex)\.(?P<form>[a-z]+_\d{4})\.(?P<method>[a-z_]+)(?P<more>(?:\.\w+)*)"
)
_LOCAL_ID = re.compile(r"local\.(?P<method>[a-z_]+)")

Texts = Mapping[str, str]  # language → text


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule told: in both languages; an example with its number in ⟨…⟩ where rules have one."""

    texts: Texts
    file: str | None = None
    example: str | None = None
    near_miss: str | None = None


@cache
def rule_words(rule_id: str) -> RuleWords:
    """What a rule is. Ids that no rule file lists are rules in code, and are told as such."""
    words = _words()
    if match := _TABLE_ID.fullmatch(rule_id):
        parts = match["more"].split(".")
        how = [words["method"].get(match["method"])]
        how += [texts for name, texts in words["part"].items() if name in parts]
        return RuleWords(
            _filled(words["kind"]["table"], how, form=match["form"]),
            f"ingest/rules/tables/{match['form']}.toml",
        )
    if match := _LOCAL_ID.fullmatch(rule_id):
        how = [words["method"].get(match["method"])]
        return RuleWords(_filled(words["kind"]["local"], how), "ingest/rules/tables/local.toml")
    if (listed := _listed(rule_id)) is not None:
        return listed
    base, _, suffix = rule_id.rpartition(".")
    if suffix in words["suffix"] and (listed := _listed(base)) is not None:
        more = words["suffix"][suffix]
        texts = {language: f"{text} {more[language]}" for language, text in listed.texts.items()}
        return RuleWords(texts, listed.file, listed.example, listed.near_miss)
    for entry in words["code"]:
        if re.fullmatch(entry["match"], rule_id):
            return RuleWords({"en": entry["en"], "zh": entry["zh"]}, entry["file"])
    return RuleWords(words["kind"]["concluded"], "ingest/narrative")


def _filled(template: Texts, how: list[Texts | None], **values: str) -> Texts:
    known = [texts for texts in how if texts is not None]
    joined = {"en": "; ", "zh": "；"}
    return {
        language: text.format(how=joined[language].join(t[language] for t in known), **values)
        for language, text in template.items()
    }


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _listed(rule_id: str) -> RuleWords | None:
    found = _files().get(rule_id)
    if found is None:
        return None
    family, entry = found
    kind = "zero" if family == "zeros" else "sentence"
    texts: Texts = _words()["kind"][kind]
    return RuleWords(
        texts,
        f"ingest/rules/narrative/{family}.toml",
        entry.get("example"),
        entry.get("near_miss"),
    )


@cache
def _files() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every rule that a file lists: id → family and entry."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for family in (*FAMILIES, "zeros"):
        path = files("ingest.rules") / "narrative" / f"{family}.toml"
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
        for group in ("rule", "object", "free"):
            found |= {entry["id"]: (family, entry) for entry in loaded.get(group, ())}
    return found
