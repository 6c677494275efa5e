"""The statistics that are measured, and the columns that each must decode at least."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.engine.generate import FULL_MARKS, N_SUBJECTS
from data.engine import statistics
from data.engine.engine import Engine, Statistic
from data.engine.statistics import LinkedSubject

Work = Callable[[], pa.Table]

_POSITIONS = range(1, N_SUBJECTS + 1)
_SCORES = tuple(f"score_{k}" for k in _POSITIONS)
_OWN = [LinkedSubject(k, (k,)) for k in _POSITIONS]
_PER_CENT = {"excellent": 85, "good": 75, "pass": 60, "low": 40}
_LINES = {
    k: {name: full * share for name, share in _PER_CENT.items()}
    for k, full in zip(_POSITIONS, FULL_MARKS, strict=True)
}


@dataclass(frozen=True, slots=True)
class Task:
    """A statistic, its tables by file, the columns of each, the key of its rows."""

    statistic: Statistic
    files: dict[str, str]
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def tables(self, folder: Path) -> dict[str, Path]:
        """Return the files in a folder, by table."""
        return {name: folder / file for name, file in self.files.items()}

    def run(self, engine: Engine, folder: Path) -> pa.Table:
        """Return the statistic."""
        return engine.run(self.statistic, self.tables(folder))

    def decode(self, folder: Path) -> pa.Table:
        """Decode exactly the needed columns with pyarrow and nothing more."""
        read = [
            pq.read_table(path, columns=list(self.columns), use_threads=True)
            for path in self.tables(folder).values()
        ]
        return read[0]


_ONE = {"scores": "current.parquet"}
_PAIR = {"current": "current.parquet", "baseline": "baseline.parquet"}

TASKS = {
    "score_histogram": Task(
        statistics.score_histogram(_POSITIONS),
        _ONE,
        ("school", *_SCORES),
        ("position", "school", "score"),
    ),
    "state_count": Task(
        statistics.state_count(_POSITIONS),
        _ONE,
        ("school", *(f"state_{k}" for k in _POSITIONS)),
        ("position", "school", "state"),
    ),
    "class_moments": Task(
        statistics.class_moments(_LINES),
        _ONE,
        ("school", "class_name", *_SCORES),
        ("position", "school", "class_name"),
    ),
    "moments": Task(
        statistics.moments(_OWN),
        _PAIR,
        ("pupil", "school", *_SCORES),
        ("position", "school"),
    ),
    "joint_histogram": Task(
        statistics.joint_histogram(_OWN),
        _PAIR,
        ("pupil", "school", *_SCORES),
        ("position", "school", "prior", "current"),
    ),
}
