"""What is due in a township: warning bands of its schools, open cases, what is not shown."""

from datetime import date

import pandas as pd
import streamlit as st

from pipeline.views import TownshipView
from ui import formats
from ui.band_words import band_words, signals_listed
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import BANDS
from ui.township_sentences import bands_finding
from ui.vocabulary import status_words, subject_name
from ui.widgets.table import Table, show_table

CASE_STATUSES: dict[str, str] = {
    "open": marked("open"),
    "planned": marked("planned"),
    "in_progress": marked("in progress"),
    "submitted": marked("submitted, waits for a second person"),
    "reopened": marked("reopened"),
}
_WARNED = ("red", "yellow", "blue")


def show_bands(view: TownshipView, *, words: Words) -> str | None:
    """Show the band of every school; return the school that was chosen."""
    rows = view.bands[view.bands["subject"] == view.stamp.subject]
    if rows.empty:
        st.info(words("No school of this unit is judged in this subject."))
        return None
    order = {band: place for place, band in enumerate(BANDS)}
    rows = rows.sort_values("band", key=lambda band: band.map(order), kind="stable")
    others = other_subjects(view, words=words)
    table = Table(
        "township_bands",
        pd.DataFrame(
            {
                "name": rows["name"],
                "band": [band_words(band, words=words) for band in rows["band"]],
                "signals": [signals_listed(codes, words=words) for codes in rows["signals"]],
                "others": [others.get(school, "") for school in rows["school"]],
            }
        ),
        {
            "name": Column(words("School")),
            "band": Column(words("Warning band"), width=140),
            "signals": Column(words("Signals that fired"), width=330),
            "others": Column(words("Bands in other subjects"), width=430),
        },
        caption_of(
            view.stamp.of_judgements,
            finding=bands_finding(view, words=words),
            words=words,
            notes=(words("Bands are proposals by the default rules; a person decides."),),
        ),
        ("z", "value_added"),
        codes=list(rows["school"]),
    )
    return show_table(table, words=words)


def other_subjects(view: TownshipView, *, words: Words) -> dict[str, str]:
    """Return, for every school that has one, its bands in subjects beside the chosen one."""
    is_other = view.bands["subject"] != view.stamp.subject
    warned = view.bands[is_other & view.bands["band"].isin(_WARNED)]
    held: dict[str, dict[str, list[str]]] = {}
    for row in warned.to_dict("records"):
        name = subject_name(str(row["subject"]), str(row["subject_name"]), words=words)
        held.setdefault(str(row["school"]), {}).setdefault(str(row["band"]), []).append(name)
    return {school: _listed(names, words) for school, names in held.items()}


def _listed(names: dict[str, list[str]], words: Words) -> str:
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return "  ".join(
        # The number comes first: a long list is cut in its cell.
        words(
            "{sign} {n}: {subjects}",
            sign=BANDS[band].sign,
            n=len(names[band]),
            subjects=comma.join(names[band]),
        )
        for band in _WARNED
        if band in names
    )


def show_cases(view: TownshipView, *, words: Words) -> None:
    """Show the open cases of the ledger; say where they would come from if there are none."""
    if view.cases.empty:
        st.info(
            words(
                "The ledger holds no open case for this unit or its schools. A case is opened "
                "when a person confirms a proposal (a warning band, a weak school) or writes "
                "down a problem; from then on its owner, its due day and its steps stand here."
            ),
            icon=":material/task_alt:",
        )
        return
    rows = view.cases
    table = Table(
        "township_cases",
        pd.DataFrame(
            {
                "name": rows["name"],
                "title": rows["title"],
                "status": [case_status(row, words=words) for row in rows.to_dict("records")],
                "owner": rows["owner"].fillna(words("none")),
                "due": [_day(due, words) for due in rows["due_on"]],
            }
        ),
        {
            "name": Column(words("Unit")),
            "title": Column(words("Problem"), width=330),
            "status": Column(words("Status"), width=230),
            "owner": Column(words("Responsible")),
            "due": Column(words("Due on")),
        },
        caption_of(
            view.stamp,
            finding=words(
                "{unit}: {n} open cases, {overdue} overdue",
                unit=view.name,
                n=len(rows),
                overdue=int(rows["is_overdue"].sum()),
            ),
            words=words,
        ),
        (),
    )
    show_table(table, words=words)


def case_status(row: formats.Row, *, words: Words) -> str:
    """Return how far a case is, and that it is overdue."""
    status = words(CASE_STATUSES.get(row["status"], CASE_STATUSES["open"]))
    return words("⚠ overdue, {status}", status=status) if row["is_overdue"] else status


def show_not_shown(view: TownshipView, *, words: Words) -> None:
    """Say which figures are not shown and why; say so too when nothing is hidden."""
    status = pd.concat(
        [frame["status"] for frame in (view.schools, view.bottom20, view.school_gaps)],
        ignore_index=True,
    )
    counts = status[status != "ok"].value_counts()
    for code, n in counts.items():
        figures = words.plural("{n} figure", "{n} figures", n=int(n))
        reason = status_words(str(code), words=words)
        st.caption(words("{figures} not shown: {reason}", figures=figures, reason=reason))
    if counts.empty:
        st.caption(words("Nothing is hidden on this page."))
    st.caption(
        words(
            "Of schools outside the unit only their places are shown, without their names "
            "where you may not see them."
        )
    )


def _day(due: object, words: Words) -> str:
    return formats.day(due, words=words) if isinstance(due, date) else words("none")
