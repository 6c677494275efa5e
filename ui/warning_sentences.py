"""Findings of warning bands, grid and funnel as sentences, and the tables behind them."""

import pandas as pd

from core.warning.rules import BANDS as BAND_CODES
from core.warning.rules import N_LEVELS
from pipeline.views import FunnelView, StatusGridView, WarningBoardView
from ui import formats
from ui.text import Words
from ui.theme import BANDS
from ui.vocabulary import indicator_name, subject_name

NOT_KNOWN = N_LEVELS + 1
"""Column of the grid for schools without an earlier figure."""


def subject_counts(view: WarningBoardView, *, words: Words) -> pd.DataFrame:
    """Return name of the subject, band and n, subjects in the exam's order."""
    counts = view.bands.groupby(["subject", "band"]).size()
    rows = [
        {
            "name": subject_name(str(code), str(name), words=words),
            "band": band,
            "n": int(counts.get((code, band), 0)),
        }
        for code, name in zip(view.subjects["subject"], view.subjects["name"], strict=True)
        for band in BANDS
    ]
    return pd.DataFrame(rows, columns=["name", "band", "n"])


def band_finding(view: WarningBoardView, *, words: Words) -> str:
    """Return how many warnings of each colour stand, and at how many schools."""
    bands = view.bands
    warned = bands[bands["band"].isin(BAND_CODES[1:])]
    if warned.empty:
        return words(
            "No warning in {cells} judgements of {schools}",
            cells=formats.count(len(bands)),
            schools=_schools(bands["school"].nunique(), words),
        )
    return words(
        "▲ {red} serious, ◆ {yellow} caution, ● {blue} watch, in {schools}",
        red=int((bands["band"] == "red").sum()),
        yellow=int((bands["band"] == "yellow").sum()),
        blue=int((bands["band"] == "blue").sum()),
        schools=_schools(int(warned["school"].nunique()), words),
    )


def grid_cells(view: StatusGridView) -> pd.DataFrame:
    """Return status, change (6 where it is not known), band, n and names of every cell."""
    placed = view.schools.assign(change=view.schools["change"].fillna(NOT_KNOWN).astype(int))
    unknown = bool((placed["change"] == NOT_KNOWN).any())
    known = bool((placed["change"] != NOT_KNOWN).any())
    columns = [*(range(1, NOT_KNOWN) if known else ()), *((NOT_KNOWN,) if unknown else ())]
    grid = view.rules.grid
    rows = []
    for status in range(1, N_LEVELS + 1):
        for change in columns:
            names = placed[(placed["status"] == status) & (placed["change"] == change)]["name"]
            row = grid.first or (0,) * N_LEVELS
            place = (
                row[status - 1] if change == NOT_KNOWN else grid.cells[status - 1][change - 1]
            )
            rows.append(
                {
                    "status": status,
                    "change": change,
                    "band": BAND_CODES[place],
                    "n": len(names),
                    "names": tuple(names),
                }
            )
    return pd.DataFrame(rows)


def grid_finding(view: StatusGridView, *, words: Words) -> str:
    """Return how many schools fell or rose, and how many of the lowest fifth fell."""
    schools = view.schools
    if view.previous_exam is None or schools["change"].isna().all():
        return words(
            "{schools} in the lowest fifth; no earlier exam tells where they move",
            schools=_schools(int((schools["status"] == 1).sum()), words),
        )
    fell, rose = (schools["change"] < 3).fillna(False), (schools["change"] > 3).fillna(False)
    return words(
        "Beyond their error {fell} fell and {rose} rose; of the lowest fifth {low} fell",
        fell=_schools(int(fell.sum()), words),
        rose=_schools(int(rose.sum()), words),
        low=_schools(int((fell & (schools["status"] == 1)).sum()), words),
    )


def funnel_finding(view: FunnelView, *, words: Words) -> str:
    """Return how many schools lie outside the outer limits."""
    flag = view.units["flag"]
    above, below = ((flag == f"{side}_998").sum() for side in ("above", "below"))
    return words(
        "{rate}: of {schools}, {above} lie above and {below} below what size and ordinary "
        "differences explain (99.8% limits around {target})",
        rate=indicator_name(view.rate, words=words),
        schools=_schools(len(flag), words),
        above=int(above),
        below=int(below),
        target=formats.rate(view.target or 0.0),
    )


def funnel_note(view: FunnelView, *, words: Words) -> str:
    """Return how far the limits were widened, and who is not drawn."""
    note = words(
        "The schools differ {phi} times as much as chance would make them, so the limits are "
        "widened by that.",
        phi=formats.plain(view.phi or 0.0),
    )
    if not view.n_left_out:
        return note
    return note + words(
        " Not drawn (hidden, told as a range, or without a figure): {schools}.",
        schools=_schools(view.n_left_out, words),
    )


def _schools(n: int, words: Words) -> str:
    return words.plural("{n} school", "{n} schools", n=n)
