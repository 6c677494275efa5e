"""What each definition of value-added rests on, and the coefficients of its model."""

import pandas as pd

from pipeline.views import EstimatorsView
from ui import formats
from ui.estimator_sentences import TRAITS, definition_names, numbers_of
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.vocabulary import LOCALES, subject_name
from ui.widgets.table import Table, show_table

_COLUMNS: dict[str, str] = {
    "(Intercept)": marked("intercept"),
    "mean_prior": marked("the school’s mean prior"),
}


def show_facts(view: EstimatorsView, *, words: Words) -> None:
    """Show pupils, schools and gauge of each definition, and what its model found."""
    numbers, called = numbers_of(view), definition_names(view, words=words)
    rows = view.definitions
    table = pd.DataFrame(
        {
            "number": rows["definition"].map(numbers),
            "name": rows["definition"].map(called),
            "n_pupils": rows["n_pupils"],
            "n_schools": rows["n_schools"],
            "fairness_r": rows["fairness_r"],
            "coverage": 100 * rows["coverage"].astype("float64"),
            "icc": 100 * rows["icc"].astype("float64"),
            "note": [_note(row, words) for row in rows.to_dict("records")],
        }
    )
    columns = {
        "number": Column(words("No."), "count"),
        "name": Column(words("Definition"), width="large"),
        "n_pupils": Column(words("Linked pupils"), "count"),
        "coverage": Column(words("Coverage (%)"), "points"),
        "n_schools": Column(words("Schools judged"), "count"),
        "icc": Column(words("between schools (%)"), "points"),
        "fairness_r": Column(words("Gauge"), "signed"),
        "note": Column(words("Note"), width="large"),
    }
    caption = caption_of(
        view.stamp,
        finding=words("What each of {n} definitions rests on", n=len(rows)),
        words=words,
    )
    show_table(
        Table("estimators_facts", table, columns, caption, ("multiverse", "value_added")),
        words=words,
    )
    _show_coefficients(view, words)


def _show_coefficients(view: EstimatorsView, words: Words) -> None:
    if view.coefficients.empty:
        return
    numbers = numbers_of(view)
    found = view.coefficients
    rows = found.assign(
        number=found["definition"].map(numbers),
        name=[_column(str(name), words) for name in found["name"]],
    )
    columns = {
        "number": Column(words("Definition"), "count"),
        "name": Column(words("Column of the model")),
        "estimate": Column(words("Coefficient"), "fine"),
        "se": Column(words("Standard error"), "fine"),
    }
    caption = caption_of(
        view.stamp,
        finding=words("Coefficients of the mixed models, in pupil SD"),
        words=words,
    )
    show_table(
        Table(
            "estimators_coefficients", rows[list(columns)], columns, caption, ("value_added",)
        ),
        words=words,
    )


def _column(name: str, words: Words) -> str:
    """Return what a column of a model is called: a subject by its own name, a kind by its."""
    trait, _, kind = name.partition(": ")
    if kind and trait in TRAITS:
        kind = words(LOCALES[kind]) if kind in LOCALES else kind
        return f"{words(TRAITS[trait])}: {kind}"
    return words(_COLUMNS[name]) if name in _COLUMNS else subject_name("", name, words=words)


def _note(row: formats.Row, words: Words) -> str:
    if row["status"] == "no_difference_found":
        return words("no school differences found")
    why, why_zh = row.get("why"), row.get("why_zh")
    if row["status"] == "ok" or not isinstance(why, str):
        return ""
    return words.either(english=why, chinese=str(why_zh))
