"""Rows in the order of their key are those of Arrow's own sort."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.engine.ordered import ordered

KEY = ["school", "class_name", "score"]
ASCENDING = [(name, "ascending") for name in KEY]

words = st.text("甲乙ab1", max_size=3)
rows = st.lists(
    st.tuples(words, st.one_of(st.none(), words), st.integers(0, 15_000), st.integers()),
    unique_by=lambda row: row[:3],
    max_size=20,
)


def table_of(listed: list[tuple[str, str | None, int, int]], *, kind: pa.DataType) -> pa.Table:
    school, class_name, score, n = zip(*listed, strict=True) if listed else ((),) * 4
    return pa.table(
        {
            "school": pa.array(school, pa.string()).cast(kind),
            "class_name": pa.array(class_name, pa.string()).cast(kind),
            "score": pa.array(score, pa.int32()),
            "n": pa.array([value % 1000 for value in n], pa.int64()),
        }
    )


@settings(deadline=None)
@given(rows, st.sampled_from([pa.string(), pa.dictionary(pa.int32(), pa.string())]))
def test_the_order_is_that_of_arrow_with_nulls_last(
    listed: list[tuple[str, str | None, int, int]], kind: pa.DataType
) -> None:
    plain = table_of(listed, kind=pa.string())
    found = ordered(table_of(listed, kind=kind), KEY)
    assert found.equals(plain.sort_by(ASCENDING))


def test_a_table_in_many_chunks_is_sorted_as_a_whole() -> None:
    one = table_of([("b", "1", 5, 0), ("a", None, 7, 0)], kind=pa.string())
    two = table_of([("a", "1", 9, 0), ("a", "1", 2, 0)], kind=pa.string())
    found = ordered(pa.concat_tables([one, two]), KEY)
    assert found["score"].to_pylist() == [2, 9, 7, 5]


def test_rows_that_are_in_order_stay_where_they_are() -> None:
    listed = [("a", "1", 2, 7), ("a", None, 1, 5), ("b", "1", 0, 9)]
    table = table_of(listed, kind=pa.string())
    found = ordered(table, KEY)
    assert found.equals(table)
    assert found["n"].chunk(0).buffers()[1].address == table["n"].chunk(0).buffers()[1].address


@pytest.mark.parametrize("largest", [2**20, 2**61])
def test_numbers_too_large_to_be_packed_are_sorted_all_the_same(largest: int) -> None:
    table = pa.table({"a": pa.array([largest, 0, largest]), "b": pa.array([3, largest, 1])})
    assert ordered(table, ["a", "b"])["b"].to_pylist() == [largest, 1, 3]
