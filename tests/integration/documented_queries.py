"""The queries of the pages, as data: what they ask, what they show, and the same as dbt analyses.

What lives here: reading the ```sql blocks of README.md and docs/queries.md, and writing
`dbt_project/analyses` from the latter (`python tests/integration/documented_queries.py`). What does
not: running them (`test_documented_queries.py`, `test_analyses.py`).

docs/queries.md is what people edit; an analysis is a query of it with `ref()` around its tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from ingest.paths import DBT_PROJECT_DIR, PROJECT_ROOT

PAGES = ("README.md", "docs/queries.md")
ANALYSES_DIR = DBT_PROJECT_DIR / "analyses"
_MARTS = DBT_PROJECT_DIR / "models" / "marts"
_HEADING = re.compile(r"^## (?P<number>\d+)\. (?P<question>.+)$")
# a heading; or a query, and the table behind it where there is one
_PIECES = re.compile(
    r"(?P<heading>^## [^\n]*$)|^```sql\n(?P<query>.*?)^```\n*(?P<table>(?:^\|[^\n]*\n?)*)",
    re.DOTALL | re.MULTILINE,
)
_MADE = "Made from docs/queries.md by tests/integration/documented_queries.py: edit it there."
_TABLE = re.compile(r"\b(from|join)\s+([a-z_]+)\b(?!\s*\()", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A query of a page: the heading above it, its SQL, the table shown (empty: none)."""

    page: str
    number: int  # of the query on its page, from 1
    heading: str  # without the ##; empty above the first
    query: str
    table: str


def asked(page: str) -> list[Asked]:
    """The queries of a page of the project, in their order."""
    found: list[Asked] = []
    heading = ""
    for piece in _PIECES.finditer((PROJECT_ROOT / page).read_text(encoding="utf8")):
        if piece["heading"]:
            heading = piece["heading"]
        else:
            found.append(
                Asked(page, len(found) + 1, heading, piece["query"], (piece["table"] or "").strip())
            )
    return found


def questions() -> list[str]:
    """The numbered headings of docs/queries.md."""
    text = (PROJECT_ROOT / "docs/queries.md").read_text(encoding="utf8")
    return [line for line in text.splitlines() if _HEADING.match(line)]


def analyses() -> dict[str, Asked]:
    """Name of an analysis → the query of docs/queries.md that it is."""
    made: dict[str, Asked] = {}
    for one in asked("docs/queries.md"):
        match = _HEADING.match(one.heading)
        assert match, f"docs/queries.md: query {one.number} stands under no numbered question"
        name = f"q{int(match['number']):02d}_{_slug(match['question'])}"
        if name in made:
            name += "_evidence"
        assert name not in made, f"docs/queries.md: three queries under {one.heading!r}"
        made[name] = one
    return made


def analysis_files() -> dict[str, str]:
    """File name in dbt_project/analyses → its text."""
    marts = {path.stem for path in _MARTS.glob("*.sql")}

    def with_ref(match: re.Match[str]) -> str:
        word, table = match.groups()
        return f"{word} {{{{ ref('{table}') }}}}" if table in marts else match.group()

    files = {}
    described = []
    for name, one in analyses().items():
        question = one.heading.removeprefix("## ")
        files[f"{name}.sql"] = f"-- {question}\n-- {_MADE}\n{_TABLE.sub(with_ref, one.query)}"
        described.append({"name": name, "description": question})
    listed = yaml.safe_dump(
        {"version": 2, "analyses": described}, allow_unicode=True, sort_keys=False, width=200
    )
    files["analyses.yml"] = f"# {_MADE}\n{listed}"
    return files


def _slug(question: str) -> str:
    """A heading as a name: what stands in brackets and behind a comma is left out."""
    plain = re.sub(r"\(.*?\)|,.*|'", "", question).lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def write_analyses() -> None:
    """Write dbt_project/analyses anew."""
    ANALYSES_DIR.mkdir(exist_ok=True)
    for old in ANALYSES_DIR.iterdir():
        old.unlink()
    for name, text in analysis_files().items():
        (ANALYSES_DIR / name).write_text(text, encoding="utf8")


if __name__ == "__main__":
    write_analyses()
