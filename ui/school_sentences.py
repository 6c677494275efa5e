"""Findings about one school as sentences: titles of its charts and tables."""

import pandas as pd

from pipeline.views import SchoolPastView, SchoolPeersView, SchoolView
from ui import formats
from ui.band_words import band_words
from ui.text import Words, marked
from ui.theme import mark_of
from ui.vocabulary import subject_name, verdict_words

FRAMES = {
    "county": marked("county"),
    "township": marked("own township"),
    "peers": marked("schools of like intake"),
}
FRAME_REASONS = {
    "few_schools": marked("fewer than 5 schools with a figure"),
    "no_township": marked("the school belongs to no township"),
    "no_peers": marked("no schools of like intake are known"),
    "no_figure": marked("this school has no figure that can be compared"),
}
_WARNED = ("red", "yellow", "blue")


def subject_of(view: SchoolView, *, words: Words) -> str:
    """Return the name of the chosen subject."""
    return subject_name(view.stamp.subject, view.stamp.subject_name, words=words)


def value_added_finding(view: SchoolView, *, words: Words) -> str:
    """Return in how many subjects the school adds clearly more or less than expected."""
    judged = view.value_added[view.value_added["status"] == "ok"]
    if judged["estimate"].notna().sum() == 0:
        return words("{school}: no value-added can be compared", school=view.name)
    above, below = (int((judged["verdict"] == f"well_{s}").sum()) for s in ("above", "below"))
    subjects = words.plural("{n} subject", "{n} subjects", n=len(judged))
    if above + below == 0:
        return words(
            "{school}: in none of {subjects} clearly more or less than expected",
            school=view.name,
            subjects=subjects,
        )
    return words(
        "{school}: of {subjects}, clearly more than expected in {above}, clearly less in "
        "{below}",
        school=view.name,
        subjects=subjects,
        above=above,
        below=below,
    )


def starts_finding(view: SchoolView, *, words: Words) -> str:
    """Return whether the school adds more to pupils who start low or who start high."""
    subject = subject_of(view, words=words)
    codes = {remark.code: remark.values for remark in view.remarks}
    values = {"school": view.name, "subject": subject}
    if "starts_low_more" in codes:
        return words("{school}, {subject}: adds clearly more to pupils who start low", **values)
    if "starts_high_more" in codes:
        return words(
            "{school}, {subject}: adds clearly more to pupils who start high", **values
        )
    if "starts_alike" in codes:
        return words(
            "{school}, {subject}: no clear difference between low and high starts", **values
        )
    return words(
        "{school}, {subject}: too few pupils to compare low with high starts", **values
    )


def frames_finding(view: SchoolView, *, words: Words) -> str:
    """Return on which side of the median school of each frame the school stands."""
    subject = subject_of(view, words=words)
    known = view.frames[view.frames["status"] == "ok"]
    chosen = known[known["indicator"] == "value_added"]
    what = words("value-added") if len(chosen) else words("attainment")
    rows = chosen if len(chosen) else known
    if rows.empty:
        return words(
            "{school}, {subject}: no frame can be shown", school=view.name, subject=subject
        )
    parts = [_against_median(row, words) for row in rows.to_dict("records")]
    comma = ", " if words.language == "en" else "\N{FULLWIDTH COMMA}"
    return words(
        "{school}, {subject}, {what}: {parts}",
        school=view.name,
        subject=subject,
        what=what,
        parts=comma.join(parts),
    )


def profile_finding(rows: pd.DataFrame, *, school: str, words: Words) -> str:
    """Return how many subjects stand out in the school's own profile."""
    strong, weak = (int((rows["flag"] == flag).sum()) for flag in ("strong", "weak"))
    if strong + weak == 0:
        return words("{school}: no subject stands out from the others", school=school)
    return words(
        "{school}: {strong} strong and {weak} weak among {n} subjects",
        school=school,
        strong=strong,
        weak=weak,
        n=int((rows["status"] == "ok").sum()),
    )


def peers_finding(view: SchoolPeersView, *, school: str, words: Words) -> str:
    """Return in how many subjects the school stands clearly above or below its peers."""
    known = view.figures[view.figures["status"] == "ok"]
    above, below = int((known["low"] > 0).sum()), int((known["high"] < 0).sum())
    if known.empty:
        return words("{school}: no subject can be compared with its peers", school=school)
    return words(
        "{school}: clearly above schools of like intake in {above} of {n} subjects, clearly "
        "below in {below}",
        school=school,
        above=above,
        below=below,
        n=len(known),
    )


def bands_finding(view: SchoolView, *, words: Words) -> str:
    """Return how many subjects carry which warning."""
    counted = view.bands["band"].value_counts()
    parts = [
        f"{band_words(band, words=words)} {int(counted[band])}"
        for band in _WARNED
        if band in counted
    ]
    n = int((view.bands["band"] != "insufficient").sum())
    if not parts:
        return words("{school}: no warning in {n} judged subjects", school=view.name, n=n)
    return words(
        "{school}: warnings in {n} judged subjects: {parts}",
        school=view.name,
        n=n,
        parts=" · ".join(parts),
    )


def trend_finding(view: SchoolPastView, *, school: str, words: Words) -> str:
    """Return how far back the figures of the school go, and how it stood at the last exam."""
    shown = view.trend[view.trend["estimate"].notna() & (view.trend["indicator"] == "z")]
    subject = subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
    if shown.empty:
        return words(
            "{school}, {subject}: no exam can be shown", school=school, subject=subject
        )
    last = shown.iloc[-1]
    return words(
        "{school}, {subject}: attainment {z} SD at the last of {exams}",
        school=school,
        subject=subject,
        z=formats.signed(last["estimate"]),
        exams=words.plural("{n} exam", "{n} exams", n=int(shown["exam"].nunique())),
    )


def years_finding(view: SchoolPastView, *, school: str, words: Words) -> str:
    """Return the weighted mean of several school years with its verdict."""
    subject = subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
    row = view.years.iloc[0].to_dict()
    if not formats.is_number(row["estimate"]):
        return words(
            "{school}, {subject}: no school year can be shown", school=school, subject=subject
        )
    mark = mark_of(row["verdict"])
    return words(
        "{school}, {subject}: over {n} school years value-added {estimate} SD, {verdict}",
        school=school,
        subject=subject,
        n=len(view.years) - 1,
        estimate=formats.signed(row["estimate"]),
        verdict=verdict_words(mark.sign, mark.word, words=words),
    )


def _against_median(row: formats.Row, words: Words) -> str:
    frame = words(FRAMES[str(row["frame"])])
    if row["own"] > row["median"]:
        return words("above the median of the frame “{frame}”", frame=frame)
    if row["own"] < row["median"]:
        return words("below the median of the frame “{frame}”", frame=frame)
    return words("at the median of the frame “{frame}”", frame=frame)
