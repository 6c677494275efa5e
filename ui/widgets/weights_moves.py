"""Against another scheme: who moves, and which kinds of schools gain."""

import pandas as pd
import streamlit as st

from core.weighting.scheme import WeightScheme
from core.weighting.scheme_changes import SchemeChanges
from pipeline.views import NamedScheme, Stamp
from ui import formats
from ui.charts.figure_rows import words_of
from ui.charts.slope import MOST_LINES, SlopeAxis, slope
from ui.sheets import Sheet
from ui.stamp import caption_of
from ui.state.weighting import changes, gains
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.vocabulary import LOCALES, scheme_name
from ui.weights_sentences import gains_finding, moves_finding
from ui.widgets.choice import choose
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table
from ui.widgets.weights_ranks import line_of, weights_words
from ui.widgets.weights_tree import Bench

MARKS: dict[str, Mark] = {
    "enters": Mark("▼", "triangle-down", "below", marked("comes into the bottom 20%")),
    "leaves": Mark("▲", "triangle-up", "above", marked("leaves the bottom 20%")),
    "other": Mark("●", "circle", "neutral", marked("stays on its side")),
}
_TRAITS: dict[str, str] = {
    "school_type": marked("type of school"),
    "locale": marked("town and country"),
    "size": marked("size"),
}
_SIZES: dict[str, str] = {
    "small": marked("smallest third"),
    "medium": marked("middle third"),
    "large": marked("largest third"),
}


def show_moves(
    bench: Bench, stamp: Stamp, group: str, *, scheme: WeightScheme, other: NamedScheme
) -> None:
    """Show the places by the other scheme and by the weights of the bench."""
    words = bench.words
    moves = changes(bench.view, group, first=other.weights, second=scheme)
    first = scheme_name(other.label, words=words)
    rows = _rows(bench, moves)
    known = rows.dropna(subset=["left", "right"])
    agreement = moves.agreement.iloc[0]
    drawn = known.head(MOST_LINES).sort_values("right")
    notes = [
        words(
            "Agreement of the two orders: Kendall’s tau {tau}; on average a school moves by "
            "{places} places.",
            tau=_number(agreement["kendall_tau"], 2),
            places=_number(agreement["mean_absolute_change"], 1),
        ),
        weights_words(bench, scheme),
    ]
    if len(known) > len(drawn):
        notes.append(
            words(
                "Drawn are the {n} schools that move most, of {all}.",
                n=len(drawn),
                all=len(known),
            )
        )
    axis = SlopeAxis(
        first, words("weights of the bench"), words("Rank"), line_of(len(known)) + 0.5
    )
    show_figure(
        Figure(
            "weights_moves",
            lambda palette: slope(
                drawn,
                axis=axis,
                marks=MARKS,
                names=words_of(MARKS, words=words),
                palette=palette,
            ),
            caption_of(
                stamp,
                finding=moves_finding(moves, first=first, words=words),
                words=words,
                notes=tuple(notes),
            ),
            ("weighted_composite", "rank_agreement"),
            _sheet(known, words),
            is_wide=True,
        ),
        words=words,
    )


def show_gains(
    bench: Bench, stamp: Stamp, group: str, *, scheme: WeightScheme, other: NamedScheme
) -> None:
    """Show how schools of one type, place or size move."""
    words = bench.words
    moves = changes(bench.view, group, first=other.weights, second=scheme)
    found = gains(bench.view, moves)
    traits = {code: words(name) for code, name in _TRAITS.items()}
    trait = choose("trait", words("Schools by"), traits)
    rows = found[found["trait"] == trait]
    rows = rows.assign(name=[_kind(trait, str(kind), words) for kind in rows["kind"]])
    if rows.empty:
        st.info(words("No school has this property in the roll; there is nothing to compare."))
        return
    columns = {
        "name": Column(traits[trait]),
        "n_units": Column(words("Schools"), "count"),
        "mean_gained": Column(words("Places gained on average"), "signed"),
        "n_gain": Column(words("gain"), "count"),
        "n_lose": Column(words("lose"), "count"),
        "n_enter_bottom": Column(words("come into the bottom 20%"), "count"),
        "n_leave_bottom": Column(words("leave it"), "count"),
    }
    first = scheme_name(other.label, words=words)
    caption = caption_of(
        stamp,
        finding=gains_finding(rows, traits[trait], words=words),
        words=words,
        notes=(
            words("Places gained against {first}; minus: lost.", first=first),
            weights_words(bench, scheme),
        ),
    )
    show_table(
        Table("weights_gains", rows[list(columns)], columns, caption, ("weighted_composite",)),
        words=words,
    )


def _rows(bench: Bench, moves: SchemeChanges) -> pd.DataFrame:
    """Return the schools that both schemes rank, who moves most first."""
    names = dict(zip(bench.view.schools["school"], bench.view.schools["name"], strict=True))
    units = moves.units
    mark = pd.Series("other", index=units.index)
    mark = mark.mask(units["enters_bottom"], "enters").mask(units["leaves_bottom"], "leaves")
    rows = pd.DataFrame(
        {
            "code": units["unit"],
            "name": units["unit"].map(names),
            "left": units["rank_official"].astype("float64"),
            "right": units["rank"].astype("float64"),
            "gained": units["gained"],
            "mark": mark,
        }
    )
    return rows.assign(hover=[_hover(row, bench.words) for row in rows.to_dict("records")])


def _hover(row: formats.Row, words: Words) -> str:
    if not (formats.is_number(row["left"]) and formats.is_number(row["right"])):
        return ""
    name = formats.safe_chart(str(row["name"]))
    return f"<b>{name}</b><br>" + words(
        "no. {before} → no. {after}", before=int(row["left"]), after=int(row["right"])
    )


def _sheet(rows: pd.DataFrame, words: Words) -> Sheet:
    columns = {
        "name": Column(words("School")),
        "left": Column(words("Rank before"), "count"),
        "right": Column(words("Rank"), "count"),
        "gained": Column(words("Places gained"), "count"),
        "side": Column(words("Bottom 20%")),
    }
    sides = [words(MARKS[str(mark)].word) for mark in rows["mark"]]
    return Sheet(rows.assign(side=sides)[list(columns)], columns)


def _kind(trait: str, kind: str, words: Words) -> str:
    known = {"locale": LOCALES, "size": _SIZES}.get(trait, {})
    return words(known[kind]) if kind in known else kind


def _number(value: object, digits: int) -> str:
    return formats.plain(value, digits=digits) if formats.is_number(value) else "–"
