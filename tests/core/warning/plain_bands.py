"""The rules, cell by cell in plain Python: slow, and written differently.

A cell holds what is known of one school in one subject.
"""

from dataclasses import dataclass

from core.warning.rules import BANDS, RuleSet, SignalRule

HAIR = 1e-9


@dataclass(frozen=True)
class Cell:
    """Figures of one school in one subject, and what each signal stood at before."""

    z: float
    cuts: tuple[float, ...]
    change: float | None
    change_se: float
    figures: dict[str, float]
    stood: dict[str, str]


def plain_band(cell: Cell, *, rules: RuleSet) -> str:
    """Return the band of a cell whose inputs are all known."""
    grid = _held(
        "grid", cell, [_grid_band(cell, rules=rules, leaving=x) for x in (False, True)]
    )
    bands = [grid]
    for signal in rules.signals:
        if signal.code in cell.figures:
            own = [_signal_band(signal, cell, leaving=leaving) for leaving in (False, True)]
            bands.append(_held(signal.code, cell, own))
    for place in (3, 2, 1):
        enough = sum(1 for band in bands if band >= place) >= rules.needs[place - 1]
        if enough or (rules.grid_alone and grid >= place):
            return BANDS[place]
    return "none"


def _held(code: str, cell: Cell, bands: list[int]) -> int:
    """Return the band by entry, or what stood as far as the band by exit allows."""
    entry, leaving = bands
    stood = BANDS.index(cell.stood[code]) if code in cell.stood else 0
    if stood <= entry:
        return entry
    return min(stood, leaving)


def _signal_band(rule: SignalRule, cell: Cell, *, leaving: bool) -> int:
    margin = rule.exit_margin if leaving else 0.0
    value, found = cell.figures[rule.code], 0
    for place, line in enumerate(rule.lines, start=1):
        if line is None:
            continue
        if rule.code in ("low_rate", "bottom20_growth"):
            fires = value >= line - margin - HAIR
        else:
            fires = value <= line + margin + HAIR
        found = place if fires else found
    return found


def _grid_band(cell: Cell, *, rules: RuleSet, leaving: bool) -> int:
    z = cell.z - (rules.grid.exit_margin if leaving else 0.0)
    level = 0
    for cut in cell.cuts:
        if z >= cut - HAIR:
            level += 1
    if cell.change is None:
        assert rules.grid.first is not None
        return rules.grid.first[level]
    if abs(cell.change) < 1.959963984540054 * cell.change_se:
        column = 2
    else:
        far = 2 if abs(cell.change) >= rules.grid.large_change else 1
        column = 2 + far if cell.change > 0 else 2 - far
    return rules.grid.cells[level][column]
