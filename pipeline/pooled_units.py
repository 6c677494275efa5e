"""Which schools count as one unit: village schools as their centre school."""

import pandas as pd


def centre_school_pools(units: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return each school that belongs to a centre school, with the code of it, sorted."""
    centres = set(units.loc[units["level"] == "centre_school", "code"])
    schools = units[(units["level"] == "school") & units["parent"].isin(centres)]
    pairs = zip(schools["code"].astype(str), schools["parent"].astype(str), strict=True)
    return tuple(sorted(pairs))


def counted_units(schools: pd.Series, pools: tuple[tuple[str, str], ...]) -> pd.Series:
    """Return what each school counts as; a school of no pool counts as itself."""
    found = schools.map(dict(pools))
    return found.where(found.notna(), schools).astype("str")
