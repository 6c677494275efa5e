"""Findings about the classes of a grade as sentences: titles of charts and tables."""

import pandas as pd

from pipeline.views import GradeClassView
from ui import formats
from ui.text import Words, marked
from ui.vocabulary import subject_name

STATES = {
    "hidden": marked(
        "This school is not shown: fewer than 10 pupils, or needed to protect such a group. "
        "Neither are its classes."
    ),
    "no_class_names": marked(
        "The file of this exam names no classes, so they cannot be compared. Import the exam "
        "again with a column for the class; the other pages stay as they are."
    ),
    "one_class": marked(
        "The grade has one class: its figures are those of the school. See the school's page."
    ),
    "all_hidden": marked(
        "Every class has fewer than 10 pupils with a score, or is needed to protect such a "
        "class. No class is shown."
    ),
}


def subject_of(view: GradeClassView, *, words: Words) -> str:
    """Return the name of the chosen subject."""
    return subject_name(view.stamp.subject, view.stamp.subject_name, words=words)


def level_finding(view: GradeClassView, *, words: Words) -> str:
    """Return how many classes stand clearly above or below their grade."""
    own = view.gaps[
        (view.gaps["subject"] == view.stamp.subject) & view.gaps["estimate"].notna()
    ]
    above, below = (int((own["flag"] == flag).sum()) for flag in ("strong", "weak"))
    subject = subject_of(view, words=words)
    if above + below == 0:
        return words(
            "{subject}: none of {n} classes can be told apart from the grade",
            subject=subject,
            n=len(own),
        )
    return words(
        "{subject}: of {n} classes, {above} clearly above the grade and {below} clearly below",
        subject=subject,
        n=len(own),
        above=above,
        below=below,
    )


def progress_finding(view: GradeClassView, *, words: Words) -> str:
    """Return how many classes moved clearly more or less from their start than others."""
    known = view.progress[view.progress["status"] == "ok"]
    above, below = (int((known["verdict"] == f"well_{s}").sum()) for s in ("above", "below"))
    subject = subject_of(view, words=words)
    if above + below == 0:
        return words(
            "{subject}: from the same start, none of {n} classes differs clearly from the "
            "others",
            subject=subject,
            n=len(known),
        )
    return words(
        "{subject}: from the same start, {above} of {n} classes clearly more than the others, "
        "{below} clearly less",
        subject=subject,
        n=len(known),
        above=above,
        below=below,
    )


def balance_finding(view: GradeClassView, *, words: Words) -> str:
    """Return in how many subjects the classes lie further apart than chance would give."""
    now = view.balance[view.balance["moment"] == "now"]
    more = int((now["verdict"] == "more_than_chance").sum())
    less = int((now["verdict"] == "less_than_chance").sum())
    if more == 0 and less == 0:
        return words("The classes differ as by chance in all {n} subjects", n=len(now))
    if more == 0:
        return words(
            "The classes are more alike than by chance in {less} of {n} subjects",
            less=less,
            n=len(now),
        )
    return words(
        "The classes differ more than by chance in {more} of {n} subjects",
        more=more,
        n=len(now),
    )


def profile_finding(view: GradeClassView, *, name: str, words: Words) -> str:
    """Return how many subjects of one class stand out from its others."""
    own = view.profile[(view.profile["name"] == name) & view.profile["estimate"].notna()]
    strong, weak = (int((own["flag"] == flag).sum()) for flag in ("strong", "weak"))
    if strong + weak == 0:
        return words("{name}: no subject stands out from the others", name=name)
    return words(
        "{name}: {strong} strong and {weak} weak among {n} subjects",
        name=name,
        strong=strong,
        weak=weak,
        n=len(own),
    )


def near_line_finding(
    counts: pd.DataFrame, *, place: int, line: str, points: float, words: Words
) -> str:
    """Return how many pupils of the grade stand just under a line."""
    grade = counts.loc[counts["class_"] == "", place].iloc[0]
    if pd.isna(grade):
        return words(
            "{line}: too few pupils up to {points} points under it to be told",
            line=line,
            points=formats.plain(points),
        )
    return words(
        "{line}: {n} pupils of the grade up to {points} points under it",
        line=line,
        n=formats.count(grade),
        points=formats.plain(points),
    )
