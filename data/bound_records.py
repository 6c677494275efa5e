"""What an event of the audit trail binds: a digest of each record that it made or changed.

A record is what stands in the catalogue under one name, such as ``release 3`` (with its
subjects and the seals of its statistics) or ``roster local``. The writer of an event and the
check of the trail take the digests from here: they can only differ when the record does.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, Table
from sqlalchemy.orm import InstrumentedAttribute, Session

from data.records import (
    Case,
    CaseEvent,
    ColumnName,
    Dataset,
    Decision,
    Exam,
    ExamSubject,
    ImportBatch,
    PolicyVersion,
    Pupil,
    PupilMove,
    Release,
    StatisticSet,
    Unit,
)

_Column = InstrumentedAttribute[Any]
_KINDS: dict[str, tuple[_Column, ...]] = {
    "exam": (Exam.id,),
    "release": (Release.id, ExamSubject.release_id, StatisticSet.release_id),
    "dataset": (Dataset.id,),
    "batch": (ImportBatch.id,),
    "roster": (Pupil.county, PupilMove.county),
    "units": (Unit.county,),
    "columns": (ColumnName.county,),
    "decision": (Decision.id,),
    "policy": (PolicyVersion.id,),
    "case": (Case.id,),
    "step": (CaseEvent.id,),
}
"""Kinds of records: the columns of those tables that hold their rows, which tell whose."""


def digests_of(session: Session, names: Collection[str]) -> dict[str, str | None]:
    """Return the digests of the named records as they stand; None for one that does not."""
    keys: dict[str, list[str]] = {}
    for name in names:
        kind, _, key = name.partition(" ")
        keys.setdefault(kind, []).append(key)
    found = {n: d for kind, wanted in keys.items() for n, d in _digests(session, kind, wanted)}
    return {name: found.get(name) for name in names}


def standing_records(session: Session) -> dict[str, str]:
    """Return the digest of every record that stands, by name."""
    return dict(pair for kind in _KINDS for pair in _digests(session, kind, None))


def _digests(
    session: Session, kind: str, keys: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    session.flush()
    digests: dict[object, hashlib._Hash] = {}
    for column in _KINDS[kind]:
        table: Table = column.class_.__table__
        is_number = isinstance(column.type, Integer)
        query = table.select().order_by(column, table.c.id)
        if keys is not None:
            query = query.where(column.in_([int(k) if is_number else k for k in keys]))
        # Below the ORM: a county's roster is bound at each change of it.
        rows = session.connection().execute(query).all()
        place = list(table.c.keys()).index(column.key)
        for key, own in groupby(rows, key=itemgetter(place)):
            digest = digests.setdefault(key, hashlib.sha256())
            digest.update(_canonical(table, own))
    return ((f"{kind} {key}", digest.hexdigest()) for key, digest in digests.items())


def _canonical(table: Table, rows: Iterable[Any]) -> bytes:
    """Return rows column by column as one line of JSON.

    A column without a value is left out: one that a later version of the program adds does not
    change what older events bound. Whoever adds a column with a default must bind anew.
    """
    values = dict(zip(table.c.keys(), zip(*rows, strict=True), strict=True))
    said = {n: v for n, v in values.items() if v.count(None) < len(v)}
    return f"{table.name} {json.dumps(said, sort_keys=True, default=str)}\n".encode()
