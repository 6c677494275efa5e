"""Remembered answers: one computation while nothing changes, a new one after a publication."""

from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.publish import publish
from pipeline.remember import remember
from tests.builders import make_submission

calls: list[tuple[str, int]] = []


@remember(most=8)
def double(scope: Scope, store: Store, value: int) -> int:  # noqa: ARG001
    calls.append((scope.role, value))
    return 2 * value


def test_an_answer_is_kept_per_scope_and_until_the_catalogue_changes(store: Store) -> None:
    calls.clear()
    assert [double(LEADERSHIP, store, 3), double(LEADERSHIP, store, 3)] == [6, 6]
    double(OPERATOR, store, 3)
    assert calls == [("leadership", 3), ("administrator", 3)]
    publish(store, make_submission(), actor="test")
    double(LEADERSHIP, store, 3)
    assert calls[2:] == [("leadership", 3)]
