"""What a check sees: entries, marks, subjects and grade of one file, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.checks.enrolment import enrolment_of
from data.checks.entry_text import CleanEntries, clean_entries
from data.checks.known import Known
from data.checks.mark_text import read_marks

FIELD_NAMES = {
    "school_code": "学校代码",
    "school_name": "学校名称",
    "township": "乡镇",
    "class_name": "班级",
    "pupil_number": "学籍号",
    "exam_number": "考号",
    "pupil_name": "姓名",
    "sex": "性别",
    "grade": "年级",
}


@dataclass(frozen=True, slots=True)
class DraftSubject:
    """One subject of the exam as far as it is known before the marks are accepted.

    Attributes
    ----------
    code, name : str
        Subject code, and the name that people read.
    full_mark_hundredths : int
        Most points possible, in hundredths of a point.
    full_mark_given : bool
        False where the full mark was assumed.
    """

    code: str
    name: str
    full_mark_hundredths: int
    full_mark_given: bool


@dataclass(frozen=True, eq=False)
class Draft:
    """An imported file on its way to SCORES.

    Attributes
    ----------
    entries, marks : DataFrame
        ENTRIES and MARKS, as ``lay_out`` returns them.
    subjects : tuple of DraftSubject
        In the order of the SCORES columns; holds every subject of ``marks``.
    grade : int
        Grade of the exam, 1 to 12.
    totals : DataFrame or None
        The column 总分: row, line, column, text, kind.
    headers : mapping of str to str
        Header by field of ENTRIES, as the file writes it.
    known : Known
        What the store knows that the file can be compared with.
    """

    entries: pd.DataFrame
    marks: pd.DataFrame
    subjects: tuple[DraftSubject, ...]
    grade: int
    totals: pd.DataFrame | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def __post_init__(self) -> None:
        unknown = set(self.marks["subject"].unique()) - {
            subject.code for subject in self.subjects
        }
        if unknown:
            raise ValueError(f"subjects of the marks are not in the draft: {sorted(unknown)}")

    def header(self, name: str) -> str:
        """Return the header of a field as the file writes it."""
        return self.headers.get(name, FIELD_NAMES[name])

    def kind(self, name: str) -> pd.Series:
        """Return the kind of a field's cells; text where the entries came from no file."""
        found = self.entries.get(f"{name}_kind")
        return pd.Series("text", index=self.entries.index) if found is None else found

    @cached_property
    def clean(self) -> CleanEntries:
        """The entries with spaces, dots and letter case put right, and what was changed."""
        return clean_entries(self.entries)

    @cached_property
    def read(self) -> pd.DataFrame:
        """MARKS with the columns state, value, fault and is_tidied; see ``read_marks``."""
        full_marks = {subject.code: subject.full_mark_hundredths for subject in self.subjects}
        return read_marks(self.marks, full_marks=full_marks)

    @cached_property
    def points(self) -> pd.DataFrame:
        """Present scores, one row an entry, one column a subject: hundredths, null if none."""
        codes = [subject.code for subject in self.subjects]
        row = pd.Index(self.entries["row"]).get_indexer(pd.Index(self.read["row"]))
        place, named = pd.factorize(self.read["subject"])
        column = np.array([codes.index(name) for name in named], dtype=np.intp)[place]
        points = np.full((len(self.entries), len(codes)), np.nan)
        points[row, column] = self.read["value"].to_numpy(np.float64, na_value=np.nan)
        return pd.DataFrame(points, columns=codes, index=self.entries.index)

    @cached_property
    def school(self) -> "pd.Categorical[str]":
        """School code of each entry, as a category, so that figures by school are quick."""
        return pd.Categorical(self.clean.frame["school_code"])

    @property
    def school_index(self) -> NDArray[np.intp]:
        """Position of each entry's school in ``school.categories``; -1 without a school."""
        return np.asarray(self.school.codes).astype(np.intp)

    @cached_property
    def enrolment(self) -> pd.DataFrame:
        """What the roster says of each row; see ``enrolment_of``."""
        return enrolment_of(self.clean.frame, self.known)
