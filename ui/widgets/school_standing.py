"""Where a school stands: by start, in three frames, against itself, against its peers."""

import pandas as pd
import streamlit as st

from data.scope import Scope
from pipeline.views import Query, SchoolView
from ui import formats, state
from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.charts.frames import frames
from ui.effect_rows import (
    VERDICT_MARKS,
    effect_rows,
    verdict_names,
)
from ui.figure_sheets import estimate_sheet, frames_sheet
from ui.flags import FLAG_MARKS, flag_names, side_names
from ui.school_sentences import (
    FRAME_REASONS,
    FRAMES,
    frames_finding,
    peers_finding,
    profile_finding,
    starts_finding,
)
from ui.stamp import caption_of
from ui.text import Words
from ui.vocabulary import (
    end_words,
    figure_words,
    indicator_name,
    subject_name,
)
from ui.widgets.choice import choose
from ui.widgets.figure import Figure, show_figure
from ui.widgets.school_panels import interval_of_subjects, show_subject_figures

_STARTS = 5


def show_starts(view: SchoolView, *, words: Words) -> None:
    """Show the value-added by fifth of the start, and which fifths are not shown."""
    if view.starts["estimate"].notna().sum() == 0:
        _say_why(view.starts_why, words("No fifth of the start can be shown."), words)
        return
    rows = effect_rows(
        view.starts,
        codes=[str(q) for q in view.starts["quintile"]],
        names=start_names(len(view.starts), words=words),
        mark="verdict",
        words=words,
    )
    hidden = int((view.starts["status"] == "suppressed").sum())
    notes = [interval_of_subjects(words), _how_starts(words)]
    if hidden:
        notes.append(
            words.plural(
                "{n} fifth is not shown: fewer than 10 pupils, or needed to protect one",
                "{n} fifths are not shown: fewer than 10 pupils, or needed to protect one",
                n=hidden,
            )
        )
    show_figure(
        Figure(
            "starts",
            lambda palette: figure_rows(
                rows,
                marks=VERDICT_MARKS,
                names=verdict_names(words),
                axis=RowsAxis(words("Value-added, in pupil SD")),
                palette=palette,
            ),
            caption_of(
                view.stamp,
                finding=starts_finding(view, words=words),
                words=words,
                notes=tuple(notes),
            ),
            ("start_value_added",),
            estimate_sheet(
                view.starts.assign(name=rows["name"].to_numpy()),
                title=words("Value-added (SD)"),
                words=words,
            ),
        ),
        words=words,
    )


def start_names(n: int, *, words: Words) -> list[str]:
    """Return what the fifths of the start are called, lowest first."""
    if n == 1:
        return [words("all pupils")]
    middle = [words("start {place} of {n}", place=k, n=n) for k in range(2, n)]
    return [words("lowest start"), *middle, words("highest start")]


def show_standing(scope: Scope, view: SchoolView, query: Query, *, words: Words) -> None:
    """Show one of four ways to see where the school stands."""
    names = {
        "frames": words("Three frames"),
        "figures": words("Figures of every subject"),
        "profile": words("Subjects against itself"),
        "peers": words("Subjects against like schools"),
    }
    match choose("stands", words("Seen by"), names):
        case "figures":
            show_subject_figures(view, words=words)
        case "profile":
            _show_profile(view, words=words)
        case "peers":
            _show_peers(scope, view, query, words=words)
        case _:
            _show_frames(view, words=words)
            show_target(view, words=words)


def show_target(view: SchoolView, *, words: Words) -> None:
    """Show the mean of the peers as a first target, beside the school's own figures."""
    st.subheader(words("A first target: the mean of schools of like intake"))
    known = view.target[view.target["status"] == "ok"]
    if known.empty:
        _say_why(view.peers_why, words("No schools of like intake are known."), words)
        return
    columns = st.columns(3)
    for column, row in zip(columns, known.to_dict("records"), strict=False):
        with column.container(border=True, height="stretch"):
            _show_target_card(row, words)
    seen = [formats.safe_markdown(name) for name in view.peers["name"] if name]
    if seen:
        comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
        st.caption(
            words("Schools of like intake, nearest first: {names}", names=comma.join(seen))
        )


def _show_target_card(row: formats.Row, words: Words) -> None:
    code = str(row["indicator"])
    ends = [end_words(code, row[end]) for end in ("low", "high")]
    st.metric(
        words("{indicator}: mean of like schools", indicator=indicator_name(code, words=words)),
        figure_words(code, row["peer_mean"], words=words),
    )
    own = figure_words(code, row["own"], words=words)
    st.markdown(words("This school {own}", own=own))
    sign = "▲" if row["low"] > 0 else "▼" if row["high"] < 0 else "＝"
    difference = formats.signed(row["estimate"], digits=1 if code == "mean" else 2)
    st.caption(
        words(
            "{sign} difference {difference} {interval}; {n} schools",
            sign=sign,
            difference=difference,
            interval=formats.interval(*ends),
            n=formats.count(row["n_peers"]),
        )
    )


