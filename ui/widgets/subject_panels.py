"""Panels of the subject's page: all schools, gaps, the share between schools, the county."""

from functools import partial
from typing import cast

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.equity.limits import ICC_LIMIT
from pipeline.views import Measure, SubjectView
from ui import formats, url_state
from ui.charts.beeswarm import beeswarm
from ui.charts.figure_rows import RowsAxis, figure_rows, with_hover, words_of
from ui.figure_sheets import estimate_sheet
from ui.flag_marks import (
    COUNTY_FLAGS,
    OWN_AMONG_OTHERS,
    SIDES_OF_VALUE_ADDED,
    SIDES_OF_Z,
    SUBJECT_FLAGS,
)
from ui.sentences import no_difference
from ui.stamp import caption_of
from ui.subject_sentences import (
    county_finding,
    gaps_finding,
    gaps_notes,
    largest,
    shares_finding,
    standing_finding,
    trend_finding,
)
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Palette
from ui.vocabulary import status_words, subject_name
from ui.widgets.figure import Figure, show_figure, show_selectable_figure
from ui.widgets.table import Table, show_table
from ui.widgets.unknown_code import say_unknown

MEASURE_KEY = "measure"
_MEASURES: dict[Measure, str] = {
    "z": marked("Attainment"),
    "value_added": marked("Value-added"),
}


def pick_measure(*, has_baseline: bool, words: Words) -> Measure:
    """Ask whether schools are compared in attainment or in value-added."""
    codes = list(_MEASURES) if has_baseline else ["z"]
    unknown = url_state.prepare(MEASURE_KEY, codes=codes, default="z")
    st.segmented_control(
        words("Compare schools in"),
        codes,
        key=MEASURE_KEY,
        format_func=lambda code: words(_MEASURES[cast(Measure, code)]),
        persist_state="session",
        required=True,
    )
    chosen = st.session_state[MEASURE_KEY]
    say_unknown(unknown)
    url_state.write({MEASURE_KEY: chosen})
    if not has_baseline:
        st.caption(
            words(
                "Value-added needs an earlier exam of the same pupils; this exam has none, so "
                "schools are compared in attainment."
            )
        )
    return cast(Measure, chosen)


def show_standing(view: SubjectView, *, words: Words) -> str | None:
    """Draw all schools in the subject; return the school that was clicked."""
    if view.measure == "value_added" and view.model.status != "ok":
        st.info(_why_no_value_added(view, words), icon=":material/balance:")
        return None
    if view.schools["side"].isna().all():
        st.info(words("No school can be shown in this subject."))
        return None
    by_z = view.measure == "z"
    marks = SIDES_OF_Z if by_z else SIDES_OF_VALUE_ADDED
    title = (
        words("Attainment: mean z, in pupil SD") if by_z else words("Value-added, in pupil SD")
    )
    caption = caption_of(
        view.stamp,
        finding=standing_finding(view, words=words),
        words=words,
        notes=(words("Each point is a school; names stand only beside those that stand out."),),
    )
    figure = Figure(
        "standing",
        lambda palette: beeswarm(
            view.schools, title=title, marks=marks, words=words, palette=palette
        ),
        caption,
        (view.measure,),
        estimate_sheet(view.schools, title=title, words=words),
        is_wide=True,
    )
    return show_selectable_figure(figure, words=words)


def show_gaps(view: SubjectView, *, words: Words) -> str | None:
    """Draw and list who is strong or weak in the subject; return the school chosen."""
    if view.gaps_why is not None:
        why = formats.told(view.gaps_why, words=words)
        st.info(words("No subject gaps. {reason}", reason=why), icon=":material/data_alert:")
        return None
    caption = caption_of(
        view.stamp,
        finding=gaps_finding(view, words=words),
        words=words,
        notes=gaps_notes(view, words=words),
    )
    drawn = view.gaps.rename(columns={"school": "code", "gap": "estimate", "flag": "mark"})
    axis = RowsAxis(words("Subject gap, in pupil SD"))
    figure = Figure(
        "gaps",
        lambda palette: figure_rows(
            with_hover(largest(drawn, by="estimate"), axis, words=words),
            axis=axis,
            marks=SUBJECT_FLAGS,
            names=words_of(SUBJECT_FLAGS, words=words),
            palette=palette,
        ),
        caption,
        ("gap", "q_value"),
    )
    clicked = show_selectable_figure(figure, words=words)
    # What is flagged stands first: the others are there to be looked up.
    listed = view.gaps.sort_values(["q_value", "school"], ignore_index=True)
    table = Table(
        "gap_table",
        gap_table(listed, words=words),
        _gap_columns(words),
        caption,
        ("gap", "q_value"),
        codes=list(listed["school"]),
        most_rows=8,
        is_below_chart=True,
    )
    return show_table(table, words=words) or clicked


