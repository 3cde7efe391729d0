"""The files of `deploy/` start programs that are there, and listen on this machine only."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from dagster._core.workspace.load import location_origins_from_yaml_paths

from ingest.paths import PROJECT_ROOT

DEPLOY = PROJECT_ROOT / "deploy"
TEMPLATE = PROJECT_ROOT / "orchestration" / "dagster.yaml"
PROGRAMS = Path(sys.executable).parent


@pytest.mark.parametrize("unit", sorted(path.name for path in DEPLOY.glob("*.service")))
def test_unit_starts_what_is_there_and_listens_on_this_machine(unit: str) -> None:
    lines = (DEPLOY / unit).read_text().splitlines()
    commands = [line.partition("=")[2].split() for line in lines if line.startswith("ExecStart")]

    assert commands
    for program, *arguments in commands:
        if program.startswith("/srv/gongkai/app/.venv/bin/"):
            assert (PROGRAMS / Path(program).name).exists(), program
        if "-p" in arguments:
            assert arguments[arguments.index("-h") + 1] == "127.0.0.1", unit


def test_code_location_is_asked_where_it_listens() -> None:
    (origin,) = location_origins_from_yaml_paths([str(DEPLOY / "workspace.yaml")])
    unit = (DEPLOY / "gongkai-code.service").read_text()

    listening = re.search(r"-h (\S+) -p (\d+) --location-name (\S+) -m (\S+)", unit)

    assert listening is not None
    place = (origin.host, str(origin.port), origin.location_name)  # type: ignore[attr-defined]
    assert place == listening.groups()[:3]
    assert listening[4] == "orchestration.definitions"


def test_configuration_is_whole_when_postgres_is_added_to_it() -> None:
    whole = yaml.safe_load(TEMPLATE.read_text() + (DEPLOY / "dagster-postgres.yaml").read_text())

    assert set(whole) == {*yaml.safe_load(TEMPLATE.read_text()), "storage"}
    assert whole["telemetry"] == {"enabled": False}
    assert "@" not in whole["storage"]["postgres"]["postgres_url"], "a password would stand there"
