"""Diagnostics of the schools: who moves the line, and who holds it."""

import pandas as pd

from core.value_added.diagnostics.influence import COOK_PER_SCHOOL, TIMES_MEAN
from pipeline.views import DiagnosticsView
from pipeline.views.diagnostics import COEFFICIENTS
from ui import formats
from ui.charts.figure_rows import words_of
from ui.charts.school_points import Guide, PointAxes, hover_lines, school_points
from ui.diagnostics_sentences import (
    hidden_notes,
    influence_finding,
    leverage_finding,
    small_holders,
)
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.vocabulary import status_words
from ui.widgets.figure import Figure, show_selectable_figure
from ui.widgets.table import Table, show_table

MOVES: dict[str, Mark] = {
    "much": Mark("◆", "diamond", "own", marked("moves the line more than others do")),
    "usual": Mark("●", "circle", "neutral", marked("moves the line little")),
}
HOLDS: dict[str, Mark] = {
    "small": Mark("◆", "diamond", "own", marked("holds much, and twice its share of pupils")),
    "much": Mark("◇", "diamond-open", "own", marked("holds much of the line")),
    "usual": Mark("●", "circle", "neutral", marked("holds less than twice the mean")),
}
_NAMES: dict[str, str] = {
    "intercept": marked("Intercept (SE)"),
    "prior": marked("Slope of the prior (SE)"),
    "mean_prior": marked("Slope of the school's mean prior (SE)"),
}


def show_influence(view: DiagnosticsView, *, words: Words) -> str | None:
    """Show what leaving out each school would do; return the school chosen."""
    bound = COOK_PER_SCHOOL / max(view.n_schools, 1)
    caption = caption_of(
        view.stamp,
        finding=influence_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Change of a coefficient without the school, in its standard errors; Cook's "
                "distance takes all of them together. Looked at from 4 over the number of "
                "schools ({bound}) on. Variances are held; nobody is left out.",
                bound=formats.plain(bound, digits=3),
            ),
            *hidden_notes(view, words=words),
        ),
    )
    axes = PointAxes(
        words("Change of the prior's slope without the school, in standard errors"),
        words("Cook's distance"),
        level=bound,
        level_name=words("bound 4/J"),
    )
    figure = Figure(
        "diagnostics_influence",
        lambda palette: school_points(
            influence_points(view.schools, words=words),
            axes=axes,
            marks=MOVES,
            names=words_of(MOVES, words=words),
            palette=palette,
        ),
        caption,
        ("cook_distance",),
    )
    changes = {
        f"change_{code}": Column(words(_NAMES[code]), "signed")
        for code in COEFFICIENTS
        if view.schools[f"change_{code}"].notna().any()
    }
    columns = {"cook": Column(words("Cook's distance"), "fine"), **changes}
    return _shown(view, figure, "cook", columns, words=words)


def show_leverage(view: DiagnosticsView, *, words: Words) -> str | None:
    """Show each school's hold on the line beside its share of pupils; return the one chosen."""
    bound = TIMES_MEAN / max(view.n_schools, 1)
    caption = caption_of(
        view.stamp,
        finding=leverage_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Hold: share of the line's coefficients that rests on a school, all together "
                "100%. It tells who could move the line, not who does. Above the diagonal a "
                "school holds more than its share of the pupils."
            ),
            *hidden_notes(view, words=words),
        ),
    )
    most = (
        100 * float(view.schools[["share", "hold"]].max().max()) if len(view.schools) else 1.0
    )
    axes = PointAxes(
        words("Share of the pupils, %"),
        words("Hold on the line, %"),
        guides=(Guide((0.0, most), (0.0, most), words("as much as its pupils"), "dot"),),
        level=100 * bound,
        level_name=words("twice the mean"),
    )
    figure = Figure(
        "diagnostics_leverage",
        lambda palette: school_points(
            leverage_points(view.schools, words=words),
            axes=axes,
            marks=HOLDS,
            names=words_of(HOLDS, words=words),
            palette=palette,
        ),
        caption,
        ("school_leverage",),
    )
    columns = {
        "hold": Column(words("Hold on the line (%)"), "points"),
        "share": Column(words("Share of the pupils (%)"), "points"),
        "leverage": Column(words("Leverage"), "fine"),
    }
    return _shown(view, figure, "hold", columns, words=words)


def influence_points(schools: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the schools by what their leaving does, as the chart draws them."""
    return pd.DataFrame(
        {
            "code": schools["school"],
            "name": schools["name"],
            "x": schools["change_prior"],
            "y": schools["cook"],
            "mark": ["much" if much else "usual" for much in schools["is_influential"]],
            "hover": [
                hover_lines(
                    str(row["name"]),
                    words("Cook's distance {cook}", cook=formats.plain(row["cook"], digits=3)),
                    words("{n} pupils", n=formats.count(row["n"])),
                )
                for row in schools.to_dict("records")
            ],
        }
    )


def leverage_points(schools: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the schools by pupils and hold in per cent, as the chart draws them."""
    small = small_holders(schools)
    marks = ["small" if s else "much" if m else "usual"
             for s, m in zip(small, schools["holds_much"], strict=True)]  # fmt: skip
    return pd.DataFrame(
        {
            "code": schools["school"],
            "name": schools["name"],
            "x": 100 * schools["share"],
            "y": 100 * schools["hold"],
            "mark": marks,
            "hover": [
                hover_lines(
                    str(row["name"]),
                    words("hold {hold}", hold=formats.rate(row["hold"])),
                    words("{n} pupils", n=formats.count(row["n"])),
                )
                for row in schools.to_dict("records")
            ],
        }
    )


def _shown(
    view: DiagnosticsView,
    figure: Figure,
    order: str,
    columns: dict[str, Column],
    *,
    words: Words,
) -> str | None:
    """Show a figure of the schools and its table, the largest first; return the one chosen."""
    clicked = show_selectable_figure(figure, words=words)
    schools = view.schools.sort_values(order, ascending=False, kind="stable")
    in_percent = {name: 100 * schools[name] for name in ("hold", "share")}
    status = [status_words(str(code), words=words) for code in schools["status"]]
    heads = {"name": Column(words("School")), "n": Column(words("n"), "count")}
    shown = {**heads, **columns, "status": Column(words("Status"))}
    table = Table(
        f"{figure.key}_table",
        schools.assign(**in_percent, status=status)[list(shown)],
        shown,
        figure.caption,
        figure.explains,
        codes=list(schools["school"]),
        is_below_chart=True,
    )
    return show_table(table, words=words) or clicked
