"""A rule set of the warning bands: read from a plain mapping, checked, and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from core.errors import SettingsError
from core.numerics.rank import MIN_JUDGED
from core.policy import Section, Title
from core.warning.signal_kinds import GRID, SIGNAL_KINDS

BANDS = ("none", "blue", "yellow", "red")
"""Gravest last; their places are the numbers that the package reckons with."""

INSUFFICIENT = "insufficient"
"""State of its own: neither a colour nor none."""

N_LEVELS = 5
"""Levels of status and of change, worst first."""

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Status x change.

    Attributes
    ----------
    indicator : str
        Figure of the status, higher is better; its change is the other axis.
    cuts : tuple of 4 floats
        Shares of the comparison group, between 0 and 1, at which the status levels part.
    large_change : float
        From here on a change that is more than chance counts as large; unit of the indicator.
    exit_margin : float
        How far above a cut the status has to be to leave a band; unit of the indicator.
    min_pupils, min_group : int
        Fewest pupils of a unit, fewest units of a group that is cut.
    cells : tuple of 5 rows of 5
        Places in ``BANDS``; rows by status, columns by change, worst first.
    first : tuple of 5, or None
        By status, where no change is known; None makes that insufficient.
    """

    indicator: str
    cuts: tuple[float, ...]
    large_change: float
    exit_margin: float
    min_pupils: int
    min_group: int
    cells: tuple[Row, ...]
    first: Row | None


@dataclass(frozen=True, slots=True)
class SignalRule:
    """From where one named signal fires.

    Attributes
    ----------
    code : str
        Key of ``SIGNAL_KINDS``.
    lines : tuple of 3 floats or None
        Entry lines of blue, yellow and red in the unit of the figure; None where a band is not
        given by this signal.
    exit_margin : float
        How far on the better side of a line the figure has to be to leave its band.
    min_pupils : int
        Fewest pupils that the figure may rest on.
    """

    code: str
    lines: tuple[float | None, ...]
    exit_margin: float
    min_pupils: int


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the rules for warning bands.

    Attributes
    ----------
    id, version : str
        Printed with every band.
    title : Title
    origin : {"project_default", "policy"}
        Whether anybody has decided these thresholds.
    grid : Grid
    signals : tuple of SignalRule
    required : tuple of str
        Signals (or ``grid``) without which nothing is judged.
    needs : tuple of 3 int
        How many signals, the grid among them, have to stand at blue, yellow, red or worse.
    grid_alone : bool
        Whether the grid gives its band whatever the number.
    min_coverage : float
        Least share of pupils matched for value-added to count.
    """

    id: str
    version: str
    title: Title
    origin: str
    grid: Grid
    signals: tuple[SignalRule, ...]
    required: tuple[str, ...]
    needs: tuple[int, ...]
    grid_alone: bool
    min_coverage: float


def rule_set_of(settings: Mapping[str, object]) -> RuleSet:
    """Return the rule set that a mapping, as TOML gives it, describes.

    Parameters
    ----------
    settings : mapping
        Keys as in ``core.warning.default_rules.DEFAULT_RULES``.

    Raises
    ------
    SettingsError
        For a missing, unknown or wrong setting, by its name, with the value found and what is
        allowed; for lines or cells that get milder where the figure gets worse.

    Examples
    --------
    >>> from core.warning.default_rules import DEFAULT_RULES
    >>> rules = rule_set_of(DEFAULT_RULES)
    >>> rules.origin, rules.needs
    ('project_default', (1, 1, 2))
    """
    top = Section(settings)
    signals = _signals(top.section("signals"))
    codes = (GRID, *(signal.code for signal in signals))
    combine = top.section("combine")
    rules = RuleSet(
        id=top.text("id"),
        version=top.text("version"),
        title=top.title(),
        origin=top.text("origin", allowed=("project_default", "policy")),
        grid=_grid(top.section("grid")),
        signals=signals,
        required=combine.words("required", allowed=codes),
        needs=_needs(combine),
        grid_alone=combine.flag("grid_alone"),
        min_coverage=top.number("min_coverage", low=0, high=1),
    )
    combine.close()
    top.close()
    return rules


def _signals(section: Section) -> tuple[SignalRule, ...]:
    rules = [_signal(code, section.section(code)) for code in SIGNAL_KINDS if section.has(code)]
    section.close(known=SIGNAL_KINDS)
    return tuple(rules)


def _signal(code: str, section: Section) -> SignalRule:
    lines = tuple(section.number(band) if section.has(band) else None for band in BANDS[1:])
    worse = SIGNAL_KINDS[code].worse
    given = [line for line in lines if line is not None]
    if not given or any(worse * b <= worse * a for a, b in pairwise(given)):
        order = ("falling", "递减") if worse < 0 else ("rising", "递增")
        raise SettingsError(
            f"Lines of {section.path} (blue, yellow, red) are {given}. There must be at least "
            f"one, and they must be {order[0]} from blue to red. Correct them.",
            f"{section.path} 的蓝、黄、红线为 {given}，至少应有一条，且由蓝到红应{order[1]}。"
            "请更正。",
        )
    rule = SignalRule(
        code=code,
        lines=lines,
        exit_margin=section.number("exit_margin", low=0),
        min_pupils=section.integer("min_pupils", low=1),
    )
    section.close(known=BANDS[1:])
    return rule


def _grid(section: Section) -> Grid:
    cuts = section.rising("cuts", length=N_LEVELS - 1)
    if not (cuts[0] > 0 and cuts[-1] < 1):
        words = ("4 shares between 0 and 1", " 0 与 1 之间的 4 个比例")
        raise section.refuse("cuts", list(cuts), *words)
    grid = Grid(
        indicator=section.text("indicator"),
        cuts=cuts,
        large_change=section.number("large_change", low=0),
        exit_margin=section.number("exit_margin", low=0),
        min_pupils=section.integer("min_pupils", low=1),
        min_group=section.integer("min_group", low=MIN_JUDGED),
        cells=_cells(section),
        first=_row(section, "first") if section.has("first") else None,
    )
    section.close(known=("first",))
    return grid


def _cells(section: Section) -> tuple[Row, ...]:
    rows = section.section("cells")
    cells = tuple(_row(rows, f"status_{level}") for level in range(1, N_LEVELS + 1))
    rows.close()
    for worse, better in pairwise(cells):
        if any(a < b for a, b in zip(worse, better, strict=True)):
            raise _not_falling(rows.path, list(better), list(worse))
    return cells


def _row(section: Section, key: str) -> Row:
    words = section.words(key, allowed=BANDS, length=N_LEVELS)
    row = tuple(BANDS.index(word) for word in words)
    if list(row) != sorted(row, reverse=True):
        raise _not_falling(f"{section.path}.{key}", list(row), sorted(row, reverse=True))
    return row


def _not_falling(name: str, found: list[int], limit: list[int]) -> SettingsError:
    words, most = ([BANDS[place] for place in row] for row in (found, limit))
    return SettingsError(
        f"Setting {name} gets graver where the school gets better: {' '.join(words)} (at most "
        f"{' '.join(most)} is allowed). Correct it.",
        f"设置项 {name} 在学校更好时反而更严重：{' '.join(words)}（至多为 {' '.join(most)}）。"
        "请更正。",
    )


def _needs(section: Section) -> tuple[int, ...]:
    below = section.section("needs")
    needs = tuple(below.integer(band, low=1) for band in BANDS[1:])
    below.close()
    if list(needs) != sorted(needs):
        words = ("numbers that do not fall from blue to red", "由蓝到红不递减的个数")
        raise section.refuse("needs", list(needs), *words)
    return needs
