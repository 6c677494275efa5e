"""Adding units to a county's tree inside a transaction."""

from typing import Any

import pandas as pd
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data.records import Unit


def insert_units(session: Session, county: str, units: pd.DataFrame) -> int:
    """Add the UNITS that the county's tree does not have yet; return how many.

    A known unit keeps its name and its place. Only a school that stood directly under the
    county is put under the township that the new UNITS give it.
    """
    query = select(Unit.code, Unit.parent).where(Unit.county == county)
    parents = {row.code: row.parent for row in session.execute(query)}
    new = units[~units["code"].isin(list(parents))]
    if not new.empty:
        session.execute(insert(Unit), [{"county": county, **row} for row in _records(new)])
    _place_schools(session, county, units, parents)
    return len(new)


def _place_schools(
    session: Session, county: str, units: pd.DataFrame, parents: dict[str, str | None]
) -> None:
    roots = set(units.loc[units["level"] == "county", "code"])
    schools = units[(units["level"] == "school") & ~units["parent"].isin(list(roots))]
    for code, parent in zip(schools["code"], schools["parent"], strict=True):
        if parents.get(code) in roots:
            of_school = (Unit.county == county, Unit.code == code)
            session.execute(update(Unit).where(*of_school).values(parent=parent))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): value for name, value in row.items()} for row in plain.to_dict("records")
    ]
