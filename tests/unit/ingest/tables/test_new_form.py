"""Next year's form is one more file: nothing else changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.paths import PROJECT_ROOT
from ingest.tables.words import RULES_DIR
from tests.unit.ingest.tables.reading import grids
from tests.unit.ingest.tables.renderer import cell_a_line

_NEW = Path(__file__).parent / "data" / "std_2027.toml"
_TABLE = (
    "第二十条第（一）项 | |||\n信息内容 | 本年印发件数 | 本年失效件数 | 年末有效件数 |\n"
    "行政规范性文件 | 4 | 1 | 23 |\n第二十条第（六）项 | |||\n信息内容 | 本年处理决定数量 |||\n"
    "行政处罚 | 17 |||\n行政检查 | 208 |||\n"
)
_READ = """
import json, sys
from pathlib import Path
from ingest.tables import words
words.RULES_DIR = Path(sys.argv[1])
from ingest.document import Report, read_document
read = read_document(Path(sys.argv[2]).read_bytes(), "r.txt", "r.txt")
assert isinstance(read, Report), read
cells = [[o.form.value, o.table_name, o.row_no, o.value] for o in read.observations if o.table_name]
print(json.dumps([read.form.value, cells]))
"""


def _read(text: str, tmp_path: Path) -> tuple[str, list[list[object]]]:
    rules = tmp_path / "rules"
    shutil.copytree(RULES_DIR, rules)
    shutil.copy(_NEW, rules)
    report = tmp_path / "r.txt"
    title = "云栖县青石镇人民政府2027年政府信息公开工作年度报告\n"
    report.write_text(f"{title}一、总体情况\n二、主动公开政府信息情况\n{text}", encoding="utf8")
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(rules), str(report)],
        capture_output=True, text=True, check=False, cwd=PROJECT_ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    form, cells = json.loads(done.stdout)
    return form, cells


def test_table_of_a_new_form_is_read_when_its_file_is_added(tmp_path: Path) -> None:
    form, cells = _read(_TABLE, tmp_path)
    assert form == "std_2027"
    assert [(f, t, v) for f, t, _, v in cells] == [("std_2027", "t2", v) for v in (4, 1, 23, 17, 208)]
    assert [row for _, _, row, _ in cells] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("known", ["std_2021", "std_2019"])
def test_older_forms_keep_their_names_when_a_new_form_is_added(tmp_path: Path, known: str) -> None:
    form, cells = _read(cell_a_line(grids(known, "dense", 0)).text, tmp_path)
    assert form == known
    assert {f for f, _, _, _ in cells} == {known}
