"""A closer look at each of the leadership's five answers."""

import pandas as pd
import streamlit as st

from pipeline.views import BriefingView
from ui import briefing_sentences as said
from ui import formats
from ui.band_words import band_words, signals_listed
from ui.charts.spread_trend import spread_trend
from ui.figure_sheets import trend_sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import mark_of
from ui.vocabulary import indicator_name, subject_name
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

_KINDS = {
    "weak_schools": marked("candidates for the weak schools"),
    "value_added": marked("value-added beyond ±2 errors"),
    "subject_gaps": marked("strong and weak subjects of schools"),
}
_GOALS = {
    "score_rate": marked("raise the county's score rate"),
    "low_rate": marked("lower the county's low rate"),
    "between_cv_weighted": marked("narrow the gap between schools"),
}
_VERDICTS = {
    "up": ("above", marked("gained beyond chance")),
    "down": ("below", marked("stayed behind what chance gives back")),
    "flat": ("as_expected", marked("no more than chance")),
}


def show_crossings(view: BriefingView, *, words: Words) -> str | None:
    """Show the schools that crossed a line; return the one that was chosen."""
    found = view.crossings
    finding = said.crossings_answer(found, words=words)
    if found.rows.empty:
        st.info(formats.safe_markdown(finding))
        return None
    rows = found.rows
    table = Table(
        "crossings",
        pd.DataFrame(
            {
                "name": rows["name"],
                "way": [_way(way, words) for way in rows["way"]],
                "before": [band_words(band, words=words) for band in rows["before"]],
                "band": [band_words(band, words=words) for band in rows["band"]],
                "signals": [signals_listed(codes, words=words) for codes in rows["signals"]],
                "township": rows["township"].fillna(words("none")),
            }
        ),
        {
            "name": Column(words("School")),
            "way": Column(words("Direction")),
            "before": Column(words("Band before")),
            "band": Column(words("Band now")),
            "signals": Column(words("Signals that fired"), width="large"),
            "township": Column(words("Township")),
        },
        caption_of(
            view.stamp.of_judgements,
            finding=finding,
            words=words,
            notes=(said.crossings_basis(found, words=words),),
        ),
        ("warning_band", "status_grid"),
        codes=list(rows["school"]),
    )
    return show_table(table, words=words)


def show_flags(view: BriefingView, *, words: Words) -> None:
    """Show every kind of flag with how many may be wrong."""
    rows = [row for row in view.flags.to_dict("records") if row["status"] != "not_estimable"]
    if not rows:
        st.info(formats.safe_markdown(said.flags_answer(view, words=words)))
        return
    table = Table(
        "flags",
        pd.DataFrame(
            {
                "kind": [words(_KINDS[kind]) for kind in (row["kind"] for row in rows)],
                "n_flagged": [row["n_flagged"] for row in rows],
                "expected": [row["expected"] for row in rows],
                "n_judged": [row["n_judged"] for row in rows],
            }
        ),
        {
            "kind": Column(words("Kind of flag"), width="large"),
            "n_flagged": Column(words("Flags"), "count"),
            "expected": Column(words("of them may be wrong, about"), "points"),
            "n_judged": Column(words("judged"), "count"),
        },
        caption_of(
            view.stamp,
            finding=said.flags_answer(view, words=words),
            words=words,
            notes=(
                words(
                    "Candidates: posterior probability. Value-added: what chance alone would "
                    "give if all schools were equal. Subjects: at most 5% of the flags."
                ),
            ),
        ),
        ("wrong_flags",),
    )
    show_table(table, words=words)


def show_gap(view: BriefingView, *, words: Words) -> None:
    """Show the coefficients between schools over the cohort's exams."""
    finding = said.gap_answer(view.gap, words=words)
    if view.gap.figures.empty or view.gap.figures["estimate"].isna().all():
        st.info(formats.safe_markdown(finding))
        return
    caption = caption_of(
        view.stamp,
        finding=finding,
        words=words,
        notes=(
            words(
                "Whiskers are 95% intervals. The change is tested on the coefficient (CV); "
                "the share between schools does not depend on how hard the papers were."
            ),
        ),
    )
    figure = Figure(
        "spread_trend",
        lambda palette: spread_trend(view.gap.figures, words=words, palette=palette),
        caption,
        ("icc", "between_cv_weighted"),
        trend_sheet(view.gap.figures, words=words, kind="fine"),
        is_wide=True,
    )
    show_figure(figure, words=words)


