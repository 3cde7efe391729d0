"""The prompt of `gongkai sql`, typed at through a pipe in the place of a keyboard."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ingest.sql_prompt.colours import SqlColours
from ingest.sql_prompt.names import Names
from ingest.sql_prompt.prompt import run_prompt

NAMES = Names({"agency_year": {"agency_name": "VARCHAR"}}, ("from", "select"), ("sum",))
ENTER, CTRL_C, CTRL_D, TAB, UP = "\r", "\x03", "\x04", "\t", "\x1b[A"


WRONG = duckdb.BinderException("Binder Error: this is wrong")


def typed(keys: str, tmp_path: Path, wrong: str = "", error: BaseException = WRONG) -> list[str]:
    """The statements that were run when `keys` are pressed; one that is `wrong` raises."""
    ran: list[str] = []

    def run(statement: str) -> None:
        ran.append(statement)
        if statement == wrong:
            raise error

    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        run_prompt(
            NAMES,
            run,
            lambda error: f"told: {error}",
            tmp_path / "home" / "sql_history",
            source=keyboard,
            screen=DummyOutput(),
        )
    return ran


def test_statement_runs_over_several_lines_when_a_semicolon_ends_it(tmp_path: Path) -> None:
    keys = f"select 1{ENTER}, ';'{ENTER};{ENTER}{CTRL_D}"
    assert typed(keys, tmp_path) == ["select 1\n, ';'"]


def test_each_statement_of_a_line_runs_when_there_are_two(tmp_path: Path) -> None:
    assert typed(f"select 1; select 2;{ENTER}exit{ENTER}", tmp_path) == ["select 1", "select 2"]


@pytest.mark.parametrize("ending", ["exit", "quit;", "\\q", "EXIT ;"])
def test_prompt_ends_when_told(ending: str, tmp_path: Path) -> None:
    assert typed(f"{ending}{ENTER}select 1;{ENTER}", tmp_path) == []


def test_mistake_is_told_and_the_prompt_goes_on_when_a_query_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = f"select 1; select 2;{ENTER}select 3;{ENTER}{CTRL_D}"
    assert typed(keys, tmp_path, wrong="select 1") == ["select 1", "select 3"]
    assert "told: Binder Error" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_prompt_goes_on_when_a_query_is_stopped(error: BaseException, tmp_path: Path) -> None:
    keys = f"select 1;{ENTER}select 3;{ENTER}{CTRL_D}"
    assert typed(keys, tmp_path, wrong="select 1", error=error) == ["select 1", "select 3"]


def test_what_is_typed_is_dropped_when_ctrl_c_is_pressed(tmp_path: Path) -> None:
    assert typed(f"select 1{CTRL_C}select 2;{ENTER}{CTRL_D}", tmp_path) == ["select 2"]


def test_name_is_completed_when_tab_is_pressed(tmp_path: Path) -> None:
    keys = f"select * from age{TAB};{ENTER}{CTRL_D}"
    assert typed(keys, tmp_path) == ["select * from agency_year"]


def test_query_comes_back_in_the_next_prompt_when_it_was_typed_before(tmp_path: Path) -> None:
    typed(f"select 1;{ENTER}{CTRL_D}", tmp_path)
    assert (tmp_path / "home" / "sql_history").stat().st_mode & 0o077 == 0
    assert typed(f"{UP}{ENTER}{CTRL_D}", tmp_path) == ["select 1"]


def test_history_is_left_out_and_told_when_the_home_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("a file in the way")
    assert typed(f"select 1;{ENTER}{CTRL_D}", tmp_path) == ["select 1"]
    assert "not remembered" in capsys.readouterr().err


def test_colours_keep_every_character_when_a_text_is_coloured() -> None:
    text = "select '林业' -- 注\nfrom agency_year  \n where \"a b\" = $$;$$"
    line = SqlColours().lex_document(Document(text))
    shown = ["".join(piece[1] for piece in line(number)) for number in range(3)]
    assert shown == text.split("\n")
