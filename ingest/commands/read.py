"""`gongkai read`: reads reports without a warehouse and shows what was read and from where.

What lives here: arguments and printing. What does not: reading (`ingest/document.py`).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

_WIDE = 110  # columns of a terminal that has room for the rules
_QUOTE_LENGTH = 48  # characters of a quote in the table; --json has it whole


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file, for programs.")
@click.option(
    "--explain",
    is_flag=True,
    help="The text with every figure marked, its rule, and the numbers left alone with the reason.",
)
def read(files: tuple[Path, ...], as_json: bool, explain: bool) -> None:
    """Read FILES and show whose report each is, its figures and the words they were read from.

    Exit status 1 where a file gave no report, 2 where a file does not exist.
    """
    console = Console(soft_wrap=as_json)
    missing = [f for f in files if not f.is_file()]
    for file in missing:
        click.echo(f"{file}: no such file. Give the path of a report (.txt .html .pdf .docx).", err=True)
    failed = False
    for file in files:
        if file not in missing:
            failed = not _show(file, console, as_json=as_json, explain=explain) or failed
    sys.exit(2 if missing else int(failed))


def _show(file: Path, console: Console, *, as_json: bool, explain: bool) -> bool:
    from ingest.document import NotRead, read_document

    try:
        data = file.read_bytes()
    except OSError as error:
        click.echo(f"{file}: cannot be read ({error.strerror}). Check its permissions.", err=True)
        return False
    result = read_document(data, file.name, str(file))
    if isinstance(result, NotRead):
        if as_json:
            click.echo(json.dumps({"file": str(file), "read": False, "code": result.code, "issues": [_plain(asdict(i)) for i in result.issues]}, ensure_ascii=False))  # fmt: skip
        else:
            console.print(f"[bold]{escape(str(file))}[/bold]: no report was read ({result.code})")
            for issue in result.issues:
                console.print(f"  {escape(issue.message)}")
        return False
    if as_json:
        click.echo(json.dumps(_as_json(file, result), ensure_ascii=False))
    else:
        _print_identity(file, result, console)
        _print_observations(result, console)
        if explain:
            _print_text(result, console)
    return True


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Enums and dates as text."""
    return {
        k: v if v is None or isinstance(v, bool | int | float | list | dict) else str(v)
        for k, v in values.items()
    }


def _as_json(file: Path, report: Any) -> dict[str, Any]:
    identity = _plain(
        {k: v for k, v in asdict(report.identity).items() if not k.endswith("issues")}
        | {"script": report.folded.script, "form": report.form}
    )
    for name in ("agency_evidence", "region_evidence", "year_evidence"):
        identity[name] = [asdict(e) for e in getattr(report.identity, name)]
    text = report.page.text
    return {
        "file": str(file),
        "read": True,
        "identity": identity,
        "observations": [
            _plain(o._asdict()) | {"quote": text[o.start : o.end]} for o in report.observations
        ],
        "issues": [_plain(asdict(i)) for i in report.issues],
        "left_alone": [
            {"text": n.text, "reason": n.reason, **_raw(report, n.start, n.end)}
            for n in report.left_alone
        ],
    }


def _raw(report: Any, start: int, end: int) -> dict[str, int]:
    span = report.folded.raw_span(start, end)
    return {"start": span.start, "end": span.end}


def _print_identity(file: Path, report: Any, console: Console) -> None:
    i = report.identity
    console.print(f"\n[bold]{escape(str(file))}[/bold]")
    table = Table(show_header=False, box=None, pad_edge=False)
    for label, value in (
        ("agency", i.agency_name or "not told"),
        ("place", i.region_code or "not told"),
        ("report year", i.report_year or "not told"),
        ("period", f"{i.period_start} to {i.period_end}" if i.period_start else "not told"),
        ("published", i.published_on or "not told"),
        ("signed", i.signed_on or "not told"),
        ("script, form, scope", f"{report.folded.script} {report.form} {i.org_scope}"),
        ("confidence", f"{i.confidence:.2f}"),
    ):
        table.add_row(f"  {label}", escape(str(value)))
    for evidence in (*i.agency_evidence[:3], *i.region_evidence[:3], *i.year_evidence[:2]):
        table.add_row(f"  from {evidence.kind}", escape(f"«{evidence.text}» → {evidence.value}"))
    console.print(table)


def _value(o: Any) -> str:
    if o.value is None:
        return str(o.value_semantic)
    sign = {"at_least": "≥ ", "at_most": "≤ ", "approx": "~ "}.get(str(o.qualifier), "")
    return f"{sign}{o.value:,.10g}"


def _breakdown(o: Any) -> str:
    parts = (o.category_label, o.channel, o.applicant_type, o.outcome, o.org_group)
    return " ".join(p for p in parts if p)


def _print_observations(report: Any, console: Console) -> None:
    table = Table(title=f"{len(report.observations)} figures", title_justify="left")
    wide = console.width >= _WIDE
    table.add_column("figure", overflow="fold", ratio=3)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("share", justify="right", no_wrap=True)
    if wide:
        table.add_column("rule", overflow="fold", ratio=2)
    table.add_column("quote", overflow="fold", ratio=3)
    text = report.page.text
    for o in report.observations:
        quote = " ".join(text[o.start : o.end].split())
        figure = " ".join(filter(None, (o.indicator, _breakdown(o))))
        if o.time_scope != "year":
            figure += f" ({o.time_scope})"
        row = [
            escape(figure),
            _value(o),
            f"{o.share_pct:g}%" if o.share_pct is not None else "",
            *([o.rule_id] if wide else []),
            escape(quote[:_QUOTE_LENGTH] + ("…" if len(quote) > _QUOTE_LENGTH else "")),
        ]
        table.add_row(*row)
    console.print(table)
    for issue in report.issues:
        console.print(f"  {issue.severity}: {escape(issue.message)}")


def _print_text(report: Any, console: Console) -> None:
    """The report's text: figures in green with their rule, those left alone in yellow, dates grey."""
    from ingest.narrative.no_figures import numbers_without_figures

    text = report.page.text
    marks = [(o.start, o.end, "black on green", o.rule_id) for o in report.observations]
    for number in report.left_alone:
        span = report.folded.raw_span(number.start, number.end)
        marks.append((span.start, span.end, "black on yellow", number.reason))
    for number in numbers_without_figures(report.folded.text):
        span = report.folded.raw_span(number.start, number.end)
        marks.append((span.start, span.end, "dim underline", ""))
    out, at = Text(), 0
    for start, end, style, note in sorted(marks):
        if start < at:
            continue
        out.append(text[at:start])
        out.append(text[start:end], style=style)
        if note:
            out.append(f" [{note}] ", style="dim")
        at = end
    out.append(text[at:])
    console.print(out)
