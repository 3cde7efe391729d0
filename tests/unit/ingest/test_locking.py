from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.locking import AlreadyLocked, hold_lock

_HOLD = """
import sys
from pathlib import Path
from ingest.locking import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


def test_holder_is_named_when_another_process_has_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "x.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyLocked, match=str(holder.pid)), hold_lock(lock):
            pass
        holder.kill()
        holder.wait()
        # The system drops the lock of a killed process.
        with hold_lock(lock):
            assert lock.read_text() == str(os.getpid())


def test_lock_is_free_again_when_the_block_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path / "x.lock"):
            pass
