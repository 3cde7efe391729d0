"""Work that hangs, crashes or eats memory: the item is given up, the rest is done, in order."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from ingest import batch, chunk
from ingest.landing import LandedDocument
from ingest.schema import Frames
from ingest.supervision import Guard, Loss, WorkerFailed, started_ahead, work_in_order
from orchestration.resources import IntakeResource, build_resources
from orchestration.settings import OrchestrationSettings

REPORT = """某县教育局2012年政府信息公开工作年度报告
一、主动公开政府信息情况
全年主动公开政府信息45条,其中政策法规类30条,占66.7%。
二、依申请公开情况
收到申请2件,均已办结。未发生行政复议。"""
GUARD = Guard(seconds=2.5)  # an item takes milliseconds, but the machine may be busy


def act(job: list[str], lost: Mapping[int, Loss], begin: Callable[[int], None]) -> list[str]:
    """A job of items that are what they do."""
    done = []
    for number, item in enumerate(job):
        if number in lost:
            done.append(f"{item}: {lost[number]}")
            continue
        begin(number)
        _ACTS.get(item, lambda: None)()
        done.append(item)
    return done


def _hang_in_c() -> None:
    """A C function that neither lets go of the interpreter nor minds signals."""
    library = ctypes.PyDLL(None)
    while library.sleep(1000):
        pass


def _fail() -> None:
    raise ValueError("a fault of ours")


_ACTS: dict[str, Callable[[], Any]] = {
    "loop": lambda: [None for _ in iter(int, 1)],
    "hang in C": _hang_in_c,
    "crash": lambda: os.kill(os.getpid(), 11),
    "leave": lambda: os._exit(3),
    "fail": _fail,
    "eat": lambda: bytearray(1 << 31),
    "be slow": lambda: time.sleep(0.7),
}


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_when_items_are_lost(workers: int) -> None:
    jobs = [["a", "hang in C", "b"], ["c"], ["crash", "d", "leave"], ["e", "f"], ["loop", "g"]]
    results = list(work_in_order(act, iter(jobs), workers=workers, guard=GUARD))
    assert results == [
        ["a", "hang in C: timeout", "b"], ["c"], ["crash: crash", "d", "leave: crash"], ["e", "f"],
        ["loop: timeout", "g"],
    ]  # fmt: skip


def test_job_may_take_longer_than_an_item() -> None:
    (result,) = work_in_order(act, iter([["be slow"] * 5]), workers=1, guard=GUARD)
    assert result == ["be slow"] * 5


def test_memory_is_refused_beyond_the_limit() -> None:
    with pytest.raises(MemoryError):
        list(work_in_order(act, iter([["eat"]]), workers=1, guard=Guard(60.0, 1 << 30)))


def test_fault_of_the_work_is_raised_when_it_is_not_an_item_s() -> None:
    with pytest.raises(ValueError, match="a fault of ours"):
        list(work_in_order(act, iter([["a"], ["fail"]]), workers=2, guard=GUARD))


def die(job: object, lost: object, begin: object) -> None:
    """Work that dies before it has begun an item."""
    os._exit(1)


def test_death_outside_any_item_is_no_lost_item() -> None:
    with pytest.raises(WorkerFailed, match="GONGKAI_WORKERS"):
        list(work_in_order(die, iter([["a"]]), workers=1, guard=GUARD))


def give_what_cannot_be_sent(job: object, lost: object, begin: object) -> object:
    """Work whose result no other process can take."""
    return lambda: None


def test_result_that_cannot_be_sent_ends_the_work() -> None:
    with pytest.raises(WorkerFailed):
        list(work_in_order(give_what_cannot_be_sent, iter([["a"], ["b"]]), workers=1, guard=GUARD))


def note(job: tuple[Path, str], lost: object, begin: object) -> str:
    """Work that leaves a file."""
    folder, name = job
    (folder / name).touch()
    return name


def test_worker_goes_on_while_its_result_is_used(tmp_path: Path) -> None:
    results = work_in_order(note, iter([(tmp_path, name) for name in "abcdef"]), workers=1, guard=GUARD)
    assert next(results) == "a"
    while not (tmp_path / "b").exists():  # the limit of a test's time ends it where it never comes
        time.sleep(0.01)
    assert list(results) == list("bcdef")


def test_nothing_is_started_when_there_is_nothing_to_do() -> None:
    assert list(work_in_order(act, iter([]), workers=2, guard=GUARD)) == []


_READY: list[str] = []


def get_ready() -> None:
    """What a worker that is started ahead does before there is work."""
    _READY.append("ready")


def tell(job: str, lost: Mapping[int, Loss], begin: Callable[[int], None]) -> tuple[str, list[str]]:
    """The job, and what was got ready in this process."""
    return job, _READY


def test_worker_that_was_started_ahead_does_the_first_job() -> None:
    with started_ahead(tell, get_ready=get_ready, guard=GUARD):
        (ahead,) = multiprocessing.active_children()
        results = work_in_order(tell, iter("abc"), workers=2, guard=GUARD)
        assert next(results) == ("a", ["ready"])
        assert ahead in multiprocessing.active_children()
        assert [job for job, _ in results] == ["b", "c"]
        assert not multiprocessing.active_children()


@pytest.mark.parametrize(("work", "guard"), [(tell, Guard(3.0)), (act, GUARD)])
def test_worker_that_was_started_ahead_is_left_alone_by_other_work(work: Any, guard: Guard) -> None:
    with started_ahead(work, get_ready=get_ready, guard=guard):
        (ahead,) = multiprocessing.active_children()
        assert list(work_in_order(tell, iter("a"), workers=1, guard=GUARD)) == [("a", [])]
        assert multiprocessing.active_children() == [ahead]
    assert not multiprocessing.active_children()


def test_worker_that_could_not_get_ready_works_all_the_same() -> None:
    with started_ahead(act, get_ready=_fail, guard=GUARD):
        assert list(work_in_order(act, iter([["a"]]), workers=1, guard=GUARD)) == [["a"]]


def _landed(path: Path, text: str) -> LandedDocument:
    data = text.encode()
    path.write_bytes(data)
    name = path.name
    return LandedDocument(hashlib.sha256(data).hexdigest(), name, name, len(data), datetime(2026, 1, 1), path)  # fmt: skip


def read_slowly(
    documents: list[LandedDocument], lost: Mapping[int, Loss], begin: Callable[[int], None]
) -> Frames:
    """The reader, hanging in C on a document that says so and dying of another."""
    read = chunk.read_document

    def read_document(data: bytes, name: str, uri: str) -> Any:
        if b"hang" in data:
            _hang_in_c()
        if b"crash" in data:
            os.kill(os.getpid(), 11)
        return read(data, name, uri)

    chunk.read_document = read_document
    try:
        return chunk.read_chunk(documents, lost, begin)
    finally:
        chunk.read_document = read


def test_document_is_an_issue_when_reading_it_never_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [REPORT, REPORT + "hang", REPORT + "。", REPORT + "crash", REPORT + "未收取费用。"]
    documents = [_landed(tmp_path / f"{n}.txt", text) for n, text in enumerate(texts)]
    monkeypatch.setattr(
        batch, "work_in_order",
        lambda work, jobs, **options: work_in_order(read_slowly, jobs, **options),
    )  # fmt: skip
    (frames,) = batch.read_documents(documents, guard=Guard(4.0))
    codes = frames.documents["quarantine_code"].to_list()
    assert codes == [None, "timeout", None, "reader_crashed", None]
    assert frames.reports.height == 3
    messages = frames.issues.filter(pl.col("severity") == "error")["message"].to_list()
    assert "1.txt" in messages[0]
    assert "GONGKAI_MAX_DOCUMENT_SECONDS" in messages[0]
    assert "3.txt" in messages[1]


def test_frames_are_the_same_when_reading_is_guarded(tmp_path: Path) -> None:
    documents = [_landed(tmp_path / f"{n}.txt", REPORT + str(n)) for n in range(3)]
    (plain,) = batch.read_documents(documents)
    guarded = partial(batch.read_documents, guard=Guard(60.0, 4 << 30))
    (watched,) = guarded(documents)
    assert plain.observations.equals(watched.observations)
    assert plain.documents.equals(watched.documents)


def test_reader_that_was_started_ahead_reads_what_a_refresh_reads(tmp_path: Path) -> None:
    settings = OrchestrationSettings(home=tmp_path, max_document_seconds=45)
    intake = build_resources(settings)["intake"]
    assert isinstance(intake, IntakeResource)
    guard = intake.create_resource(dg.build_init_resource_context()).guard
    with batch.reader_ahead(settings.reading_guard()):
        (ahead,) = multiprocessing.active_children()
        (frames,) = batch.read_documents([_landed(tmp_path / "1.txt", REPORT)], guard=guard)
        assert not ahead.is_alive()  # it read, and ended with what there was to read
    assert frames.reports.height == 1
