"""The county's pupils in the catalogue: saved in one transaction, opened for few."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select, text

from core.errors import DataError
from core.tables import UNITS
from data.pupils import (
    add_moves,
    compare_with_store,
    identities_of,
    moves_of,
    pupils_of,
    save_roster,
)
from data.records import AuditEvent
from data.roster import name_hashes, number_hashes
from data.roster_difference import Roster
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store

COUNTY = "local"
CLERK = Scope("clerk", ("01",))


def make_roster(store: Store, *rows: dict[str, Any], is_complete: bool = False) -> Roster:
    usual = {
        "pupil_number": "P1", "exam_number": "9001", "pupil_name": "示例甲", "school": "01",
        "grade": 8, "class_name": "1班",
    }  # fmt: skip
    frame = pd.DataFrame([{**usual, **row} for row in rows])
    frame = frame.astype({n: "str" for n in frame if n != "grade"} | {"grade": "Int64"})
    numbers, names = number_hashes(store.home), name_hashes(store.home)
    frame["pupil"] = numbers(frame["pupil_number"].tolist()).array
    for column, source, hash_of in (
        ("exam_pupil", "exam_number", numbers), ("name_hash", "pupil_name", names),
    ):  # fmt: skip
        hashes = [hash_of([t]).iloc[0] if isinstance(t, str) else None for t in frame[source]]
        frame[column] = pd.array(hashes, dtype="Int64")
    return Roster(COUNTY, frame, UNITS.empty(), is_complete=is_complete)


def save(store: Store, *rows: dict[str, Any], is_complete: bool = False) -> dict[str, int]:
    roster = make_roster(store, *rows, is_complete=is_complete)
    return save_roster(store, roster, actor="t").counts()


P2 = {"pupil_number": "P2", "exam_number": "9002", "pupil_name": "示例乙"}


def pupil(store: Store, number: str) -> int:
    return int(number_hashes(store.home)([number]).iloc[0])


def of(store: Store, number: str) -> dict[str, Any]:
    frame = pupils_of(OPERATOR, store, COUNTY)
    (row,) = frame[frame["pupil"] == pupil(store, number)].to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_a_roster_is_saved_once(store: Store) -> None:
    assert save(store, {}, P2)["new"] == 2
    assert save(store, {}, P2) == {
        "new": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 2,
    }  # fmt: skip
    assert len(pupils_of(OPERATOR, store, COUNTY)) == 2


def test_another_class_is_a_change_and_another_school_a_move(store: Store) -> None:
    save(store, {}, P2)
    counts = save(store, {"class_name": "2班"}, {**P2, "school": "02"})
    assert (counts["changed"], counts["moved"]) == (1, 1)
    assert (of(store, "P1")["class_name"], of(store, "P2")["school"]) == ("2班", "02")
    moves = moves_of(OPERATOR, store, COUNTY)
    assert moves[["kind", "from_school", "to_school"]].to_numpy().tolist() == [
        ["between", "01", "02"]
    ]


def test_pupils_who_are_not_in_the_file_stay_unless_it_is_complete(store: Store) -> None:
    save(store, {}, P2, {"pupil_number": "Q", "school": "02"})
    assert save(store, {})["left"] == 0
    assert save(store, {}, is_complete=True)["left"] == 1
    assert not of(store, "P2")["is_enrolled"]
    assert of(store, "Q")["is_enrolled"], "another school's pupil is not in question"
    assert moves_of(OPERATOR, store, COUNTY)["kind"].tolist() == ["out"]


def test_a_pupil_who_comes_back_is_enrolled_again(store: Store) -> None:
    save(store, {}, P2)
    save(store, {}, is_complete=True)
    assert save(store, {}, P2)["changed"] == 1
    assert of(store, "P2")["is_enrolled"]
    assert set(moves_of(OPERATOR, store, COUNTY)["kind"]) == {"out", "in"}


def test_what_a_file_does_not_say_is_kept(store: Store) -> None:
    save(store, {})
    save(store, {"exam_number": None, "pupil_name": None, "class_name": "3班"})
    row = identities_of(OPERATOR, store, COUNTY, [pupil(store, "P1")]).iloc[0]
    assert (row["exam_number"], row["pupil_name"]) == ("9001", "示例甲")
    assert of(store, "P1")["exam_pupil"] == pupil(store, "9001")


def test_neither_name_nor_number_stands_in_the_database(store: Store) -> None:
    # Long ones: two or four signs stand in what was encrypted by chance.
    first = {"pupil_number": "G330106201203020012", "exam_number": "2026330106009001"}
    second = {**P2, "pupil_number": "G330106201203020013"}
    save(store, first, second)
    with store.read() as session:
        rows = session.execute(text("SELECT * FROM pupil")).all()
        events = session.scalars(select(AuditEvent.detail)).all()
    content = repr(rows) + repr(events)
    for secret in (*first.values(), second["pupil_number"], "示例"):
        assert secret not in content


def test_saving_leaves_one_event_with_counts_only(store: Store) -> None:
    save(store, {}, P2)
    with store.read() as session:
        (event,) = session.scalars(select(AuditEvent)).all()
    assert (event.action, event.object) == ("roster", COUNTY)
    assert event.detail.startswith("new 2, changed 0, moved 0, left 0, unchanged 0")


def test_the_dry_comparison_changes_nothing(store: Store) -> None:
    difference = compare_with_store(OPERATOR, store, make_roster(store, {}, P2))
    assert difference.counts()["new"] == 2
    assert pupils_of(OPERATOR, store, COUNTY).empty


def test_identities_are_opened_for_those_asked_for(store: Store) -> None:
    save(store, {}, P2)
    opened = identities_of(OPERATOR, store, COUNTY, [pupil(store, "P2"), 12345])
    assert opened[["pupil_number", "exam_number", "pupil_name"]].to_numpy().tolist() == [
        ["P2", "9002", "示例乙"]
    ]


@pytest.mark.parametrize("role", ["leadership", "township", "school", "researcher"])
def test_other_roles_open_nothing(store: Store, role: Any) -> None:
    save(store, {})
    scope = Scope(role)
    for call in (
        lambda: pupils_of(scope, store, COUNTY),
        lambda: moves_of(scope, store, COUNTY),
        lambda: identities_of(scope, store, COUNTY, [pupil(store, "P1")]),
        lambda: compare_with_store(scope, store, make_roster(store, {})),
    ):
        with pytest.raises(PermissionError, match=role):
            call()
    assert LEADERSHIP.role == "leadership"


def test_a_clerk_of_a_school_sees_its_pupils_only(store: Store) -> None:
    save(store, {}, {**P2, "school": "02"})
    assert pupils_of(CLERK, store, COUNTY)["school"].tolist() == ["01"]
    both = [pupil(store, "P1"), pupil(store, "P2")]
    assert identities_of(CLERK, store, COUNTY, both)["pupil_number"].tolist() == ["P1"]


def test_an_identity_copied_to_another_pupil_does_not_open(store: Store) -> None:
    save(store, {}, P2)
    with store.write() as session, session.begin():
        session.execute(
            text("UPDATE pupil SET identity = (SELECT identity FROM pupil p2 WHERE p2.id = 1)")
        )
    with pytest.raises(DataError, match="does not open"):
        identities_of(OPERATOR, store, COUNTY, [pupil(store, "P2")])


def moves(store: Store, *rows: tuple[str, date, str, str | None, str | None]) -> pd.DataFrame:
    names = ["pupil", "moved_on", "kind", "from_school", "to_school"]
    return pd.DataFrame([(pupil(store, r[0]), *r[1:]) for r in rows], columns=names)


def add(store: Store, *rows: tuple[str, date, str, str | None, str | None]) -> int:
    with store.write() as session, session.begin():
        return add_moves(session, moves(store, *rows), county=COUNTY)


MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def test_moves_are_added_once_and_the_roster_follows(store: Store) -> None:
    save(store, {}, P2)
    rows = (("P1", MAY, "between", "01", "02"), ("P2", MAY, "out", "01", None))
    assert add(store, *rows) == 2
    assert add(store, *rows) == 0
    assert of(store, "P1")["school"] == "02"
    assert not of(store, "P2")["is_enrolled"]
    assert len(moves_of(OPERATOR, store, COUNTY)) == 2


def test_an_older_move_does_not_undo_a_newer_one(store: Store) -> None:
    save(store, {})
    add(store, ("P1", JUNE, "between", "02", "03"))
    add(store, ("P1", MAY, "between", "01", "02"))
    assert of(store, "P1")["school"] == "03"


@pytest.mark.parametrize(("kind", "to"), [("resumed", "01"), ("in", "02")])
def test_who_comes_back_is_enrolled(store: Store, kind: str, to: str) -> None:
    save(store, {})
    add(store, ("P1", MAY, "suspended", "01", None))
    assert not of(store, "P1")["is_enrolled"]
    add(store, ("P1", JUNE, kind, None, to))
    assert (of(store, "P1")["is_enrolled"], of(store, "P1")["school"]) == (True, to)


def test_a_move_of_a_pupil_whom_the_roster_lacks_is_kept(store: Store) -> None:
    assert add(store, ("P9", MAY, "in", None, "01")) == 1
    assert pupils_of(OPERATOR, store, COUNTY).empty


def test_an_unknown_kind_of_move_is_a_wrong_call(store: Store) -> None:
    with pytest.raises(ValueError, match="vanished"):
        add(store, ("P1", MAY, "vanished", "01", None))


def test_a_failure_in_the_middle_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import data.pupils

    def fail(*_args: object, **_named: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(data.pupils, "record_event", fail)
    with pytest.raises(OSError, match="disk full"):
        save(store, {}, P2)
    assert pupils_of(OPERATOR, store, COUNTY).empty
