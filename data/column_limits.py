"""What the columns of the catalogue take: asked of the records, alike on both databases.

SQLite keeps a text of any length and fails on a number of more than 64 bits, PostgreSQL refuses
both with the text of the statement. Here both are refused before either database sees them.
"""

from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, Integer, String, event

from core.errors import SettingsError
from data.records import Record

_CHECKED = "_zhunsheng_values_fit"
_LARGEST, _LARGEST_BIG = 2**31 - 1, 2**63 - 1


def longest(table: str, column: str) -> int:
    """Return how many characters a text column takes.

    Examples
    --------
    >>> longest("exam", "name")
    120
    """
    length: int = Record.metadata.tables[table].c[column].type.length  # type: ignore[attr-defined]
    return length


def require_fitting_values(engine: Engine) -> None:
    """Let an engine refuse texts and numbers that a column cannot take.

    Raises
    ------
    SettingsError
        From the statement, with the length or number found and what is possible.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def _check(
        _connection: Connection,
        _cursor: object,
        _statement: str,
        _parameters: object,
        context: Any,
        _is_many: bool,
    ) -> None:
        is_dml_or_query = context is not None and context.compiled and not context.isddl
        if not is_dml_or_query or hasattr(context, _CHECKED):
            return
        # An insert of many rows comes here once for each of its pages.
        setattr(context, _CHECKED, True)
        writes = context.isinsert or context.isupdate
        for name, bind in context.compiled.binds.items():
            if writes and isinstance(bind.type, String) and bind.type.length:
                _require_short(context.compiled_parameters, name, most=bind.type.length)
            elif isinstance(bind.type, Integer):
                is_big = isinstance(bind.type, BigInteger)
                most = _LARGEST_BIG if is_big else _LARGEST
                _require_small(context.compiled_parameters, name, most=most)


def _require_short(rows: list[dict[str, Any]], name: str, *, most: int) -> None:
    length = max((len(v) for row in rows if isinstance(v := row.get(name), str)), default=0)
    if length > most:
        raise SettingsError(
            f"A text of {length} characters was given for {name}; at most {most} can be "
            "stored. Nothing was changed. Shorten it.",
            f"{name} 的文字有 {length} 个字，最多可存 {most} 个字。未作任何改动。请缩短。",
        )


def _require_small(rows: list[dict[str, Any]], name: str, *, most: int) -> None:
    found = max((abs(v) for row in rows if isinstance(v := row.get(name), int)), default=0)
    if found > most:
        raise SettingsError(
            f"The number {found} is too large: at most {most}. Nothing was changed. Check it.",
            f"数字 {found} 过大，最大为 {most}。未作任何改动。请核对。",
        )
