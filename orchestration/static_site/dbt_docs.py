"""dbt's documentation of tables and columns, as one page that needs nothing else.

What lives here: having dbt write it, and taking out of it what differs from run to run. What does
not: the descriptions (`dbt_project`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from orchestration.settings import OrchestrationSettings

# When and by which run the page was made says nothing about the tables.
_TIMES = re.compile(r'"(generated_at|invocation_started_at|run_started_at)": "[^"]*"')
_RUN = re.compile(r'"invocation_id": "[^"]*"')
_PARSED_AT = re.compile(r'"created_at": [\d.]+')
# dbt names an icon that its page does not bring.
_ICON = re.compile(r"<link rel=\"shortcut icon\" href=\"\$\{require[^>]*>")


class DbtDocsFailed(Exception):
    """dbt did not write its documentation; the message is what it said."""


def make_dbt_docs(settings: OrchestrationSettings, made_at: str) -> str:
    """The page, for the work file of the home; its times are `made_at`, its paths the project's.

    Raises DbtDocsFailed.
    """
    target = settings.home_layout().path / "work" / "dbt_docs"
    project = str(settings.dbt_project_dir)
    result = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("dbt")), "--no-version-check", "--quiet"),
            *("docs", "generate", "--static", "--threads", "1"),
            *("--project-dir", project, "--profiles-dir", project),
            *("--target-path", str(target), "--log-path", str(target)),
        ],
        env={**os.environ, **settings.dbt_variables()},
        capture_output=True,
        text=True,
        encoding="utf8",
        check=False,
    )
    if result.returncode:
        said = (result.stdout + result.stderr).strip()
        raise DbtDocsFailed(f"dbt could not describe the tables. It says:\n{said[-2000:]}")
    return _settled((target / "static_index.html").read_text(encoding="utf8"), settings, made_at)


def _settled(page: str, settings: OrchestrationSettings, made_at: str) -> str:
    """The page without what differs from run to run and from machine to machine."""
    page = _TIMES.sub(lambda found: f'"{found[1]}": "{made_at}"', page)
    page = _RUN.sub('"invocation_id": ""', page)
    page = _PARSED_AT.sub('"created_at": 0', page)
    page = _ICON.sub("", page)
    places = {
        str(settings.home_layout().path): "home",
        str(settings.reference_dir): "data/reference",
        str(settings.verdicts_dir): "data/verdicts",
        str(settings.dbt_project_dir.parent): "project",
    }
    for place, name in places.items():
        page = page.replace(place, name)
    return page
