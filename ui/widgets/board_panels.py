"""The warning board: counts, the table of schools and subjects, and what has changed."""

import pandas as pd
import streamlit as st

from pipeline.views import WarningBoardView
from ui.band_words import band_words, cell_style, signals_listed
from ui.charts.band_counts import band_counts
from ui.figure_sheets import counts_sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import BANDS
from ui.vocabulary import subject_name
from ui.warning_sentences import band_finding, subject_counts
from ui.widgets.board_filter import Filter, page_of
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

_MOST_CHANGES = 200


def show_counts(view: WarningBoardView, *, words: Words) -> None:
    """Show how many schools have which band in each subject."""
    counts = subject_counts(view, words=words)
    caption = caption_of(
        view.stamp,
        finding=band_finding(view, words=words),
        words=words,
        notes=(words("Bands are proposals until a person has confirmed them."),),
    )
    figure = Figure(
        "band_counts",
        lambda palette: band_counts(counts, words=words, palette=palette),
        caption,
        ("warning_band",),
        counts_sheet(counts, words=words),
        is_wide=True,
    )
    show_figure(figure, words=words)


def show_board(view: WarningBoardView, chosen: Filter, *, words: Words) -> str | None:
    """Show a page of the schools that the filter lets through, most serious first."""
    bands = chosen.applied(view.bands)
    schools = list(dict.fromkeys(bands["school"]))
    if not schools:
        st.info(words("No school has what the filter asks for. Widen the filter above."))
        return None
    page = page_of(schools, words=words)
    shown = bands[bands["school"].isin(page)]
    subjects = _subjects(view, chosen, words=words)
    table = Table(
        "board",
        _matrix(shown, list(subjects), words=words),
        {
            "name": Column(words("School")),
            **{code: Column(name) for code, name in subjects.items()},
            "township": Column(words("Township")),
        },
        caption_of(
            view.stamp,
            finding=words(
                "{n} shown of {schools}, most serious first",
                n=len(page),
                schools=words.plural("{n} school", "{n} schools", n=len(schools)),
            ),
            words=words,
            notes=(_legend(words),),
        ),
        ("warning_band",),
        codes=page,
        most_rows=16,
        paint=lambda text: cell_style(text, words=words),
    )
    return show_table(table, words=words)


def show_changes(view: WarningBoardView, chosen: Filter, *, words: Words) -> str | None:
    """Show what crossed a line since the exam before; return the school that was chosen."""
    if view.previous_exam is None:
        st.info(words("No earlier exam of this cohort, so nothing can have changed."))
        return None
    names = _subjects(view, chosen, words=words)
    bands = view.bands[view.bands["subject"].isin(names)]
    moved = bands[bands["way"].isin(["worse", "better"])]
    judged = int(bands["way"].notna().sum())
    if moved.empty:
        st.info(words("No band changed; {n} were judged in both exams.", n=judged))
        return None
    first = moved.sort_values(
        "way", key=lambda way: way.map({"worse": 0, "better": 1}), kind="stable"
    ).head(_MOST_CHANGES)
    notes = [words("Compared with {exam}.", exam=view.previous_exam)]
    if view.value_added_before is False:
        notes.append(
            words("Value-added was not known then: a band may have changed by that alone.")
        )
    if len(moved) > len(first):
        notes.append(words("Shown are the first {n}.", n=len(first)))
    table = Table(
        "band_changes",
        pd.DataFrame(
            {
                "name": first["name"],
                "subject": first["subject"].map(names),
                "before": [band_words(band, words=words) for band in first["before"]],
                "band": [band_words(band, words=words) for band in first["band"]],
                "signals": [signals_listed(codes, words=words) for codes in first["signals"]],
            }
        ),
        {
            "name": Column(words("School")),
            "subject": Column(words("Subject")),
            "before": Column(words("Band before")),
            "band": Column(words("Band now")),
            "signals": Column(words("Signals that fired"), width="large"),
        },
        caption_of(
            view.stamp,
            finding=words(
                "{worse} bands became graver and {better} milder, of {n} judged in both exams",
                worse=int((moved["way"] == "worse").sum()),
                better=int((moved["way"] == "better").sum()),
                n=judged,
            ),
            words=words,
            notes=tuple(notes),
        ),
        ("warning_band",),
        codes=list(first["school"]),
        paint=lambda text: cell_style(text, words=words),
    )
    return show_table(table, words=words)


def _subjects(view: WarningBoardView, chosen: Filter, *, words: Words) -> dict[str, str]:
    names = zip(view.subjects["subject"], view.subjects["name"], strict=True)
    return {
        str(code): subject_name(str(code), str(name), words=words)
        for code, name in names
        if chosen.subject in (None, code)
    }


def _matrix(bands: pd.DataFrame, subjects: list[str], *, words: Words) -> pd.DataFrame:
    """Return one row per school in the order of the rows, one column per subject."""
    in_words = bands.assign(said=[band_words(band, words=words) for band in bands["band"]])
    schools = in_words.drop_duplicates("school").set_index("school")
    cells = in_words.pivot_table(
        index="school", columns="subject", values="said", aggfunc="first"
    )
    matrix = cells.reindex(index=schools.index, columns=subjects)
    matrix.insert(0, "name", schools["name"])
    return matrix.assign(township=schools["township"].fillna(words("none"))).reset_index(
        drop=True
    )


def _legend(words: Words) -> str:
    return "; ".join(band_words(code, words=words) for code in BANDS)
