"""The prompt of `gongkai sql`.

What lives here: the keys, the history, and the loop. What does not: what is completed
(`completion.py`), how a query is run and shown (`ingest/commands/sql.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click
import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.application.current import get_app
from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.completion import generate_completions
from prompt_toolkit.output import Output

from ingest.sql_prompt.colours import SqlColours
from ingest.sql_prompt.completion import SqlCompleter
from ingest.sql_prompt.names import Names
from ingest.sql_prompt.statements import is_complete, split

_PROMPT = "gongkai> "
_GREETING = """\
The published warehouse, read-only. A query ends with ; and may have several
lines. Tab completes names. show tables; lists them, describe agency_year;
lists columns. Ctrl-C drops what is typed, exit or Ctrl-D ends."""
_ENDING = {"exit", "quit", "\\q", ".exit", ".quit"}


def run_prompt(
    names: Names,
    run: Callable[[str], None],
    explain: Callable[[duckdb.Error], str],
    history_file: Path,
    *,
    source: Input | None = None,
    screen: Output | None = None,
) -> None:
    """Ask for statements and run them until the person ends it.

    An error of a query is told and the prompt goes on. `source` and `screen` stand for the
    terminal in tests.
    """
    completer = SqlCompleter(names)
    session: PromptSession[str] = PromptSession(
        history=_history(history_file),
        completer=completer,
        complete_while_typing=True,
        lexer=SqlColours(),
        multiline=True,
        prompt_continuation=lambda width, number, is_soft: "...> ".rjust(width),
        key_bindings=_keys(completer),
        enable_open_in_editor=True,
        input=source,
        output=screen,
    )
    click.echo(_GREETING)
    while True:
        try:
            text = session.prompt(_PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if _is_ending(text):
            return
        statements, rest = split(text)
        for statement in [*statements, rest] if rest else statements:
            try:
                run(statement)
            except (KeyboardInterrupt, RuntimeError) as error:
                # DuckDB makes a RuntimeError of Ctrl-C.
                if isinstance(error, RuntimeError) and "interrupted" not in str(error):
                    raise
                click.echo("The query was stopped.", err=True)
                break
            except duckdb.Error as error:
                click.echo(explain(error), err=True)
                break


def _is_ending(text: str) -> bool:
    return text.strip().rstrip(";").strip().lower() in _ENDING


def _history(path: Path) -> History:
    """The history in the home; where it cannot be written, for this prompt only, and told."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # what people ask is nobody else's business
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    except OSError as error:
        click.echo(f"What is typed is not remembered: {path}: {error.strerror}.", err=True)
        return InMemoryHistory()
    return FileHistory(str(path))


def _keys(completer: Completer) -> KeyBindings:
    keys = KeyBindings()

    @Condition
    def is_finished() -> bool:
        text = get_app().current_buffer.text
        return not text.strip() or _is_ending(text) or is_complete(text)

    @Condition
    def is_choosing() -> bool:
        state = get_app().current_buffer.complete_state
        return state is not None and state.current_completion is not None

    @keys.add("tab", filter=~is_choosing)
    def complete(event: KeyPressEvent) -> None:
        # The only name that fits is taken at once; else the menu opens, or moves on.
        buffer = event.current_buffer
        fitting = list(completer.get_completions(buffer.document, CompleteEvent()))
        if len(fitting) == 1:
            buffer.apply_completion(fitting[0])
        else:
            generate_completions(event)

    @keys.add("enter", filter=is_choosing)
    def take_choice(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    @keys.add("enter", filter=is_finished & ~is_choosing)
    def run_it(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return keys
