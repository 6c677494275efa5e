"""All schools over several school years: the weighted mean, and each year beside it."""

import pandas as pd
import streamlit as st

from pipeline.views import ValueAddedYearsView
from ui import formats
from ui.charts.year_marks import MOST_ROWS, year_marks
from ui.effect_rows import VERDICT_MARKS, effect_rows, verdict_names
from ui.several_years_sentences import several_years_finding
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import UNJUDGED, mark_of
from ui.vocabulary import status_words, verdict_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table


def show_several_years(view: ValueAddedYearsView, *, words: Words) -> None:
    """Show the mean of the years with its single years; or that there is only one year."""
    if view.exams.empty:
        st.info(words("Value-added needs an earlier exam of the same pupils: no baseline."))
        return
    if (view.exams["status"] == "ok").sum() < 2:
        st.info(
            words(
                "Only one school year of this grade is known. Import the same exam of earlier "
                "years with its baseline to see several years together."
            )
        )
        return
    show_figure(years_figure(view, words=words), words=words)
    show_table(years_table(view, words=words), words=words)


def years_figure(view: ValueAddedYearsView, *, words: Words) -> Figure:
    """Return the schools with their mean, its interval, and the single years."""
    drawn, n = drawn_schools(view.schools)
    rows = effect_rows(
        drawn, codes=list(drawn["school"]), names=list(drawn["name"]), mark="verdict",
        words=words,
    )  # fmt: skip
    notes = _notes(view, words)
    if n > len(drawn):
        notes += (
            words(
                "Drawn are the {n} schools farthest from 0, of {all}; the table has all.",
                n=len(drawn),
                all=n,
            ),
        )
    return Figure(
        "value_added_years",
        lambda palette: year_marks(
            rows,
            view.single,
            exams=_exams(view),
            marks=VERDICT_MARKS,
            names=verdict_names(words),
            words=words,
            palette=palette,
        ),
        caption_of(
            view.stamp,
            finding=several_years_finding(view, words=words),
            words=words,
            notes=notes,
        ),
        ("value_added", "several_years"),
    )


def drawn_schools(schools: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the schools that are drawn, in their order, and how many could be."""
    known = schools[schools["estimate"].notna()]
    far = known["estimate"].abs().nlargest(MOST_ROWS).index
    return known[known.index.isin(far)].reset_index(drop=True), len(known)


def years_table(view: ValueAddedYearsView, *, words: Words) -> Table:
    """Return the table of all schools with a column for each year."""
    exams = _exams(view)
    columns = {
        "name": Column(words("School")),
        "verdict": Column(words("Verdict")),
        "estimate": Column(words("Mean of the years (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        **{f"year {k}": Column(exam, "signed") for k, exam in enumerate(exams)},
        "missing": Column(words("Years that do not count")),
        "township": Column(words("Township")),
    }
    rows = year_rows(view, words=words)[list(columns)]
    caption = years_figure(view, words=words).caption
    return Table(
        "value_added_years_table",
        rows,
        columns,
        caption,
        ("several_years",),
        is_below_chart=True,
    )


def year_rows(view: ValueAddedYearsView, *, words: Words) -> pd.DataFrame:
    """Return the schools as rows in words, each year as a number."""
    schools = view.schools
    of_year = view.single.set_index(["school", "exam"])["estimate"]
    years = {
        f"year {k}": of_year.reindex([(code, exam) for code in schools["school"]]).to_numpy()
        for k, exam in enumerate(_exams(view))
    }
    pairs = zip(schools["low"], schools["high"], strict=True)
    return pd.DataFrame(
        {
            "name": schools["name"],
            "verdict": [_verdict(row, words) for row in schools.to_dict("records")],
            "estimate": schools["estimate"],
            "interval": [formats.signed_interval(a, b) or None for a, b in pairs],
            **years,
            "missing": schools["missing"].str.replace(";", " · ").replace("", words("none")),
            "township": schools["township"].fillna(words("none")),
        }
    )


def _exams(view: ValueAddedYearsView) -> list[str]:
    return list(view.exams.loc[view.exams["status"] == "ok", "exam"])


def _verdict(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        why = status_words(str(row["status"]), words=words)
        return why if row["status"] == "suppressed" else f"{UNJUDGED.sign} {why}"
    mark = mark_of(row["verdict"])
    return verdict_words(mark.sign, mark.word, words=words)


def _notes(view: ValueAddedYearsView, words: Words) -> tuple[str, ...]:
    years = view.exams[view.exams["status"] == "ok"]
    weights = ":".join(f"{weight:g}" for weight in years["weight"])
    hidden = int((view.schools["status"] == "suppressed").sum())
    notes = [
        words(
            "Weights {weights}, the latest year first; whiskers: 95% interval of the mean; "
            "small marks: single years, drawn toward 0 as far as chance asks for.",
            weights=weights,
        ),
        words(
            "Other pupils every year; a year in which schools did not differ counts as 0, a "
            "year without a figure falls to the others."
        ),
    ]
    if hidden:
        notes.append(
            words(
                "hidden to protect groups of fewer than 10 pupils: {schools}",
                schools=words.plural("{n} school", "{n} schools", n=hidden),
            )
        )
    return tuple(notes)
