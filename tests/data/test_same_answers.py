"""SQLite and PostgreSQL give the same answers: order, comparison, nulls, numbers, time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Integer,
    String,
    Text,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from data.records import AuditEvent, Exam, Pupil, Record, Unit
from data.store import Store

# Signs on which languages disagree: case, width, accents, blanks, 拼音, rare names.
NAMES = [
    "准绳小学",
    "中心小学",
    "第一中学",
    "第二中学",
    "第10中学",
    "第9中学",
    "啊",
    "㛃",
    "𠀀村小学",
    "𬭊",
    "Ａ班",
    "A班",
    "a班",
    "B班",
    "ab",
    "a b",
    "a-b",
    "a",
    "a ",
    "é",
    "e\u0301",
    "Z",
    "_",
    "-1",
    "买买提·依明",
    "买买提依明",
]
EDGE = 2**63 - 1


@pytest.fixture
def named(store: Store) -> Store:
    """Give a store with a unit of each name; every third has no parent."""
    rows = [
        {
            "county": "c",
            "code": str(i),
            "name": name,
            "level": "school",
            "parent": None if i % 3 == 0 else name,
        }
        for i, name in enumerate(NAMES)
    ]
    store.change(lambda session: session.execute(insert(Unit), rows))
    return store


def test_names_stand_in_the_order_of_their_code_points(named: Store) -> None:
    with named.read() as session:
        assert list(session.scalars(select(Unit.name).order_by(Unit.name))) == sorted(NAMES)
        down = select(Unit.name).order_by(Unit.name.desc())
        assert list(session.scalars(down)) == sorted(NAMES, reverse=True)
        assert session.scalar(select(func.max(Unit.name))) == max(NAMES)


@pytest.mark.parametrize("limit", ["a", "Z", "中", "第二中学", "𠀀"])
def test_names_are_compared_by_their_code_points(named: Store, limit: str) -> None:
    query = select(Unit.name).where(Unit.name < limit)
    with named.read() as session:
        assert set(session.scalars(query)) == {name for name in NAMES if name < limit}


def test_a_name_is_equal_only_to_itself(named: Store) -> None:
    with named.read() as session:
        for name in NAMES:
            assert list(session.scalars(select(Unit.name).where(Unit.name == name))) == [name]
        n_names = session.scalar(select(func.count(func.distinct(Unit.name))))
    assert n_names == len(NAMES)


def test_parts_of_a_name_are_found_with_their_case(named: Store) -> None:
    with named.read() as session:
        for part in ("a", "A", "学", "Ａ", "_", "-"):
            query = select(Unit.name).where(Unit.name.contains(part, autoescape=True))
            assert set(session.scalars(query)) == {name for name in NAMES if part in name}


def test_lengths_are_counted_in_signs(named: Store) -> None:
    with named.read() as session:
        lengths = session.execute(select(Unit.name, func.length(Unit.name))).all()
    assert sorted(tuple(row) for row in lengths) == sorted((n, len(n)) for n in NAMES)


def test_nulls_stand_where_the_query_says(named: Store) -> None:
    given = sorted(name for i, name in enumerate(NAMES) if i % 3)
    nulls = [None] * (len(NAMES) - len(given))
    with named.read() as session:
        last = select(Unit.parent).order_by(Unit.parent.nulls_last())
        assert list(session.scalars(last)) == [*given, *nulls]
        first = select(Unit.parent).order_by(Unit.parent.desc().nulls_first())
        assert list(session.scalars(first)) == [*nulls, *reversed(given)]
        assert session.scalar(select(func.count(Unit.parent))) == len(given)
        others = select(func.count()).where(Unit.parent != "a")
        assert session.scalar(others) == len([name for name in given if name != "a"])


def test_a_query_that_leaves_the_place_of_nulls_to_the_database_fails_here(
    named: Store,
) -> None:
    with (
        named.read() as session,
        pytest.raises(AssertionError, match=r"unit.parent DESC.* may be null"),
    ):
        session.scalars(select(Unit.parent).order_by(Unit.parent.desc()))


def test_null_is_no_double_of_null(store: Store) -> None:
    rows = [{"county": "c", "code": code, "name": "n", "level": "l"} for code in ("1", "2")]
    store.change(lambda session: session.execute(insert(Unit), rows))
    with pytest.raises(IntegrityError):
        store.change(lambda session: session.execute(insert(Unit), rows[:1]))


def test_the_catalogue_holds_no_number_with_a_fraction() -> None:
    """Decimals differ between the two: marks are whole hundredths everywhere."""
    plain = (BigInteger, Boolean, Date, DateTime, Integer, String, Text)
    columns = [column for table in Record.metadata.tables.values() for column in table.columns]
    assert len(columns) > 100
    assert [str(c) for c in columns if not isinstance(c.type, plain)] == []


def test_the_largest_pseudonyms_stay_whole(store: Store) -> None:
    pupils = [EDGE, EDGE - 1, 0, 2**53 + 1]
    rows = [
        {
            "county": "c",
            "pupil": pupil,
            "identity": "x",
            "school": "s",
            "is_enrolled": pupil == EDGE,
            "changed_at": datetime(2026, 1, 1),
        }
        for pupil in pupils
    ]
    store.change(lambda session: session.execute(insert(Pupil), rows))
    with store.read() as session:
        assert list(session.scalars(select(Pupil.pupil).order_by(Pupil.pupil))) == sorted(
            pupils
        )
        assert list(session.scalars(select(Pupil.pupil).where(Pupil.is_enrolled))) == [EDGE]
        assert list(session.scalars(select(Pupil.pupil).where(Pupil.pupil == EDGE - 1))) == [
            EDGE - 1
        ]


def test_counts_and_sums_are_whole_numbers(named: Store) -> None:
    with named.read() as session:
        total = session.scalar(select(func.sum(Unit.id)))
        half = session.scalar(select(func.max(Unit.id) // 2))
    assert (type(total), total) == (int, sum(range(1, len(NAMES) + 1)))
    assert (type(half), half) == (int, len(NAMES) // 2)


def test_days_and_moments_come_back_as_they_went_in(store: Store) -> None:
    moment = datetime(2026, 2, 28, 23, 59, 59, 123456)
    days = [date(2026, 3, 1), date(2025, 12, 31), date(1999, 1, 1)]
    rows = [
        {
            "county": "c",
            "name": str(day),
            "held_on": day,
            "grade": 7,
            "stage": "junior",
            "cohort": 2019,
            "is_demonstration": False,
        }
        for day in days
    ]

    store.change(lambda session: session.execute(insert(Exam), rows))
    with store.read() as session:
        assert list(session.scalars(select(Exam.held_on).order_by(Exam.held_on))) == sorted(
            days
        )
        early = select(func.count()).where(Exam.held_on < date(2026, 1, 1))
        assert session.scalar(early) == 2
    assert stored_moment(store, moment) == moment
    china = timezone(timedelta(hours=8))
    aware = datetime(2026, 3, 1, 7, 59, 59, 123456, tzinfo=china)
    assert stored_moment(store, aware.astimezone(UTC).replace(tzinfo=None)) == moment


def stored_moment(store: Store, moment: datetime) -> datetime:
    """Store a moment with an event and read it back."""
    with store.write() as session, session.begin():
        number = (session.scalar(select(func.max(AuditEvent.id))) or 0) + 1
        event = {"id": number, "actor": "a", "action": "b", "object": "c", "detail": "d"}
        session.execute(insert(AuditEvent), [{**event, "at": moment}])
    with store.read() as session:
        return session.scalars(select(AuditEvent.at).where(AuditEvent.id == number)).one()
