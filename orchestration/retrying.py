"""Steps tried again where waiting helps: another process has the work file, a share is away.

What lives here: which failures pass by themselves, and how long to wait. What does not: pages that
cannot be fetched, which the crawler asks for again.

A failed audit, a broken rule file or a full disk is the same a minute later: these fail at once.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from ingest.home import HomeNotWritable
from ingest.load import WarehouseBusy

RETRIES = 3
SECONDS_BETWEEN = 10
# A network share that answers late or lost its connection.
_PASSING = {errno.EAGAIN, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTUNREACH}


@contextmanager
def retried_if_passing() -> Iterator[None]:
    """Ask Dagster to try the step again where what the block raised may pass by itself."""
    try:
        yield
    except (WarehouseBusy, HomeNotWritable, OSError) as error:
        if not may_pass(error):
            raise
        raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=SECONDS_BETWEEN) from error


def may_pass(error: BaseException) -> bool:
    """Whether the error, or the one behind it, is one that waiting may mend."""
    if isinstance(error, WarehouseBusy):
        return True
    if isinstance(error, OSError) and error.errno in _PASSING:
        return True
    return error.__cause__ is not None and may_pass(error.__cause__)
