"""Where the pupils of the county's lowest 20% learn: by unit, by subject, by class."""

import pandas as pd
import streamlit as st

from pipeline.views import ClassSharesView, Place, Stamp
from ui import formats
from ui.charts.figure_rows import MOST_ROWS, RowsAxis, figure_rows, words_of
from ui.figure_sheets import estimate_sheet
from ui.registry import PAGES
from ui.stamp import Caption, caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.vocabulary import status_words, subject_name
from ui.weak_schools_sentences import class_finding
from ui.widgets.breadcrumb import address_of
from ui.widgets.figure import Figure, show_figure, show_selectable_figure
from ui.widgets.selection import Selection
from ui.widgets.table import Table, show_table

SIDES: dict[str, Mark] = {
    "more": Mark("▲", "triangle-up", "below", marked("clearly more than in the county")),
    "alike": Mark("●", "circle", "neutral", marked("not told apart from the county")),
    "fewer": Mark("▼", "triangle-down", "above", marked("clearly fewer than in the county")),
}


def share_figure(
    key: str,
    rows: pd.DataFrame,
    *,
    county20: float | None,
    caption: Caption,
    words: Words,
) -> Figure:
    """Return the shares of units in one subject beside the county's, highest first.

    Parameters
    ----------
    rows : DataFrame
        unit, name, estimate, low, high, n_pupils, side of one subject.
    """
    known = rows[rows["estimate"].notna()].head(MOST_ROWS)
    drawn = known.assign(
        code=known["unit"],
        mark=known["side"].fillna("alike"),
        hover=[_hover(row, words) for row in known.to_dict("records")],
    )
    county = formats.rate(county20) if county20 is not None else words("not shown")
    title = words(
        "Share of the unit's pupils among the county's lowest 20%; dashed line: county "
        "{county}",
        county=county,
    )
    return Figure(
        key,
        lambda palette: figure_rows(
            drawn,
            marks=SIDES,
            names=words_of(SIDES, words=words),
            axis=RowsAxis(title, "share", line=county20),
            palette=palette,
        ),
        caption,
        ("bottom20_share",),
        estimate_sheet(rows, title=words("Share (%)"), words=words, kind="points"),
    )


def show_share_figure(figure: Figure, rows: pd.DataFrame, *, words: Words) -> str | None:
    """Show the figure; return the unit that was clicked, None where nothing can be drawn."""
    if not rows["estimate"].notna().any():
        st.info(words("No share of this subject can be shown: all units are hidden or coded."))
        return None
    return show_selectable_figure(figure, words=words)


def share_notes(rows: pd.DataFrame, *, words: Words) -> tuple[str, ...]:
    """Return how the marks are read, and who is missing from the figure."""
    notes = [
        words(
            "Whiskers are 95% intervals; clearly more or fewer means that the whole interval "
            "lies on one side of the line."
        ),
    ]
    missing = rows["estimate"].isna()
    if missing.any():
        notes.append(
            words(
                "Not drawn, because hidden or told as a range only: {n}", n=int(missing.sum())
            )
        )
    return tuple(notes)


def show_share_table(
    key: str,
    rows: pd.DataFrame,
    *,
    stamp: Stamp,
    words: Words,
    can_choose: bool = True,
) -> str | None:
    """Show units by subjects with sign, share and interval; return the chosen unit."""
    wide, columns = share_table(rows, words=words)
    codes = list(dict.fromkeys(rows["unit"])) if can_choose else None
    signs = " · ".join(f"{mark.sign} {words(mark.word)}" for mark in SIDES.values())
    finding = words(
        "In all subjects together: {more} shares clearly above the county's, {fewer} clearly "
        "below, of {n}",
        **{side: int((rows["side"] == side).sum()) for side in ("more", "fewer")},
        n=int(rows["estimate"].notna().sum()),
    )
    caption = caption_of(stamp, finding=finding, words=words, notes=(signs,))
    table = Table(key, wide, columns, caption, ("bottom20_share",), codes=codes)
    return show_table(table, words=words)


def share_table(rows: pd.DataFrame, *, words: Words) -> tuple[pd.DataFrame, dict[str, Column]]:
    """Return one row per unit and one column per subject, each share with its interval."""
    columns: dict[str, Column] = {"name": Column(words("Unit"))}
    cells: dict[str, dict[str, str | None]] = {}
    for row in rows.to_dict("records"):
        subject = str(row["subject"])
        title = subject_name(subject, row["subject_name"], words=words)
        columns.setdefault(subject, Column(title, width=180))
        name = str(row["name"]) or words("without a class")
        cells.setdefault(str(row["unit"]), {"name": name})[subject] = share_words(
            row, words=words
        )
    return pd.DataFrame(list(cells.values()), columns=list(columns)), columns


def share_words(row: formats.Row, *, words: Words) -> str:
    """Return sign, share and interval; a coded or hidden share says so."""
    if row["status"] == "coded":
        return formats.coded_rate(row["low"], row["high"])
    if not formats.is_number(row["estimate"]):
        return status_words(str(row["status"]), words=words)
    sign = SIDES[str(row["side"])].sign if row["side"] in SIDES else ""
    low, high = (formats.plain(100 * row[end]) for end in ("low", "high"))
    value = formats.plain(100 * row["estimate"])
    return f"{sign} {value}% {formats.interval(low, high)}".strip()


def show_class_shares(view: ClassSharesView, *, words: Words) -> None:
    """Show the classes of one school in the chosen subject, and in all subjects."""
    rows = view.shares[view.shares["subject"] == view.stamp.subject]
    named = rows.assign(name=rows["name"].replace("", words("without a class")))
    if not named["estimate"].notna().any():
        st.info(
            words(
                "No class of this school can be shown: a share needs at least 10 pupils in "
                "every class, or it would tell about single children."
            ),
            icon=":material/visibility_off:",
        )
        return
    caption = caption_of(
        view.stamp,
        finding=class_finding(view, words=words),
        words=words,
        notes=share_notes(rows, words=words),
    )
    figure = share_figure(
        "class_bottom20", named, county20=view.county20, caption=caption, words=words
    )
    show_figure(figure, words=words)
    show_share_table(
        "class_bottom20_table",
        view.shares,
        stamp=view.stamp,
        words=words,
        can_choose=False,
    )


def show_school_links(view: ClassSharesView, selection: Selection, *, words: Words) -> None:
    """Lead on to the school's page, and to that of its classes where the app has one."""
    place = Place("school", view.school, view.name)
    name = formats.safe_markdown(view.name)
    with st.container(horizontal=True, key="bottom20_links"):
        for page in PAGES:
            if {"school", "class"} & set(page.levels):
                st.page_link(
                    page.of(words),
                    label=f"{words(page.title)}: {name}",
                    query_params=address_of(page, place, selection, words=words),
                    width="content",
                )


def _hover(row: formats.Row, words: Words) -> str:
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        share_words(row, words=words),
        words("{n} pupils", n=f"{row['n_pupils']:,.0f}"),
    ]
    return "<br>".join(lines)
