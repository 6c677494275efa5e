"""Counting cells by sorting gives what the grouped text of the same count gives."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.engine import statistics
from data.engine.cell_count import CellCount
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.ordered import ordered
from data.engine.sorted_cells import count_by_sorting
from data.engine.statistics import LinkedSubject

ENGINE = DuckDBEngine()
N_POSITIONS = 2
HISTOGRAM = statistics.score_histogram([1, 2])
JOINT = CellCount(
    "SELECT school, score_1, score_2 FROM scores",
    ("prior", "current"),
    {1: ("score_1", "score_2"), 2: ("score_2", "score_2")},
)
COUNTS = {"one value": HISTOGRAM, "two values": JOINT}

Pupil = tuple[str | None, int | None, int | None]

score = st.one_of(st.none(), st.integers(0, 3))
pupils = st.lists(
    st.tuples(st.sampled_from(["甲校", "b", "a", "", None]), score, score), max_size=20
)


def wide(listed: Sequence[Pupil], *, kind: pa.DataType) -> pa.Table:
    school, one, two = zip(*listed, strict=True) if listed else ((),) * 3
    return pa.table(
        {
            "school": pa.array(school, pa.string()),
            "score_1": pa.array(one, kind),
            "score_2": pa.array(two, kind),
        }
    )


def key_of(cells: CellCount) -> list[str]:
    return ["position", "school", *cells.names]


def assert_equals_the_grouped_text(table: pa.Table, cells: CellCount) -> pa.Table:
    """Compare both ways on one file, rows in the order of the key, and return the rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scores.parquet"
        pq.write_table(table, path)
        found = ENGINE.run(cells, {"scores": path})
        grouped = ENGINE.run(cells.text, {"scores": path})
    ascending = [(name, "ascending") for name in key_of(cells)]
    assert found.sort_by(ascending).equals(grouped.sort_by(ascending))
    return found


@pytest.mark.parametrize("cells", COUNTS.values(), ids=list(COUNTS))
@settings(deadline=None, max_examples=40)
@given(listed=pupils, kind=st.sampled_from([pa.int16(), pa.int32(), pa.int64()]))
def test_schools_and_scores_may_be_missing_or_nobody_there(
    cells: CellCount, listed: list[Pupil], kind: pa.DataType
) -> None:
    found = assert_equals_the_grouped_text(wide(listed, kind=kind), cells)
    assert found["n"].null_count == 0
    assert found.equals(ordered(found, key_of(cells)))


@pytest.mark.parametrize(
    "listed",
    [[], [("a", None, None)], [("a", 0, 0)] * 3, [(None, 50, 100)]],
    ids=["nobody", "no score", "one cell", "no school"],
)
@pytest.mark.parametrize("cells", COUNTS.values(), ids=list(COUNTS))
def test_a_count_of_one_cell_or_none(cells: CellCount, listed: list[Pupil]) -> None:
    found = assert_equals_the_grouped_text(wide(listed, kind=pa.int32()), cells)
    present = bool(listed) and listed[0][1] is not None
    assert found["n"].to_pylist() == [len(listed)] * N_POSITIONS * present


def test_rows_come_in_the_order_of_the_positions_as_given(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    listed = [("b", 1, 2), ("a", 9, 9), ("a", 3, 3)]
    pq.write_table(wide(listed, kind=pa.int32()), path)
    found = ENGINE.run(statistics.score_histogram([2, 1]), {"scores": path})
    assert found["position"].to_pylist() == [2, 2, 2, 1, 1, 1]
    assert found["school"].to_pylist() == ["a", "a", "b"] * 2
    assert found["score"].to_pylist() == [3, 9, 2, 3, 9, 1]


@pytest.mark.parametrize("bits", [20, 21, 22, 26, 27, 45, 63])
def test_cells_of_any_width_are_counted_the_widest_by_sql(bits: int) -> None:
    largest = 2**bits - 1
    marks = np.random.default_rng(1).choice([0, 1, largest - 1, largest], (3000, 2)).tolist()
    table = wide([(f"S{i % 700}", x, y) for i, (x, y) in enumerate(marks)], kind=pa.int64())
    for cells in COUNTS.values():
        assert sum(assert_equals_the_grouped_text(table, cells)["n"].to_pylist()) == 6000
    # 700 schools take 10 bits, and a cell of two values has room for 63.
    assert (count_by_sorting(table, JOINT) is None) == (10 + 2 * bits > 63)


def test_a_number_below_zero_is_left_to_sql() -> None:
    table = wide([("a", -1, 0), ("a", None, 3), ("a", -1, 0)], kind=pa.int32())
    assert count_by_sorting(table, HISTOGRAM) is None
    found = assert_equals_the_grouped_text(table, HISTOGRAM)
    assert found.filter(pc.equal(found["score"], -1))["n"].to_pylist() == [2]


def test_a_prior_may_serve_several_subjects(tmp_path: Path) -> None:
    both = [LinkedSubject(1, (2,)), LinkedSubject(2, (2,))]
    cells = statistics.joint_histogram(both)
    tables = {}
    for name in ("current", "baseline"):
        table = wide([("a", 1, 2), ("b", None, 3), ("a", 4, 5)], kind=pa.int32())
        tables[name] = tmp_path / f"{name}.parquet"
        pq.write_table(table.append_column("pupil", pa.array([7, 8, 9])), tables[name])
    found = ENGINE.run(cells, tables)
    grouped = ENGINE.run(cells.text, tables)
    assert found.equals(ordered(grouped, key_of(cells)))
    assert found.filter(pc.equal(found["position"], 2))["prior"].to_pylist() == [
        2,
        5,
        3,
    ]
