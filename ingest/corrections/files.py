"""The files of corrections: from YAML to rows of `staging.corrections`.

What lives here: finding the files, and the message that names a broken one. What does not: what an
entry may say (`entry.py`), loading the rows (`load.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from pydantic import TypeAdapter, ValidationError

from ingest.corrections.entry import (
    AgencyCorrection,
    Entry,
    FigureCorrection,
    VersionCorrection,
    YearCorrection,
)
from ingest.schema import CORRECTIONS

_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
_WAY_OUT = "Mend or delete the entry, then refresh again (how: docs/corrections.md)."


class BrokenCorrection(Exception):
    """A file of corrections cannot be understood: the message names file, entry and way out."""


def read_corrections(folder: Path) -> pl.DataFrame:
    """The entries of every YAML file of a folder, in the schema `schema.CORRECTIONS`.

    A folder that is empty or missing gives no rows. Raises BrokenCorrection.
    """
    rows = [row for path in sorted(folder.rglob("*.y*ml")) for row in _rows(path, folder)]
    return pl.DataFrame(rows, schema=CORRECTIONS, orient="row")


def _rows(path: Path, folder: Path) -> Iterator[dict[str, Any]]:
    name = path.relative_to(folder).as_posix()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise BrokenCorrection(f"{path} is no YAML in UTF-8: {reason}. {_WAY_OUT}") from None
    if entries is None:  # a file of comments
        return
    if not isinstance(entries, list):
        raise BrokenCorrection(f"{path} is not a list of entries, each begun by '- '. {_WAY_OUT}")
    for number, entry in enumerate(entries, start=1):
        yield {
            **_row(_parse(path, number, entry)),
            "correction_id": f"{name}#{number}",
            "file_name": name,
            "entry_no": number,
        }


def _parse(path: Path, number: int, entry: object) -> Entry:
    try:
        return _ENTRY.validate_python(entry)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'entry'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise BrokenCorrection(f"{path}, entry {number}: {faults}. {_WAY_OUT}") from None


def _row(entry: Entry) -> dict[str, Any]:
    given: dict[str, Any] = {
        "kind": entry.correct,
        "report_id": entry.report,
        "reason": entry.reason,
        "source": entry.source,
    }
    if isinstance(entry, AgencyCorrection):
        return given | {
            "agency_name": entry.agency_name,
            "region_code": entry.region_code,
            "expect_agency_name": entry.expect.agency_name,
            "expect_region_code": entry.expect.region_code,
        }
    if isinstance(entry, YearCorrection):
        return given | {
            "report_year": entry.report_year,
            "expect_report_year": entry.expect.report_year,
        }
    if isinstance(entry, VersionCorrection):
        return given | {"expect_current_report_id": entry.expect.current_report}
    return given | _figure_row(entry)


def _figure_row(entry: FigureCorrection) -> dict[str, Any]:
    return {
        "indicator": entry.indicator,
        "category": entry.category,
        "category_label": entry.category_label,
        "channel": entry.channel,
        "applicant_type": entry.applicant_type,
        "outcome": entry.outcome,
        "org_group": entry.org_group,
        "org_scope": entry.org_scope.value,
        "value": entry.value,
        "is_withdrawn": entry.withdraw,
        "expect_value": entry.expect.value,
    }
