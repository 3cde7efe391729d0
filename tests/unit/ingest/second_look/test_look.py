"""The second look at a cell: the same, different, or not found; never guessed."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from ingest.formats.media import Media
from ingest.second_look.equations import places
from ingest.second_look.look import Outcome, look_at, runs_of
from ingest.second_look.staged import look_at_table
from ingest.second_look.streams import NoSecondReader, read_stream
from tests.unit.ingest.second_look.grid_values import correct_tables, equations_of, values_of
from tests.unit.ingest.tables.forms_grid import Grid

FORMS = ("std_2021", "std_2019")


def as_html(tables: list[Grid]) -> bytes:
    rows = "".join(
        "<table>"
        + "".join(
            "<tr>"
            + "".join(f"<td rowspan={c.rows} colspan={c.columns}><p>{c.text}</p></td>" for c in row)
            + "</tr>"
            for row in grid.rows
        )
        + "</table>"
        for grid in tables
    )
    return f"<html><body><p>收到申请3件</p>{rows}<p>五、存在的问题</p></body></html>".encode()


def as_unclosed_html(tables: list[Grid]) -> bytes:
    return as_html(tables).replace(b"</td>", b"").replace(b"</tr>", b"")


def as_text(tables: list[Grid]) -> bytes:
    lines = [" | ".join(c.text for c in row) for grid in tables for row in grid.rows]
    return "\n".join(["收到申请3件。", *lines, "五、存在的问题"]).encode()


def as_docx(tables: list[Grid]) -> bytes:
    document = docx.Document()
    document.add_paragraph("收到申请3件。")
    for grid in tables:
        for row in grid.rows:
            table = document.add_table(rows=1, cols=len(row))
            for cell, printed in zip(table.rows[0].cells, row, strict=True):
                cell.text = printed.text
    document.add_paragraph("五、存在的问题")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WRITERS: dict[str, tuple[Callable[[list[Grid]], bytes], Media]] = {
    "html": (as_html, Media.HTML),
    "html without closing tags": (as_unclosed_html, Media.HTML),
    "text": (as_text, Media.TEXT),
    "docx": (as_docx, Media.DOCX),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("writer", WRITERS)
def test_every_cell_reads_the_same_when_the_first_reading_was_right(writer: str, form: str) -> None:
    write, media = WRITERS[writer]
    for density in ("zero", "sparse", "dense"):
        tables = correct_tables(form, density, 5)
        runs = runs_of(read_stream(write(tables), media.value))
        for code, value in values_of(tables).items():
            assert look_at(runs, places()[form][code], value).outcome is Outcome.SAME, code


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("writer", WRITERS)
def test_look_differs_when_the_first_reading_was_wrong(writer: str, form: str) -> None:
    write, media = WRITERS[writer]
    tables = correct_tables(form, "dense", 6)
    runs = runs_of(read_stream(write(tables), media.value))
    for code, value in values_of(tables).items():
        look = look_at(runs, places()[form][code], (value or 0) + 1)
        assert (look.outcome, look.value) == (Outcome.DIFFERS, value)


def test_misread_cell_is_located_and_doubted_when_its_sums_fail() -> None:
    tables = correct_tables("std_2021", "dense", 7)
    code = ("requests_answered", "", "natural", "granted")
    read_first = {**values_of(tables), code: 123456.0}

    seen = look_at_table(
        as_html(tables), Media.HTML.value, read_first, equations_of("std_2021"), places()["std_2021"]
    )

    assert [cell for cell, (_, is_located) in seen.items() if is_located] == [code]
    assert [c for c, (look, _) in seen.items() if look.outcome is Outcome.DIFFERS] == [code]


def test_printed_error_reads_the_same_twice_when_the_page_itself_is_wrong() -> None:
    tables = correct_tables("std_2021", "dense", 8)
    page = as_html(tables)
    values = values_of(tables)
    total = ("reconsideration_cases", "", "", "")
    printed = f"<p>{int(values[total] or 0)}</p></td>"
    head, tail = page.decode().split("复议后起诉")
    page = (head + "复议后起诉" + tail.replace(printed, "<p>99</p></td>", 1)).encode()

    seen = look_at_table(
        page, Media.HTML.value, {**values, total: 99.0}, equations_of("std_2021"), places()["std_2021"]
    )

    assert seen[total][0].outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("data", "media"),
    [(b"%PDF-1.4 broken", Media.PDF), (b"PK\x03\x04", Media.DOCX), (b"x", "image/png")],
)
def test_nothing_is_found_when_the_second_reader_cannot_open_the_document(
    data: bytes, media: str
) -> None:
    with pytest.raises(NoSecondReader):
        read_stream(data, str(media))
    values = values_of(correct_tables("std_2021", "dense", 9))
    wrong = {**values, ("requests_received", "", "", ""): 1.0}

    seen = look_at_table(data, str(media), wrong, equations_of("std_2021"), places()["std_2021"])

    assert {look.outcome for look, _ in seen.values()} == {Outcome.NOT_FOUND}


def test_cell_is_not_found_when_its_row_has_a_number_too_few() -> None:
    text = "（一）予以公开 4 1 0 0 0 5\n（二）部分公开".encode()
    place = places()["std_2021"]["requests_answered", "", "natural", "granted"]

    assert look_at(runs_of(read_stream(text, Media.TEXT.value)), place, 4).outcome is Outcome.NOT_FOUND


def test_traditional_label_and_full_width_numbers_are_understood() -> None:
    text = "（一）予以公開 ４ １ 0 0 0 0 ５\n（二）部分公開".encode()
    place = places()["std_2021"]["requests_answered", "", "natural", "granted"]

    assert look_at(runs_of(read_stream(text, Media.TEXT.value)), place, 4).outcome is Outcome.SAME
