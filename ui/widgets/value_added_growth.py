"""How far a group of pupils came: the growth chart, and its spread over the percentiles."""

import pandas as pd
import streamlit as st

from data.scope import Scope
from pipeline.views import GrowthChartView, Query
from ui import formats, state, url_state
from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.charts.growth_chart import growth_chart
from ui.figure_sheets import estimate_sheet
from ui.growth_sentences import (
    bands_finding,
    group_name,
    growth_finding,
    growth_warnings,
    percentile_words,
)
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.url_state import GROWTH_GROUP_KEY
from ui.vocabulary import status_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.school_standing import start_names
from ui.widgets.table import Table, show_table

_KINDS: dict[str, str] = {
    "school": marked("school"),
    "township": marked("township"),
    "school_type": marked("schools of a type"),
    "locale": marked("town and country"),
}
_SIDES: dict[str, Mark] = {
    "more": Mark("▲", "triangle-up", "above", marked("clearly more than in the county")),
    "less": Mark("▼", "triangle-down", "below", marked("clearly fewer than in the county")),
    "alike": Mark("●", "circle", "neutral", marked("not clearly different")),
}
_BAND_WIDTH, _HIGHEST = 20, 99


def show_growth_chart(scope: Scope, query: Query, *, words: Words) -> None:
    """Ask for a group of pupils and show it on the county's growth chart."""
    groups = state.growth_groups(scope, query.exam)
    group = pick_group(groups, words=words)
    if group is None:
        return
    show_growth(state.growth_chart_view(scope, query, group), words=words)


def show_growth(view: GrowthChartView, *, words: Words) -> None:
    """Show the growth chart of a group, beside it its bands, and below it the figures."""
    if view.why is not None:
        st.info(formats.told(view.why, words=words))
        return
    if view.summary is None:
        st.info(
            words(
                "{group} is not shown: {reason}.",
                group=group_name(view.kind, formats.safe_markdown(view.name), words=words),
                reason=status_words(view.status, words=words),
            ),
            icon=":material/visibility_off:",
        )
        return
    chart, bands = st.columns([7, 5])
    with chart:
        show_figure(chart_figure(view, words=words), words=words)
    with bands:
        show_figure(bands_figure(view, words=words), words=words)
    show_table(fifths_table(view, words=words), words=words)


def pick_group(groups: pd.DataFrame, *, words: Words) -> str | None:
    """Ask for a school, a township, or all schools of a kind or place; None until chosen."""
    if groups.empty:
        st.info(words("This exam has no school that may be shown."))
        return None
    names = {str(row["unit"]): _picked_name(row, words) for row in groups.to_dict("records")}
    unknown = url_state.prepare_required(
        GROWTH_GROUP_KEY, codes=list(names), default=next(iter(names))
    )
    chosen = st.selectbox(
        words("Group of pupils"),
        list(names),
        key=GROWTH_GROUP_KEY,
        index=0 if unknown is None else None,
        format_func=lambda code: names[code],
        placeholder=words("Choose a group of pupils"),
        persist_state="session",
    )
    if unknown is not None:
        st.warning(
            words(
                "The link asks for a group of pupils that this exam does not have: {code}. "
                "Choose another one.",
                code=formats.echoed(unknown),
            )
        )
    if chosen is not None:
        url_state.write({GROWTH_GROUP_KEY: chosen})
    return chosen


def chart_figure(view: GrowthChartView, *, words: Words) -> Figure:
    """Return the growth chart with the group's fifths."""
    fifths, own = named_fifths(view, words=words), view.summary
    notes = [
        words(
            "Curves: of the county's pupils with the same prior score, 10, 25, 50, 75 and 90 "
            "in 100 lie below. Marks: the group's pupils in each fifth of the county's prior "
            "scores, with 95% intervals."
        ),
        *_hidden_note(view.fifths, words),
        *growth_warnings(view, words=words),
    ]
    if own is not None:
        notes.insert(0, percentile_words(own, words=words))
    if own is not None and own.n_schools > 1:
        notes.append(
            words(
                "Pupils of {schools}; intervals allow for chance between pupils, not for what "
                "pupils of one school have in common.",
                schools=words.plural("{n} school", "{n} schools", n=own.n_schools),
            )
        )
    if view.status == "low_coverage":
        notes.append(status_words("low_coverage", words=words))
    return Figure(
        "growth_chart",
        lambda palette: growth_chart(view.curves, fifths, words=words, palette=palette),
        caption_of(
            view.stamp,
            finding=growth_finding(view, words=words),
            words=words,
            notes=tuple(notes),
        ),
        ("growth_percentile", "growth_chart"),
    )


