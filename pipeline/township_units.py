"""The townships and centre schools of an exam, and the schools that count for one of them."""

from dataclasses import dataclass

import pandas as pd

from core.errors import SettingsError
from data.scope import Scope
from pipeline.exam_statistics import membership
from pipeline.pooled_units import centre_school_pools, counted_units
from pipeline.view_parts import Setting

LEVELS = ("township", "centre_school")
Pools = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwnUnits:
    """The units of one township or centre school, as its page looks at them.

    Attributes
    ----------
    row : Series
        UNITS row of the township or centre school.
    schools : frozenset of str
        Own schools that sat the exam and may be seen.
    counted : dict of str to str
        What each own school counts as: itself, or its centre school.
    pools : tuple of (str, str)
        What the schools of the whole county count as; empty where each counts as itself.
    sees_all : bool
        Whether the reader may see every school of the unit, and so figures of it as a whole.
    can_pool : bool
    """

    row: pd.Series
    schools: frozenset[str]
    counted: dict[str, str]
    pools: Pools
    sees_all: bool
    can_pool: bool

    @property
    def code(self) -> str:
        """Code of the township or centre school."""
        return str(self.row["code"])

    @property
    def units(self) -> list[str]:
        """Codes of the own units, schools or centre schools, sorted."""
        return sorted(set(self.counted.values()))


def townships_of(scope: Scope, units: pd.DataFrame, sat: set[str]) -> pd.DataFrame:
    """Return township (code), name and level of the units with a visible school that sat.

    Parameters
    ----------
    sat : set of str
        Codes of the units that have figures in the exam.
    """
    schools = set(units.loc[units["level"] == "school", "code"]) & sat
    members = membership(units, {school for school in schools if scope.may_see(school)})
    named = units[units["level"].isin(LEVELS) & units["code"].isin(members["unit"])]
    names = units.set_index("code")["name"]
    above = named["parent"].map(names)
    is_centre = named["level"] == "centre_school"
    rows = pd.DataFrame(
        {
            "township": named["code"],
            "name": named["name"].mask(is_centre, above + " › " + named["name"]),
            "level": named["level"],
        }
    )
    # A centre school stands below its township.
    key = named["code"].mask(is_centre, named["parent"])
    ordered = rows.assign(_key=key.map({code: k for k, code in enumerate(units["code"])}))
    return ordered.sort_values(
        ["_key", "level", "township"], ascending=[True, False, True], ignore_index=True
    ).drop(columns="_key")


def own_units(
    scope: Scope, setting: Setting, unit: str, *, sat: set[str], pooled: bool
) -> OwnUnits:
    """Return the schools of a township or centre school, and what they count as.

    Raises
    ------
    SettingsError
        When the exam has no such unit in this scope; both cases read the same.
    """
    units = setting.units
    known = townships_of(scope, units, sat)
    if unit not in set(known["township"]):
        raise SettingsError(
            f"No township or centre school has the code {unit!r} here (found: {len(known)}). "
            "Choose one of the list.",
            f"这里没有代码为“{unit}”的学区、镇街或中心校（共 {len(known)} 个）。"
            "请从列表中选择。",
        )
    members = membership(units, set(units.loc[units["level"] == "school", "code"]))
    below = set(members.loc[members["unit"] == unit, "school"]) & sat
    own = frozenset(school for school in below if scope.may_see(school))
    pools = centre_school_pools(units)
    mine = pd.Series({school: centre for school, centre in pools if school in below})
    seen = all(scope.may_see(school) for school in mine.index)
    can_pool = bool(seen and mine.duplicated().any())
    used = pools if pooled and can_pool else ()
    schools = pd.Series(sorted(own), dtype="str")
    counted = counted_units(schools, used)
    return OwnUnits(
        row=units[units["code"] == unit].iloc[0],
        schools=own,
        counted=dict(zip(schools, counted, strict=True)),
        pools=used,
        sees_all=own == below,
        can_pool=can_pool,
    )
