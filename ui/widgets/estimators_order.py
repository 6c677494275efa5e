"""The places of the schools by two definitions of value-added."""

import pandas as pd
import streamlit as st

from core.verdict import VERDICTS
from pipeline.views import EstimatorsView
from ui import formats
from ui.charts.figure_rows import words_of
from ui.charts.slope import MOST_LINES, SlopeAxis, slope
from ui.estimator_sentences import definition_names, numbers_of, order_finding
from ui.sheets import Sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark, mark_of
from ui.vocabulary import verdict_words
from ui.widgets.choice import choose_from_list
from ui.widgets.figure import Figure, show_figure

_MOVES: dict[str, Mark] = {
    "better": Mark("▲", "triangle-up", "above", marked("better verdict")),
    "worse": Mark("▼", "triangle-down", "below", marked("worse verdict")),
    "same": Mark("●", "circle", "neutral", marked("same verdict")),
}


def show_order(view: EstimatorsView, *, words: Words) -> None:
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
    if rows.empty:
        st.info(words("No school is judged by both definitions."))
        return
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
    places = [both[name].map(level).astype("float64") for name in ("verdict", "verdict_2")]
    change = places[0] - places[1]
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
