"""A school's value-added by start quintile, so that no small cell can be worked out."""

import pandas as pd

from data.scope import Scope
from data.store import Store
from pipeline.compute_differential import exam_differential
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.remember import remember
from pipeline.rounded import rounded
from pipeline.school_groups import hidden_cells
from pipeline.shown_judgements import SUPPRESSED, Why

_FIGURES = ["n", "estimate", "low", "high", "index", "verdict"]
_COLUMNS = ["quintile", *_FIGURES, "status"]
_EXACT = ["se_prediction", "reliability", "residual", "se_residual"]
"""Figures from which others are made; of a hidden cell they are not known either."""


def starts(
    scope: Scope, store: Store, request: ValueAddedRequest | None, school: str
) -> tuple[pd.DataFrame, Why | None]:
    """Return a row for each fifth of the start, lowest first, or why there is none."""
    nothing = pd.DataFrame(columns=_COLUMNS)
    if request is None:
        return nothing, None
    found = shown_differential(scope, store, request)
    if isinstance(found, tuple):
        return nothing, found
    own = found[found["school"] == school].set_index("quintile")
    whole = own.reindex(range(1, int(found["quintile"].max()) + 1)).rename_axis("quintile")
    # A fifth without pupils reads like a hidden one: it would tell of every single pupil.
    status = whole["status"].fillna(SUPPRESSED)
    rows = whole.assign(status=status, se=float("nan")).reset_index()
    return rounded(rows[_COLUMNS]), None


@remember(most=64)
def shown_differential(
    scope: Scope, store: Store, request: ValueAddedRequest
) -> pd.DataFrame | Why:
    """Return the effects of schools on fifths without the cells that are hidden.

    The effects of a fifth add up to about 0 and the fifths of a school to its pupils, so
    partners are hidden both beside and below a small cell; fifths of townships, kinds and
    places are told elsewhere, and give no cell back.
    """
    found = exam_differential(scope, store, request)
    if isinstance(found, tuple) or scope.sees_small_groups:
        return found
    counts = found.pivot_table(
        index="school", columns="quintile", values="n", aggfunc="sum", fill_value=0
    ).astype("int64")
    hidden = hidden_cells(scope, store, request.current, request.baseline, counts=counts)
    row = hidden.index.get_indexer(pd.Index(found["school"]))
    column = hidden.columns.get_indexer(pd.Index(found["quintile"]))
    is_hidden = pd.Series(hidden.to_numpy()[row, column], index=found.index)
    blank = {name: found[name].mask(is_hidden) for name in (*_FIGURES, *_EXACT)}
    return found.assign(**blank, status=found["status"].mask(is_hidden, SUPPRESSED))