def bands_figure(view: GrowthChartView, *, words: Words) -> Figure:
    """Return the shares of the five bands of growth, highest on top."""
    rows = band_rows(view.bands, words=words)
    axis = RowsAxis(
        words("Share of the group's pupils"),
        "share",
        line=0.2,
        line_name=words("one fifth"),
    )
    return Figure(
        "growth_bands",
        lambda palette: figure_rows(
            rows,
            axis=axis,
            marks=_SIDES,
            names={code: words(mark.word) for code, mark in _SIDES.items()},
            palette=palette,
        ),
        caption_of(
            view.stamp,
            finding=bands_finding(view.bands, words=words),
            words=words,
            notes=(
                words("Bands of growth percentiles, with 95% intervals (Wilson)."),
                *_hidden_note(view.bands, words),
            ),
        ),
        ("growth_bands",),
        estimate_sheet(
            rows.assign(status=view.bands["status"][::-1].to_numpy()),
            title=words("Share (%)"),
            words=words,
            kind="points",
        ),
    )


def fifths_table(view: GrowthChartView, *, words: Words) -> Table:
    """Return the table of the group's fifths."""
    fifths = named_fifths(view, words=words)
    measures = {"median": words("median"), "mean": words("mean")}
    rows = pd.DataFrame(
        {
            "name": fifths["name"],
            "n": fifths["n"],
            "start": fifths["start"],
            "estimate": fifths["estimate"],
            "measure": fifths["measure"].map(measures),
            "low": fifths["low"],
            "high": fifths["high"],
            "typical": fifths["typical"],
            "status": [status_words(str(code), words=words) for code in fifths["status"]],
        }
    )
    columns = {
        "name": Column(words("Fifth of starts")),
        "n": Column(words("n"), "count"),
        "start": Column(words("Mean prior score"), "points"),
        "estimate": Column(words("Current score"), "points"),
        "measure": Column(words("Statistic")),
        "low": Column(words("low"), "points"),
        "high": Column(words("high"), "points"),
        "typical": Column(words("County's median at this start"), "points"),
        "status": Column(words("Status")),
    }
    caption = chart_figure(view, words=words).caption
    return Table(
        "growth_fifths", rows, columns, caption, ("growth_chart",), is_below_chart=True
    )


def named_fifths(view: GrowthChartView, *, words: Words) -> pd.DataFrame:
    """Return the fifths with their names, lowest start first."""
    return view.fifths.assign(name=start_names(len(view.fifths), words=words))


def band_rows(bands: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the bands as rows of a chart, highest first."""
    low, high = bands["low"], bands["high"]
    mark = pd.Series("alike", index=bands.index, dtype="str")
    mark = mark.mask(low > bands["county_share"], "more")
    mark = mark.mask(high < bands["county_share"], "less")
    rows = bands.assign(
        code=bands["band"].astype("str"),
        name=[_band_name(int(band), words) for band in bands["band"]],
        estimate=bands["share"],
        mark=mark,
    )
    hovers = [_band_hover(row, words) for row in rows.to_dict("records")]
    return rows.assign(hover=hovers)[::-1].reset_index(drop=True)


def _band_name(band: int, words: Words) -> str:
    first = _BAND_WIDTH * (band - 1) + 1
    last = min(_BAND_WIDTH * band, _HIGHEST)
    return words("percentile {first}–{last}", first=first, last=last)


def _band_hover(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["estimate"]):
        return ""
    ends = formats.interval(formats.rate(row["low"]), formats.rate(row["high"]))
    return "<br>".join(
        [
            f"<b>{row['name']}</b>",
            f"{formats.rate(row['estimate'])} {ends}",
            words("county: {share}", share=formats.rate(row["county_share"])),
            words("{n} pupils", n=formats.count(row["n"])),
        ]
    )


def _hidden_note(rows: pd.DataFrame, words: Words) -> tuple[str, ...]:
    n = int((rows["status"] == "suppressed").sum())
    if not n:
        return ()
    return (
        words.plural(
            "{n} fifth is not shown: fewer than 10 pupils, or needed to protect one",
            "{n} fifths are not shown: fewer than 10 pupils, or needed to protect one",
            n=n,
        ),
    )


def _picked_name(row: formats.Row, words: Words) -> str:
    kind = str(row["kind"])
    name = group_name(kind, str(row["name"]), words=words)
    return name if kind == "school" else f"{name} ({words(_KINDS[kind])})"
