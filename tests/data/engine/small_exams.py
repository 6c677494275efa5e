"""Small exams of two subjects, and every statistic that an engine must make."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from data.engine import statistics
from data.engine.engine import Statistic
from data.engine.statistics import LinkedSubject

Row = tuple[int, str, str | None, tuple[int | None, int | None]]

LINES = {"excellent": 150, "good": 100, "pass": 100, "low": 50}
BOTH = (LinkedSubject(1, (1,)), LinkedSubject(2, (2,)))
TWO_PRIORS = (LinkedSubject(1, (1, 2)), LinkedSubject(2, (1, 2)))

OF_ONE_EXAM: dict[str, Statistic] = {
    "score_histogram": statistics.score_histogram([1, 2]),
    "state_count": statistics.state_count([1, 2]),
    "class_moments": statistics.class_moments({1: LINES, 2: LINES}),
    "subject_moments": statistics.subject_moments([(1, 2)]),
}
OF_A_PAIR: dict[str, Statistic] = {
    "moments": statistics.moments(BOTH),
    "moments of two priors": statistics.moments(TWO_PRIORS),
    "joint_histogram": statistics.joint_histogram(BOTH),
    "linked_class_moments": statistics.linked_class_moments(BOTH),
    "linked_subject_moments": statistics.linked_subject_moments([BOTH]),
}

scores = st.one_of(st.none(), st.integers(0, 3).map(lambda n: n * 50))
rows = st.lists(
    st.tuples(
        st.integers(1, 12),
        st.sampled_from("ab"),
        st.sampled_from(["1班", "2班", None]),
        st.tuples(scores, scores),
    ),
    unique_by=lambda row: row[0],
    max_size=12,
)


def write_exam(path: Path, exam: list[Row]) -> Path:
    """Write an exam as a release is written: states as a dictionary, the schema kept."""
    columns: dict[str, pa.Array] = {
        "pupil": pa.array([row[0] for row in exam], pa.int64()),
        "school": pa.array([row[1] for row in exam], pa.large_string()),
        "class_name": pa.array([row[2] for row in exam], pa.large_string()),
    }
    for k in (1, 2):
        marks = [row[3][k - 1] for row in exam]
        states = ["missing" if mark is None else "present" for mark in marks]
        columns[f"score_{k}"] = pa.array(marks, pa.int32())
        columns[f"state_{k}"] = pa.array(states, pa.string()).dictionary_encode()
    pq.write_table(pa.table(columns), path, compression="zstd")
    return path


def sorted_rows(table: pa.Table) -> pa.Table:
    """Return the rows in the order of all columns, as one chunk: equal content, equal bytes."""
    return table.sort_by([(name, "ascending") for name in table.column_names]).combine_chunks()
