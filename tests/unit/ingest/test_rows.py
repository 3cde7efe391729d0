"""What was read reaches the columns that are named after it."""

import hashlib
import pickle
from datetime import datetime

from ingest import schema
from ingest.document import Report, read_document
from ingest.landing import LandedDocument
from ingest.model import Observation
from ingest.paths import SAMPLES_DIR
from ingest.rows import to_frames

_NAMED_OTHERWISE = {"start": "char_start", "end": "char_end"}


def _read(name: str) -> tuple[LandedDocument, Report]:
    path = SAMPLES_DIR / name
    data = path.read_bytes()
    document = LandedDocument(
        sha256=hashlib.sha256(data).hexdigest(), source_uri=name, file_name=name,
        byte_count=len(data), landed_at=datetime(2026, 1, 1), path=path,
    )  # fmt: skip
    report = read_document(data, name, name)
    assert isinstance(report, Report)
    return document, report


def test_every_field_of_an_observation_stands_in_its_column() -> None:
    read = [_read("anqing_forestry_2021.html"), _read("anqing_forestry_2017.html")]
    frame = to_frames(read, "v1").observations
    rows = frame.to_dicts()
    observed = [(report, o) for _, report in read for o in report.observations]
    assert len(rows) == len(observed) > 200
    assert list(frame.columns) == list(schema.OBSERVATIONS)
    for row, (report, o) in zip(rows, observed, strict=True):
        for field in Observation._fields:
            assert row[_NAMED_OTHERWISE.get(field, field)] == getattr(o, field), field
        assert row["quote"] == report.page.text[o.start : o.end]
        assert row["reader_version"] == "v1"


def test_observations_are_numbered_within_their_report() -> None:
    read = [_read("anqing_forestry_2021.html"), _read("anqing_forestry_2017.html")]
    frames = to_frames(read, "v1")
    keys = frames.reports["report_id"].to_list()
    numbered = [
        (key, f"{key}-{number:04d}")
        for key, (_, report) in zip(keys, read, strict=True)
        for number in range(1, len(report.observations) + 1)
    ]
    assert frames.observations.select("report_id", "observation_id").rows() == numbered


def test_documents_without_a_report_give_no_observations() -> None:
    document, _ = _read("anqing_forestry_2021.html")
    nothing = read_document(b"", "empty.txt", "empty.txt")
    frames = to_frames([(document, nothing)], "v1")
    assert frames.observations.is_empty()
    assert frames.observations.schema == schema.OBSERVATIONS
    assert frames.documents["status"].to_list() == ["quarantined"]


def test_frames_are_the_same_in_another_process() -> None:
    document, _ = _read("anqing_forestry_2021.html")
    nothing = read_document(b"", "empty.txt", "empty.txt")
    for read in ([_read("anqing_forestry_2021.html")], [(document, nothing)], []):
        sent = to_frames(read, "v1")
        received = pickle.loads(pickle.dumps(sent))
        for name, columns in schema.STAGING.items():
            frame = getattr(received, name)
            assert frame.equals(getattr(sent, name))
            assert frame.schema == columns
