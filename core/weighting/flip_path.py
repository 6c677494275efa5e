"""Flip paths: the smallest change of one weight that takes a school across the bottom line.

Let the weight of indicator k go from w_k to t and the others keep their proportions. With R_j
the composite of the other indicators at their own weights scaled to sum 1,

    c_j(t) = t v_jk + (1 - t) R_j

is a straight line in t, and so is the lead of school m over school j,
lead_mj(t) = t (v_mk - v_jk) + (1 - t) (R_m - R_j). It changes its sign once at most. The school
is in the bottom of n places while at least n_units - n others lead it. Sorting the crossings by
their distance from w_k on either side and counting the leaders across them finds the first
change of side exactly; nothing is searched on a grid.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEP = 1e-5
"""Weights are told in steps of this, a thousandth of a percentage point.

A new weight lies one to two steps past the crossing; bands narrower than two steps are skipped.
"""

_NUDGE = 1e-6

TIED = 1e-12
"""Leads under this, relative to the largest value, are ties."""

PARALLEL = 1e-9
"""Slopes of leads under this, relative to the largest value, cross nowhere."""

ROWS_AT_ONCE = 256
"""Schools looked at together, which bounds memory."""


@dataclass(frozen=True, slots=True)
class FlipPaths:
    """The smallest change of one weight per school that is asked for, in their order.

    Attributes
    ----------
    in_bottom : ndarray of bool, shape (n_units,)
        Where the school stands now.
    indicator : ndarray of int, shape (n_units,)
        Place of the indicator whose weight changes; -1 when no single weight does it.
    to_weight : ndarray, shape (n_units,)
        Its new weight, just past the crossing, 0 to 1; NaN when there is none.
    change : ndarray, shape (n_units,)
        New weight less the present one.
    """

    in_bottom: Bools
    indicator: Ints
    to_weight: Floats
    change: Floats


def find_flip_paths(
    value: Floats, *, weights: Floats, n_bottom: int, of: Ints | None = None
) -> FlipPaths:
    """Find the smallest change of one weight that takes each school across the bottom line.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
        What the weights multiply, higher is better; logarithms for a geometric mean.
    weights : ndarray, shape (n_indicators,)
        0 or more, sum 1. A weight of 1 cannot change, for nothing says how to share out the
        rest.
    n_bottom : int
        Places of the bottom, 0 to n_units; ties share the better place.
    of : ndarray of int, shape (n_asked,), optional
        Rows of the schools whose paths are asked for; all if not given. The cost is that of
        these, times the schools of the group.

    Raises
    ------
    SettingsError
        When the number of places is out of range.

    Examples
    --------
    >>> value = np.array([[3.0, 0.0], [2.0, 2.0], [0.0, 3.0]])
    >>> paths = find_flip_paths(value, weights=np.array([0.8, 0.2]), n_bottom=1)
    >>> paths.in_bottom.tolist(), paths.indicator.tolist(), paths.change.round(4).tolist()
    ([False, False, True], [0, -1, 0], [-0.3, nan, -0.3])
    """
    n_units, n_indicators = value.shape
    if not 0 <= n_bottom <= n_units:
        raise SettingsError(
            f"The bottom has {n_bottom} places. Choose from 0 to the {n_units} of the group.",
            f"后段名次数为 {n_bottom}，须在 0 到本组 {n_units} 之间。",
        )
    scaled = value / (np.abs(value).max(initial=0.0) or 1.0)
    composite = (scaled * weights).sum(axis=1)
    asked = np.arange(n_units) if of is None else of
    in_bottom = _is_bottom(composite, n_bottom=n_bottom)
    changes = np.full((2 * n_indicators, asked.size), np.inf)
    for k in np.flatnonzero(weights < 1):
        # d composite / d weight of k, the others keeping their proportions.
        slope = (scaled[:, k] - composite) / (1 - weights[k])
        lines = _Lines(composite, slope, in_bottom, n_units - n_bottom)
        changes[2 * k] = lines.first_crossing(asked, room=1 - weights[k])
        changes[2 * k + 1] = -lines.reversed().first_crossing(asked, room=weights[k])
    # Rounded, so that of changes that differ in their last digits the first indicator's counts.
    shortest = np.abs(changes).round(9).argmin(axis=0)
    change = changes[shortest, np.arange(asked.size)]
    exists = np.isfinite(change)
    indicator = np.where(exists, shortest // 2, -1)
    to_weight = _told(weights[indicator], np.where(exists, change, np.nan))
    return FlipPaths(
        in_bottom=in_bottom[asked],
        indicator=indicator,
        to_weight=to_weight,
        change=to_weight - weights[indicator],
    )


def _told(weight: Floats, change: Floats) -> Floats:
    """Return new weights in whole steps, away from the present ones: what is told is enough."""
    steps = (weight + change) / STEP
    # Nudged, because what is a whole number of steps may miss it by its last digit.
    away = np.where(change > 0, np.ceil(steps - _NUDGE), np.floor(steps + _NUDGE))
    to_weight: Floats = np.round(away * STEP, 5)
    return to_weight


@dataclass(frozen=True, slots=True)
class _Lines:
    """The composites as lines in the change of one weight.

    ``composite`` at no change and ``slope``, both in units of the largest value; a school is
    in the bottom while ``n_enough`` others lead it.
    """

    composite: Floats
    slope: Floats
    in_bottom: Bools
    n_enough: int

    def reversed(self) -> "_Lines":
        """Return the same lines, walked the other way."""
        return replace(self, slope=-self.slope)

    def first_crossing(self, of: Ints, *, room: float) -> Floats:
        """Return how far the weight must grow for schools; infinite beyond the room."""
        starts = range(0, of.size, ROWS_AT_ONCE)
        parts = [self._crossing(of[i : i + ROWS_AT_ONCE], room=room) for i in starts]
        return np.concatenate(parts) if parts else np.empty(0)

    def _crossing(self, rows: Ints, *, room: float) -> Floats:
        lead = self.composite[None, :] - self.composite[rows, None]
        slope = self.slope[None, :] - self.slope[rows, None]
        leads = lead > TIED
        turns = np.where(leads, slope < -PARALLEL, slope > PARALLEL)
        size = np.where(turns, np.abs(slope), 1.0)
        distance = np.where(
            turns, np.where(np.abs(lead) > TIED, np.abs(lead), 0) / size, np.inf
        )
        order = np.argsort(distance, axis=1)
        distance = np.take_along_axis(distance, order, axis=1)
        steps = np.where(np.take_along_axis(leads, order, axis=1), -1, 1)
        leaders = leads.sum(axis=1, keepdims=True) + np.cumsum(steps, axis=1)
        flips = (leaders >= self.n_enough) != self.in_bottom[rows, None]
        # Of crossings within a band, the last one counts; those beyond the room do not.
        is_apart = distance[:, 1:] > distance[:, :-1] + 2 * STEP
        flips[:, :-1] &= is_apart
        flips &= distance + STEP <= room
        first = flips.argmax(axis=1)[:, None]
        reached = np.take_along_axis(distance, first, axis=1)[:, 0] + STEP
        return np.where(flips.any(axis=1), reached, np.inf)


def _is_bottom(composite: Floats, *, n_bottom: int) -> Bools:
    if not n_bottom:
        return np.zeros(composite.size, dtype=bool)
    in_order = np.sort(composite)
    leaders = composite.size - np.searchsorted(in_order, composite + TIED, side="right")
    bottom: Bools = leaders >= composite.size - n_bottom
    return bottom