def _show_frames(view: SchoolView, *, words: Words) -> None:
    known = view.frames[view.frames["status"] == "ok"]
    reasons = frame_reasons(view.frames, words=words)
    if known.empty:
        st.info(words("No frame can be shown: {reasons}", reasons="; ".join(reasons)))
        return
    rows = known.assign(name=[_frame_name(r, words) for r in known.to_dict("records")])
    notes = (words("The schools of a frame are one mark each, whatever their size."), *reasons)
    show_figure(
        Figure(
            "frames",
            lambda palette: frames(rows, words=words, palette=palette),
            caption_of(
                view.stamp,
                finding=frames_finding(view, words=words),
                words=words,
                notes=notes,
            ),
            ("z", "value_added", "frames"),
            frames_sheet(rows, words=words),
        ),
        words=words,
    )


def frame_reasons(table: pd.DataFrame, *, words: Words) -> list[str]:
    """Return why frames are not drawn, each frame once for each reason."""
    missing = table[table["status"] != "ok"]
    pairs = missing[["frame", "status"]].drop_duplicates().itertuples(index=False)
    return [
        words(
            "{frame} not drawn: {reason}",
            frame=words(FRAMES[str(frame)]),
            reason=words(FRAME_REASONS[str(status)]),
        )
        for frame, status in pairs
    ]


def _frame_name(row: formats.Row, words: Words) -> str:
    return words(
        "{indicator}: {frame}",
        indicator=indicator_name(str(row["indicator"]), words=words),
        frame=words(FRAMES[str(row["frame"])]),
    )


def _show_profile(view: SchoolView, *, words: Words) -> None:
    if view.profile["estimate"].notna().sum() == 0:
        _say_why(view.profile_why, words("No subject can be compared."), words)
        return
    _show_subject_gaps(
        view,
        view.profile,
        key="profile",
        finding=profile_finding(view.profile, school=view.name, words=words),
        title=words("Subject less the school's own mean over subjects, in pupil SD"),
        words=words,
    )


def _show_peers(scope: Scope, view: SchoolView, query: Query, *, words: Words) -> None:
    peers = state.school_peers_view(scope, view.school, query)
    if peers.figures["estimate"].notna().sum() == 0:
        _say_why(view.peers_why, words("No schools of like intake are known."), words)
        return
    low, high = peers.figures["low"], peers.figures["high"]
    flag = pd.Series("none", index=peers.figures.index, dtype="str")
    flag = flag.mask(low > 0, "strong").mask(high < 0, "weak")
    _show_subject_gaps(
        view,
        peers.figures.assign(flag=flag),
        key="peers",
        finding=peers_finding(peers, school=view.name, words=words),
        title=words("Attainment z less the mean of schools of like intake, in pupil SD"),
        words=words,
    )


def _show_subject_gaps(
    view: SchoolView, table: pd.DataFrame, *, key: str, finding: str, title: str, words: Words
) -> None:
    pairs = zip(table["subject"], table["name"], strict=True)
    rows = effect_rows(
        table,
        codes=list(table["subject"]),
        names=[subject_name(code, name, words=words) for code, name in pairs],
        mark="flag",
        words=words,
    )
    notes = {
        "profile": words(
            "Strong and weak are flagged at q ≤ 0.05 over all schools and subjects; figures "
            "are drawn toward 0 as far as chance asks for."
        ),
        "peers": words("Clearly above or below: the whole 95% interval lies on one side of 0."),
    }
    names = flag_names(words) if key == "profile" else side_names(words)
    show_figure(
        Figure(
            key,
            lambda palette: figure_rows(
                rows,
                marks=FLAG_MARKS,
                names=names,
                axis=RowsAxis(title),
                palette=palette,
            ),
            caption_of(view.stamp, finding=finding, words=words, notes=(notes[key],)),
            ("school_profile",) if key == "profile" else ("peer_difference",),
            estimate_sheet(
                table.assign(name=rows["name"].to_numpy()),
                title=words("Difference (SD)"),
                words=words,
            ),
        ),
        words=words,
    )


def _how_starts(words: Words) -> str:
    return words(
        "Fifths of the whole county by prior score; each has its own 0, so compare a fifth "
        "with its interval. Most such differences are chance."
    )


def _say_why(why: tuple[str, str] | None, otherwise: str, words: Words) -> None:
    """Say why something is missing, in the words of who could not compute it."""
    reason = formats.told(why, words=words) if why else ""
    st.info(reason or otherwise)
