"""What a county's bureau said that headers of its own mean: asked once, remembered."""

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import SettingsError
from data.audit import now, record_event
from data.bound_records import digests_of
from data.importers.header_words import named_meaning
from data.importers.headers import squeezed
from data.records import ColumnName
from data.scope import Scope
from data.store import Store

_LONGEST = 120
_LETTER = re.compile("[A-Za-z]{1,3}\\s*列")
"""A column named by its letter: true of this file only, so never remembered."""


def read_column_names(scope: Scope, store: Store, *, county: str, kind: str) -> dict[str, str]:  # noqa: ARG001
    """Return the remembered meanings by header.

    What a header means is no secret: ``scope`` limits nothing of it.

    Parameters
    ----------
    kind : str
        Kind of file that the headers belong to, such as ``scores``.
    """
    wanted = select(ColumnName.header, ColumnName.meaning).where(
        ColumnName.county == county, ColumnName.kind == kind
    )
    with store.read() as session:
        return {header: meaning for header, meaning in session.execute(wanted)}  # noqa: C416


def remember_columns(
    store: Store, *, county: str, kind: str, mapping: Mapping[str, str], actor: str
) -> None:
    """Keep what headers mean; a later word about a header replaces the earlier one.

    Raises
    ------
    SettingsError
        When a header is empty, too long or a column's letter only, or a word means nothing.
    """
    said = {
        _header(header): meaning.strip()
        for header, meaning in mapping.items()
        if not _LETTER.fullmatch(header.strip())
    }
    for meaning in said.values():
        named_meaning(meaning)
    if not said:
        return
    store.change(
        lambda session: _remember(session, said, county=county, kind=kind, actor=actor)
    )


def _remember(
    session: Session, said: Mapping[str, str], *, county: str, kind: str, actor: str
) -> None:
    known = select(ColumnName).where(
        ColumnName.county == county, ColumnName.kind == kind, ColumnName.header.in_(said)
    )
    before = digests_of(session, [f"columns {county}"])
    kept = {record.header: record for record in session.scalars(known)}
    changed = {h: m for h, m in said.items() if h not in kept or kept[h].meaning != m}
    for header, meaning in changed.items():
        record = kept.get(header) or ColumnName(county=county, kind=kind, header=header)
        record.meaning, record.actor, record.at = meaning, actor, now()
        session.add(record)
    if changed:
        record_event(
            session,
            actor=actor,
            action="remember columns",
            what=f"{county} {kind}",
            detail=f"headers: {len(changed)}",
            bound=before,
        )


def _header(header: str) -> str:
    plain = squeezed(header)
    if not plain or len(plain) > _LONGEST:
        raise SettingsError(
            f"A header to remember has 1 to {_LONGEST} signs, found {len(plain)}.",
            f"要记住的列名须有 1 到 {_LONGEST} 个字，现在是 {len(plain)} 个。",
        )
    return plain