def gap_table(gaps: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the gaps as they are listed, with the flag or the reason in words."""
    return pd.DataFrame(
        {
            "name": gaps["name"],
            "flag": [_flag(row, words) for row in gaps.to_dict("records")],
            "gap": gaps["gap"],
            "interval": [
                formats.signed_interval(low, high) or None
                for low, high in zip(gaps["low"], gaps["high"], strict=True)
            ],
            "q_value": gaps["q_value"],
            "raw_gap": gaps["raw_gap"],
            "n_pupils": gaps["n_pupils"],
        }
    )


def show_shares(view: SubjectView, *, words: Words) -> None:
    """Draw the share between schools of every subject, and its trend in this one."""
    axis = RowsAxis(
        words("Share of the variance between schools"),
        "share",
        line=ICC_LIMIT,
        line_name=words("reference line 15%"),
    )
    note = words("Whiskers are 95% intervals; subjects whose whiskers overlap may be equal.")
    rows = view.shares.assign(
        code=view.shares["subject"],
        name=_names(view.shares, words),
        mark=_own_marks(view.shares),
    )
    trend = view.share_trend.assign(
        code=view.share_trend["exam"],
        name=view.share_trend["exam"],
        mark=_own_marks(view.share_trend),
    )
    drawn = (("shares", rows, shares_finding), ("share_trend", trend, trend_finding))
    for key, table, finding in drawn:
        if table["estimate"].isna().all():
            why = _why(table, words)
            st.info(words("The share between schools cannot be shown: {why}", why=why))
            return
        caption = caption_of(
            view.stamp, finding=finding(view, words=words), words=words, notes=(note,)
        )
        draw = partial(_draw_shares, table, axis, words)
        sheet = estimate_sheet(
            table, title=words("Share between schools (%)"), words=words, kind="points"
        )
        show_figure(Figure(key, draw, caption, ("icc",), sheet), words=words)


def _draw_shares(
    rows: pd.DataFrame, axis: RowsAxis, words: Words, palette: Palette
) -> go.Figure:
    return figure_rows(
        with_hover(rows, axis, words=words),
        axis=axis,
        marks=OWN_AMONG_OTHERS,
        names=words_of(OWN_AMONG_OTHERS, words=words),
        palette=palette,
    )


def show_county(view: SubjectView, *, words: Words) -> None:
    """Draw the county's subjects against the same grade a year before, where there is one."""
    if view.reference is None:
        st.caption(
            words(
                "No exam of the same grade a year before is in the store: whether the subject "
                "is weak in the whole county cannot be seen. Import that exam to compare."
            )
        )
        return
    caption = caption_of(
        view.stamp,
        finding=county_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Score rates beside the mean over subjects, against {exam}; two papers may "
                "differ in difficulty, so this is a hint and no judgement.",
                exam=view.reference,
            ),
        ),
    )
    rows = view.county.assign(
        code=view.county["subject"], name=_names(view.county, words), mark=view.county["flag"]
    )
    axis = RowsAxis(words("Change beside the other subjects, share of the full mark"), "change")
    figure = Figure(
        "county_gaps",
        lambda palette: figure_rows(
            with_hover(rows, axis, words=words),
            axis=axis,
            marks=COUNTY_FLAGS,
            names=words_of(COUNTY_FLAGS, words=words),
            palette=palette,
        ),
        caption,
        ("reference_gap",),
        estimate_sheet(rows, title=words("Change (points of %)"), words=words, kind="points"),
    )
    show_figure(figure, words=words)


def _names(rows: pd.DataFrame, words: Words) -> list[str]:
    pairs = zip(rows["subject"], rows["name"], strict=True)
    return [subject_name(code, name, words=words) for code, name in pairs]


def _own_marks(rows: pd.DataFrame) -> list[str]:
    return ["own" if own else "other" for own in rows["is_own"]]


def _why(rows: pd.DataFrame, words: Words) -> str:
    status = rows["status"].iloc[0] if len(rows) else "not_estimable"
    return status_words(status, words=words)


def _why_no_value_added(view: SubjectView, words: Words) -> str:
    if view.model.status == "no_difference_found":
        return no_difference(words)
    reason = formats.told(view.model.why or ("", ""), words=words)
    return words("Value-added cannot be estimated. {reason}", reason=reason)


def _flag(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    mark = SUBJECT_FLAGS.get(str(row["flag"]))
    return f"{mark.sign} {words(mark.word)}" if mark else status_words("", words=words)


def _gap_columns(words: Words) -> dict[str, Column]:
    return {
        "name": Column(words("School")),
        "flag": Column(words("Strong or weak"), width=215),
        "gap": Column(words("Gap (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        "q_value": Column(words("q value"), "fine"),
        "raw_gap": Column(words("Gap before shrinking"), "signed"),
        "n_pupils": Column(words("n"), "count"),
    }
