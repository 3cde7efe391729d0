"""What every form of the exports says of the whole: title, licence, citation.

What lives here: those words, and the files LICENSE.md, CITATION.cff and README.md of a folder.
What does not: what columns mean (`codebook.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from orchestration.exports.codebook import Table
from orchestration.exports.quotes import LONGEST_QUOTE
from orchestration.publishing import Publication

NAME = "gongkai"
TITLE = "Gongkai: annual reports on government information disclosure (政府信息公开工作年度报告) as data"
DESCRIPTION = (
    "Figures of the annual reports that Chinese agencies publish on government information "
    "disclosure: what they disclosed, requests received and how they were answered, appeals, fees "
    "and staff. Every figure as printed, with the words it was read from."
)
AUTHOR = "Gongkai maintainers"
KEYWORDS = ("China", "government transparency", "freedom of information", "政府信息公开")
LICENCE_ID = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
LICENCE = f"{LICENCE_TITLE} ({LICENCE_URL})."
ATTRIBUTION = f"{AUTHOR}, {TITLE}, with the id of the publication."

LICENCE_FILE, CITATION_FILE, README_FILE = "LICENSE.md", "CITATION.cff", "README.md"

_LICENCE_NOTE = f"""# Licence of the data

The tables of this folder, their selection, coding, keys and descriptions are licensed under
{LICENCE_TITLE}: {LICENCE_URL}

You may share and change them for any purpose, if you name the source; CITATION.cff says how.

The licence is about the compilation. Figures and quoted words are those of reports that agencies
have to publish. As official documents of an administrative nature, such reports have no copyright
under Chinese law (著作权法第五条); nothing here claims any in them, and a quote is never more than the
sentence of its figure.

As is, without warranty. Missing means that no report is held, not that none was published.
"""

_README = """# {title}

Publication {publication_id} of {day}, read by version {reader_version}.

| file | holds |
|---|---|
| `parquet/<table>.parquet` | a table: for DuckDB, pandas, polars, R, Spark |
| `csv/<table>.csv.gz` | the same rows as text: UTF-8, commas, a heading row |
| `agency_year.xlsx` | the headline numbers of each agency and year, with a codebook |
| `datapackage.json` | what each column means (Frictionless Data Package) |
| `croissant.json` | the same for programs of machine learning (Croissant) |
| `manifest.json` | rows, size and sha256 of every file, versions |
| `LICENSE.md`, `CITATION.cff` | what you may do, how to cite |

An empty field is null: the report gives no number. 0 stands only where it says zero. In CSV an
empty text stands in quotation marks.

Quotes are at most the sentence that holds the figure, and {longest_quote} characters; an ellipsis
marks what was left out. `char_start` and `char_end` are those of the whole evidence in the report's
text, which only the warehouse holds (`dim_report.text`).

| table | rows | one row is |
|---|---:|---|
{tables}
"""


def write_words(folder: Path, tables: Sequence[Table], publication: Publication) -> None:
    """Write licence, citation and readme of a publication into the folder."""
    (folder / LICENCE_FILE).write_text(_LICENCE_NOTE, encoding="utf-8")
    (folder / CITATION_FILE).write_text(_citation(publication), encoding="utf-8")
    lines = (f"| `{t.name}` | {t.row_count:,} | {_cell(t.description)} |" for t in tables)
    readme = _README.format(
        title=TITLE,
        publication_id=publication.publication_id,
        day=publication.created_at.date().isoformat(),
        reader_version=publication.reader_version,
        longest_quote=LONGEST_QUOTE,
        tables="\n".join(lines),
    )
    (folder / README_FILE).write_text(readme, encoding="utf-8")


def _citation(publication: Publication) -> str:
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them with the version.",
        "type": "dataset",
        "title": TITLE,
        "version": publication.publication_id,
        "date-released": publication.created_at.date(),
        "license": LICENCE_ID,
        "authors": [{"name": AUTHOR}],
        "keywords": list(KEYWORDS),
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
