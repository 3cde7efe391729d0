"""The archives of a round: every answer of a site with its headers, as WARC.

What lives here: writing records to the two files of a round, taking back what a crash cut off, and
putting the files in their place. What does not: which answer goes where (`fetch_round.py`).

Two files, because landing reads a file once as long as it does not change: the documents that are
new go to one, which is landed; everything else (lists, redirects, errors, pages that are as they
were) goes to the other, which is kept for those who want to know what was answered. A round that
finds nothing new leaves nothing to land.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ingest.fetching.ledger import Ends
from ingest.fetching.pages import Answer
from ingest.home import Home

# The body is kept unpacked, as crawlers do, under the names that they use for what was sent.
_RENAMED = {
    "content-encoding": "X-Crawler-Content-Encoding",
    "content-length": "X-Crawler-Content-Length",
    "transfer-encoding": "X-Crawler-Transfer-Encoding",
}


class ArchiveLost(Exception):
    """An archive of an unfinished round is gone or shorter than what was recorded."""


class ArchiveBroken(Exception):
    """An archive could not be written, and takes nothing more: a full disk, as a rule."""


class Archive:
    """A WARC file that grows: what is written is on the disk when `write` comes back."""

    def __init__(self, path: Path, end: int, about: dict[str, str]) -> None:
        """Open the file at `path` and drop what lies behind `end`. Raises ArchiveLost."""
        path.parent.mkdir(parents=True, exist_ok=True)
        size = path.stat().st_size if path.exists() else 0
        if size < end:
            raise ArchiveLost(path)
        self.path = path
        self._about = about
        self._file: IO[bytes] = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(end)
        self._file.seek(end)
        self.end = end  # how many bytes count
        self._broken: ArchiveBroken | None = None

    def write(self, url: str, answer: Answer, *, is_repeated: bool = False) -> None:
        """Add an answer; where its body `is_repeated` from an earlier record, only the headers.

        What is written for an answer that then is not recorded is dropped when the file is opened.
        Raises ArchiveBroken where the disk does not take it, and from then on: what follows half a
        record could not be read.
        """
        if self._broken is not None:
            raise self._broken
        try:
            self._write(url, answer, is_repeated=is_repeated)
        except OSError as error:
            self._broken = ArchiveBroken(f"{self.path} cannot be written: {error.strerror}")
            raise self._broken from error
        self.end = self._file.tell()

    def _write(self, url: str, answer: Answer, *, is_repeated: bool) -> None:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        writer = WARCWriter(self._file, gzip=True)
        if self.end == 0:
            writer.write_record(writer.create_warcinfo_record(self.path.name, self._about))
        headers = StatusAndHeaders(
            f"{answer.status} {_reason(answer.status)}".strip(),
            list(_archived(answer.headers, is_repeated=is_repeated)),
            protocol="HTTP/1.1",
        )
        if is_repeated:
            digest = writer.create_warc_record(
                url, "response", payload=io.BytesIO(answer.body), http_headers=headers
            ).rec_headers.get_header("WARC-Payload-Digest")
            record = writer.create_revisit_record(url, digest, url, None, http_headers=headers)
            record.rec_headers.remove_header("WARC-Refers-To-Date")
        else:
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(answer.body), http_headers=headers
            )
        writer.write_record(record)
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; an empty one is taken away."""
        self._file.close()
        if not self.end:
            self.path.unlink()


class RoundArchives:
    """The two archives of a round: where they are written, and where they go."""

    def __init__(self, home: Home, source: str, stamp: str) -> None:
        folder = home.fetching_dir / source
        self._documents = folder / "documents.warc.gz.part"
        self._answers = folder / "answers.warc.gz.part"
        self._moves = (
            (self._documents, home.fetched_dir / source / f"{stamp}.warc.gz"),
            (self._answers, folder / "answers" / f"{stamp}.warc.gz"),
        )

    def is_partly_sealed(self) -> bool:
        """Whether a process died while it put the files in their place."""
        return any(to.exists() for _, to in self._moves)

    def open(self, ends: Ends, about: dict[str, str]) -> tuple[Archive, Archive]:
        """The archives of documents and of other answers, up to `ends`. Raises ArchiveLost."""
        documents = Archive(self._documents, ends.documents, about)
        try:
            return documents, Archive(self._answers, ends.answers, about)
        except ArchiveLost:
            documents.close()
            raise

    def seal(self) -> None:
        """Put the files in their place; what is there already stays."""
        for part, to in self._moves:
            if part.exists():
                to.parent.mkdir(parents=True, exist_ok=True)
                os.replace(part, to)

    def discard(self) -> None:
        """Take away what a lost round left."""
        for part, _ in self._moves:
            part.unlink(missing_ok=True)


def _archived(
    headers: Iterable[tuple[str, str]], *, is_repeated: bool
) -> Iterable[tuple[str, str]]:
    for name, value in headers:
        value = value.replace("\r", " ").replace("\n", " ")
        yield (name if is_repeated else _RENAMED.get(name.lower(), name), value)


def _reason(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
