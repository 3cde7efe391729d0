"""Dumps of every form, written by the libraries that people write them with."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import uuid
import zipfile
from collections.abc import Callable, Iterable, Mapping

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Documents = Mapping[str, bytes]  # name -> bytes
Rows = list[dict[str, object]]


def zip_of(documents: Documents | Iterable[tuple[str, bytes]]) -> bytes:
    pairs = documents.items() if isinstance(documents, Mapping) else documents
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pairs:
            info = zipfile.ZipInfo(name)  # with no date but its own
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def gbk_zip_of(documents: Documents) -> bytes:
    """As a Chinese Windows packs: names in GBK, without the flag for UTF-8."""
    placeholders = {name: f"{number:0{len(name.encode('gbk'))}d}" for number, name in enumerate(documents)}
    data = zip_of({placeholders[name]: content for name, content in documents.items()})
    for name, placeholder in placeholders.items():
        data = data.replace(placeholder.encode(), name.encode("gbk"))
    return data


def tar_of(documents: Documents, extra: Iterable[tarfile.TarInfo] = ()) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for info in extra:
            archive.addfile(info)
        for name, data in documents.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def targz_of(documents: Documents) -> bytes:
    return gzip.compress(tar_of(documents), mtime=0)


def jsonl_of(rows: Rows) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)



def zstd_of(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as out:
        out.write(data)
    return sink.getvalue().to_pybytes()


def parquet_of(rows: Rows) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def warc_of(
    pages: Documents,
    *,
    is_packed: bool = True,
    status: str = "200 OK",
    media: str = "text/html",
    warc_headers: dict[str, str] | None = None,
    packing: str = "",
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=is_packed)
    for url, data in pages.items():
        lines = [("Content-Type", media), *([("Content-Encoding", packing)] if packing else [])]
        headers = StatusAndHeaders(status, lines, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(data), http_headers=headers,
                warc_headers_dict={**_warc_identity(url), **(warc_headers or {})},
            )
        )  # fmt: skip
        writer.write_record(
            writer.create_warc_record(
                url, "request", payload=io.BytesIO(b"GET /"),
                warc_headers_dict=_warc_identity(f"request of {url}"),
            )
        )  # fmt: skip
    return out.getvalue()


def _warc_identity(name: str) -> dict[str, str]:
    """The same record the next time, byte for byte."""
    record_id = uuid.uuid5(uuid.NAMESPACE_URL, name)
    return {"WARC-Record-ID": f"<urn:uuid:{record_id}>", "WARC-Date": "2024-01-31T00:00:00Z"}


def rows_of(documents: Documents, column: str = "html") -> Rows:
    return [{"url": url, column: data.decode('utf-8', 'replace')} for url, data in documents.items()]


# form -> (file name, writer of documents known by their addresses)
FORMS: dict[str, tuple[str, Callable[[Documents], bytes]]] = {
    "zip": ("dump.zip", lambda d: zip_of({_path(url): data for url, data in d.items()})),
    "tar": ("dump.tar", lambda d: tar_of({_path(url): data for url, data in d.items()})),
    "tar.gz": ("dump.tar.gz", lambda d: targz_of({_path(url): data for url, data in d.items()})),
    "jsonl": ("dump.jsonl", lambda d: jsonl_of(rows_of(d))),
    "jsonl.gz": ("dump.jsonl.gz", lambda d: gzip.compress(jsonl_of(rows_of(d)), mtime=0)),
    "jsonl.zst": ("dump.jsonl.zst", lambda d: zstd_of(jsonl_of(rows_of(d)))),
    "parquet": ("dump.parquet", lambda d: parquet_of(rows_of(d))),
    "warc": ("dump.warc", lambda d: warc_of(d, is_packed=False)),
    "warc.gz": ("dump.warc.gz", warc_of),
}


def _path(url: str) -> str:
    return url.partition("//")[2]
