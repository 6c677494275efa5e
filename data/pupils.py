"""The county's pupils: who is enrolled where, under pseudonyms, and how they moved.

Rows without names or numbers are read for comparison; identities are opened one by one, only
for who may see them. A clerk of some schools sees the pupils of these schools.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from data.audit import now, record_event, take_turn
from data.bound_records import digests_of
from data.home import Home
from data.identities import open_identities, seal_identities
from data.records import Pupil, PupilMove
from data.roster import require_may_open
from data.roster_difference import Roster, RosterDifference, compare_rosters
from data.scope import OPERATOR, Scope
from data.store import Store
from data.units import insert_units

MOVE_KINDS = ("in", "out", "between", "suspended", "resumed")
_LEAVES = ("out", "suspended")
_CHUNK = 500  # variables of one statement, within every database's limit
_PUPIL_COLUMNS = {
    "pupil": "int64",
    "exam_pupil": "Int64",
    "name_hash": "Int64",
    "school": "str",
    "grade": "Int64",
    "class_name": "str",
    "is_enrolled": "bool",
    "changed_at": "datetime64[us]",
}
_MOVE_COLUMNS = {
    "pupil": "int64",
    "moved_on": "object",
    "kind": "str",
    "from_school": "str",
    "to_school": "str",
}


def pupils_of(scope: Scope, store: Store, county: str) -> pd.DataFrame:
    """Return the county's pupils under pseudonyms, those of the scope's schools.

    Returns
    -------
    DataFrame
        pupil, exam_pupil, name_hash, school, grade, class_name, is_enrolled, changed_at.

    Raises
    ------
    PermissionError
        For roles that may not see who stands behind a pseudonym.
    """
    require_may_open(scope)
    with store.read() as session:
        pupils = _pupils(session, county)
    return pupils if scope.schools is None else pupils[pupils["school"].isin(scope.schools)]


def moves_of(scope: Scope, store: Store, county: str) -> pd.DataFrame:
    """Return the county's moves: pupil, moved_on, kind, from_school, to_school.

    Raises
    ------
    PermissionError
        For roles that may not see who stands behind a pseudonym.
    """
    require_may_open(scope)
    with store.read() as session:
        moves = _moves(session, county)
    if scope.schools is None:
        return moves
    own = moves["from_school"].isin(scope.schools) | moves["to_school"].isin(scope.schools)
    return moves[own]


def identities_of(
    scope: Scope, store: Store, county: str, pupils: Sequence[int]
) -> pd.DataFrame:
    """Return pupil, pupil_number, exam_number, pupil_name of the given pupils.

    Pupils of schools outside the scope, and pupils that the roster does not have, are left out.

    Raises
    ------
    PermissionError
        For roles that may not see who stands behind a pseudonym.
    DataError
        When an identity was changed, or sealed with another key.
    """
    require_may_open(scope)
    with store.read() as session:
        sealed = _sealed(session, county, pupils)
    if scope.schools is not None:
        sealed = sealed[sealed["school"].isin(scope.schools)]
    return open_identities(scope, store.home, sealed, county=county)


def compare_with_store(scope: Scope, store: Store, roster: Roster) -> RosterDifference:
    """Return what saving the roster would change; raises as ``save_roster`` does."""
    require_may_open(scope)
    with store.read() as session:
        return _difference(session, roster)


def save_roster(store: Store, roster: Roster, *, actor: str) -> RosterDifference:
    """Save a roster in one transaction and return what it changed.

    The comparison is part of the transaction, so that of two rosters at once the later one is
    compared with the earlier. A change of school, leaving and coming back are kept as moves of
    this day.

    Raises
    ------
    DataError
        When a school's roster would take a pupil of another school.
    """
    county = roster.county
    with store.write() as session, session.begin():
        take_turn(session)
        before = digests_of(session, [f"roster {county}", f"units {county}"])
        difference = _difference(session, roster)
        n_units = insert_units(session, county, roster.units)
        if not difference.new.empty:
            session.execute(insert(Pupil), _sealed_rows(store.home, county, difference.new))
        _update(session, county, _merged(session, store, county, difference.changed))
        _mark_left(session, county, difference.left["pupil"].tolist())
        _insert_moves(session, county, difference.moves(now().date()), batch_id=None)
        counts = ", ".join(f"{name} {n}" for name, n in difference.counts().items())
        detail = f"{counts}, units added {n_units}"
        record_event(
            session, actor=actor, action="roster", what=county, detail=detail, bound=before
        )
    return difference


def add_moves(
    session: Session, moves: pd.DataFrame, *, county: str, batch_id: int | None = None
) -> int:
    """Add moves inside a transaction, put the roster right by them, return how many are new.

    The caller leaves the audit event.

    Parameters
    ----------
    moves : DataFrame
        pupil, moved_on (date), kind (one of ``MOVE_KINDS``), from_school, to_school.

    Raises
    ------
    ValueError
        For a kind that is none of ``MOVE_KINDS``.
    """
    unknown = set(moves["kind"]) - set(MOVE_KINDS)
    if unknown:
        raise ValueError(f"kinds of moves that do not exist: {sorted(unknown)}")
    added = _insert_moves(session, county, moves, batch_id=batch_id)
    last = _moves(session, county).sort_values("moved_on", kind="stable")
    last = last.drop_duplicates("pupil", keep="last")
    last = last[last["pupil"].isin(moves["pupil"])]
    _follow(session, county, last)
    return added


def _difference(session: Session, roster: Roster) -> RosterDifference:
    stored = _pupils(session, roster.county)
    difference = compare_rosters(stored, roster.pupils, is_complete=roster.is_complete)
    if roster.school is not None:
        difference.require_none_moved()
    return difference


def _follow(session: Session, county: str, last: pd.DataFrame) -> None:
    """Put school and enrolment of the pupils as their last move left them."""
    leavers = last["kind"].isin(_LEAVES).to_numpy(bool)
    _mark_left(session, county, last.loc[leavers, "pupil"].tolist())
    came = last[~leavers & last["to_school"].notna().to_numpy(bool)]
    home: Home = session.info["home"]
    sealed = _sealed(session, county, came["pupil"].tolist())  # fewer, if the roster lacks some
    opened = open_identities(OPERATOR, home, sealed, county=county)
    school = opened["pupil"].map(came.set_index("pupil")["to_school"])
    _update(session, county, _sealed_rows(home, county, opened.assign(school=school)))


def _insert_moves(
    session: Session, county: str, moves: pd.DataFrame, *, batch_id: int | None
) -> int:
    key = ["pupil", "moved_on", "kind"]
    distinct = moves.drop_duplicates(key)
    known = pd.MultiIndex.from_frame(_moves(session, county)[key])
    new = distinct[~pd.MultiIndex.from_frame(distinct[key]).isin(known)]
    if not new.empty:
        rows = [{"county": county, "batch_id": batch_id, **row} for row in _plain(new)]
        session.execute(insert(PupilMove), rows)
    return len(new)


def _pupils(session: Session, county: str) -> pd.DataFrame:
    columns = [getattr(Pupil, name) for name in _PUPIL_COLUMNS]
    query = select(*columns).where(Pupil.county == county).order_by(Pupil.id)
    return _frame(session, query, _PUPIL_COLUMNS)


def _moves(session: Session, county: str) -> pd.DataFrame:
    columns = [getattr(PupilMove, name) for name in _MOVE_COLUMNS]
    query = select(*columns).where(PupilMove.county == county).order_by(PupilMove.id)
    return _frame(session, query, _MOVE_COLUMNS)


def _sealed(session: Session, county: str, pupils: Sequence[int]) -> pd.DataFrame:
    wanted = sorted({int(pupil) for pupil in pupils})
    found: list[Any] = []
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        query = select(Pupil.pupil, Pupil.school, Pupil.identity)
        query = query.where(Pupil.county == county, Pupil.pupil.in_(part))
        found += session.execute(query).all()
    return pd.DataFrame([tuple(row) for row in found], columns=["pupil", "school", "identity"])


def _frame(session: Session, query: Any, kinds: dict[str, str]) -> pd.DataFrame:
    # Below the ORM: a county's roster is read before every file.
    rows = session.connection().execute(query).all()
    columns = zip(*rows, strict=True) if rows else ([] for _ in kinds)
    return pd.DataFrame({
        name: pd.Series(values, dtype=kind)
        for (name, kind), values in zip(kinds.items(), columns, strict=True)
    })  # fmt: skip


def _merged(
    session: Session, store: Store, county: str, changed: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return the changed rows; what the file does not say of an identity is kept."""
    if changed.empty:
        return []
    sealed = _sealed(session, county, changed["pupil"].tolist())
    known = open_identities(OPERATOR, store.home, sealed, county=county).set_index("pupil")
    known = known.reindex(changed["pupil"].to_numpy())
    kept = {
        name: changed[name].astype("str").reset_index(drop=True).fillna(
            known[name].reset_index(drop=True)
        ).array
        for name in ("exam_number", "pupil_name")
    }  # fmt: skip
    return _sealed_rows(store.home, county, changed.assign(**kept))


