"""What one signal says of every cell: by its entry lines, and by its exit lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.warning.figures import OK, Figure
from core.warning.rules import BANDS, SignalRule
from core.warning.signal_kinds import SIGNAL_KINDS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Words = NDArray[np.str_]
Flags = NDArray[np.bool_]

UNKNOWN = -1
"""Place of "insufficient": below every band."""

ROUNDING = 1e-9
"""A figure this near to its line stands on it: 0.92 - 0.95 is a hair below -0.03."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal over all cells.

    Attributes
    ----------
    signal : str
    value, n_pupils : ndarray, shape (n_cells,)
    enter, leave : ndarray of int, shape (n_cells,)
        Places in ``BANDS`` by the entry and by the exit lines, -1 where insufficient; the exit
        lines are the better ones, so ``leave`` is never below ``enter``.
    enter_line, leave_line : ndarray, shape (n_cells, 4)
        The lines of the bands; NaN where a band has none.
    reason : ndarray of str, shape (n_cells,)
        ``ok``, or why the signal is insufficient.
    applies : ndarray of bool, shape (n_cells,)
        False where there is nothing to look at, as the subject gap of a total.
    """

    signal: str
    value: Floats
    n_pupils: Floats
    enter: Indices
    leave: Indices
    enter_line: Floats
    leave_line: Floats
    reason: Words
    applies: Flags

    def band(self, standing: Indices) -> Indices:
        """Return the place of the band by itself, given what stood before."""
        return np.clip(standing, self.enter, self.leave)

    def threshold(self, standing: Indices) -> Floats:
        """Return the line that the figure stands at, or the mildest one where none is reached.

        Where only the exit line still holds the band, it is the exit line.
        """
        band = self.band(standing)
        mildest = np.argmax(~np.isnan(self.enter_line), axis=1)
        place = np.maximum(band, mildest)[:, None]
        held = (band > self.enter) & (band > 0)
        line = np.where(
            held,
            np.take_along_axis(self.leave_line, place, axis=1)[:, 0],
            np.take_along_axis(self.enter_line, place, axis=1)[:, 0],
        )
        return np.where(np.isfinite(line), line, np.nan)


def signal_evidence(rule: SignalRule, figure: Figure, *, applies: Flags) -> Evidence:
    """Return what a named signal says, from its lines and its figure."""
    worse = SIGNAL_KINDS[rule.code].worse
    reason = few_pupils(figure, minimum=rule.min_pupils)
    enter_line = np.array([np.nan, *(np.nan if x is None else x for x in rule.lines)])
    leave_line = enter_line - worse * rule.exit_margin
    at_worst = _reached(figure.value, enter_line, worse=worse)
    enter = np.where(figure.clear, at_worst, 0)
    leave = np.maximum(enter, _reached(figure.value, leave_line, worse=worse))
    # Of a range both ends have to say the same, or nothing is known.
    one_meaning = at_worst == _reached(figure.better, enter_line, worse=worse)
    is_range = ~np.isclose(figure.value, figure.better, equal_nan=True)
    reason = np.where(
        (reason == OK) & is_range & ~one_meaning & ~np.isnan(figure.value), "coded", reason
    )
    known, shape = reason == OK, (figure.value.size, len(BANDS))
    return Evidence(
        signal=rule.code,
        value=figure.value,
        n_pupils=figure.n_pupils,
        enter=np.where(known, enter, UNKNOWN),
        leave=np.where(known, leave, UNKNOWN),
        enter_line=np.broadcast_to(enter_line, shape),
        leave_line=np.broadcast_to(leave_line, shape),
        reason=reason,
        applies=applies,
    )


def few_pupils(figure: Figure, *, minimum: int) -> Words:
    """Return the reasons of a figure, with units under the minimum taken out."""
    enough = figure.n_pupils >= minimum  # False where the number is not known
    return np.where((figure.reason == OK) & ~enough, "few_pupils", figure.reason)


def _reached(value: Floats, lines: Floats, *, worse: int) -> Indices:
    """Return the gravest band whose line the value reaches, 0 if none."""
    reached = worse * value[:, None] >= worse * lines - ROUNDING
    place: Indices = (reached * np.arange(len(BANDS))).max(axis=1)
    return place
