"""Which units of a county's tree a scope may see."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records import Unit
from data.scope import Scope


def visible_units(scope: Scope, session: Session, county: str) -> frozenset[str]:
    """Return the units that a scope may see.

    A scope limited to schools sees these schools and their classes, and each unit above them
    whose schools it sees all: figures of any other would tell of schools that are not its own.
    """
    query = select(Unit.code, Unit.parent, Unit.level).where(Unit.county == county)
    rows = session.execute(query).all()
    codes = frozenset(row.code for row in rows)
    if scope.schools is None:
        return codes
    parent = {row.code: row.parent for row in rows}
    schools = {row.code for row in rows if row.level == "school"}
    own = schools & set(scope.schools)
    classes = {row.code for row in rows if row.level == "class" and row.parent in own}
    above_own = {unit for school in own for unit in _above(school, parent)}
    above_others = {unit for school in schools - own for unit in _above(school, parent)}
    return frozenset(own | classes | (above_own - above_others))


def _above(unit: str, parent: dict[str, str | None]) -> set[str]:
    found: set[str] = set()
    above = parent.get(unit)
    while above is not None and above not in found:
        found.add(above)
        above = parent.get(above)
    return found
