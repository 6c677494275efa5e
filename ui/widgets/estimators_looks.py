"""How definitions differ: order of the schools, correlations, fairness to intakes."""

import pandas as pd
import streamlit as st

from core.verdict import VERDICTS
from pipeline.views import EstimatorsView
from ui import formats
from ui.charts.correlation_tiles import correlation_tiles
from ui.charts.figure_rows import RowsAxis, figure_rows, words_of
from ui.charts.slope import MOST_LINES, SlopeAxis, slope
from ui.estimator_sentences import (
    definition_names,
    gauges_finding,
    numbers_of,
    order_finding,
    pairs_finding,
)
from ui.figure_sheets import estimate_sheet
from ui.sheets import Sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark, mark_of
from ui.vocabulary import verdict_words
from ui.widgets.choice import choose, choose_from_list
from ui.widgets.estimators_facts import show_facts
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

_LOOKS: dict[str, str] = {
    "order": marked("places by two of them"),
    "pairs": marked("correlations"),
    "intake": marked("fairness to intakes"),
    "facts": marked("what each rests on"),
}
_MOVES: dict[str, Mark] = {
    "better": Mark("▲", "triangle-up", "above", marked("better verdict")),
    "worse": Mark("▼", "triangle-down", "below", marked("worse verdict")),
    "same": Mark("●", "circle", "neutral", marked("same verdict")),
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
        _show_order(view, words)
    elif look == "pairs":
        _show_pairs(view, words)
    elif look == "intake":
        _show_intake(view, words)
    else:
        show_facts(view, words=words)


def _show_order(view: EstimatorsView, words: Words) -> None:
    """Show the places of the schools by two definitions."""
    numbers, called = numbers_of(view), definition_names(view, words=words)
    known = [code for code in numbers if code in set(view.effects["definition"])]
    if len(known) < 2:
        st.info(words("Choose two definitions or more that can be estimated."))
        return
    names = {str(numbers[code]): f"{numbers[code]} · {called[code]}" for code in known}
    codes = {str(numbers[code]): code for code in known}
    left, right = st.columns(2)
    with left:
        first = choose_from_list("first", words("From"), names, default=next(iter(names)))
    with right:
        other = str(numbers[_least_alike(view, codes[first])])
        second = choose_from_list("second", words("to"), names, default=other)
    rows = order_rows(view, codes[first], codes[second], words=words)
    drawn = rows.head(MOST_LINES).sort_values("right")
    notes = [words("{first} → {second}", first=names[first], second=names[second])]
    if len(rows) > len(drawn):
        notes.append(
            words(
                "Drawn are the {n} schools that move most, of {all}.",
                n=len(drawn),
                all=len(rows),
            )
        )
    pair = view.pairs[
        view.pairs["first"].isin([codes[first], codes[second]])
        & view.pairs["second"].isin([codes[first], codes[second]])
    ]
    spearman = pair["spearman"].iloc[0] if len(pair) else None
    axis = SlopeAxis(
        words("definition {number}", number=first),
        words("definition {number}", number=second),
        words("Rank"),
    )
    show_figure(
        Figure(
            "estimators_order",
            lambda palette: slope(
                drawn,
                axis=axis,
                marks=_MOVES,
                names=words_of(_MOVES, words=words),
                palette=palette,
            ),
            caption_of(
                view.stamp,
                finding=order_finding(rows, spearman, words=words),
                words=words,
                notes=tuple(notes),
            ),
            ("value_added", "estimator_correlation"),
            _order_sheet(rows, words),
            is_wide=True,
        ),
        words=words,
    )


def _least_alike(view: EstimatorsView, first: str) -> str:
    """Return the definition whose order of the schools is least like that of the first."""
    pairs = view.pairs.sort_values("spearman", kind="stable")
    own = pairs[(pairs["first"] == first) | (pairs["second"] == first)]
    if own.empty:
        return str(view.definitions["definition"].iloc[0])
    pair = own.iloc[0]
    return str(pair["second"] if pair["first"] == first else pair["first"])


def order_rows(view: EstimatorsView, first: str, second: str, *, words: Words) -> pd.DataFrame:
    """Return the schools that both definitions judge, who moves most first."""
    effects = view.effects[view.effects["status"] == "ok"].set_index("school")
    columns = ["rank", "verdict"]
    one, other = (effects.loc[effects["definition"] == c, columns] for c in (first, second))
    both = one.join(other.add_suffix("_2"), how="inner").dropna(subset=["rank", "rank_2"])
    names = view.schools.set_index("school")["name"]
    level = {verdict: place for place, verdict in enumerate(VERDICTS)}
    change = both["verdict"].map(level) - both["verdict_2"].map(level)
    mark = pd.Series("same", index=both.index).mask(change > 0, "better")
    rows = pd.DataFrame(
        {
            "code": both.index,
            "name": [names[school] for school in both.index],
            "left": both["rank"].astype("float64"),
            "right": both["rank_2"].astype("float64"),
            "mark": mark.mask(change < 0, "worse"),
            "verdict": both["verdict"],
            "verdict_2": both["verdict_2"],
        }
    ).reset_index(drop=True)
    rows = rows.assign(hover=[_order_hover(row, words) for row in rows.to_dict("records")])
    moved = (rows["left"] - rows["right"]).abs()
    return rows.loc[moved.sort_values(ascending=False, kind="stable").index]


def _order_hover(row: formats.Row, words: Words) -> str:
    return "<br>".join(
        [
            f"<b>{formats.safe_chart(str(row['name']))}</b>",
            words(
                "no. {before} → no. {after}", before=int(row["left"]), after=int(row["right"])
            ),
            f"{words(mark_of(row['verdict']).word)} → {words(mark_of(row['verdict_2']).word)}",
        ]
    )


def _order_sheet(rows: pd.DataFrame, words: Words) -> Sheet:
    said = {
        name: [verdict_words(mark_of(v).sign, mark_of(v).word, words=words) for v in rows[name]]
        for name in ("verdict", "verdict_2")
    }
    columns = {
        "name": Column(words("School")),
        "left": Column(words("Rank by the first"), "count"),
        "right": Column(words("Rank by the second"), "count"),
        "verdict": Column(words("Verdict by the first")),
        "verdict_2": Column(words("Verdict by the second")),
    }
    return Sheet(rows.assign(**said)[list(columns)], columns)


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
