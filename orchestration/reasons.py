"""Why a step failed, in the words for a person.

What lives here: which error of a chain says it. What does not: where that is shown
(`refreshing.py`, `sensors.py`).
"""

from __future__ import annotations

import re

from dagster_shared.error import SerializableErrorInfo

_OURS = re.compile(r"(?:ingest|orchestration)(?:\.\w+)+: ")


def reason_of(error: SerializableErrorInfo | None) -> str | None:
    """The words of the error; None where there is none.

    Of the errors that led to it, the last one of this project says what to do; where none is of
    this project, the first cause says most.
    """
    chain: list[str] = []
    while error is not None:
        chain.append(error.message.strip())
        error = error.cause
    if not chain:
        return None
    ours = [message for message in chain if _OURS.match(message)]
    return _OURS.sub("", ours[-1], count=1) if ours else chain[-1]
