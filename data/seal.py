"""The seal of a table's rows: a hash that does not depend on how a file stores them.

The SHA-256 of a file says that its bytes are those that were published. The seal says that the
rows are, whatever the version of the format, the compression, the order of the rows or the
encoding of the words: it holds for the table in memory before it is written, and for a copy
that another program wrote. Both are kept with a release (docs/adr/0014).
"""

import hashlib
import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.errors import DataError
from data import lake
from data.home import Home

_DAMAGED = (pa.ArrowException, OSError)


def rows_digest(table: pa.Table) -> str:
    """Return the SHA-256 of the canonical rows of a table.

    Columns stand by name, rows are sorted by all columns (numbers first, since the pupil's
    pseudonym alone orders a release), equal rows stay. Integers of any width are one kind, and
    so are floats, and texts with or without a dictionary. What lies under a null does not
    count, nor does the type of a column without a value; minus zero is zero, and every NaN the
    same.

    Parameters
    ----------
    table : pyarrow.Table
        Integers, floats, booleans, texts, dates, timestamps, decimals; no nested columns.

    Raises
    ------
    pyarrow.ArrowException
        When a column has another type, or an integer or decimal does not fit.
    """
    columns = {name: _canonical(table[name]) for name in sorted(table.column_names)}
    kinds = [(name, _kind(column.type)) for name, column in columns.items()]
    ordered = _sorted(pa.table(columns))
    digest = hashlib.sha256(json.dumps([table.num_rows, kinds]).encode())
    for name in columns:
        _add(digest, ordered[name])
    return digest.hexdigest()


def check_rows(home: Home, path: str, *, sha256: str, rows_sha256: str) -> None:
    """Compare a file of the lake, and the rows in it, with what was published.

    Raises
    ------
    DataError
        When the file is missing or was changed, or its rows are not the sealed ones.
    """
    lake.verify(home, path, sha256=sha256)
    try:
        found = rows_digest(pq.read_table(home.lake / path))
    except _DAMAGED:
        found = ""
    if found != rows_sha256:
        raise DataError(
            f"The rows in the stored file {path} are not those that were sealed when it was "
            "published. No figure is shown from it. Restore lake/ and the catalogue from one "
            "backup.",
            f"已存文件 {path} 中的数据行与发布时的封签不符，不显示由它得出的任何数字。"
            "请用同一份备份恢复 lake/ 与目录库。",
        )


def _canonical(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the column in the one type of its kind; null where it has no value at all."""
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column))])
    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_floating(kind):
        floats = column.cast(pa.float64())
        return pc.add(floats, 0.0)  # minus zero becomes zero
    if pa.types.is_decimal(kind):
        return _decimal_text(column)
    for is_kind, plain in _PLAIN:
        if is_kind(kind):
            return column.cast(plain)
    raise pa.ArrowTypeError(f"A column of type {kind} cannot be sealed.")


_PLAIN = (
    (pa.types.is_boolean, pa.bool_()),
    (pa.types.is_integer, pa.int64()),
    (pa.types.is_string, pa.large_string()),
    (pa.types.is_large_string, pa.large_string()),
    (pa.types.is_string_view, pa.large_string()),
    (pa.types.is_date, pa.date32()),
    (pa.types.is_timestamp, pa.timestamp("us")),
)


def _decimal_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return decimals as text without the zeros that only their scale adds."""
    text = column.cast(pa.string())
    plain = pc.replace_substring_regex(text, r"(\.\d*?)0+$", r"\1")
    return pc.replace_substring_regex(plain, r"\.$", "").cast(pa.large_string())


def _kind(plain: pa.DataType) -> str:
    return str(plain)


def _sorted(table: pa.Table) -> pa.Table:
    """Sort by all columns: a total order, but for rows that are equal."""
    words = [n for n in table.column_names if pa.types.is_large_string(table[n].type)]
    empty = [n for n in table.column_names if pa.types.is_null(table[n].type)]
    numbers = [n for n in table.column_names if n not in {*words, *empty}]
    keys = [(name, "ascending") for name in (*numbers, *words)]
    return table.combine_chunks().sort_by(keys) if keys else table


def _add(digest: "hashlib._Hash", column: pa.ChunkedArray) -> None:
    """Add which values are null, then the values, each block with its length."""
    whole = column.combine_chunks()
    _add_block(digest, np.packbits(whole.is_valid().to_numpy(zero_copy_only=False)))
    if pa.types.is_null(whole.type):
        return
    if pa.types.is_large_string(whole.type):
        for block in _texts(pc.fill_null(whole, "")):
            _add_block(digest, block)
        return
    if pa.types.is_floating(whole.type):
        values = pc.fill_null(whole, 0.0).to_numpy(zero_copy_only=False)
        _add_block(digest, np.where(np.isnan(values), np.nan, values).astype("<f8"))
        return
    numbers = whole.cast(pa.int32()) if pa.types.is_date(whole.type) else whole
    values = pc.fill_null(numbers.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    _add_block(digest, values.astype("<i8"))


def _texts(words: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """Return the length of each text in bytes, and all bytes one after the other."""
    _, places, content = words.buffers()
    ends = np.frombuffer(places, dtype="<i8")[words.offset : words.offset + len(words) + 1]
    text = np.frombuffer(content or b"", dtype=np.uint8)[ends[0] : ends[-1]]
    return np.diff(ends), text


def _add_block(digest: "hashlib._Hash", values: np.ndarray) -> None:
    digest.update(len(values).to_bytes(8, "little"))
    digest.update(np.ascontiguousarray(values).data)
