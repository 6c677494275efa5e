"""The catalogue's rows as lines of JSON, the same from SQLite and from PostgreSQL."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from data.records import Record

TABLES: tuple[Table, ...] = tuple(Record.metadata.sorted_tables)
"""Every table of the catalogue; a table stands after those that its rows refer to."""

_CHUNK = 1_000


def rows_file(table: str) -> str:
    """Return the name, inside a backup, of the file with a table's rows."""
    return f"catalogue/{table}.jsonl"


def dumped(session: Session, table: Table) -> Iterator[str]:
    """Give a table's rows in the order of their ids, one line of JSON each."""
    names = [column.name for column in table.columns]
    query = select(*table.columns).order_by(table.c.id)
    for row in session.execute(query).yield_per(_CHUNK):
        yield json.dumps({name: _plain(value) for name, value in zip(names, row, strict=True)})


def fill(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Insert dumped rows into an empty table; return how many."""
    count, chunk = 0, []
    for line in lines:
        values = json.loads(line)
        chunk.append(
            {c.name: _typed(c, values[c.name]) for c in table.columns if c.name in values}
        )
        if len(chunk) == _CHUNK:
            connection.execute(insert(table), chunk)
            count, chunk = count + len(chunk), []
    if chunk:
        connection.execute(insert(table), chunk)
    return count + len(chunk)


def continue_numbers(connection: Connection, table: Table) -> None:
    """Let new rows take numbers after the highest; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        highest = connection.scalar(select(func.max(table.c.id)))
        if highest is not None:
            set_value = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)")
            name = connection.dialect.identifier_preparer.quote(table.name)
            connection.execute(set_value, {"name": name, "highest": highest})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(column.type, BigInteger):
        return value
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value
