"""An inbox with a dump of every form: each report reaches the published warehouse once."""

from __future__ import annotations

import duckdb
import pytest
from dump_forms import FORMS, jsonl_of
from refreshing_home import SAMPLES_DIR, Place

# What the samples hold besides reports is refused by the reader, not by landing.
_REPORTS = [
    path
    for path in sorted(SAMPLES_DIR.iterdir())
    if not path.name.startswith(("fee_list", "notice", "."))
]
_HOST = "http://www.example.gov.cn/nb/"


def _form_of(number: int) -> str:
    return list(FORMS)[number % len(FORMS)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("dumps"))
    place.inbox.mkdir(parents=True)
    by_form: dict[str, dict[str, bytes]] = {form: {} for form in FORMS}
    for number, path in enumerate(_REPORTS):
        by_form[_form_of(number)][_HOST + path.name] = path.read_bytes()
    for form, (name, write) in FORMS.items():
        assert by_form[form], "more forms than reports"
        (place.inbox / name).write_bytes(write(by_form[form]))
    broken = jsonl_of([{"text": "某县通知"}]) + b"{broken\n"
    (place.inbox / "broken.jsonl").write_bytes(broken)
    place.refresh()
    return place


def test_reports_of_all_dumps_are_published_under_their_names(place: Place) -> None:
    with duckdb.connect(str(place.home.published_db), read_only=True) as con:
        rows = con.execute("select source_uri, file_name from marts.dim_report").fetchall()
    assert sorted(name for _, name in rows) == sorted(path.name for path in _REPORTS)
    for uri, name in rows:
        form = _form_of(next(n for n, path in enumerate(_REPORTS) if path.name == name))
        dump = f"{place.inbox}/{FORMS[form][0]}"
        known_by_path = form in ("zip", "tar", "tar.gz")
        assert uri == (f"{dump}/www.example.gov.cn/nb/{name}" if known_by_path else _HOST + name)


def test_broken_line_is_told_with_its_place(place: Place) -> None:
    with duckdb.connect(str(place.home.published_db), read_only=True) as con:
        issues = con.execute(
            "select source_uri, code from marts.issues where stage = 'land'"
        ).fetchall()
    assert issues == [(f"{place.inbox}/broken.jsonl/line 2", "row_unusable")]


def test_second_refresh_lands_nothing_when_the_dumps_are_the_same(place: Place) -> None:
    before = place.published_rows()
    assert "Nothing new" in place.refresh()
    assert place.published_rows() == before


def test_only_the_new_row_is_landed_when_a_dump_has_grown(place: Place) -> None:
    path = place.inbox / "broken.jsonl"
    path.write_bytes(path.read_bytes() + jsonl_of([{"text": "某县又一通知"}]))
    output = place.refresh()
    assert "documents new" in output
    new = next(line for line in output.splitlines() if "documents new" in line)
    assert new.split()[-2] == "1"
