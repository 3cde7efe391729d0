"""Study: how requests and refusals changed over the eras of the forms.

Edit it with `marimo edit docs/studies/requests_and_refusals.py`, or run it as a script. It reads the
published warehouse of GONGKAI_HOME. Every number in its text is computed.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Requests and refusals, era by era")


@app.cell
def _():
    from hashlib import sha256
    from html import escape

    import altair as alt
    import marimo as mo
    import polars as pl
    import vl_convert

    from ingest.paths import SAMPLES_DIR
    from ingest.published import open_published
    from ingest.settings import IngestSettings

    return IngestSettings, SAMPLES_DIR, alt, escape, mo, open_published, pl, sha256, vl_convert


@app.cell
def _(mo):
    mo.md(r"""
    # How requests and refusals changed

    The Regulations of 2007 gave everyone the right to ask an agency for information
    (依申请公开); those of 2019 took away the condition that it be for one's own needs, and named more
    reasons to refuse. Reports changed their form three times: free sentences, an annex
    (since the report of 2014), a standard table (2019), and its revision (2021). **Did agencies get
    more requests, and did they refuse more of them?**

    Three rules keep the comparison honest:

    - **Own figures only** (`org_scope = 'own'`). A government that reports for all below it would be
      counted beside its own offices.
    - **Null is not zero.** A report that does not say how many requests it refused is left out of the
      share of refusals. It is never counted as one that refused none.
    - **Totals or parts.** Refusals are one number in sentences and in the annex, and reasons only in the
      standard tables. The number is taken where it is printed, the sum of its reasons otherwise,
      never both.
    """)
    return


@app.cell
def _(IngestSettings, SAMPLES_DIR, open_published, sha256):
    ERAS = """
        select report_year, form_in_force as era,
               min(report_year) over (partition by form_in_force) as era_from,
               era_from || '–' || max(report_year) over (partition by form_in_force) as years
        from dim_year
    """
    # One row per agency and year: what its own current report says of requests.
    REPORTS = f"""
        with eras as ({ERAS}),
        refused as (
            select report_id,
                   coalesce(
                       max(value) filter (outcome = 'denied'),
                       sum(value) filter (starts_with(outcome, 'denied_'))
                   ) as refused,
                   count(*) filter (qualifier <> 'exact') > 0 as is_approximate
            from fct_requests
            where indicator = 'requests_answered' and org_scope = 'own'
              and applicant_type is null and channel is null
              and (outcome = 'denied' or starts_with(outcome, 'denied_'))
            group by report_id
        )
        select era, era_from, years, y.agency_key, y.agency_name, y.report_year, r.form,
               y.requests_received as received, y.requests_granted as granted, refused.refused,
               refused.is_approximate, r.sha256
        from agency_year y
        join dim_report r using (report_id)
        join eras on y.report_year = eras.report_year
        left join refused using (report_id)
        where y.org_scope = 'own'
        order by y.report_year, y.agency_name
    """
    # Reasons are compared among the forms that list them: the annex and the standard tables.
    REASONS = f"""
        with eras as ({ERAS})
        select era, era_from, outcome as reason, sum(value)::int as refusals,
               count(distinct report_id) as reports_that_print_it
        from fct_requests join eras using (report_year)
        where indicator = 'requests_answered' and org_scope = 'own' and form <> 'narrative'
          and applicant_type is null and channel is null and starts_with(outcome, 'denied_')
          and value is not null
        group by all order by era_from, refusals desc, reason
    """
    with open_published(IngestSettings().home) as con:
        reports = con.sql(REPORTS).pl()
        reasons = con.sql(REASONS).pl()
        eras = con.sql(f"select distinct era, era_from, years from ({ERAS}) order by era_from").pl()
        publication = con.execute("select publication_id from publication").fetchall()[0][0]
    # The samples of the project are invented, under whatever name they were landed.
    samples = [sha256(path.read_bytes()).hexdigest() for path in SAMPLES_DIR.iterdir()]
    invented = reports["sha256"].is_in(samples).sum()
    return eras, invented, publication, reasons, reports


@app.cell
def _(invented, mo, publication, reports):
    source = f"Source: own figures of {reports.height} reports, gongkai publication {publication}"
    if invented:
        source += f", {invented} of them invented"
    mo.md(source + ".")
    return (source,)


@app.cell
def _(eras, pl, reports):
    said = pl.col("received").is_not_null()
    both = said & pl.col("refused").is_not_null() & (pl.col("received") > 0)
    counted = reports.group_by("era").agg(
        pl.len().alias("reports"),
        said.sum().alias("say_received"),
        (pl.col("received") == 0).sum().alias("say_nobody_asked"),
        pl.col("received").median().alias("median_received"),
        pl.col("refused").is_not_null().sum().alias("say_refused"),
        both.sum().alias("say_both"),
        pl.col("received").filter(both).sum().alias("received_of_both"),
        pl.col("refused").filter(both).sum().alias("refused_of_both"),
    )
    # Of eras without such a report nothing is known: null, where a sum of nothing would say 0.
    by_era = (
        eras.join(counted, on="era", how="left")
        .sort("era_from")
        .with_columns(
            pl.when(pl.col("say_both") > 0).then(pl.col(name)).alias(name)
            for name in ("received_of_both", "refused_of_both")
        )
        .with_columns(
            (100 * pl.col("refused_of_both") / pl.col("received_of_both"))
            .round(1)
            .alias("refused_pct")
        )
    )
    return (by_era,)


@app.cell
def _(by_era, mo, table):
    mo.vstack(
        [
            mo.md("""
            ## What the reports say, era by era

            `refused_pct` is refusals in a hundred requests received, over the reports that print both
            (`say_both`) and received one at least. Requests answered in a year are not exactly those
            received in it: some are carried over.
            """),
            table(by_era.drop("era_from")),
        ]
    )
    return


@app.cell
def _(escape, mo):
    def table(frame):
        """All rows of a frame; null is said, whole numbers have no decimals."""

        def cell(value, tag="td"):
            said = (
                "<i>null</i>"
                if value is None
                else value
                if isinstance(value, str)
                else f"{value:,.10g}"
            )
            side = "left" if isinstance(value, str) else "right"
            text = escape(said) if isinstance(value, str) else said
            style = f"padding: .1rem .9rem .1rem 0; text-align: {side}; white-space: nowrap"
            return f'<{tag} style="{style}">{text}</{tag}>'

        head = "".join(cell(name.replace("_", " "), "th") for name in frame.columns)
        rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in frame.rows())
        return mo.Html(
            '<div style="overflow-x: auto"><table style="font-variant-numeric: tabular-nums">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    return (table,)


@app.cell
def _(alt, escape, mo, vl_convert):
    BLUE, ORANGE = "#0072b2", "#d55e00"  # told apart by the colour-blind (Okabe and Ito)

    def show(chart, alternative):
        """A chart as SVG: it needs neither scripts nor the network; `alternative` says it in words."""
        styled = (
            chart.configure_view(stroke=None)
            .configure_axis(labelFontSize=12, titleFontSize=12, gridColor="#e5e7ea")
            .configure_title(
                anchor="start", fontSize=15, subtitleFontSize=12, subtitleColor="#565e66"
            )
            .configure(font="Noto Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif")
        )
        svg = vl_convert.vegalite_to_svg(styled.to_json())
        return mo.Html(f'<div role="img" aria-label="{escape(alternative)}">{svg}</div>')

    def titled(finding, unit, source):
        return alt.TitleParams(finding, subtitle=[unit, source], anchor="start", frame="group")

    return BLUE, ORANGE, show, titled


@app.cell
def _(by_era):
    def first_and_last(column):
        """(years, value) of the first and the last era with one; None where fewer than two have it."""
        known = by_era.filter(by_era[column].is_not_null()).select("years", column).rows()
        return (known[0], known[-1]) if len(known) > 1 else None

    def moved(before, after):
        return "rose" if after > before else "fell" if after < before else "stayed"

    received = first_and_last("median_received")
    refused = first_and_last("refused_pct")
    finding_received = (
        f"The median agency's requests {moved(received[0][1], received[1][1])} from "
        f"{received[0][1]:,.10g} a year ({received[0][0]}) to {received[1][1]:,.10g} ({received[1][0]})"
        if received
        else "Too few eras are held to tell how requests moved"
    )
    finding_refused = (
        f"Of a hundred requests {refused[0][1]:,.10g} were refused in {refused[0][0]}, "
        f"{refused[1][1]:,.10g} in {refused[1][0]}"
        if refused
        else "Too few eras are held to tell how refusals moved"
    )
    return finding_received, finding_refused


@app.cell
def _(BLUE, ORANGE, alt, by_era, finding_received, pl, reports, show, source, titled):
    era_axis = alt.X(
        "years:N", title="report years, by the form in force", axis=alt.Axis(labelAngle=0)
    )
    amount = alt.Y("received:Q", title="requests received", scale=alt.Scale(type="symlog"))
    dots = (
        alt.Chart(reports.filter(pl.col("received").is_not_null()))
        .mark_circle(size=60, color=BLUE, opacity=0.6)
        .encode(x=era_axis, y=amount)
    )
    medians = (
        alt.Chart(by_era.filter(pl.col("median_received").is_not_null()))
        .mark_tick(color=ORANGE, thickness=3, size=60)
        .encode(x=era_axis, y=alt.Y("median_received:Q"))
    )
    chart_received = (dots + medians).properties(
        width=560,
        height=300,
        title=titled(
            finding_received,
            "Requests received; a dot is a report, a tick the median of an era, log scale from 1 on",
            source,
        ),
    )
    show(chart_received, finding_received)
    return chart_received, era_axis


@app.cell
def _(BLUE, alt, by_era, era_axis, finding_refused, pl, show, source, titled):
    labelled = by_era.with_columns(
        pl.when(pl.col("refused_pct").is_null())
        .then(pl.lit("not known"))
        .otherwise(pl.format("{}% (n = {})", "refused_pct", "say_both"))
        .alias("label"),
        pl.col("refused_pct").fill_null(0).alias("label_at"),
    )
    base = alt.Chart(labelled).encode(x=era_axis)
    bars = (
        base.transform_filter("isValid(datum.refused_pct)")
        .mark_bar(color=BLUE, width=60)
        .encode(
            y=alt.Y(
                "refused_pct:Q",
                title="refused of 100 received",
                scale=alt.Scale(domain=[0, 1.2 * (by_era["refused_pct"].max() or 1)]),
            )
        )
    )
    labels = base.mark_text(dy=-8, fontSize=12).encode(y="label_at:Q", text="label:N")
    chart_refused = (bars + labels).properties(
        width=560,
        height=260,
        title=titled(
            finding_refused,
            "Refusals in a hundred requests, over the n reports that print both numbers",
            source,
        ),
    )
    show(chart_refused, finding_refused)
    return (chart_refused,)


@app.cell
def _(mo, reasons, table):
    mo.vstack(
        [
            mo.md("""
            ## The reasons given

            Only the annex and the standard tables list reasons; a 0 here is printed in
            `reports_that_print_it` reports. A reason that an era's form does not have is not in its rows:
            internal affairs (内部事务), process information (过程性信息), enforcement files (行政执法案卷) and
            administrative inquiries (行政查询) came with the Regulations of 2019.
            """),
            table(reasons.drop("era_from")),
        ]
    )
    return


@app.cell
def _(mo, pl, reports, table):
    # The same agencies before and after: what differs is then no matter of who reports.
    in_several = (
        reports.filter(pl.col("received").is_not_null())
        .group_by("agency_key")
        .agg(pl.col("era").n_unique().alias("eras"))
        .filter(pl.col("eras") > 1)["agency_key"]
    )
    same_agencies = (
        reports.filter(pl.col("agency_key").is_in(in_several.implode()))
        .with_columns((100 * pl.col("refused") / pl.col("received")).round(1).alias("refused_pct"))
        .select(
            "agency_name", "era", "report_year", "received", "granted", "refused", "refused_pct"
        )
        .sort("agency_name", "report_year")
    )
    mo.vstack(
        [
            mo.md(f"""
            ## The same agencies, before and after

            Eras differ in who reports. {in_several.len()} of the agencies have reports of more than one
            era; their own series say more than the medians above. Null: the report does not print it.
            """),
            table(same_agencies),
        ]
    )
    return (same_agencies,)


@app.cell
def _(finding_received, finding_refused, invented, mo, reports):
    warning = (
        f"**{invented} of the {reports.height} reports are invented samples: on them the study shows the "
        "way, and finds nothing about China.** "
        if invented
        else ""
    )
    mo.md(f"""
    ## What follows, and what does not

    {finding_received}. {finding_refused}.

    {warning}On any warehouse:

    - What is held is no random draw of what was published (`coverage`); eras are compared over
      different agencies, but for the table above.
    - Forms ask differently. The annex counts answers, sentences often tell the outcomes one cares to
      tell: a report that prints refusals may be one that had some.
    - `partial` grants, requests for what does not exist and requests sent elsewhere are no refusals here.
    - Where sentences name only some reasons to refuse and no number for all, their sum is all that
      is known.
    - Approximate numbers (余, 约) enter with the number printed.
    """)
    return


if __name__ == "__main__":
    app.run()
