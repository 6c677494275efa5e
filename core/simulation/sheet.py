"""A simulated exam as the file's tables: ENTRIES and MARKS with the text of every cell.

Texts are picked from short lists by index, since making each anew would cost most of the time.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.scores import STATES
from core.simulation.cohort import Indices, Sitting
from core.simulation.enrolment import CLASS_SIZE
from core.simulation.organisation import MAX_COHORT, Stage
from core.simulation.spec import Subject
from core.tables import ENTRIES, MARKS

GRADE_NAMES = {
    4: "四年级",
    5: "五年级",
    6: "六年级",
    7: "七年级",
    8: "八年级",
    9: "九年级",
}
_HEADING_ROWS = 1
_HALF_POINT = 50
_STATE_WORDS = {"absent": "缺考", "withheld": "违纪", "exempt": "免考"}
_STATE_KINDS = {"present": "number", "missing": "empty"}


@dataclass(frozen=True, slots=True)
class Pupils:
    """Number, name and sex of a cohort's pupils, each by index in the cohort."""

    number: pd.Series
    name: pd.Series
    sex: pd.Series


def make_pupils(stage: Stage, *, n_pupils: int, year: int, rng: np.random.Generator) -> Pupils:
    """Make plainly invented names and numbers for the cohort that entered in ``year``."""
    serial = _texts([f"{i + 1:05d}" for i in range(n_pupils)])
    letter = "P" if stage.key == "primary" else "J"
    return Pupils(
        number=f"DEMO{year}{letter}" + serial,
        name="演示学生" + serial,
        sex=_picked(["男", "女"], rng.integers(0, 2, n_pupils)),
    )


def make_entries(
    stage: Stage, sitting: Sitting, *, pupils: Pupils, day: date, grade: int
) -> pd.DataFrame:
    """Make the ENTRIES rows of an exam, by school and class."""
    n, schools = sitting.pupil.size, stage.schools
    most_classes = -(-MAX_COHORT // CLASS_SIZE)
    class_names = [f"{GRADE_NAMES[grade]}{k + 1}班" for k in range(most_classes)]
    serial = _texts([f"{day:%y%m}{grade}{i + 1:05d}" for i in range(n)])
    frame = pd.DataFrame(
        {
            "row": _rows(n),
            "school_code": _picked([s.code for s in schools], sitting.school),
            "school_name": _picked([s.name for s in schools], sitting.school),
            "township": _picked([s.township for s in schools], sitting.school),
            "grade": _picked([GRADE_NAMES[grade]], np.zeros(n, dtype=np.int64)),
            "class_name": _picked(class_names, sitting.class_),
            "pupil_number": pupils.number.take(sitting.pupil).reset_index(drop=True),
            "exam_number": serial,
            "pupil_name": pupils.name.take(sitting.pupil).reset_index(drop=True),
            "sex": pupils.sex.take(sitting.pupil).reset_index(drop=True),
        }
    )
    return frame[ENTRIES.names]


def make_marks(sitting: Sitting, *, subjects: tuple[Subject, ...]) -> pd.DataFrame:
    """Make the MARKS rows of an exam: row by row, the subjects in the order of the columns."""
    n, n_subjects = sitting.score.shape
    top = max(subject.full_mark for subject in subjects) // _HALF_POINT
    cells = [f"{half / 2:g}" for half in range(top + 1)]
    # After the marks stand the words of the other states in their order; "missing" has none.
    words = [*cells, *(_STATE_WORDS[state] for state in STATES[1:-1]), None]
    cell = np.where(sitting.present, sitting.score // _HALF_POINT, top + sitting.state)
    row = np.repeat(_rows(n), n_subjects)
    column = np.tile(np.arange(n_subjects), n)
    kinds = [_STATE_KINDS.get(state, "text") for state in STATES]
    frame = pd.DataFrame(
        {
            "row": row,
            "line": row,
            "subject": _picked([subject.code for subject in subjects], column),
            "column": _picked([subject.name for subject in subjects], column),
            "text": _picked(words, cell.ravel()),
            "kind": _picked(kinds, sitting.state.ravel()),
        }
    )
    return frame[MARKS.names]


def _rows(n: int) -> Indices:
    """Return the row numbers that a spreadsheet shows, below the heading."""
    return np.arange(n) + 1 + _HEADING_ROWS


def _texts(values: list[str] | list[str | None]) -> pd.Series:
    return pd.Series(values, dtype="str")


def _picked(values: list[str] | list[str | None], index: NDArray[np.int64]) -> pd.Series:
    """Return ``values[index]`` as a text column."""
    return _texts(values).take(index).reset_index(drop=True)
