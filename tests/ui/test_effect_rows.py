"""Effects: rows in the words of the reader, ticks that can be told apart."""

import numpy as np

from tests.ui.made_school_views import make_effects
from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.effect_rows import VERDICT_MARKS, effect_rows, verdict_names
from ui.flags import FLAG_MARKS, flag_names, side_names
from ui.text import LANGUAGES, Words
from ui.theme import LIGHT

EN = Words("en")


def figure_of(estimates: list[float]) -> object:
    """Return the figure of effects that are as expected."""
    table = make_effects(estimates, verdicts=["as_expected"] * len(estimates), se=0.02)
    names = [f"<row {k}>" for k in range(len(table))]
    rows = effect_rows(table, codes=names, names=names, mark="verdict", words=EN)
    return figure_rows(
        rows,
        marks=VERDICT_MARKS,
        names=verdict_names(EN),
        axis=RowsAxis("SD"),
        palette=LIGHT,
    )


def test_a_row_is_named_and_hovered_letter_by_letter_with_its_n() -> None:
    trace = figure_of([0.1]).data[0]  # type: ignore[attr-defined]
    assert trace.text[0] == "<b>&lt;row 0&gt;</b><br>+0.10 [+0.06, +0.14]<br>40 pupils"


def test_a_hidden_row_is_not_drawn_and_a_thin_one_not_judged() -> None:
    table = make_effects([0.1, np.nan, 0.3], verdicts=["above"] * 3)
    table.loc[2, "status"] = "low_coverage"
    rows = effect_rows(table, codes="abc", names="abc", mark="verdict", words=EN)
    assert rows["mark"].tolist() == ["above", "unsure", "unsure"]
    assert rows.loc[1, "hover"] == ""


def test_every_mark_has_a_name_in_every_language() -> None:
    for language in LANGUAGES:
        words = Words(language)
        assert set(verdict_names(words)) == set(VERDICT_MARKS)
        assert set(flag_names(words)) == set(side_names(words)) == set(FLAG_MARKS)
