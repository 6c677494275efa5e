"""A rule of every query: where nulls stand is said, for each database has its own habit."""

from sqlalchemy import Column, Select
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import ClauseElement, UnaryExpression

from data.records import Record

_SAID = (operators.nulls_first_op, operators.nulls_last_op)


def check_null_order(_connection: object, statement: object, *_arguments: object) -> None:
    """Fail when a query sorts by a column that may be null without placing the nulls."""
    if isinstance(statement, Select):
        unsaid = [str(c) for c in statement._order_by_clauses if _is_unsaid(c)]
        assert unsaid == [], f"{unsaid} may be null: say nulls_first() or nulls_last()"


def _is_unsaid(clause: ClauseElement) -> bool:
    while isinstance(clause, UnaryExpression):
        if clause.modifier in _SAID:
            return False
        clause = clause.element
    return (
        isinstance(clause, Column)
        and getattr(clause.table, "key", None) in Record.metadata.tables
        and bool(clause.nullable)
    )
