"""The named signals: which figure each looks at, and which side of it is the worse."""

from dataclasses import dataclass
from typing import Literal

Source = Literal["indicator", "change", "value_added", "gap"]

GRID = "grid"
"""Code of the status x change grid, which counts as a signal."""

CHANGE = "change"
"""Code of the evidence about the grid's other axis; it alone gives no band."""


@dataclass(frozen=True, slots=True)
class SignalKind:
    """What a signal looks at.

    Attributes
    ----------
    source : {"indicator", "change", "value_added", "gap"}
        The figure of this exam, its change since the exam before, the value-added index, the
        shrunken subject gap.
    indicator : str
        Indicator, or column of the source.
    worse : int
        1 where higher is worse, -1 where lower is worse.
    """

    source: Source
    indicator: str
    worse: int


SIGNAL_KINDS: dict[str, SignalKind] = {
    "value_added_index": SignalKind("value_added", "index", -1),
    "low_rate": SignalKind("indicator", "low_rate", 1),
    "subject_gap": SignalKind("gap", "gap", -1),
    "participation_fall": SignalKind("change", "participation", -1),
    "bottom20_growth": SignalKind("change", "bottom20_share", 1),
}
"""By code, in the order in which equally grave signals are listed."""
