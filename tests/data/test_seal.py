"""The seal of rows: the same for the same rows however they are stored, another for others."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError
from data import lake
from data.home import Home
from data.lake import StoredFile
from data.seal import check_rows, rows_digest

ROW = st.tuples(
    st.one_of(st.none(), st.integers(-(2**62), 2**62)),
    st.one_of(st.none(), st.floats(allow_nan=False)),
    st.one_of(st.none(), st.text(alphabet="ab语\0 ", max_size=4)),
    st.one_of(st.none(), st.booleans()),
)
KINDS = (pa.int64(), pa.float64(), pa.string(), pa.bool_())


def table_of(rows: list[tuple[object, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in KINDS)
    arrays = [pa.array(list(c), kind) for c, kind in zip(columns, KINDS, strict=True)]
    return pa.table(dict(zip(("pupil", "share", "school", "flag"), arrays, strict=True)))


def canonical(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(
        repr(0.0 if value == 0 and isinstance(value, float) else value) for value in row
    )


@settings(max_examples=50)
@given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=6))
def test_two_tables_share_a_seal_exactly_when_they_hold_the_same_rows(
    one: list[tuple[object, ...]], two: list[tuple[object, ...]]
) -> None:
    is_same = sorted(map(canonical, one)) == sorted(map(canonical, two))
    assert (rows_digest(table_of(one)) == rows_digest(table_of(two))) is is_same


@settings(max_examples=50)
@given(st.lists(ROW, min_size=1, max_size=6), st.data())
def test_a_changed_cell_changes_the_seal(
    rows: list[tuple[object, ...]], data: st.DataObject
) -> None:
    at, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 3))
    value = data.draw(ROW)[column]
    other = [list(row) for row in rows]
    other[at][column] = value
    changed = [tuple(row) for row in other]
    is_same = sorted(map(canonical, rows)) == sorted(map(canonical, changed))
    assert (rows_digest(table_of(rows)) == rows_digest(table_of(changed))) is is_same


def mixed(n: int = 500) -> pa.Table:
    rng = np.random.default_rng(5)
    score = pa.array(rng.integers(0, 15000, n), pa.int32(), mask=rng.random(n) < 0.1)
    return pa.table(
        {
            "pupil": rng.permutation(n),
            "school": [f"示例{j % 7}" for j in range(n)],
            "state_1": ["present" if ok else "absent" for ok in score.is_valid().to_pylist()],
            "score_1": score,
            "mean": rng.normal(size=n),
        }
    )


def recoded(table: pa.Table, change: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.Table:
    return pa.table({name: change(table[name]) for name in table.column_names})


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "zstd", "version": "2.6"},
        {"compression": "snappy", "version": "1.0"},
        {"compression": "none", "use_dictionary": False, "row_group_size": 17},
        {"data_page_version": "2.0", "write_statistics": False},
    ],
)
def test_the_seal_does_not_depend_on_the_file(
    options: dict[str, object], tmp_path: Path
) -> None:
    table = mixed()
    pq.write_table(table, tmp_path / "t.parquet", **options)
    assert rows_digest(pq.read_table(tmp_path / "t.parquet")) == rows_digest(table)


def test_the_seal_does_not_depend_on_order_encoding_width_or_chunks() -> None:
    table = mixed()
    seal = rows_digest(table)
    order = np.random.default_rng(6).permutation(len(table))
    assert rows_digest(table.take(pa.array(order))) == seal
    assert rows_digest(table.select(table.column_names[::-1])) == seal
    assert rows_digest(pa.concat_tables([table.slice(0, 99), table.slice(99)])) == seal
    words = ["school", "state_1"]
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())):
        columns = {
            n: table[n].cast(kind) if n in words else table[n] for n in table.column_names
        }
        assert rows_digest(pa.table(columns)) == seal
    wide = recoded(table, lambda c: c.cast(pa.int16()) if pa.types.is_int32(c.type) else c)
    assert rows_digest(wide) == seal
    assert rows_digest(table.replace_schema_metadata({"pandas": "{}"})) == seal


def test_what_lies_under_a_null_does_not_count() -> None:
    validity = pa.array([True, False]).buffers()[1]
    one, two = (
        pa.table({"n": pa.Array.from_buffers(pa.int64(), 2, [validity, pa.py_buffer(values)])})
        for values in (np.array([1, 7]), np.array([1, 8]))
    )
    assert rows_digest(one) == rows_digest(two) != rows_digest(pa.table({"n": [1, 7]}))


def test_a_column_without_a_value_has_no_type_and_zero_and_nan_no_sign() -> None:
    empty = [pa.table({"a": [1], "b": pa.nulls(1, kind)}) for kind in (pa.string(), pa.int32())]
    assert rows_digest(empty[0]) == rows_digest(empty[1])
    assert rows_digest(pa.table({"x": [0.0]})) == rows_digest(pa.table({"x": [-0.0]}))
    odd = np.array([np.uint64(0xFFF8_0000_0000_0001)]).view(np.float64)
    assert rows_digest(pa.table({"x": odd})) == rows_digest(pa.table({"x": [float("nan")]}))
    assert rows_digest(pa.table({"x": [1]})) != rows_digest(pa.table({"x": [1.0]}))
    assert rows_digest(pa.table({"x": [1]})) != rows_digest(pa.table({"y": [1]}))


def test_decimals_count_by_their_value_and_dates_by_their_day() -> None:
    one, two, three = (
        pa.table({"x": pa.array([Decimal(text), None])}) for text in ("1.50", "1.5000", "1.05")
    )
    assert rows_digest(one) == rows_digest(two) != rows_digest(three)
    day = pa.table({"d": pa.array([20000], pa.int32()).cast(pa.date32())})
    assert rows_digest(day) == rows_digest(pa.table({"d": day["d"].cast(pa.date64())}))
    moment = day["d"].cast(pa.timestamp("s"))
    assert rows_digest(pa.table({"d": moment})) == rows_digest(
        pa.table({"d": moment.cast(pa.timestamp("ns"))})
    )


def test_a_nested_column_cannot_be_sealed() -> None:
    with pytest.raises(pa.ArrowTypeError, match="list"):
        rows_digest(pa.table({"x": [[1]]}))


def stored(home: Home, table: pa.Table) -> StoredFile:
    with lake.new_bundle(home) as bundle:
        file = bundle.add_table("t.parquet", table)
        bundle.seal(home)
    return file


def test_rows_are_checked_beside_the_file(home: Home) -> None:
    table = mixed()
    file = stored(home, table)
    check_rows(home, file.path, sha256=file.sha256, rows_sha256=rows_digest(table))
    other = table.set_column(0, "pupil", pc.add(table["pupil"], 1))
    with pytest.raises(DataError, match="are not those that were sealed"):
        check_rows(home, file.path, sha256=file.sha256, rows_sha256=rows_digest(other))
    with pytest.raises(DataError, match="was changed after it was published"):
        check_rows(home, file.path, sha256="0" * 64, rows_sha256=rows_digest(table))
