"""The reading rules, loaded once from `ingest/rules/narrative/*.toml`.

What lives here: loading, checking and compiling rules and labels. What does not: the rules
themselves (data), deciding between them (`resolve.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ingest.model import TimeScope

FAMILIES = ("documents", "requests", "proceedings", "fees", "staffing", "engagement", "powers", "disclosure")
_FIELDS = {
    "id", "indicator", "unit", "left", "right", "not_left", "not_right", "about", "topics",
    "requests", "any_year", "plan_section", "after", "after_or", "opens", "weak", "total",
    "also_total", "year_if_only", "time_scope", "channel", "example", "near_miss",
}  # fmt: skip
_NEEDED = {"id", "indicator", "unit", "example", "near_miss"}
_MACRO = re.compile(r"\{([a-z]+)\}")


class BrokenRule(ValueError):
    """A rule file that cannot be used; the message names file, rule and fault."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of printing one figure. Patterns look at the text on both sides of the number."""

    id: str
    indicator: str
    units: frozenset[str]
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    not_left: re.Pattern[str] | None
    not_right: re.Pattern[str] | None
    about: re.Pattern[str] | None  # must be found in the segment, or be its topic
    topics: frozenset[str] | None  # sections in which the rule may read
    needs_requests: bool  # only where the talk is of requests for information
    any_year: bool  # a year before the number says nothing about the number's year
    plan_section: bool  # may read in the section on problems and plans
    after: str | None  # only while this list is open
    after_or: re.Pattern[str] | None  # while that list is open, or words of the segment
    opens: str | None  # the list that may follow
    weak: bool
    total: bool  # a total of the year, whatever channel stands beside it
    also_total: bool  # its total counts too where none is given
    year_if_only: bool  # of the year where no other figure of the year stands in the report
    time_scope: TimeScope
    channel: str | None
    example: str = field(repr=False)
    near_miss: str = field(repr=False)


class Candidates:
    """The rules that may read a number, in the order in which they are tried."""

    __slots__ = ("_looks", "_outside", "rules")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        # what is behind the number is looked at first, for it stands at one place
        self._looks = [
            (rule, rule.right.match if rule.right else None, rule.left.search if rule.left else None)
            for rule in self.rules
        ]
        self._outside: dict[tuple[str, ...], Candidates] = {}

    def beside(self, left: str, right: str) -> Iterator[Rule]:
        """Those whose patterns find their words before and behind the number."""
        for rule, match, search in self._looks:
            if (match is None or match(right)) and (search is None or search(left)):
                yield rule

    def outside_lists(self, prefixes: tuple[str, ...]) -> Candidates:
        """Those that neither read inside lists nor what a list may break down, of some indicators.

        `prefixes` are the beginnings of the indicators' names.
        """
        chosen = self._outside.get(prefixes)
        if chosen is None:
            chosen = self._outside[prefixes] = Candidates(
                [r for r in self.rules if r.indicator.startswith(prefixes) and not _is_of_lists(r)]
            )
        return chosen


def _is_of_lists(rule: Rule) -> bool:
    return bool(
        rule.after or rule.after_or or rule.total or rule.weak or rule.indicator == "disclosed"
    )


@dataclass(frozen=True, slots=True)
class Label:
    """Words that tell a breakdown: `code` of the codebook."""

    code: str
    pattern: re.Pattern[str]


def _load(name: str) -> dict[str, Any]:
    path = files("ingest.rules") / "narrative" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenRule(f"ingest/rules/narrative/{name}.toml: {error}") from error


@cache
def macros() -> dict[str, str]:
    """Named pieces of patterns."""
    loaded: dict[str, str] = _load("macros")["macros"]
    return loaded


def compile_pattern(pattern: str, where: str) -> re.Pattern[str]:
    """A pattern with its `{macros}` filled in. Raises BrokenRule naming `where`."""

    def fill(match: re.Match[str]) -> str:
        try:
            return macros()[match[1]]
        except KeyError:
            raise BrokenRule(f"{where}: no macro {{{match[1]}}} in macros.toml") from None

    try:
        return re.compile(_MACRO.sub(fill, pattern))
    except re.error as error:
        raise BrokenRule(f"{where}: {error}") from error


