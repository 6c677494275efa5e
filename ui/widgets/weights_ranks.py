"""The composite of the bench: places with their range, and which weights decide."""

import pandas as pd

from core.numerics.rank import bottom_count
from core.weighting.composite import Composite
from core.weighting.scheme import WeightScheme
from pipeline.views import Stamp
from ui import formats
from ui.charts.figure_rows import RowsAxis, figure_rows, words_of
from ui.charts.weight_shift import weight_shift
from ui.figure_sheets import estimate_sheet
from ui.sheets import Sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.weights_sentences import SURE, effective_finding, ranks_finding
from ui.widgets.figure import Figure
from ui.widgets.weights_tree import SCALES, SUMS, Bench

MARKS: dict[str, Mark] = {
    "in": Mark("▼", "triangle-down", "below", marked("in the bottom 20%")),
    "unsure": Mark("◇", "diamond-open", "neutral", marked("hangs on the weights")),
    "out": Mark("●", "circle", "neutral", marked("not in it")),
}
MOST_NEAR = 24
"""Schools nearest the line, which are the ones that weights decide on."""


def ranks_figure(
    bench: Bench, stamp: Stamp, composite: Composite, scheme: WeightScheme, *, n_draws: int
) -> Figure:
    """Return the chart of the places of the schools nearest the line."""
    words = bench.words
    rows = rank_rows(bench, composite.units)
    drawn = near_line(rows)
    n_ranked = len(rows)
    axis = RowsAxis(
        words(
            "Rank among {n} schools, 1 is best; right of the dashed line: lowest 20%",
            n=n_ranked,
        ),
        "rank",
        line=line_of(n_ranked) + 0.5,
    )
    notes = [
        words(
            "Range of the rank under 90% of weights drawn around the chosen ones (spread 25%): "
            "a sensitivity range, not a confidence interval."
        ),
        weights_words(bench, scheme),
    ]
    if len(drawn) < n_ranked:
        notes.append(
            words(
                "Drawn are the {n} schools nearest the line of {all}.",
                n=len(drawn),
                all=n_ranked,
            )
        )
    drawn = drawn.assign(hover=[_hover(row, words) for row in drawn.to_dict("records")])
    return Figure(
        "weights_ranks",
        lambda palette: figure_rows(
            drawn, axis=axis, marks=MARKS, names=words_of(MARKS, words=words), palette=palette
        ),
        caption_of(
            stamp,
            finding=ranks_finding(composite.units, n_draws=n_draws, words=words),
            words=words,
            notes=tuple(notes),
        ),
        ("weighted_composite", "weight_range"),
        estimate_sheet(rows, title=words("Rank"), words=words, kind="count"),
    )


def rank_rows(bench: Bench, units: pd.DataFrame) -> pd.DataFrame:
    """Return the ranked schools of a group in their order, with names and marks."""
    names = dict(zip(bench.view.schools["school"], bench.view.schools["name"], strict=True))
    ranked = units[units["rank"].notna()].sort_values(["rank", "unit"])
    p = ranked["p_bottom20"].astype(float)
    mark = (
        pd.Series("unsure", index=ranked.index).mask(p > SURE, "in").mask(p < 1 - SURE, "out")
    )
    return pd.DataFrame(
        {
            "code": ranked["unit"],
            "name": ranked["unit"].map(names),
            "estimate": ranked["rank"].astype(float),
            "low": ranked["rank_low"].astype(float),
            "high": ranked["rank_high"].astype(float),
            "composite": ranked["composite"],
            "p": p,
            "mark": mark.where(p.notna(), "out"),
        }
    ).reset_index(drop=True)


def near_line(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the schools nearest the line, in their order."""
    line = line_of(len(rows))
    first = max(0, min(line - MOST_NEAR // 2, len(rows) - MOST_NEAR))
    return rows.iloc[first : first + MOST_NEAR]


def line_of(n_ranked: int) -> int:
    """Return the last place above the bottom 20 %."""
    return n_ranked - bottom_count(n_ranked)


def effective_rows(bench: Bench, composite: Composite) -> pd.DataFrame:
    """Return name, nominal and effective weight of each indicator with weight."""
    rows = composite.weights[composite.weights["nominal"] > 0]
    return pd.DataFrame(
        {
            "name": [bench.names[key] for key in rows["indicator"]],
            "nominal": rows["nominal"],
            "effective": rows["effective"],
        }
    ).reset_index(drop=True)


def effective_figure(
    bench: Bench, stamp: Stamp, composite: Composite, scheme: WeightScheme
) -> Figure:
    """Return the chart of nominal and effective weights."""
    words = bench.words
    rows = effective_rows(bench, composite)
    return Figure(
        "weights_effective",
        lambda palette: weight_shift(rows, words=words, palette=palette),
        caption_of(
            stamp,
            finding=effective_finding(rows, words=words),
            words=words,
            notes=(
                words(
                    "Effective: the indicator’s share of the composite’s variance over the "
                    "schools; below 0 it runs against the composite."
                ),
                weights_words(bench, scheme),
            ),
        ),
        ("effective_weight",),
        Sheet(
            rows.assign(nominal=100 * rows["nominal"], effective=100 * rows["effective"]),
            {
                "name": Column(words("Indicator")),
                "nominal": Column(words("Weight (%)"), "points"),
                "effective": Column(words("Decides (%)"), "points"),
            },
        ),
    )


def weights_words(bench: Bench, scheme: WeightScheme) -> str:
    """Return all weights with scale and sum in one line."""
    words = bench.words
    listed = " · ".join(
        f"{bench.names[leaf.key]} {formats.rate(leaf.weight)}"
        for leaf in scheme.tree.leaves
        if leaf.weight > 0
    )
    return words(
        "Weights: {weights}; scale: {scale}; summed as {sum}.",
        weights=listed,
        scale=words(SCALES[scheme.normalisation]),
        sum=words(SUMS[scheme.aggregation]),
    )


def _hover(row: formats.Row, words: Words) -> str:
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        words(
            "no. {rank} ({low}–{high})",
            rank=int(row["estimate"]),
            low=int(row["low"]),
            high=int(row["high"]),
        ),
    ]
    if formats.is_number(row["p"]):
        lines.append(
            words("in the bottom 20% in {p} of the draws", p=formats.probability(row["p"]))
        )
    return "<br>".join(lines)
