"""The figures of a chart as a sheet: name, figure, interval, n, and a status in words."""

from collections.abc import Mapping

import pandas as pd

from pipeline.views import FunnelView, StatusGridView
from ui.band_words import band_words
from ui.charts.funnel import MARKS
from ui.sheets import Sheet
from ui.table_columns import Column, Kind
from ui.text import Words
from ui.vocabulary import indicator_name, status_words

_ENDS = ("estimate", "low", "high")


def estimate_sheet(
    rows: pd.DataFrame, *, title: str, words: Words, kind: Kind = "signed"
) -> Sheet:
    """Return one row for each figure of a chart.

    Parameters
    ----------
    rows : DataFrame
        name, estimate, low, high, n or n_pupils, and status where a figure may be hidden.
    title : str
        What is estimated; shares (``points``) are written in per cent.
    """
    scale = 100.0 if kind == "points" else 1.0
    n = next((name for name in ("n", "n_pupils") if name in rows), None)
    cells = {
        "name": rows["name"],
        **{end: scale * rows[end].astype("float64") for end in _ENDS},
    }
    columns = {
        "name": Column(words("Name")),
        "estimate": Column(title, kind),
        "low": Column(words("low"), kind),
        "high": Column(words("high"), kind),
    }
    if n is not None:
        cells["n"], columns["n"] = rows[n], Column(words("n"), "count")
    if "status" in rows:
        cells["status"] = rows["status"].map(lambda code: status_words(str(code), words=words))
        columns["status"] = Column(words("Status"))
    return Sheet(pd.DataFrame(cells), columns)


def trend_sheet(figures: pd.DataFrame, *, words: Words, kind: Kind = "signed") -> Sheet:
    """Return one row for each exam and indicator of a chart over time."""
    named = figures.assign(name=figures["exam"])
    sheet = estimate_sheet(named, title=words("Figure"), words=words, kind=kind)
    rows = sheet.rows.assign(
        indicator=[indicator_name(code, words=words) for code in figures["indicator"]]
    )
    return Sheet(rows, {"indicator": Column(words("Indicator")), **sheet.columns})


def funnel_sheet(view: FunnelView, *, words: Words) -> Sheet:
    """Return the schools of a funnel with rate, n, and the limits of their size."""
    rows = pd.DataFrame(
        {
            "name": view.units["name"],
            "estimate": 100 * view.units["estimate"],
            "n": view.units["n_pupils"],
            "flag": [words(MARKS[str(flag)].word) for flag in view.units["flag"]],
        }
    )
    columns = {
        "name": Column(words("School")),
        "estimate": Column(f"{indicator_name(view.rate, words=words)} (%)", "points"),
        "n": Column(words("n"), "count"),
        "flag": Column(words("In the funnel")),
    }
    return Sheet(rows, columns)


def grid_sheet(view: StatusGridView, *, words: Words) -> Sheet:
    """Return the level and the change of each school, and the band that they give alone."""
    rows = pd.DataFrame(
        {
            "name": view.schools["name"],
            "status": view.schools["status"],
            "change": view.schools["change"],
            "band": [band_words(band, words=words) for band in view.schools["band"]],
        }
    )
    columns = {
        "name": Column(words("School")),
        "status": Column(words("Level, 1 lowest to 5"), "count"),
        "change": Column(words("Change, 1 large fall to 5"), "count"),
        "band": Column(words("Band by itself")),
    }
    return Sheet(rows, columns)


def counts_sheet(counts: pd.DataFrame, *, words: Words) -> Sheet:
    """Return how many schools of a subject have each band."""
    rows = counts.assign(band=[band_words(band, words=words) for band in counts["band"]])
    columns = {
        "name": Column(words("Subject")),
        "band": Column(words("Warning band")),
        "n": Column(words("Schools"), "count"),
    }
    return Sheet(rows[list(columns)], columns)


def places_sheet(schools: pd.DataFrame, *, words: Words) -> Sheet:
    """Return attainment and value-added of schools that a chart holds against each other."""
    columns = {
        "name": Column(words("School")),
        "z": Column(words("Attainment z"), "signed"),
        "estimate": Column(words("Value-added (SD)"), "signed"),
        "n": Column(words("n linked"), "count"),
    }
    return Sheet(schools[list(columns)], columns)


def frames_sheet(rows: pd.DataFrame, *, words: Words) -> Sheet:
    """Return the distribution of each frame, and where the school stands in it."""
    titles: Mapping[str, str] = {
        "lowest": words("Lowest school"),
        "q1": words("Lower quarter"),
        "median": words("Median school"),
        "q3": words("Upper quarter"),
        "highest": words("Highest school"),
        "own": words("This school"),
    }
    columns = {
        "name": Column(words("Name")),
        **{name: Column(title, "signed") for name, title in titles.items()},
        "n_schools": Column(words("Schools"), "count"),
    }
    return Sheet(rows[list(columns)], columns)
