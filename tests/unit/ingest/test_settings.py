"""Limits come from the environment."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from pydantic import ValidationError

from ingest.limits import LandingLimits
from ingest.settings import IngestSettings


def test_limits_are_the_documented_ones_when_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOCUMENT_BYTES", "DUMP_BYTES", "DUMP_MEMBERS", "DUMP_RATIO", "DUMP_DEPTH"):
        monkeypatch.delenv(f"GONGKAI_MAX_{name}", raising=False)
    assert IngestSettings().landing_limits() == LandingLimits()


def test_every_limit_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {
        "document_bytes": "GONGKAI_MAX_DOCUMENT_BYTES",
        "dump_bytes": "GONGKAI_MAX_DUMP_BYTES",
        "members": "GONGKAI_MAX_DUMP_MEMBERS",
        "expanded_bytes": "GONGKAI_MAX_DUMP_EXPANDED_BYTES",
        "ratio": "GONGKAI_MAX_DUMP_RATIO",
        "depth": "GONGKAI_MAX_DUMP_DEPTH",
    }
    assert names.keys() == asdict(LandingLimits()).keys()
    for number, variable in enumerate(names.values(), start=1):
        monkeypatch.setenv(variable, str(number))
    assert list(asdict(IngestSettings().landing_limits()).values()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("variable", ["GONGKAI_MAX_DUMP_RATIO", "GONGKAI_MAX_DOCUMENT_SECONDS"])
def test_limit_of_nothing_is_refused(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "0")
    with pytest.raises(ValidationError):
        IngestSettings()
