"""What people decide on findings: the files of verdicts, read and appended to.

What lives here: the CSV files of one folder (GONGKAI_VERDICTS_DIR), whose form docs/validation.md
tells. What does not: the form in the page (`pages/findings.py`), what a refresh makes of them
(`dbt_project`, mart `verdicts`).

Appending keeps every byte that the file held: a copy with the new line takes its place in one step,
while a lock on the folder keeps a second explorer waiting.
"""

from __future__ import annotations

import csv
import fcntl
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

_NAME = "verdicts.csv"


class VerdictsUnusable(Exception):
    """A file of verdicts cannot be read or written; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line of the file. `decided_on` is a date or, where the explorer writes it, a UTC time."""

    finding_id: str
    operands_hash: str
    verdict: str
    comment: str
    decided_by: str
    decided_on: str


_COLUMNS = tuple(field.name for field in fields(Verdict))


def read_verdicts(folder: Path) -> dict[tuple[str, str], Verdict]:
    """The latest verdict of each finding and its numbers, as the next refresh will take them.

    Raises VerdictsUnusable.
    """
    latest: dict[tuple[str, str], Verdict] = {}
    for path in sorted(folder.glob("*.csv")):
        for row in csv.DictReader(io.StringIO(_text(path))):
            values = {column: (row.get(column) or "").strip() for column in _COLUMNS}
            verdict = Verdict(**values)
            key = (verdict.finding_id, verdict.operands_hash)
            if key not in latest or _counts_before(verdict, latest[key]):
                latest[key] = verdict
    return latest


def _counts_before(verdict: Verdict, other: Verdict) -> bool:
    """Whether the models take it rather than the other (`stg_verdicts`): the later one."""
    if verdict.decided_on != other.decided_on:
        return verdict.decided_on > other.decided_on
    return verdict.verdict < other.verdict


def append_verdict(folder: Path, verdict: Verdict) -> Path:
    """Append a line to `verdicts.csv` of the folder and give its path; nothing else is changed.

    Raises VerdictsUnusable, and then the file is as it was.
    """
    path = folder / _NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            held = path.read_bytes() if path.exists() else (",".join(_COLUMNS) + "\n").encode()
            _replace(path, held + _line(path, held, verdict))
    except OSError as error:
        raise VerdictsUnusable(
            f"{path} cannot be written: {error.strerror}. Give this user write permission on "
            f"{folder}, or name another folder with GONGKAI_VERDICTS_DIR."
        ) from error
    return path


def _line(path: Path, held: bytes, verdict: Verdict) -> bytes:
    """The verdict as a line in the file's own order of columns and with its own line ends."""
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VerdictsUnusable(f"{path} is not UTF-8. Save it as UTF-8 and try again.") from error
    columns = next(csv.reader(io.StringIO(text)), [])
    missing = [column for column in _COLUMNS if column not in columns]
    if missing:
        raise VerdictsUnusable(
            f"{path} has no column {', '.join(missing)}. Its first line has to name: "
            f"{','.join(_COLUMNS)}"
        )
    end = "\r\n" if "\r\n" in text else "\n"
    line = io.StringIO()
    values = asdict(verdict)
    csv.writer(line, lineterminator=end).writerow([values.get(column, "") for column in columns])
    return (("" if text.endswith("\n") else end) + line.getvalue()).encode()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise VerdictsUnusable(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise VerdictsUnusable(f"{path} is not UTF-8. Save it as UTF-8 and try again.") from error


def _replace(path: Path, contents: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
