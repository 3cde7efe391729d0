"""Corpora of any size with known facts: an inbox of reports, and what is to be found in it.

What lives here: which agency reports of which year, writing inboxes of files or dumps and the
expected facts. What does not: the reports' words (`planting.py`, `coherent.py`), who reports
(`agencies.py`).

usage: python -m tests.corpus.generate --reports 100000 --to DIR [--seed 1] [--years 11]
           [--first 0] [--form files|jsonl|parquet]

DIR/inbox holds the reports; DIR/expected_reports.parquet and DIR/expected_facts.parquet what they
say. The same arguments give the same bytes. Reports `first` to `first + reports` of a corpus of
any size are always the same, so a corpus can be added to.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import polars as pl

from tests.corpus.agencies import Agency, agencies
from tests.corpus.coherent import CoherentWriter
from tests.corpus.planting import Planted, plant

FORMS = ("files", "jsonl", "parquet")
_FIRST_YEAR = 2008
_BLOCK = 500  # reports that a process writes at a time, and files in a folder


@dataclass(frozen=True)
class Generated:
    """A report as it lies in the inbox, and what it says."""

    name: str
    agency: Agency
    year: int
    text: str
    facts: list[Planted]


@dataclass(frozen=True)
class Corpus:
    """Which reports there are: an agency has `years` reports in a row, one of each year."""

    seed: int = 1
    years: int = 11

    def report(self, number: int) -> Generated:
        """Report `number` (from 0) of the corpus."""
        agency = agencies()[number // self.years % len(agencies())]
        year = _FIRST_YEAR + number % self.years
        planted = plant(
            self.seed * 10_000_000 + number, year=year, body=agency.name, write=CoherentWriter
        )
        return Generated(f"{number:07d}.txt", agency, year, planted.text, planted.facts)

    def write(
        self, to: Path, count: int, *, first: int = 0, form: str = "files", processes: int = 2
    ) -> None:
        """Write an inbox of `count` reports from number `first` on, and what they say."""
        inbox = to / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        write_block = partial(_WRITERS[form], inbox)
        end = first + count
        blocks = [range(at, min(at + _BLOCK, end)) for at in range(first, end, _BLOCK)]
        if len(blocks) < 2 or processes < 2:
            told = [_block(self, write_block, block) for block in blocks]
        else:
            with ProcessPoolExecutor(processes) as pool:
                told = list(pool.map(partial(_block, self, write_block), blocks))
        for number, name in enumerate(("expected_reports", "expected_facts")):
            frames = [pair[number] for pair in told]
            pl.concat(frames).write_parquet(to / f"{name}.parquet")


def _block(
    corpus: Corpus, write: Callable[[list[Generated]], None], numbers: Iterable[int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    reports = [corpus.report(number) for number in numbers]
    write(reports)
    heads = pl.DataFrame(
        [
            {
                "file_name": report.name,
                "agency_name": report.agency.name,
                "region_code": report.agency.region_code,
                "report_year": report.year,
            }
            for report in reports
        ]
    )
    facts = pl.DataFrame(list(_told(reports)), schema=_FACTS)
    return heads, facts


_FACTS = {
    "file_name": pl.String, "indicator": pl.String, "value": pl.Float64, "dimension": pl.String,
    "code": pl.String, "qualifier": pl.String, "share": pl.Float64, "start": pl.Int64, "end": pl.Int64,
}  # fmt: skip


def _told(reports: Iterable[Generated]) -> Iterator[dict[str, object]]:
    for report in reports:
        for fact in report.facts:
            yield {"file_name": report.name, **asdict(fact)}


def _write_files(inbox: Path, reports: list[Generated]) -> None:
    folder = inbox / reports[0].name.removesuffix(".txt")
    folder.mkdir(exist_ok=True)
    for report in reports:
        (folder / report.name).write_text(report.text, encoding="utf8")


def _write_jsonl(inbox: Path, reports: list[Generated]) -> None:
    with (inbox / reports[0].name).with_suffix(".jsonl").open("w", encoding="utf8") as file:
        for report in reports:
            row = {"url": f"inbox/{report.name}", "text": report.text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_parquet(inbox: Path, reports: list[Generated]) -> None:
    frame = pl.DataFrame(
        {
            "url": [f"inbox/{report.name}" for report in reports],
            "text": [report.text for report in reports],
        }
    )
    frame.write_parquet((inbox / reports[0].name).with_suffix(".parquet"))


_WRITERS = {"files": _write_files, "jsonl": _write_jsonl, "parquet": _write_parquet}


def main() -> None:
    """Write the corpus that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.generate", description=__doc__)
    parser.add_argument("--reports", type=int, required=True, help="how many")
    parser.add_argument("--to", type=Path, required=True, help="folder to write into")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", type=int, default=11, help="reports of an agency, from 2008 on")
    parser.add_argument("--first", type=int, default=0, help="number of the first report")
    parser.add_argument("--form", choices=FORMS, default="files")
    given = parser.parse_args()
    Corpus(given.seed, given.years).write(
        given.to, given.reports, first=given.first, form=given.form
    )
    print(f"{given.reports:,} reports in {given.to / 'inbox'}")


if __name__ == "__main__":
    main()
