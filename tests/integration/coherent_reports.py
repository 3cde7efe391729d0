"""Reports in which everything that is printed adds up, in many wordings: nothing in them may fail.

What lives here: a seeded generator of sentences and tables whose numbers agree. What does not:
reports with random numbers (`tests/corpus/planting.py`), whose parts need not give their totals.
"""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from tests.unit.ingest.second_look.grid_values import values_of
from tests.unit.ingest.tables.forms_grid import Grid
from tests.unit.ingest.tables.reading import grids

_CATEGORIES = ("政策法规类", "机构职能类", "规划计划类", "工作动态类", "通知公告类", "财政信息类")
_WAYS = ("当面", "网络", "信函")
_OUTCOMES = ("同意公开", "同意部分公开", "不予公开", "信息不存在")


def narrative(seed: int) -> str:
    """A report of the free-text years."""
    rng = random.Random(seed)
    year = rng.randint(2008, 2018)
    parts = [rng.randint(1, 300) for _ in range(rng.randint(2, 6))]
    lines = [f"甲县教育局{year}年政府信息公开工作年度报告", "一、主动公开政府信息情况"]
    lines.append(f"{year}年{rng.choice(['主动公开', '共主动公开', '全年主动公开'])}政府信息{_total(parts, rng)}")
    lines += ["二、依申请公开政府信息情况", _requests(rng)]
    full, part = rng.randint(0, 4), rng.randint(1, 9)
    lines += ["三、其他", f"从事政府信息公开工作人员{full + part}人，其中专职{full}人，兼职{part}人。"]
    ways = [rng.randint(1, 90) for _ in range(3)]
    lines.append(
        f"接待咨询{sum(ways)}人次，其中现场咨询{ways[0]}人次，电话咨询{ways[1]}人次，网上咨询{ways[2]}人次。"
    )
    lines.append("没有因政府信息公开被申请行政复议、提起行政诉讼。")
    return "\n".join(lines)


def standard(seed: int) -> str:
    """A report on a standard form, whose sentences say what its tables say."""
    rng = random.Random(seed)
    form = rng.choice(["std_2021", "std_2019"])
    tables = [g for g in grids(form, rng.choice(["sparse", "dense", "zero"]), seed) if g.table != "t2"]
    values = values_of(tables)
    received, carried_in, answered, carried_out = (
        int(values[f"requests_{what}", "", "", ""] or 0)
        for what in ("received", "carried_in", "answered", "carried_out")
    )
    if rng.random() < 0.5:
        told = f"收到政府信息公开申请{received}件，上年结转{carried_in}件，"
    else:
        told = f"办理政府信息公开申请{received + carried_in}件，"
    told += f"答复{answered}件，结转下年度继续办理{carried_out}件。"
    heads = {"t3": "三、收到和处理政府信息公开申请情况", "t4": "四、政府信息公开行政复议、行政诉讼情况"}
    body = "".join(f"<p>{heads[grid.table]}</p>{table(grid)}" for grid in tables)
    title = f"<p>甲县教育局{2019 + seed % 6}年政府信息公开工作年度报告</p><p>一、总体情况</p>"
    return f"<html><body>{title}<p>{told}</p>{body}<p>五、存在的主要问题及改进情况</p></body></html>"


def _total(parts: list[int], rng: random.Random) -> str:
    total = sum(parts)
    kind = rng.choice(["whole", "shares", "choice", "approximate", "open"])
    listed = parts[:-1] if kind in ("choice", "open") else parts
    words = []
    for name, count in zip(_CATEGORIES, listed, strict=False):
        share = ""
        if kind == "shares":
            digits = rng.choice(["1", "0.1", "0.01"])
            exact = Decimal(count * 100) / total
            share = f"，占{exact.quantize(Decimal(digits), ROUND_HALF_UP)}%"
        words.append(f"{name}{count}条{share}")
    if kind == "approximate":
        return f"{total // 10 * 10}余条，其中{'，'.join(words)}。"
    ending = "等。" if kind == "open" else "。"
    return f"{total}条。其中：{rng.choice(['，', '；', '、'])[0].join(words)}{ending}"


def _requests(rng: random.Random) -> str:
    answers = [rng.randint(0, 20) for _ in _OUTCOMES]
    answered, pending = sum(answers), rng.randint(0, 3)
    received = answered + pending
    cuts = sorted(rng.randint(0, received) for _ in range(2))
    ways = (cuts[0], cuts[1] - cuts[0], received - cuts[1])
    came = "，".join(f"{way}申请{count}件" for way, count in zip(_WAYS, ways, strict=True))
    base = rng.choice([answered, received]) or 1
    told = []
    for outcome, count in zip(_OUTCOMES, answers, strict=True):
        share = (Decimal(count * 100) / base).quantize(Decimal("0.1"), ROUND_HALF_UP)
        told.append(f"{outcome}{count}件，占{share}%")
    return (
        f"收到政府信息公开申请{received}件，其中{came}。已答复{answered}件，"
        f"{pending}件结转下年办理。答复中{'；'.join(told)}。"
    )


def table(grid: Grid) -> str:
    """A grid as HTML."""
    rows = "".join(
        "<tr>"
        + "".join(f"<td rowspan={c.rows} colspan={c.columns}>{c.text}</td>" for c in row)
        + "</tr>"
        for row in grid.rows
    )
    return f"<table>{rows}</table>"
