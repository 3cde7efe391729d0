from __future__ import annotations

import errno

import dagster as dg
import pytest

from ingest.home import HomeNotWritable
from ingest.load import BrokenInvariant, WarehouseBusy
from orchestration.audit_gate import NotAudited
from orchestration.retrying import RETRIES, retried_if_passing


def not_writable(number: int) -> HomeNotWritable:
    try:
        raise HomeNotWritable("cannot write") from OSError(number, "what the system says")
    except HomeNotWritable as error:
        return error


@pytest.mark.parametrize(
    "error", [WarehouseBusy("busy"), OSError(errno.ESTALE, "stale"), not_writable(errno.ETIMEDOUT)]
)
def test_step_is_tried_again_when_waiting_may_help(error: Exception) -> None:
    with pytest.raises(dg.RetryRequested) as caught, retried_if_passing():
        raise error

    assert caught.value.max_retries == RETRIES
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [
        NotAudited("a share is 140 percent"),
        BrokenInvariant("two rows"),
        not_writable(errno.ENOSPC),
        OSError(errno.EACCES, "no permission"),
        ValueError("a broken rule file"),
    ],
)
def test_step_fails_at_once_when_waiting_is_of_no_use(error: Exception) -> None:
    with pytest.raises(type(error)), retried_if_passing():
        raise error
