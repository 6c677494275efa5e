"""Cells counted by sorting: one packed number for each pupil, equal numbers side by side.

Where nearly every pupil is a cell of his own, a hash table holds as many entries as there are
pupils; sorting whole numbers costs a fraction of it and leaves the result in order.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.engine.cell_count import CellCount

Ints = NDArray[np.signedinteger[Any]]

# The sign is left for pupils without a value.
_MOST_BITS = 63


def count_by_sorting(pupils: pa.Table, cells: CellCount) -> pa.Table | None:
    """Return the count of cells, in the order of position as given, school and values.

    Parameters
    ----------
    pupils : Table
        The rows of ``cells.pupils``; their text may not be a dictionary.

    Returns
    -------
    Table or None
        None where a cell does not fit into 63 bits, or a value is negative.
    """
    school, schools = _ranked(pupils["school"])
    used = {name for columns in cells.columns.values() for name in columns}
    bits = {name: _bits(pupils[name]) for name in used}
    counted = []
    for position, columns in cells.columns.items():
        widths = [bits[name] for name in columns]
        n_bits = len(schools).bit_length() + sum(widths)
        if n_bits > _MOST_BITS:
            return None
        packed: Ints = school.astype(np.int32 if n_bits < 32 else np.int64)
        for name, width in zip(columns, widths, strict=True):
            # -1 has every bit set: whatever is packed with it becomes and stays negative.
            values = pc.fill_null(pupils[name], -1).to_numpy()
            packed <<= width
            packed |= values.astype(packed.dtype, copy=False)
        found, n = _runs(packed)
        place, *of_cell = _unpacked(found, widths)
        counted.append(
            pa.Table.from_arrays(
                [
                    pa.array(np.full(n.size, position, np.int32)),
                    pa.DictionaryArray.from_arrays(place.astype(np.int32), schools),
                    *map(pa.array, of_cell, (pupils.schema.field(c).type for c in columns)),
                    pa.array(n),
                ],
                names=["position", "school", *cells.names, "n"],
            )
        )
    return pa.concat_tables(counted)


def _ranked(column: pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    """Return each text's place in the sorted list of all, and the list; null is its last."""
    coded = column.dictionary_encode("encode").combine_chunks()
    order = pc.sort_indices(coded.dictionary)
    rank = np.empty(len(order), np.int64)
    rank[order.to_numpy()] = np.arange(len(order))
    return rank[coded.indices.to_numpy()], coded.dictionary.take(order)


def _bits(column: pa.ChunkedArray) -> int:
    """Return how many bits the values take: all where one is negative."""
    limits = pc.min_max(column).as_py()
    return _MOST_BITS + 1 if (limits["min"] or 0) < 0 else int(limits["max"] or 0).bit_length()


def _runs(packed: Ints) -> tuple[Ints, Ints]:
    """Return the different numbers from 0 in ascending order, and how often each occurs."""
    packed.sort()
    present = packed[np.searchsorted(packed, 0) :]
    is_first = np.ones(present.size, bool)
    np.not_equal(present[1:], present[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    return present[first], np.diff(first, append=present.size)


def _unpacked(packed: Ints, widths: Sequence[int]) -> list[Ints]:
    """Return the school and the values that were packed into each number."""
    values = []
    for width in reversed(widths):
        values.append(packed & ((1 << width) - 1))
        packed = packed >> width
    return [packed, *reversed(values)]
