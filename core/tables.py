"""Every table of the one flow: its columns, types, units, key and meaning.

    file -> ENTRIES + MARKS -> SCORES -> release -> STATISTICS -> INDICATORS -> JUDGEMENTS

A function that takes a table calls ``TABLE.require(frame)`` once, at the border of its layer.
Statistics are integers: marks in hundredths of a point, so that sums are exact everywhere.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.errors import DataError

Kind = Literal["text", "integer", "number"]
_IS_KIND = {
    "text": pd.api.types.is_string_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_numeric_dtype,
}
_EMPTY_DTYPE = {"text": "str", "integer": "int64", "number": "float64"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, its meaning with the unit, and whether it may be null."""

    name: str
    kind: Kind
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table of the flow; ``key`` names the columns that identify a row."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in the declared order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return the table without rows."""
        return pd.DataFrame(
            {c.name: pd.Series(dtype=_EMPTY_DTYPE[c.kind]) for c in self.columns}
        )

    def require(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return ``frame`` if it is this table; further columns are allowed.

        Raises
        ------
        DataError
            Naming missing columns, columns of a wrong kind, nulls, or repeated keys.
        """
        faults = self._faults(frame)
        if faults:
            found = "; ".join(faults)
            raise DataError(
                f"Table {self.name} is not as declared: {found}. Rebuild it from its source.",
                f"数据表 {self.name} 与声明不符：{found}。请从来源重新生成。",
            )
        return frame

    def _faults(self, frame: pd.DataFrame) -> list[str]:
        missing = [c.name for c in self.columns if c.name not in frame]
        if missing:
            return [f"missing columns {', '.join(missing)}"]
        if frame.empty:
            return []
        faults = [f"{c.name} is not {c.kind}" for c in self.columns if not _fits(frame, c)]
        faults += [
            f"nulls in {c.name}: {frame[c.name].isna().sum()}"
            for c in self.columns
            if not c.nullable and frame[c.name].isna().any()
        ]
        repeated = int(frame.duplicated(list(self.key)).sum()) if self.key else 0
        return [*faults, f"repeated keys: {repeated}"] if repeated else faults


def _fits(frame: pd.DataFrame, column: Column) -> bool:
    values = frame[column.name]
    return bool(_IS_KIND[column.kind](values)) or bool(column.nullable and values.isna().all())


def _text(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, "text", meaning, nullable)


def _integer(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, "integer", meaning, nullable)


def _number(name: str, meaning: str, *, nullable: bool = True) -> Column:
    return Column(name, "number", meaning, nullable)


ENTRIES = Table(
    "ENTRIES",
    "one row per pupil row of a file: who sat the exam, as the file says",
    ("row",),
    (
        _integer("row", "row number in the file, as Excel shows it"),
        _text("school_code", "学校代码", nullable=True),
        _text("school_name", "学校名称", nullable=True),
        _text("township", "乡镇/学区", nullable=True),
        _text("grade", "年级: as the file writes it", nullable=True),
        _text("class_name", "班级", nullable=True),
        _text("pupil_number", "学籍号", nullable=True),
        _text("exam_number", "考号", nullable=True),
        _text("pupil_name", "姓名", nullable=True),
        _text("sex", "性别: as the file writes it", nullable=True),
    ),
)

MARKS = Table(
    "MARKS",
    "one row per cell of a subject column: what the file says",
    ("row", "subject"),
    (
        _integer("row", "row of its entry, matches ENTRIES"),
        _integer("line", "row number of the cell itself; differs from row in long files"),
        _text("subject", "subject code (canonical) or the header where it is not known"),
        _text("column", "header of the column in the file"),
        _text("text", "the cell as text, numbers in shortest decimal form", nullable=True),
        _text("kind", "empty text number boolean date error formula blank"),
    ),
)

SUBJECTS = Table(
    "SUBJECTS",
    "subjects of one exam with full mark and lines, in hundredths of a point",
    ("subject",),
    (
        _text("subject", "subject code"),
        _text("name", "name as the file and the bureau write it"),
        _integer("position", "number of its columns score_k, state_k in the release"),
        _integer("full_mark", "most points possible, hundredths"),
        _integer("excellent_line", "优秀线, hundredths"),
        _integer("good_line", "良好线, hundredths"),
        _integer("pass_line", "及格线, hundredths"),
        _integer("low_line", "低分线, hundredths; low means below it"),
    ),
)

SCORE_HISTOGRAM = Table(
    "SCORE_HISTOGRAM",
    "pupils by subject, school and score",
    ("subject", "school", "score"),
    (
        _text("subject", "subject code"),
        _text("school", "school code"),
        _integer("score", "hundredths of a point"),
        _integer("n", "pupils with this score"),
    ),
)

STATE_COUNT = Table(
    "STATE_COUNT",
    "pupils by subject, school and state of the score",
    ("subject", "school", "state"),
    (
        _text("subject", "subject code"),
        _text("school", "school code"),
        _text("state", "present absent withheld exempt missing"),
        _integer("n", "pupils in this state"),
    ),
)

MOMENTS = Table(
    "MOMENTS",
    "cross-moments of a linked pair of exams; further columns x1.. xp, xi_xj, xi_y, xi_all",
    ("subject", "school"),
    (
        _text("subject", "subject code of the current exam"),
        _text("school", "school code: of the current exam, of the baseline for those who left"),
        _integer("n", "matched: current score and all prior scores present"),
        _integer("n_sat", "current score present"),
        _integer("n_prior", "all prior scores present"),
        _integer("y", "sum of current scores over the matched, hundredths"),
        _integer("y_y", "sum of squared current scores over the matched"),
    ),
)

JOINT_HISTOGRAM = Table(
    "JOINT_HISTOGRAM",
    "matched pupils by subject, school, prior and current score",
    ("subject", "school", "prior", "current"),
    (
        _text("subject", "subject code, the same in both exams"),
        _text("school", "school code of the current exam"),
        _integer("prior", "hundredths of a point in the baseline exam"),
        _integer("current", "hundredths of a point in the current exam"),
        _integer("n", "pupils"),
    ),
)

INDICATORS = Table(
    "INDICATORS",
    "every figure: one row per unit, exam, subject and indicator",
    ("unit", "exam", "subject", "indicator"),
    (
        _text("unit", "code of the organisation unit"),
        _text("exam", "name of the exam"),
        _text("subject", "subject code"),
        _text("indicator", "name of METHODS, key of the indicator dictionary"),
        _number("estimate", "best value; null unless status is ok"),
        _number("se", "standard error, same unit as the estimate"),
        _number("low", "lower end of the 95 % interval"),
        _number("high", "upper end of the 95 % interval"),
        _integer("n_pupils", "pupils that it rests on; null if suppressed", nullable=True),
        _number("reliability", "share of variance that is signal, 0 to 1"),
        _text("status", "ok coded (a range) suppressed not_estimable low_coverage"),
    ),
)

SCHOOL_EFFECTS = Table(
    "SCHOOL_EFFECTS",
    "value-added of the schools in one subject, as compute_value_added returns it",
    ("school",),
    (
        _text("school", "school code"),
        _integer("n", "matched pupils; null if suppressed", nullable=True),
        _integer("n_sat", "pupils with a current score; null if suppressed", nullable=True),
        _integer("n_prior", "pupils with all prior scores; null if suppressed", nullable=True),
        _number("coverage", "matched / n_sat, 0 to 1"),
        _number("prior_mean", "mean first prior of the matched, population SD"),
        _number("prior_mean_all", "mean first prior of all who have it, population SD"),
        _number("estimate", "shrunken school effect, population SD or points"),
        _number("se_conditional", "standard error, fixed effects taken as known"),
        _number("se_prediction", "standard error with the fixed effects' uncertainty"),
        _number("low", "lower end of the 95 % interval by se_prediction"),
        _number("high", "upper end of the 95 % interval by se_prediction"),
        _number("reliability", "shrinkage factor, 0 to 1"),
        _number("index", "estimate / se_prediction"),
        _text(
            "verdict",
            "well_above above as_expected below well_below no_difference_found",
            nullable=True,
        ),
        _text("status", "ok suppressed low_coverage not_estimable"),
    ),
)

UNITS = Table(
    "UNITS",
    "organisation tree: city county township centre_school school class",
    ("code",),
    (
        _text("code", "code, unique within the tree"),
        _text("name", "name shown to people"),
        _text("level", "city county township centre_school school class"),
        _text("parent", "code of the unit above", nullable=True),
        _text("stage", "primary junior senior; of schools", nullable=True),
        _text("school_type", "type for comparison groups, such as 中心校 村小", nullable=True),
        _text("locale", "town or country", nullable=True),
    ),
)

TABLES = (
    ENTRIES,
    MARKS,
    SUBJECTS,
    SCORE_HISTOGRAM,
    STATE_COUNT,
    MOMENTS,
    JOINT_HISTOGRAM,
    INDICATORS,
    SCHOOL_EFFECTS,
    UNITS,
)
