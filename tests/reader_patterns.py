"""Every pattern of the reader, by name: what tests that ask something of all of them go through."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import ingest
from ingest.narrative.rules import all_rules, labels, scope_patterns, zero_words

_ROOMS = ("ingest.narrative", "ingest.text", "ingest.identity", "ingest.tables", "ingest.formats")
_GROUPS = ("request_channel", "applicant_type", "outcome", "case_outcome", "disclosure_channel", "org_group")


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(ingest.__path__, "ingest."):
        if found.name.startswith(_ROOMS):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of the reader by name."""
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.__name__}.{name}"] = value
    for rule in all_rules():
        for side in ("left", "right", "not_left", "not_right", "about", "after_or"):
            if (pattern := getattr(rule, side)) is not None:
                found[f"rule {rule.id}.{side}"] = pattern
    for name, pattern in scope_patterns().items():
        found[f"scope.{name}"] = pattern
    words = zero_words()
    for name in ("before", "behind", "not_zero", "any_object"):
        found[f"zeros.{name}"] = getattr(words, name)
    for zero in (*words.objects, *words.free):
        for side in ("pattern", "unless", "about", "not_before"):
            if (pattern := getattr(zero, side)) is not None:
                found[f"zero {zero.id}.{side}"] = pattern
    for group in _GROUPS:
        for label in labels(group):
            found[f"label {group}.{label.code}"] = label.pattern
    return found
