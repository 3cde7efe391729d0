"""Nobody who is named beside a figure is named in the exports."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
import yaml
from small_home import NAMED

from ingest.home import Home
from ingest.paths import DBT_PROJECT_DIR
from orchestration.exports import quotes
from orchestration.exports.codebook import Column, Table
from orchestration.exports.tables import parquet_path
from orchestration.exports.writing import ensure_exports


def texts(folder: Path) -> dict[str, str]:
    """File → all its text, unpacked."""
    told = {}
    for path in folder.rglob("*"):
        if path.suffix == ".gz":
            told[path.name] = gzip.decompress(path.read_bytes()).decode()
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                told[path.name] = "".join(book.read(name).decode() for name in book.namelist())
        elif path.suffix == ".parquet":
            query = "SELECT string_agg(entry::VARCHAR, '') FROM read_parquet($path) AS entry"
            told[path.name] = str(duckdb.execute(query, {"path": str(path)}).fetchall()[0][0])
        elif path.is_file():
            told[path.name] = path.read_text()
    return told


def test_name_in_a_neighbouring_sentence_is_nowhere_when_exported(home: Home) -> None:
    with duckdb.connect(str(home.candidate_db), read_only=True) as con:
        rows = con.execute("SELECT count(*) FROM marts.observations WHERE contains(quote, $1)", [NAMED])
        assert rows.fetchall() == [(2,)]

    told = texts(ensure_exports(home, home.candidate_db).folder)

    assert "收到申请23件" in told["observations.parquet"]
    assert [name for name, text in told.items() if "张三丰" in text] == []


def test_quote_is_the_sentence_of_its_number_when_exported(home: Home) -> None:
    folder = ensure_exports(home, home.candidate_db).folder

    path = str(folder / parquet_path("observations"))
    found = duckdb.execute(
        "SELECT observation_id, quote FROM read_parquet($path)", {"path": path}
    ).fetchall()
    assert dict(found) == {
        "o1": "收到申请23件，较上年增加8件。…",
        "o2": "收到申请23件…",
        "o3": "兼职信息\n员6名",  # a line that was wrapped ends no sentence
        "o4": "",
        "o5": None,
        "o6": "长" * quotes.LONGEST_QUOTE + "…",
    }


def test_lists_of_quotes_stay_lists_when_exported(home: Home) -> None:
    folder = ensure_exports(home, home.candidate_db).folder

    path = str(folder / parquet_path("findings"))
    (first, none) = duckdb.execute(
        "SELECT evidence FROM read_parquet($path) ORDER BY finding_id", {"path": path}
    ).fetchall()
    assert none == (None,)
    assert json.loads(first[0]) == [
        {"side": "lhs", "value": 23.0, "quote": "收到申请23件。…"},
        {"side": "rhs", "value": 2, "share_pct": None, "quote": '说"二"'},
    ]


# Texts of other kinds: a number as printed, what a person wrote in a correction, a name.
_NO_QUOTES = {"value_text", "expected_text", "found_text", "corrected_text"}


def marts() -> list[Table]:
    files = sorted((DBT_PROJECT_DIR / "models" / "marts").glob("*.yml"))
    models = [m for file in files for m in yaml.safe_load(file.read_text()).get("models") or []]
    return [
        Table(
            model["name"],
            "",
            0,
            tuple(Column(c["name"], "string", c.get("description", "")) for c in model["columns"]),
        )
        for model in models
        if "columns" in model
    ]


def test_no_column_that_quotes_is_forgotten_when_a_mart_has_a_new_one() -> None:
    known = {(t.name, name) for t in marts() for name in quotes.quoting_columns(t)}
    looks_like_one = {
        (table.name, column.name)
        for table in marts()
        for column in table.columns
        if ("quote" in column.name or "evidence" in column.name or column.name == "operands"
            or column.name == "text" or column.name.endswith("_text"))
        and column.name not in _NO_QUOTES
    }  # fmt: skip
    assert len(known) > 15
    assert looks_like_one - known == quotes.LEFT_OUT


@pytest.mark.parametrize("words", ["没有收到申请。", "没有收到申请。\n", "共1.5万件！"])
def test_one_sentence_is_left_as_it_is_when_it_ends_with_its_mark(words: str) -> None:
    with duckdb.connect() as con:
        con.execute(quotes.MACROS)
        assert con.execute("SELECT within_sentence($1, NULL)", [words]).fetchall() == [(words,)]
