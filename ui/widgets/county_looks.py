"""Closer looks at the county: one is chosen, and only that one is computed and sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from pipeline.views import BriefingView, LeadershipView
from pipeline.views.funnel import RATES
from ui import formats, state, url_state
from ui.charts.band_counts import band_counts
from ui.charts.caterpillar import caterpillar
from ui.charts.funnel import funnel
from ui.charts.quadrant import quadrant
from ui.charts.status_grid import status_grid
from ui.dictionary import ENTRIES
from ui.figure_sheets import counts_sheet, funnel_sheet, grid_sheet
from ui.registry import WARNING_BOARD
from ui.sentences import (
    caterpillar_finding,
    comparable,
    interval_note,
    left_out_notes,
    quadrant_finding,
)
from ui.stamp import caption_of
from ui.text import marked
from ui.url_state import switches
from ui.vocabulary import indicator_name
from ui.warning_sentences import (
    band_finding,
    funnel_finding,
    funnel_note,
    grid_cells,
    grid_finding,
    subject_counts,
)
from ui.widgets import briefing_panels
from ui.widgets.figure import Figure, show_figure, show_selectable_figure
from ui.widgets.model_panel import show_common_sample, show_fairness, show_model_status
from ui.widgets.page_opening import Opening
from ui.widgets.target_panel import show_targets
from ui.widgets.unknown_code import say_unknown

LOOK_KEY, RATE_KEY = "look", "rate"


@dataclass(frozen=True, slots=True)
class County:
    """What the looks are made from."""

    opening: Opening
    briefing: BriefingView
    view: LeadershipView


def show_look(county: County) -> str | None:
    """Ask for a closer look and show it; return the school that was chosen in it."""
    words = county.opening.words
    codes = list(LOOKS)
    unknown = url_state.prepare(LOOK_KEY, codes=codes, default=codes[0])
    chosen = st.segmented_control(
        words("Closer look"),
        codes,
        key=LOOK_KEY,
        format_func=lambda code: words(LOOKS[code][0]),
        persist_state="session",
        required=True,
        label_visibility="collapsed",
    )
    say_unknown(unknown)
    url_state.write({LOOK_KEY: chosen})
    return LOOKS[str(chosen)][1](county)


def _crossings(county: County) -> str | None:
    return briefing_panels.show_crossings(county.briefing, words=county.opening.words)


def _flags(county: County) -> None:
    briefing_panels.show_flags(county.briefing, words=county.opening.words)


def _gap(county: County) -> None:
    briefing_panels.show_gap(county.briefing, words=county.opening.words)


def _places(county: County) -> str | None:
    return briefing_panels.show_places(county.briefing, words=county.opening.words)


def _rebound(county: County) -> str | None:
    return briefing_panels.show_rebound(county.briefing, words=county.opening.words)


def _quadrant(county: County) -> str | None:
    words, view = county.opening.words, county.view
    baseline = county.opening.selection.query.baseline
    if not show_model_status(view.model, baseline=baseline, words=words):
        return None
    both = comparable(view.schools)
    chosen = None
    if len(both):
        caption = caption_of(
            view.stamp,
            finding=quadrant_finding(view, words=words),
            words=words,
            notes=left_out_notes(view, words=words),
        )
        figure = Figure(
            "quadrant",
            lambda palette: quadrant(both, words=words, palette=palette),
            caption,
            ("z", "value_added"),
            is_wide=True,
        )
        chosen = show_selectable_figure(figure, words=words)
    show_fairness(view.model, words=words)
    return chosen


def _caterpillar(county: County) -> str | None:
    words, view = county.opening.words, county.view
    baseline = county.opening.selection.query.baseline
    if not show_model_status(view.model, baseline=baseline, words=words):
        return None
    caption = caption_of(
        view.stamp,
        finding=caterpillar_finding(view, words=words),
        words=words,
        notes=(interval_note(words), *left_out_notes(view, words=words)),
    )
    figure = Figure(
        "caterpillar",
        lambda palette: caterpillar(view.schools, words=words, palette=palette),
        caption,
        ("value_added",),
    )
    chosen = show_selectable_figure(figure, words=words)
    if view.model.common_sample is not None:
        st.subheader(words("Common sample of the county"))
        show_common_sample(view.model.common_sample, words=words)
    return chosen


def _grid(county: County) -> None:
    words, opening = county.opening.words, county.opening
    view = state.status_grid_view(opening.scope, opening.selection.query)
    if view.schools.empty:
        st.info(words("No school can be placed in the grid: too few pupils or schools."))
        return
    cells = grid_cells(view)
    caption = caption_of(
        view.stamp,
        finding=grid_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Sign of a cell: the band that it gives alone. A change within 1.96 standard "
                "errors counts as no change. Schools that cannot be placed: {n}.",
                n=view.n_unjudged,
            ),
        ),
    )
    figure = Figure(
        "status_grid",
        lambda palette: status_grid(cells, words=words, palette=palette),
        caption,
        ("status_grid", "warning_band"),
        grid_sheet(view, words=words),
        is_wide=True,
    )
    show_figure(figure, words=words)


def _bands(county: County) -> None:
    words, opening = county.opening.words, county.opening
    view = state.warning_board_view(opening.scope, opening.selection.query)
    counts = subject_counts(view, words=words)
    caption = caption_of(view.stamp, finding=band_finding(view, words=words), words=words)
    figure = Figure(
        "band_counts",
        lambda palette: band_counts(counts, words=words, palette=palette),
        caption,
        ("warning_band",),
        counts_sheet(counts, words=words),
        is_wide=True,
    )
    show_figure(figure, words=words)
    st.page_link(
        WARNING_BOARD.of(words),
        label=words("Open the warning board: every school, every subject, every reason"),
        query_params={
            **opening.selection.address(),
            **switches(),
            "lang": words.language,
        },
    )


def _funnel(county: County) -> str | None:
    words, opening = county.opening.words, county.opening
    unknown = url_state.prepare(RATE_KEY, codes=RATES, default=RATES[0])
    rate = st.selectbox(
        words("Rate"),
        RATES,
        key=RATE_KEY,
        format_func=lambda code: indicator_name(code, words=words),
        persist_state="session",
    )
    say_unknown(unknown)
    url_state.write({RATE_KEY: rate})
    view = state.funnel_view(opening.scope, rate, opening.selection.query)
    target = view.target
    if target is None or view.units.empty:
        reason = formats.told(view.why or ("", ""), words=words)
        st.info(words("No funnel of this rate. {reason}", reason=reason))
        return None
    caption = caption_of(
        view.stamp,
        finding=funnel_finding(view, words=words),
        words=words,
        notes=(funnel_note(view, words=words),),
    )
    figure = Figure(
        "funnel",
        lambda palette: funnel(
            view.units,
            view.limits,
            target=target,
            lower_is_better=ENTRIES[rate].better == "lower",
            words=words,
            palette=palette,
        ),
        caption,
        ("funnel", rate),
        funnel_sheet(view, words=words),
        is_wide=True,
    )
    return show_selectable_figure(figure, words=words)


def _targets(county: County) -> None:
    opening = county.opening
    view = state.targets_view(opening.scope, opening.selection.query)
    show_targets(view, words=opening.words)


LOOKS: Mapping[str, tuple[str, Callable[[County], str | None]]] = {
    "crossings": (marked("Crossed a line"), _crossings),
    "flags": (marked("Wrong flags"), _flags),
    "gap": (marked("Gap between schools"), _gap),
    "places": (marked("Three places"), _places),
    "rebound": (marked("Rebound"), _rebound),
    "quadrant": (marked("Attainment × value-added"), _quadrant),
    "caterpillar": (marked("Value-added of all schools"), _caterpillar),
    "grid": (marked("Level × change"), _grid),
    "bands": (marked("Warning bands by subject"), _bands),
    "funnel": (marked("Funnel"), _funnel),
    "targets": (marked("Targets"), _targets),
}
"""By code, in the order of the questions; name and what draws it."""
