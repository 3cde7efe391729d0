"""Where statements end, and statements out of a pipe."""

from __future__ import annotations

import io

import click
import pytest

from ingest.sql_prompt.piped import run_piped
from ingest.sql_prompt.statements import is_complete, split


@pytest.mark.parametrize(
    ("text", "statements", "rest"),
    [
        ("select 1; select 2;", ["select 1", "select 2"], ""),
        ("select 1; select 2", ["select 1"], "select 2"),
        ("select '林;''业'; x", ["select '林;''业'"], "x"),
        ('select "a;b" from t;', ['select "a;b" from t'], ""),
        ("select $$a;b$$;", ["select $$a;b$$"], ""),
        ("-- a; b\nselect 1 /* ; */;", ["-- a; b\nselect 1 /* ; */"], ""),
        ("select 1;; ; -- no more", ["select 1"], ""),
        ("select 'no end; ", [], "select 'no end;"),
        ("", [], ""),
    ],
)
def test_statements_end_at_semicolons_when_these_are_no_text(
    text: str, statements: list[str], rest: str
) -> None:
    assert split(text) == (statements, rest)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("select 1;", True),
        ("select 1; -- said", True),
        ("select ';", False),
        ("select 1; select", False),
        ("-- ;", False),
        ("", False),
    ],
)
def test_text_is_complete_when_its_last_word_is_a_semicolon(text: str, complete: bool) -> None:
    assert is_complete(text) is complete


def test_statements_run_in_order_when_they_come_out_of_a_pipe() -> None:
    ran: list[str] = []
    assert run_piped(io.StringIO("\ufeffselect 1;\n\nselect 2"), ran.append) == 2
    assert ran == ["select 1", "select 2"]


def test_pipe_is_refused_with_the_place_when_it_is_no_utf8() -> None:
    gbk = io.TextIOWrapper(io.BytesIO("select '林'".encode("gbk")), encoding="utf-8")
    with pytest.raises(click.ClickException, match="not text in UTF-8.*at byte 8"):
        run_piped(gbk, lambda statement: None)
