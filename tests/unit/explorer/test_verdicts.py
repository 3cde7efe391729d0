"""Verdicts: a line is added, nothing is lost, only our own forms write, the models read it."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest
from explored import Answer, Asker

from explorer.verdicts import Verdict, VerdictsUnusable, append_verdict, read_verdicts

HEAD = "finding_id,operands_hash,verdict,comment,decided_by,decided_on"
GIVEN = Verdict("f1", "h1", "confirmed", '表格, "原文"', "张三", "2026-03-01T10:00:00.000Z")
FINDING = "share-rc68dc01a2c77fe08-0009"


@pytest.mark.parametrize(
    "held",
    [
        f"{HEAD}\n",
        f"{HEAD}\r\nf0,h0,comment,旧,x,2020-01-01\r\n",
        f"\ufeff{HEAD}\nf0,h0,comment,no line end,x,2020-01-01",
        "decided_on,note,finding_id,operands_hash,verdict,comment,decided_by\n2020-01-01,n,f0,h0,comment,,x\n",
    ],
)
def test_line_is_added_and_every_byte_before_it_stays(tmp_path: Path, held: str) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_bytes(held.encode())
    append_verdict(tmp_path, GIVEN)

    assert path.read_bytes().startswith(held.encode())
    assert read_verdicts(tmp_path)["f1", "h1"] == GIVEN
    assert list(tmp_path.iterdir()) == [path]


def test_file_is_made_where_none_is(tmp_path: Path) -> None:
    append_verdict(tmp_path / "new", GIVEN)
    assert (tmp_path / "new" / "verdicts.csv").read_text().startswith(HEAD)


@pytest.mark.parametrize("held", [b"finding_id,verdict\n", b"\xff\xfe\x00", b""])
def test_file_that_is_none_of_ours_is_named_and_left_alone(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_bytes(held)
    with pytest.raises(VerdictsUnusable, match=re.escape(str(path))):
        append_verdict(tmp_path, GIVEN)
    assert path.read_bytes() == held


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    with pytest.raises(VerdictsUnusable, match="GONGKAI_VERDICTS_DIR"):
        append_verdict(in_the_way, GIVEN)


def test_verdicts_given_at_once_are_all_kept(tmp_path: Path) -> None:
    def give(number: int) -> None:
        append_verdict(tmp_path, replace(GIVEN, finding_id=f"f{number}"))

    threads = [threading.Thread(target=give, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_verdicts(tmp_path)) == 20


def test_models_take_the_later_of_two_verdicts_of_a_day(tmp_path: Path) -> None:
    append_verdict(tmp_path, GIVEN)
    later = replace(GIVEN, verdict="dismissed", decided_on="2026-03-01T10:00:00.001Z")
    append_verdict(tmp_path, later)
    # As dbt_project's source `people` and model `stg_verdicts` do.
    taken = duckdb.sql(
        f"select verdict, cast(decided_on as date)::varchar from read_csv('{tmp_path}/*.csv', "
        "header = true, delim = ',', quote = '\"', all_varchar = true, union_by_name = true) "
        "qualify row_number() over (partition by finding_id, operands_hash "
        "order by decided_on desc, verdict asc) = 1"
    ).fetchall()
    assert taken == [("dismissed", "2026-03-01")]
    assert read_verdicts(tmp_path)["f1", "h1"] == later


def fields_of(asker: Asker) -> tuple[dict[str, str], str]:
    """The fields of a finding's form as the page gives them, and the cookie beside it."""
    page = asker.get(f"/findings?finding={FINDING}")
    form = page.text[page.text.index('action="/findings/verdict"') :]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("<fieldset>")]))
    fields |= {"verdict": "confirmed", "comment": "看过\n原文 =1+1", "decided_by": "李四"}
    return fields, page.headers["set-cookie"].partition(";")[0]


def send(asker: Asker, fields: dict[str, str], **headers: str) -> Answer:
    return asker.post("/findings/verdict", fields, **headers)


def test_verdict_is_written_and_shown_as_pending(asker: Asker, verdicts_dir: Path) -> None:
    fields, cookie = fields_of(asker)
    answer = send(asker, fields, cookie=cookie, origin="http://127.0.0.1")

    assert answer.status == 303
    assert answer.headers["location"] == f"/findings?finding={FINDING}#finding-{FINDING}"
    given = read_verdicts(verdicts_dir)[FINDING, fields["operands_hash"]]
    assert (given.verdict, given.comment, given.decided_by) == (
        "confirmed", "看过 原文 =1+1", "李四",
    )  # fmt: skip
    text = asker.get(f"/findings?finding={FINDING}").text
    assert "It takes effect at the next refresh." in text
    assert "李四" in text


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"cookie": "gongkai_form=other"},
        {"cookie": ""},
    ],
)
def test_form_from_elsewhere_writes_nothing(
    asker: Asker, verdicts_dir: Path, change: dict[str, str]
) -> None:
    fields, cookie = fields_of(asker)
    answer = send(asker, fields, **{"cookie": cookie, "origin": "http://127.0.0.1", **change})
    assert answer.status == 403
    assert not verdicts_dir.exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"token": "wrong"}, 403),
        ({"verdict": "perhaps"}, 400),
        ({"decided_by": "  "}, 400),
        ({"verdict": "comment", "comment": ""}, 400),
        ({"comment": "x" * 1001}, 400),
        ({"comment": "x" * 30_000}, 413),
        ({"finding_id": "another"}, 404),
        ({"operands_hash": "another"}, 404),
    ],
)
def test_verdict_that_is_none_writes_nothing(
    asker: Asker, verdicts_dir: Path, change: dict[str, str], status: int
) -> None:
    fields, cookie = fields_of(asker)
    assert send(asker, fields | change, cookie=cookie).status == status
    assert not verdicts_dir.exists()


def test_address_to_come_back_to_is_a_page_of_ours(asker: Asker) -> None:
    fields, cookie = fields_of(asker)
    fields["back"] = urlencode({"year": "2010"}) + "&//evil.example/=x"
    location = send(asker, fields, cookie=cookie).headers["location"]
    assert location.startswith("/findings?year=2010&")


def test_unreadable_file_of_verdicts_is_told_on_the_page(asker: Asker, verdicts_dir: Path) -> None:
    verdicts_dir.mkdir()
    (verdicts_dir / "other.csv").write_bytes(b"\xff\xfe")
    text = asker.get("/findings").text
    assert "other.csv is not UTF-8" in text