def _rule(family: str, entry: dict[str, Any]) -> Rule:
    where = f"{family}.toml, rule {entry.get('id', '?')}"
    if unknown := set(entry) - _FIELDS:
        raise BrokenRule(f"{where}: unknown fields {sorted(unknown)}")
    if missing := _NEEDED - set(entry):
        raise BrokenRule(f"{where}: fields missing: {sorted(missing)}")
    if not {"left", "right"} & set(entry):
        raise BrokenRule(f"{where}: needs `left` or `right`")

    def pattern(name: str) -> re.Pattern[str] | None:
        if name not in entry:
            return None
        if name.endswith("right") and not entry[name].startswith("^"):
            raise BrokenRule(f"{where}: `{name}` is matched from behind the number: start it with ^")
        return compile_pattern(entry[name], where)

    units = _MACRO.sub(lambda m: macros()[m[1]], entry["unit"])
    return Rule(
        id=entry["id"],
        indicator=entry["indicator"],
        units=frozenset(units.split("|")),
        left=pattern("left"),
        right=pattern("right"),
        not_left=pattern("not_left"),
        not_right=pattern("not_right"),
        about=pattern("about"),
        topics=frozenset(entry["topics"]) if "topics" in entry else None,
        needs_requests=entry.get("requests", False),
        any_year=entry.get("any_year", False),
        plan_section=entry.get("plan_section", False),
        after=entry.get("after"),
        after_or=pattern("after_or"),
        opens=entry.get("opens"),
        weak=entry.get("weak", False),
        total=entry.get("total", False),
        also_total=entry.get("also_total", False),
        year_if_only=entry.get("year_if_only", False),
        time_scope=TimeScope(entry.get("time_scope", "year")),
        channel=entry.get("channel"),
        example=entry["example"],
        near_miss=entry["near_miss"],
    )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule in the order in which they are tried."""
    rules = tuple(_rule(f, e) for f in FAMILIES for e in _load(f)["rule"])
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise BrokenRule(f"rule {rule.id} stands twice")
        seen.add(rule.id)
    return rules


@cache
def rules_by_unit() -> dict[str, tuple[Rule, ...]]:
    """Rules by printed unit, "" for a number without one."""
    by_unit: dict[str, list[Rule]] = defaultdict(list)
    for rule in all_rules():
        for unit in rule.units:
            by_unit[unit].append(rule)
    return {unit: tuple(rules) for unit, rules in by_unit.items()}


@cache
def labels(group: str) -> tuple[Label, ...]:
    """The labels of a group (`outcome`, `request_channel`, …) in the order of labels.toml."""
    return tuple(
        Label(e["code"], compile_pattern(e["pattern"], f"labels.toml, {group} {e['code']}"))
        for e in _load("labels")[group]
    )


@lru_cache(maxsize=16_384)  # items say the same few words in every report
def find_label(group: str, text: str) -> str | None:
    """Code of the first label of a group found in the text."""
    for label in labels(group):
        if label.pattern.search(text):
            return label.code
    return None


@lru_cache(maxsize=16_384)
def find_labels(group: str, text: str) -> tuple[str, ...]:
    """Codes of all labels of a group found in the text, in the order of labels.toml."""
    return tuple(label.code for label in labels(group) if label.pattern.search(text))


@cache
def scope_patterns() -> dict[str, re.Pattern[str]]:
    """Compiled patterns of scope.toml; lists are alternatives."""
    loaded = _load("scope")
    return {
        name: compile_pattern(
            "|".join(f"(?:{p})" for p in value) if isinstance(value, list) else value,
            f"scope.toml, {name}",
        )
        for name, value in loaded.items()
    }


@dataclass(frozen=True, slots=True)
class ZeroRule:
    """Words that name what a denial, or 免费, makes zero."""

    id: str
    indicator: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None  # not where the clause says this
    about: re.Pattern[str] | None  # only where it says this
    not_before: re.Pattern[str] | None  # not where this stands before the words
    label: str | None  # the group of labels.toml that the words name one of
    topics: frozenset[str] | None  # sections in which the words name this


@dataclass(frozen=True, slots=True)
class ZeroWords:
    """zeros.toml with its patterns compiled; `any_object` is found wherever an object is."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    not_zero: re.Pattern[str]
    objects: tuple[ZeroRule, ...]
    any_object: re.Pattern[str]
    free: tuple[ZeroRule, ...]


def _zero_rule(entry: dict[str, Any]) -> ZeroRule:
    def pattern(name: str) -> re.Pattern[str] | None:
        if name not in entry:
            return None
        return compile_pattern(entry[name], f"zeros.toml, {entry['id']}")

    words = pattern("pattern")
    if words is None:
        raise BrokenRule(f"zeros.toml, {entry['id']}: needs `pattern`")
    return ZeroRule(
        entry["id"], entry["indicator"], words, pattern("unless"), pattern("about"),
        pattern("not_before"), entry.get("label"),
        frozenset(entry["topics"]) if "topics" in entry else None,
    )  # fmt: skip


@cache
def zero_words() -> ZeroWords:
    """How reports say that nothing happened, from zeros.toml."""
    loaded = _load("zeros")
    before, behind, not_zero = (
        compile_pattern(loaded[name], f"zeros.toml, {name}")
        for name in ("before", "behind", "not_zero")
    )
    objects = tuple(_zero_rule(entry) for entry in loaded["object"])
    any_object = re.compile("|".join(f"(?:{o.pattern.pattern})" for o in objects))
    free = tuple(_zero_rule(entry) for entry in loaded["free"])
    return ZeroWords(before, behind, not_zero, objects, any_object, free)
