"""Statements out of a pipe or a file: `gongkai sql < questions.sql`.

What lives here: reading them all and running one after the other. What does not: the prompt
(`prompt.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

import click

from ingest.sql_prompt.statements import split


def run_piped(source: TextIO, run: Callable[[str], None]) -> int:
    """Run each statement of `source`; the last needs no semicolon. How many there were.

    Raises ClickException where it is not UTF-8. Whatever `run` raises ends it there: later statements may build on earlier ones.
    """
    try:
        text = source.read()
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"Standard input is not text in UTF-8: {error.reason} at byte {error.start}. "
            "Save it as UTF-8 and try again."
        ) from error
    statements, rest = split(text.removeprefix("\ufeff"))
    if rest:
        statements.append(rest)
    for statement in statements:
        run(statement)
    return len(statements)
