"""All schools of the county in one table; a chosen row leads to the school's page."""

import pandas as pd

from pipeline.views import LeadershipView
from ui import formats
from ui.sentences import caterpillar_finding, left_out_notes
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import UNJUDGED, mark_of
from ui.vocabulary import status_words, verdict_words
from ui.widgets.table import Table, show_table

_VALUE_ADDED = ("verdict", "estimate", "interval", "n", "coverage")


def show_school_table(
    view: LeadershipView, *, with_value_added: bool, words: Words
) -> str | None:
    """Show the schools and return the code of the row that was chosen."""
    columns = _columns(view.schools, words)
    left_out = () if with_value_added else _VALUE_ADDED
    table = Table(
        "school_table",
        school_rows(view.schools, words=words),
        {name: column for name, column in columns.items() if name not in left_out},
        caption_of(
            view.stamp,
            finding=caterpillar_finding(view, words=words)
            if with_value_added
            else words("All schools by attainment"),
            words=words,
            notes=left_out_notes(view, words=words),
        ),
        ("z", "value_added") if with_value_added else ("z",),
        codes=list(view.schools["school"]),
    )
    return show_table(table, words=words)


def school_rows(schools: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the table as it is shown: numbers stay numbers, so that columns sort by value.

    A suppressed row keeps no figure of value-added, and a school without z no number of pupils.
    """
    effects = ["estimate", "low", "high", "n", "coverage"]
    schools = schools.assign(
        **schools[effects].where(schools["status"] != "suppressed"),
        n_sat=schools["n_sat"].where(schools["z"].notna()),
    )
    return pd.DataFrame(
        {
            "name": schools["name"],
            "verdict": [_verdict(row, words) for row in schools.to_dict("records")],
            "estimate": schools["estimate"],
            "interval": _intervals(schools, "low", "high"),
            # The line cannot hold a gap: an exam without a figure is left out of it.
            "history": [
                [value for value in history if formats.is_number(value)]
                for history in schools["history"]
            ],
            "n": schools["n"],
            "coverage": 100 * schools["coverage"],
            "z": schools["z"],
            "z_interval": _intervals(schools, "z_low", "z_high"),
            "n_sat": schools["n_sat"],
            "township": schools["township"].fillna(words("none")),
        }
    )


def _verdict(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        why = status_words(str(row["status"]), words=words)
        # A school that is shown but not judged has the sign that it has in the charts.
        return why if row["status"] == "suppressed" else f"{UNJUDGED.sign} {why}"
    mark = mark_of(row["verdict"])
    return verdict_words(mark.sign, mark.word, words=words)


def _intervals(schools: pd.DataFrame, low: str, high: str) -> list[str | None]:
    """Return intervals as texts; None where there is no figure, shown as words."""
    return [
        formats.signed_interval(a, b) or None
        for a, b in zip(schools[low], schools[high], strict=True)
    ]


def _columns(schools: pd.DataFrame, words: Words) -> dict[str, Column]:
    past = [
        value for history in schools["history"] for value in history if formats.is_number(value)
    ]
    reach = max((abs(value) for value in past), default=1.0)
    return {
        "name": Column(words("School")),
        "verdict": Column(words("Verdict on value-added")),
        "estimate": Column(words("Value-added (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        "history": Column(words("z so far"), "line", width=120, reach=reach),
        "n": Column(words("n linked"), "count"),
        "coverage": Column(words("Coverage (%)"), "points"),
        "z": Column(words("Attainment z"), "signed"),
        "z_interval": Column(words("95% interval of z")),
        "n_sat": Column(words("n present"), "count"),
        "township": Column(words("Township")),
    }
