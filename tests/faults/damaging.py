"""Damage to files of every format, seeded: the same number gives the same damaged file.

What lives here: sound originals, what is done to their bytes (under the checksum, too: inside a
container that is packed again), and what must hold of whatever is made of them.
"""

from __future__ import annotations

import base64
import gzip
import io
import random
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache

import docx
from dump_forms import jsonl_of, parquet_of, rows_of, tar_of, warc_of, zip_of, zstd_of
from memory import forget_peak, peak

from ingest.dumps import Fault, LandingLimits, read_dump
from ingest.formats import UnreadableDocument, read_page
from ingest.limits import MEBIBYTE
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR
from ingest.supervision import Loss

_LIMITS = LandingLimits(document_bytes=4 * MEBIBYTE, expanded_bytes=256 * MEBIBYTE)
_EXTREMES = (
    b"\0", b"\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80",
    b"\x80\x80", b"99999999999", b"-1", b"0", b"<", b">", b"(", b"[[[[[[[[", b"%s" * 8, b"\r\n\r\n",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What fuzzing a format came to: faults by seed, the slowest file, memory grown by (bytes)."""

    count: int
    read: int
    faults: dict[int, str]
    slowest: float
    slowest_seed: int
    grown: int


def fuzz(
    job: tuple[str, int, int], lost: Mapping[int, Loss], begin: Callable[[int], None]
) -> Outcome:
    """Damage the files of a format with the seeds from first up to last, and look at each."""
    form, first, last = job
    check = check_dump if form in _DUMPS else check_document
    faults = {seed: str(loss) for seed, loss in lost.items()}
    read, slowest, slowest_seed = 0, 0.0, first
    check(form, original(form, random.Random(0)))  # imports and caches are no growth
    before = forget_peak()
    for seed in range(first, last):
        if seed in lost:
            continue
        data = damaged(form, seed)
        begin(seed)
        started = time.monotonic()
        try:
            found = check(form, data)
        except Exception as error:  # noqa: BLE001  # whatever it is: it is looked for here
            faults[seed] = f"{type(error).__name__}: {error}"
        else:
            read += found
        if (taken := time.monotonic() - started) > slowest:
            slowest, slowest_seed = taken, seed
    return Outcome(last - first, read, faults, slowest, slowest_seed, peak() - before)


def check_document(form: str, data: bytes) -> bool:
    """Read a document and check the page; whether there was one."""
    try:
        page = read_page(data, _NAMES[form])
    except UnreadableDocument as error:
        assert len(error.message) > 40, "no way out is told"
        return False
    page.text.encode()  # what cannot be stored
    assert "\0" not in page.text
    for table in page.tables:
        assert 0 <= table.start <= table.end <= len(page.text)
        last = table.start
        for cell in table.cells:
            assert last <= cell.start <= cell.end <= table.end
            assert "\n" not in page.text[cell.start : cell.end]
            assert min(cell.row, cell.column, cell.row_span - 1, cell.column_span - 1) >= 0
            last = cell.start
    for key, value in page.hints.items():
        (key + value).encode()
    return True


def check_dump(form: str, data: bytes) -> bool:
    """Unpack a dump and check what came; whether a document did."""
    name, found = _NAMES[form], False
    for item in read_dump(io.BytesIO(data), name, len(data), _LIMITS):
        item.source_uri.encode()
        assert item.source_uri.isprintable(), "a name that no database or terminal can take"
        if isinstance(item, Fault):
            assert item.source_uri in item.message
            item.message.encode()
        else:
            assert item.source_uri
            assert item.file_name
            assert 0 <= len(item.data) <= _LIMITS.document_bytes
            found = True
    return found


def damaged(form: str, seed: int) -> bytes:
    """A damaged file: its bytes, or what it packs, or both."""
    rng = random.Random(f"{form} {seed}")
    data = original(form, rng)
    if form in _INSIDE and rng.random() < 0.6:
        unpack, pack = _INSIDE[form]
        data = pack(_damage(unpack(data), rng))
        if rng.random() < 0.8:
            return data
    return _damage(data, rng)


def _damage(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        if len(data) < 8:
            break
        data = rng.choice(_DAMAGES)(data, rng)
    return data


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 10, max(1, len(data) // 100)))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _put(data: bytes, rng: random.Random) -> bytes:
    piece, at = rng.choice(_EXTREMES), rng.randrange(len(data))
    return data[:at] + piece + data[at + len(piece) * rng.randrange(2) :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(1, len(data))]


def _behead(data: bytes, rng: random.Random) -> bytes:
    return data[rng.randrange(1, min(len(data), 2_000)) :]


def _remove(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice((1, 2, 7, 100, 4_000)) :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    piece = data[at : at + rng.choice((1, 5, 40, 300))]
    return data[:at] + piece * min(rng.choice((2, 30, 3_000)), 1 + 200_000 // len(piece)) + data[at:]


def _move(data: bytes, rng: random.Random) -> bytes:
    one, two = sorted(rng.sample(range(len(data)), 2))
    return data[one:two] + data[:one] + data[two:]


def _blank(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    length = min(rng.choice((4, 64, 1_000)), len(data) - at)
    return data[:at] + rng.choice((b"\0", b"\xff", b" ", b"<")) * length + data[at + length :]


def _nest(data: bytes, rng: random.Random) -> bytes:
    opening = rng.choice((b"<div>", b"<table><tr><td>", b"<w:tbl><w:tr><w:tc>", b"[", b'{"a":'))
    at = rng.randrange(len(data))
    return data[:at] + opening * rng.choice((10, 300, 20_000)) + data[at:]


_DAMAGES = (_flip, _flip, _put, _put, _cut, _behead, _remove, _repeat, _move, _blank, _nest)


@cache
def _texts() -> tuple[str, ...]:
    return tuple(p.read_text("utf-8") for p in sorted(SAMPLES_DIR.glob("*.txt")))


@cache
def _pages() -> tuple[bytes, ...]:
    folders = (SAMPLES_DIR, PROJECT_ROOT / "tests" / "golden" / "pages")
    return tuple(p.read_bytes() for folder in folders for p in sorted(folder.glob("*.*htm*")))


def _text(rng: random.Random) -> bytes:
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "big5"))
    return rng.choice(_texts()).encode(encoding, "ignore")


def _html(rng: random.Random) -> bytes:
    page = rng.choice(_pages())
    return page if rng.random() < 0.7 else page.decode("utf-8", "ignore").encode("gb18030")


def _mht(rng: random.Random) -> bytes:
    message = MIMEMultipart("related", boundary="----=_NextPart_000")
    message.attach(MIMEImage(base64.b64decode("iVBORw0KGgo="), "png"))
    page = rng.choice(_pages()).decode("utf-8", "ignore")
    part = MIMEText(page, "html", rng.choice(("utf-8", "gb18030")))
    part["Content-Location"] = "http://www.xx.gov.cn/nb/1.html"
    message.attach(part)
    return message.as_bytes()


@cache
def _pdfs() -> tuple[bytes, ...]:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    made = []
    for compression in (0, 1):
        out = io.BytesIO()
        rows = [[f"规章{n}", str(n), "0"] for n in range(60)]
        style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 10)]  # fmt: skip
        document = SimpleDocTemplate(out, pagesize=A4, pageCompression=compression, invariant=1)
        document.build([Table(rows, style=style)])
        made.append(out.getvalue())
    return tuple(made)


@cache
def _word() -> bytes:
    document = docx.Document()
    for line in _texts()[0].splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=12, cols=5)
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            cell.text = f"规章 {number}"
    table.cell(0, 0).merge(table.cell(3, 1))
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:  # packed again without the hour
        return zip_of({name: archive.read(name) for name in archive.namelist()})


def _word_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


@cache
def _documents() -> dict[str, bytes]:
    return {f"http://www.xx.gov.cn/nb/{n}.html": page for n, page in enumerate(_pages())} | {
        f"http://www.xx.gov.cn/nb/{n}.txt": text.encode() for n, text in enumerate(_texts()[:3])
    }


def _members() -> dict[str, bytes]:
    return {url.partition("//")[2]: data for url, data in _documents().items()}


def original(form: str, rng: random.Random) -> bytes:
    """A sound file of a format."""
    return _ORIGINALS[form](rng)


_ORIGINALS: dict[str, Callable[[random.Random], bytes]] = {
    "txt": _text,
    "html": _html,
    "mht": _mht,
    "pdf": lambda rng: rng.choice(_pdfs()),
    "docx": lambda rng: _word(),
    "zip": lambda rng: zip_of(_members() | {"inner.tar.gz": gzip.compress(tar_of(_members()), 1, mtime=0)}),
    "tar.gz": lambda rng: gzip.compress(tar_of(_members()), 1, mtime=0),
    "jsonl": lambda rng: jsonl_of(rows_of(_documents())),
    "jsonl.zst": lambda rng: zstd_of(jsonl_of(rows_of(_documents()))),
    "parquet": lambda rng: parquet_of(rows_of(_documents(), rng.choice(("html", "text"))) * 3),
    "warc.gz": lambda rng: warc_of(_documents()),
}
FORMS = tuple(_ORIGINALS)
_DUMPS = {"zip", "tar.gz", "jsonl", "jsonl.zst", "parquet", "warc.gz"}
_NAMES = {form: f"damaged.{form}" for form in FORMS}
# format -> (what it packs, packing that again)
_INSIDE: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "docx": (_word_xml, lambda xml: zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml})),
    "tar.gz": (gzip.decompress, lambda data: gzip.compress(data, 1, mtime=0)),
    "warc.gz": (gzip.decompress, lambda data: gzip.compress(data, 1, mtime=0)),
    "zip": (lambda data: gzip.compress(tar_of(_members()), 1, mtime=0), lambda data: zip_of({"a.tar.gz": data})),
}  # fmt: skip
