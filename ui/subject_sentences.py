"""Findings about one subject as sentences: titles of the charts of its page."""

import pandas as pd

from pipeline.views import Stamp, SubjectView, VisitsView
from ui import formats
from ui.charts.figure_rows import MOST_ROWS
from ui.text import Words
from ui.vocabulary import subject_name


def standing_finding(view: SubjectView, *, words: Words) -> str:
    """Return how many schools stand out in the subject."""
    subject = subject_of(view.stamp, words=words)
    judged = view.schools["side"].dropna()
    above, below = (int((judged == side).sum()) for side in ("above", "below"))
    if judged.empty:
        return words("{subject}: no school can be compared", subject=subject)
    n = _schools(len(judged), words)
    if view.measure == "z":
        return words(
            "{subject}: of {schools}, {above} stand clearly above the county mean and {below} "
            "clearly below",
            subject=subject,
            schools=n,
            above=above,
            below=below,
        )
    return words(
        "{subject}: of {schools}, {above} add clearly more than expected and {below} clearly "
        "less",
        subject=subject,
        schools=n,
        above=above,
        below=below,
    )


def gaps_finding(view: SubjectView, *, words: Words) -> str:
    """Return how many schools are strong or weak in the subject beside their own mean."""
    subject = subject_of(view.stamp, words=words)
    flags = view.gaps["flag"]
    strong, weak = (int((flags == flag).sum()) for flag in ("strong", "weak"))
    if strong + weak == 0:
        return words(
            "{subject} is no strong or weak subject of any school that could be told apart",
            subject=subject,
        )
    return words(
        "{subject}: of {schools}, it is a weak subject in {weak} and a strong one in {strong}",
        subject=subject,
        schools=_schools(int(flags.notna().sum()), words),
        weak=weak,
        strong=strong,
    )


def gaps_notes(view: SubjectView, *, words: Words) -> tuple[str, ...]:
    """Return how the gaps are read, how many flags may be false, and what is not drawn."""
    notes = [
        words(
            "Beside the school's own mean over subjects; flagged at q ≤ 0.05 over {tests} gaps "
            "of all schools and subjects: of {flags} flags about {expected} may be false.",
            tests=formats.count(view.n_tests),
            flags=formats.count(view.n_flags),
            expected=formats.plain(0.05 * view.n_flags),
        )
    ]
    n = int(view.gaps["gap"].notna().sum())
    if n > MOST_ROWS:
        notes.append(
            words("Drawn are the {n} largest of {all} gaps.", n=MOST_ROWS, all=formats.count(n))
        )
    if n and view.gaps.loc[view.gaps["gap"].notna(), "low"].isna().all():
        notes.append(
            words("No intervals: the schools differ no more than chance would make them.")
        )
    return tuple(notes)


def shares_finding(view: SubjectView, *, words: Words) -> str:
    """Return how the differences between pupils divide between and within schools."""
    subject = subject_of(view.stamp, words=words)
    own = view.shares.loc[view.shares["is_own"], "estimate"].dropna()
    if own.empty:
        return words("{subject}: the share between schools is not known", subject=subject)
    share = float(own.iloc[0])
    return words(
        "{subject}: {between} of the differences between pupils lie between schools, {within} "
        "within them",
        subject=subject,
        between=formats.rate(share),
        within=formats.rate(1 - share),
    )


def trend_finding(view: SubjectView, *, words: Words) -> str:
    """Return whether the share between schools changed over the cohort's exams."""
    subject = subject_of(view.stamp, words=words)
    known = view.share_trend.dropna(subset=["estimate"])
    if len(known) < 2:
        return words("{subject}: one exam only, no trend", subject=subject)
    first, last = known.iloc[0], known.iloc[-1]
    values = {
        "subject": subject,
        "before": formats.rate(first["estimate"]),
        "now": formats.rate(last["estimate"]),
        "exams": formats.count(len(known)),
    }
    if last["low"] > first["high"]:
        return words(
            "{subject}: schools drifted apart over {exams} exams, from {before} to {now}",
            **values,
        )
    if last["high"] < first["low"]:
        return words(
            "{subject}: schools drew together over {exams} exams, from {before} to {now}",
            **values,
        )
    return words(
        "{subject}: no clear change over {exams} exams, {before} then, {now} now", **values
    )


def county_finding(view: SubjectView, *, words: Words) -> str:
    """Return how the county's subject moved among the subjects since a year before."""
    subject = subject_of(view.stamp, words=words)
    own = view.county[view.county["is_own"]]
    if own.empty:
        return words("{subject}: no comparison with a year before", subject=subject)
    row = own.iloc[0]
    gap = formats.percentage_points(row["estimate"])
    if row["flag"] == "none":
        return words(
            "{subject} kept its place among the county's subjects ({gap} percentage points)",
            subject=subject,
            gap=gap,
        )
    return words(
        "{subject} moved by {gap} percentage points beside the county's other subjects",
        subject=subject,
        gap=gap,
    )


def visits_finding(view: VisitsView, *, words: Words) -> str:
    """Return how many schools of like intake do clearly better."""
    n, better = len(view.peers), int(view.peers["is_better"].sum())
    if better == 0:
        return words(
            "None of the {n} schools most like {school} does clearly better",
            n=n,
            school=view.name,
        )
    names = list(view.peers.loc[view.peers["is_better"], "name"].replace("", None).dropna())
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return words(
        "{better} of the {n} schools most like {school} do clearly better: {names}",
        better=better,
        n=n,
        school=view.name,
        names=comma.join(names) or words("not named"),
    )


def subject_of(stamp: Stamp, *, words: Words) -> str:
    """Return the subject's name as the reader calls it."""
    return subject_name(stamp.subject, stamp.subject_name, words=words)


def largest(rows: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Return the rows that can be drawn: all, or those farthest from 0, in the same order."""
    if len(rows) <= MOST_ROWS:
        return rows
    return rows.loc[rows[by].abs().nlargest(MOST_ROWS).index.sort_values()]


def _schools(n: int, words: Words) -> str:
    if n == 0:
        return words("none")
    return words.plural("{n} school", "{n} schools", n=n)