def show_places(view: BriefingView, *, words: Words) -> str | None:
    """Show the three places for each goal; return the school that was chosen."""
    places = view.places
    if places.why is not None or places.best.empty:
        st.info(formats.safe_markdown(said.places_answer(places, words=words)))
        return None
    rows = places.best
    order = {goal: k for k, goal in enumerate(_GOALS)}
    rows = rows.sort_values("goal", key=lambda s: s.map(order), kind="stable")
    table = Table(
        "places",
        pd.DataFrame(
            {
                "goal": [words(_GOALS[goal]) for goal in rows["goal"]],
                "name": rows["name"],
                "subject": [
                    subject_name(code, name, words=words)
                    for code, name in zip(rows["subject"], rows["subject_name"], strict=True)
                ],
                "mean": rows["mean"],
                "peer_mean": rows["peer_mean"],
                "interval": [
                    formats.interval(*(formats.signed(x, digits=1) for x in ends))
                    for ends in zip(rows["low"], rows["high"], strict=True)
                ],
                "n": rows["n_pupils"],
                "change": [_effect(row, words) for row in rows.to_dict("records")],
            }
        ),
        {
            "goal": Column(words("Goal")),
            "name": Column(words("School")),
            "subject": Column(words("Subject")),
            "mean": Column(words("Mean"), "points"),
            "peer_mean": Column(words("Mean of like schools"), "points"),
            "interval": Column(words("Difference, 95% interval")),
            "n": Column(words("n present"), "count"),
            "change": Column(words("would change the county by")),
        },
        caption_of(
            view.stamp,
            finding=_places_finding(view, words=words),
            words=words,
            notes=(
                words(
                    "Like schools: the {n} nearest of the same stage and type by mean prior "
                    "score and size. All scores of all subjects; places of fewer than 20 "
                    "pupils are left out.",
                    n=places.n_peers,
                ),
            ),
        ),
        ("counterfactual",),
        codes=list(rows["school"]),
    )
    return show_table(table, words=words)


def show_rebound(view: BriefingView, *, words: Words) -> str | None:
    """Show what each candidate of the exam before has gained; return the chosen school."""
    found = view.rebound
    finding = said.rebound_answer(found, words=words)
    if found.mean is None:
        st.info(formats.safe_markdown(finding))
        return None
    rows = found.rows
    table = Table(
        "rebound",
        pd.DataFrame(
            {
                "name": rows["name"],
                "verdict": [_gain_words(verdict, words) for verdict in rows["verdict"]],
                "gap": rows["gap"],
                "expected": rows["expected"],
                "gain": rows["gain"],
                "beyond": rows["beyond"],
                "interval": [
                    formats.signed_interval(low, high) or None
                    for low, high in zip(rows["low"], rows["high"], strict=True)
                ],
            }
        ),
        {
            "name": Column(words("School")),
            "verdict": Column(words("Verdict")),
            "gap": Column(words("Gap before (SD)"), "signed"),
            "expected": Column(words("Expected by chance (SD)"), "signed"),
            "gain": Column(words("Gain found (SD)"), "signed"),
            "beyond": Column(words("Gain beyond chance (SD)"), "signed"),
            "interval": Column(words("95% interval")),
        },
        caption_of(
            view.stamp.of_judgements,
            finding=finding,
            words=words,
            notes=(
                said.rebound_basis(found, words=words),
                words(
                    "The list stands in for the supported schools: it says what low schools "
                    "did, not what support did."
                ),
            ),
        ),
        ("rebound",),
        codes=list(rows["school"]),
    )
    return show_table(table, words=words)


def _places_finding(view: BriefingView, *, words: Words) -> str:
    change = dict(zip(view.places.goals["goal"], view.places.goals["change"], strict=True))
    told = {goal: _change_of(goal, float(value), words) for goal, value in change.items()}
    return words(
        "Three places each: score rate {rate}, low rate {low}, gap between schools {gap}",
        rate=told["score_rate"],
        low=told["low_rate"],
        gap=told["between_cv_weighted"],
    )


def _effect(row: formats.Row, words: Words) -> str:
    name = indicator_name(str(row["goal"]), words=words)
    return f"{name} {_change_of(str(row['goal']), row['change'], words)}"


def _change_of(goal: str, change: float, words: Words) -> str:
    if goal == "between_cv_weighted":
        return formats.signed(change, digits=4)
    return words("{value} percentage points", value=formats.signed(100 * change, digits=2))


def _way(way: str, words: Words) -> str:
    return words("▲ graver") if way == "worse" else words("▽ milder")


def _gain_words(verdict: object, words: Words) -> str:
    if str(verdict) not in _VERDICTS:
        return words("not enough data")
    mark, text = _VERDICTS[str(verdict)]
    return f"{mark_of(mark).sign} {words(text)}"
