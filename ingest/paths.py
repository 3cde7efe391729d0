"""Where the project's own files lie. Nothing else: run-time places are in `settings.py`."""

from __future__ import annotations

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]
REFERENCE_DIR = PROJECT_ROOT / "data" / "reference"
CORRECTIONS_DIR = PROJECT_ROOT / "data" / "corrections"
VERDICTS_DIR = PROJECT_ROOT / "data" / "verdicts"
SOURCES_FILE = PROJECT_ROOT / "data" / "sources.yml"
SAMPLES_DIR = PROJECT_ROOT / "data" / "samples"
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"
