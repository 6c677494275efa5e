"""What the store knows that a file can be compared with: roster, moves, earlier exams.

Pupils stand under pseudonyms only, so that a comparison opens no name and no number. Without a
store nothing is known, and every check that compares is silent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

Hash = Callable[[Sequence[str]], "pd.Series[int]"]

_ROSTER = {
    "pupil": "int64",
    "exam_pupil": "Int64",
    "name_hash": "Int64",
    "school": "str",
    "grade": "Int64",
    "class_name": "str",
    "is_enrolled": "bool",
    "cohort": "Int64",
}
_MOVES = {
    "pupil": "int64",
    "moved_on": "object",
    "kind": "str",
    "from_school": "str",
    "to_school": "str",
}


def no_roster() -> pd.DataFrame:
    """Return a roster without pupils; see ``Known.roster`` for its columns."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _ROSTER.items()})


def no_moves() -> pd.DataFrame:
    """Return moves without rows; see ``Known.moves`` for its columns."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _MOVES.items()})


def _seen_by(school: str, roster: pd.DataFrame) -> pd.DataFrame:
    """Return a roster that answers no guess at the name, class or number of others' pupils."""
    is_own = (roster["school"] == school).to_numpy(bool)
    hidden = ("exam_pupil", "name_hash", "grade", "class_name", "cohort")
    return roster.assign(
        is_enrolled=roster["is_enrolled"] | ~is_own,
        **{name: roster[name].where(is_own) for name in hidden if name in roster},
    )


@dataclass(frozen=True, slots=True, eq=False)
class EarlierExam:
    """A published exam that the file is compared with.

    Attributes
    ----------
    scores : DataFrame, one row a pupil
        pupil (pseudonym), school (categorical), and one column by subject code: hundredths
        of a point, float64, null unless present. Without the total.
    full_marks : mapping of str to int
        Full mark by subject code, hundredths of a point.
    """

    name: str
    held_on: date
    grade: int
    stage: str
    scores: pd.DataFrame
    full_marks: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the store knows before a file is checked.

    Attributes
    ----------
    hash_numbers, hash_names : callable or None
        Return the pseudonyms of pupil or exam numbers, and the keyed hashes of names, as the
        roster holds them. None where there is no store.
    as_school : str or None
        Code of the school whose clerk imports; rows of other schools are not allowed, and of
        other schools' pupils ``roster`` tells no more than that they are enrolled elsewhere.
    held_on, today : date or None
        Day of the exam, and the present day.
    cohort : int or None
        Year in which the pupils of the exam entered grade 1.
    roster : DataFrame, one row a pupil of the county
        pupil, exam_pupil, name_hash, school, grade, class_name, is_enrolled, cohort.
    moves : DataFrame, one row a change of enrolment
        pupil, moved_on (date), kind (in out between suspended resumed), from_school, to_school.
    schools : mapping of str to str
        Name by code of the schools of the county's tree.
    baseline : EarlierExam or None
        The exam of the same pupils before this one.
    last_year : EarlierExam or None
        The exam of the same grade about a year before.
    superseded : EarlierExam or None
        The current release of the same exam, which this file would replace.
    """

    hash_numbers: Hash | None = field(default=None, repr=False)
    hash_names: Hash | None = field(default=None, repr=False)
    as_school: str | None = None
    held_on: date | None = None
    today: date | None = None
    cohort: int | None = None
    roster: pd.DataFrame = field(default_factory=no_roster)
    moves: pd.DataFrame = field(default_factory=no_moves)
    schools: Mapping[str, str] = field(default_factory=dict)
    baseline: EarlierExam | None = None
    last_year: EarlierExam | None = None
    superseded: EarlierExam | None = None

    def __post_init__(self) -> None:
        if self.as_school is not None:
            seen = _seen_by(self.as_school, self.roster)
            object.__setattr__(self, "roster", seen)

    @property
    def has_pupils(self) -> bool:
        """Whether there is any pupil to compare with, in the roster or in an earlier exam."""
        exams = (self.baseline, self.last_year, self.superseded)
        return len(self.roster) > 0 or any(exam is not None for exam in exams)
