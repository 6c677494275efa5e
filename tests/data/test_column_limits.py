"""Both databases refuse the same texts and numbers, in words and before they are asked."""

import pytest
from sqlalchemy import insert, select

from core.errors import SettingsError
from data.batches import find_batch
from data.column_limits import longest
from data.records import ColumnName, Exam, ExamSubject, Pupil, Record
from data.scope import OPERATOR
from data.store import Store


def test_a_number_that_no_key_can_have_is_refused_in_words(store: Store) -> None:
    for number in (2**31, -(2**31), 2**63, 10**21):
        with pytest.raises(SettingsError) as refused:
            find_batch(OPERATOR, store, number)
        assert str(abs(number)) in refused.value.message
        assert str(abs(number)) in refused.value.message_zh
    with pytest.raises(SettingsError, match="no import batch"):
        find_batch(OPERATOR, store, 2**31 - 1)


def test_a_large_pseudonym_is_no_large_number(store: Store) -> None:
    with store.read() as session:
        assert session.scalar(select(Pupil).where(Pupil.pupil == 2**62)) is None


@pytest.mark.parametrize("is_many", [False, True])
def test_a_text_longer_than_its_column_is_refused_in_words(store: Store, is_many: bool) -> None:
    most = longest("exam_subject", "name")
    rows = [{"release_id": 1, "subject": "a", "name": "科" * (most + k)} for k in range(1, 3)]
    told = f"{most + 1 + is_many} characters.*at most {most}"
    with pytest.raises(SettingsError, match=told) as refused:
        store.change(lambda session: session.execute(
            insert(ExamSubject), rows if is_many else rows[:1]))  # fmt: skip
    assert "科" not in str(refused.value)


def test_objects_of_the_session_are_measured_too(store: Store) -> None:
    row = ColumnName(county="x", kind="scores", header="h" * 121, meaning="m", actor="a")
    with pytest.raises(SettingsError, match="121 characters was given for header"):
        store.change(lambda session: session.add(row))


def test_what_a_query_looks_for_may_have_any_length(store: Store) -> None:
    with store.read() as session:
        assert session.scalar(select(Exam).where(Exam.name == "考" * 500)) is None


def test_every_short_text_of_the_catalogue_says_how_long_it_may_be() -> None:
    lengths = [
        longest(table.name, column.name)
        for table in Record.metadata.sorted_tables
        for column in table.columns
        if column.type.__visit_name__ == "string"
    ]
    assert len(lengths) > 60
    assert all(lengths)
