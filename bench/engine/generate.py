"""Two invented exams of one cohort, written as a publication writes them.

Schools of uneven size (gamma), classes of 45, 3 % of the pupils missing from either exam, 3 %
who changed school between the exams, 1 % of the marks absent; marks in half points. The
pseudonyms are random numbers of 63 bits, so that a join finds no order to profit from.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

FULL_MARKS = (150, 150, 150, 100, 100, 100, 100, 100, 100)
N_SUBJECTS = len(FULL_MARKS)
ROW_GROUP = 131_072
CLASS_SIZE = 45
PUPILS_PER_SCHOOL = 500


@dataclass(frozen=True, slots=True)
class Cohort:
    """The pupils, in no order: pseudonym, school in either exam, class, ability."""

    pupil: Ints
    schools: tuple[Ints, Ints]
    class_: Ints
    ability: Floats
    n_schools: int


def write_exams(
    folder: Path,
    n_pupils: int,
    *,
    row_group: int = ROW_GROUP,
    pupils_per_school: int = PUPILS_PER_SCHOOL,
) -> None:
    """Write ``baseline.parquet`` and ``current.parquet`` into ``folder``."""
    rng = np.random.default_rng(20260628)
    cohort = _cohort(rng, n_pupils, n_schools=max(n_pupils // pupils_per_school, 10))
    for k, name in enumerate(("baseline", "current")):
        _write_exam(folder / f"{name}.parquet", cohort, k, rng=rng, row_group=row_group)


def schema() -> pa.Schema:
    """Return the schema of a release's wide file."""
    places = [
        ("pupil", pa.int64()),
        *((n, pa.string()) for n in ("school", "class_name", "sex")),
    ]
    state = pa.dictionary(pa.int8(), pa.string())
    marks = [
        column
        for k in range(1, N_SUBJECTS + 1)
        for column in ((f"score_{k}", pa.int32()), (f"state_{k}", state))
    ]
    return pa.schema([*places, *marks])


def _cohort(rng: np.random.Generator, n_pupils: int, *, n_schools: int) -> Cohort:
    size = rng.gamma(4, 1, n_schools)
    school = np.sort(rng.choice(n_schools, n_pupils, p=size / size.sum()))
    first = np.searchsorted(school, np.arange(n_schools))
    moved = rng.random(n_pupils) < 0.03
    later = np.where(moved, rng.integers(0, n_schools, n_pupils), school)
    return Cohort(
        pupil=rng.integers(1, 2**63 - 1, n_pupils, dtype=np.int64),
        schools=(school, later),
        class_=(np.arange(n_pupils) - first[school]) // CLASS_SIZE,
        ability=rng.standard_normal(n_pupils, dtype=np.float32),
        n_schools=n_schools,
    )


def _write_exam(
    path: Path, cohort: Cohort, exam: int, *, rng: np.random.Generator, row_group: int
) -> None:
    sat = np.flatnonzero(rng.random(cohort.pupil.size) < 0.97)
    school = cohort.schools[exam]
    order = sat[np.lexsort((cohort.pupil[sat], cohort.class_[sat], school[sat]))]
    level = rng.normal(0, 0.4, cohort.n_schools).astype(np.float32)
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        for start in range(0, order.size, row_group):
            rows = order[start : start + row_group]
            writer.write_table(_rows(cohort, rows, school=school[rows], level=level, rng=rng))


def _rows(
    cohort: Cohort, rows: Ints, *, school: Ints, level: Floats, rng: np.random.Generator
) -> pa.Table:
    """Return the rows of some pupils as the release holds them."""
    base = 0.8 * cohort.ability[rows] + level[school]
    columns: list[pa.Array] = [
        pa.array(cohort.pupil[rows]),
        _named(school, [f"S{j:05d}" for j in range(cohort.n_schools)]),
        _named(cohort.class_[rows], [f"{j + 1}班" for j in range(cohort.class_.max() + 1)]),
        _named(rng.integers(0, 2, rows.size), ["female", "male"]),
    ]
    for full in FULL_MARKS:
        noise = rng.standard_normal(rows.size, dtype=np.float32)
        halves = np.rint((0.62 + 0.16 * (base + 0.6 * noise)) * 2 * full).clip(0, 2 * full)
        absent = rng.random(rows.size) < 0.01
        columns.append(pa.array(halves.astype(np.int32) * 50, mask=absent))
        columns.append(
            pa.DictionaryArray.from_arrays(
                pa.array(absent.astype(np.int8)), pa.array(["present", "absent"])
            )
        )
    return pa.Table.from_arrays(columns, schema=schema())


def _named(codes: Ints, names: list[str]) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes))