def _update(session: Session, county: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        keyed = [{**row, "of_pupil": row.pop("pupil")} for row in rows]
        names = [name for name in keyed[0] if name not in ("of_pupil", "county")]
        of_pupil = (Pupil.county == county, Pupil.pupil == bindparam("of_pupil"))
        change = update(Pupil).where(*of_pupil).values({n: bindparam(f"b_{n}") for n in names})
        values = [
            {"of_pupil": row["of_pupil"], **{f"b_{n}": row[n] for n in names}} for row in keyed
        ]
        session.connection().execute(change, values)


def _mark_left(session: Session, county: str, pupils: list[int]) -> None:
    for start in range(0, len(pupils), _CHUNK):
        part = [int(pupil) for pupil in pupils[start : start + _CHUNK]]
        change = update(Pupil).where(Pupil.county == county, Pupil.pupil.in_(part))
        session.execute(change.values(is_enrolled=False, changed_at=now()))


def _sealed_rows(home: Home, county: str, pupils: pd.DataFrame) -> list[dict[str, Any]]:
    names = [name for name in _PUPIL_COLUMNS if name in pupils and name != "changed_at"]
    identities = seal_identities(home, pupils, county=county)
    rows = _plain(pupils[names].assign(is_enrolled=True, identity=np.array(identities, object)))
    return [{"county": county, "changed_at": now(), **row} for row in rows]


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as a database takes them: Python's own numbers, None for null."""
    columns = {
        str(name): frame[name].astype(object).where(frame[name].notna(), None).tolist()
        for name in frame
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
