"""Reports are told from what is none, with the reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from identity_cases import body, identity_of, with_bodies

import ingest.rules

NONE = [
    ("notice", "关于做好2012年政府信息公开工作年度报告编制工作的通知\n各乡镇人民政府:\n为做好年度报告编制工作,请各单位认真编制,于1月31日前报送。联系人:张三。\n二〇一三年一月四日"),
    ("notice", "2013年某县政府信息公开工作要点\n要加大主动公开力度,做好依申请公开,全年培训2次,做好复议诉讼工作。"),
    ("fee_list", "某县行政事业性收费目录清单\n序号 | 收费项目 | 标准\n1 | 复印费 | 0.5元\n政府信息公开"),
    ("interpretation", "一图读懂平阳县2021年政府信息公开工作年度报告\n2021年主动公开信息1230条,收到申请12件,行政复议1件。存在问题"),
    ("regulation", "平阳县政府信息公开年度报告制度\n第一条 为规范政府信息公开工作,各行政机关应当公布年度报告,包括主动公开、依申请公开、收费减免、复议诉讼情况。"),
    ("regulation", "平阳县民政局政府信息公开指南\n一、主动公开 公开范围 二、依申请公开 受理机构 收费标准 申请处理 15个工作日 行政复议"),
    ("form", "平阳县政府信息公开申请表\n申请人信息 姓名 证件号码 所需信息的内容描述 是否申请减免费用"),
    ("empty_template", "××局20××年政府信息公开工作年度报告\n一、概述\n××局共公开信息××条,收到申请××件,××人。收费××元。问题××条"),
    ("error_page", "404 Not Found\nnginx"),
    ("empty", "  \n "),
    ("no_body", "平阳县2012年政府信息公开工作年度报告\n附件下载:平阳县年报.doc"),
    ("list_page", "政府信息公开年报\n" + "\n".join(f"平阳县{x}局2012年政府信息公开工作年度报告 2013-01-10" for x in ("教育", "财政", "民政", "公安", "司法", "卫生", "水利"))),
    ("table_of_contents", "政府信息公开工作年度报告\n目录\n一、概述........1\n二、主动公开........2\n三、依申请公开......5\n四、收费........8\n五、复议.......9"),
    ("no_disclosure_content", "平阳县2012年国民经济和社会发展情况\n" + "全年生产总值100亿元,增长8%。" * 20),
    ("news", "平阳县召开政府信息公开工作推进会\n3月5日,平阳县召开会议,部署主动公开工作。"),
]  # fmt: skip

REPORTS = {
    "notice in front of a report": "平阳县人民政府关于公布2012年政府信息公开工作年度报告的通知\n各乡镇:\n现将报告公布如下。\n" + body("县"),
    "two sentences": "平阳县青街畲族乡2009年政府信息公开工作报告\n2009年我乡主动公开信息12条,未收到依申请公开,没有收费。\n",
    "letter without a title": "县公开办:\n现将我局2009年政府信息公开情况汇报如下:主动公开信息12条,未收到申请,没有发生行政复议,成立了领导小组,问题是更新慢。\n平阳县水利局\n2009年12月1日",
    "menu of guides above the title": "政府信息公开指南\n政府信息公开制度\n政府信息公开年报\n平阳县水利局2012年政府信息公开工作年度报告\n" + body(),
    "nothing but headings and no title": body(),
}  # fmt: skip


def listed(kind: str) -> list[dict[str, str]]:
    """The documents of `kinds.toml`: `none` or `report`."""
    path = Path(__file__).parent / "kinds.toml"
    documents: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf8"))[kind]
    return documents


@pytest.mark.parametrize(("reason", "text"), NONE)
def test_reason_is_given_when_a_document_is_no_report(reason: str, text: str) -> None:
    told = identity_of(text)
    assert not told.is_report
    assert told.not_report_reason == f"not_a_report.{reason}"
    assert told.issues[0].code == told.not_report_reason
    assert told.issues[0].message


@pytest.mark.parametrize("case", listed("none"), ids=lambda c: c["id"])
def test_reason_is_given_when_a_document_only_speaks_of_disclosure(case: dict[str, str]) -> None:
    told = identity_of(with_bodies(case["text"]))
    assert told.not_report_reason == f"not_a_report.{case['reason']}"
    assert told.issues[0].message


@pytest.mark.parametrize("case", listed("report"), ids=lambda c: c["id"])
def test_report_is_not_refused_when_it_looks_like_something_else(case: dict[str, str]) -> None:
    told = identity_of(with_bodies(case["text"]), {"title": case.get("title", "")})
    assert told.is_report, told.issues


@pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS.keys())
def test_document_is_a_report_when_it_gives_an_account(text: str) -> None:
    told = identity_of(text)
    assert told.is_report, told.issues


def _rules() -> dict[str, list[dict[str, Any]]]:
    path = Path(ingest.rules.__file__).parent / "identity" / "kinds.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


@pytest.mark.parametrize("rule", _rules()["title"] + _rules()["text"], ids=lambda r: r["id"])
def test_rule_matches_its_example_and_not_its_near_miss_when_tried(rule: dict[str, Any]) -> None:
    pattern = re.compile(rule["pattern"])
    assert len(pattern.findall(rule["example"])) >= rule.get("minimum_matches", 1)
    assert not pattern.search(rule["near_miss"])
    assert rule["why"]
