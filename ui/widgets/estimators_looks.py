"""How definitions differ: one look at a time, correlations and fairness to intakes here."""

import pandas as pd
import streamlit as st

from pipeline.views import EstimatorsView
from ui import formats
from ui.charts.correlation_tiles import correlation_tiles
from ui.charts.figure_rows import RowsAxis, figure_rows, words_of
from ui.estimator_sentences import (
    definition_names,
    gauges_finding,
    numbers_of,
    pairs_finding,
)
from ui.figure_sheets import estimate_sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.widgets.choice import choose
from ui.widgets.estimators_facts import show_facts
from ui.widgets.estimators_order import show_order
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

_LOOKS: dict[str, str] = {
    "order": marked("places by two of them"),
    "pairs": marked("correlations"),
    "intake": marked("fairness to intakes"),
    "facts": marked("what each rests on"),
}
_GAUGES: dict[str, Mark] = {
    "fair": Mark("●", "circle", "neutral", marked("within ±0.30")),
    "unfair": Mark("▲", "triangle-up", "below", marked("beyond ±0.30: favours some intakes")),
}


@st.fragment
def show_looks(view: EstimatorsView, *, words: Words) -> None:
    """Show one of the looks at the definitions."""
    look = choose("look", words("Shown as"), {code: words(n) for code, n in _LOOKS.items()})
    if look == "order":
        show_order(view, words=words)
    elif look == "pairs":
        _show_pairs(view, words)
    elif look == "intake":
        _show_intake(view, words)
    else:
        show_facts(view, words=words)


def _show_pairs(view: EstimatorsView, words: Words) -> None:
    numbers = numbers_of(view)
    if view.pairs.empty:
        st.info(words("Choose two definitions or more that can be estimated."))
        return
    places = [view.pairs[end].map(numbers) - 1 for end in ("first", "second")]
    tiles = pd.DataFrame(
        {"row": places[1], "column": places[0], "value": view.pairs["spearman"]}
    )
    hovers = [_pair_hover(row, numbers, words) for row in view.pairs.to_dict("records")]
    caption = caption_of(
        view.stamp,
        finding=pairs_finding(view, words=words),
        words=words,
        notes=(words("Spearman’s rank correlation over the schools that both judge."),),
    )
    show_figure(
        Figure(
            "estimators_pairs",
            lambda palette: correlation_tiles(
                tiles.assign(hover=hovers),
                columns=[str(number) for number in numbers.values()],
                title=words("Definition by its number"),
                palette=palette,
            ),
            caption,
            ("estimator_correlation",),
        ),
        words=words,
    )
    columns = {
        "first": Column(words("First definition"), "count"),
        "second": Column(words("Second definition"), "count"),
        "n_schools": Column(words("Schools"), "count"),
        "spearman": Column(words("Rank correlation"), "plain"),
        "pearson": Column(words("Correlation"), "plain"),
        "n_same_verdict": Column(words("with the same verdict"), "count"),
    }
    rows = view.pairs.assign(
        first=view.pairs["first"].map(numbers), second=view.pairs["second"].map(numbers)
    )
    show_table(
        Table(
            "estimators_pairs_table",
            rows[list(columns)],
            columns,
            caption,
            ("estimator_correlation",),
            is_below_chart=True,
        ),
        words=words,
    )


def _pair_hover(row: formats.Row, numbers: dict[str, int], words: Words) -> str:
    return words(
        "definitions {first} and {second}: {n} schools, {same} with the same verdict",
        first=numbers[str(row["first"])],
        second=numbers[str(row["second"])],
        n=row["n_schools"],
        same=row["n_same_verdict"],
    )


def _show_intake(view: EstimatorsView, words: Words) -> None:
    numbers, called = numbers_of(view), definition_names(view, words=words)
    rows = view.definitions
    r = rows["fairness_r"].astype("float64")
    rows = pd.DataFrame(
        {
            "code": rows["definition"],
            "name": [f"{numbers[str(c)]} · {called[str(c)]}" for c in rows["definition"]],
            "estimate": r,
            "low": rows["low"].astype("float64"),
            "high": rows["high"].astype("float64"),
            "n": rows["n_schools"],
            "mark": ["unfair" if warns is True else "fair" for warns in rows["warns"]],
        }
    )
    hovers = [_gauge_hover(row, words) for row in rows.to_dict("records")]
    rows = rows.assign(hover=hovers)
    axis = RowsAxis(words("correlation of value-added and mean prior over schools"))
    show_figure(
        Figure(
            "estimators_intake",
            lambda palette: figure_rows(
                rows,
                axis=axis,
                marks=_GAUGES,
                names=words_of(_GAUGES, words=words),
                palette=palette,
            ),
            caption_of(
                view.stamp,
                finding=gauges_finding(view, words=words),
                words=words,
                notes=(
                    words(
                        "For models with the school’s mean prior the gauge is 0 by "
                        "construction and says nothing. A positive gauge favours strong "
                        "intakes, a negative one weak intakes."
                    ),
                ),
            ),
            ("fairness_gauge",),
            estimate_sheet(rows, title=words("Gauge"), words=words),
        ),
        words=words,
    )


def _gauge_hover(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["estimate"]):
        return ""
    return "<br>".join(
        [
            f"<b>{formats.safe_chart(str(row['name']))}</b>",
            f"r = {formats.signed(row['estimate'])} "
            f"{formats.signed_interval(row['low'], row['high'])}",
            words.plural("{n} school", "{n} schools", n=int(row["n"])),
        ]
    )
