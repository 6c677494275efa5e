"""Every table of the one flow: its columns, types, units, key and meaning.

    file -> ENTRIES + MARKS -> SCORES -> release -> STATISTICS -> INDICATORS -> JUDGEMENTS

A function that takes a table calls ``TABLE.require(frame)`` once, at the border of its layer.
Statistics are integers: marks in hundredths of a point, so that sums are exact everywhere.
"""

from itertools import combinations_with_replacement

from core.class_tables import CLASS_TABLES
from core.dataset_tables import DATASET_TABLES
from core.judgement_tables import JUDGEMENTS, SIGNALS, WEAK_SCHOOLS
from core.survey_tables import SURVEY_TABLES
from core.table import Table, integer, number, text

ENTRIES = Table(
    "ENTRIES",
    "one row per pupil row of a file: who sat the exam, as the file says",
    ("row",),
    (
        integer("row", "row number in the file, as Excel shows it"),
        text("school_code", "学校代码", nullable=True),
        text("school_name", "学校名称", nullable=True),
        text("township", "乡镇/学区", nullable=True),
        text("grade", "年级: as the file writes it", nullable=True),
        text("class_name", "班级", nullable=True),
        text("pupil_number", "学籍号", nullable=True),
        text("exam_number", "考号", nullable=True),
        text("pupil_name", "姓名", nullable=True),
        text("sex", "性别: as the file writes it", nullable=True),
    ),
)

MARKS = Table(
    "MARKS",
    "one row per cell of a subject column: what the file says",
    ("row", "subject"),
    (
        integer("row", "row of its entry, matches ENTRIES"),
        integer("line", "row number of the cell itself; differs from row in long files"),
        text("subject", "subject code (canonical) or the header where it is not known"),
        text("column", "header of the column in the file"),
        text("text", "the cell as text, numbers in shortest decimal form", nullable=True),
        text("kind", "empty text number boolean date error formula blank"),
    ),
)

SUBJECTS = Table(
    "SUBJECTS",
    "subjects of one exam with full mark and lines, in hundredths of a point",
    ("subject",),
    (
        text("subject", "subject code"),
        text("name", "name as the file and the bureau write it"),
        integer("position", "number of its columns score_k, state_k in the release"),
        integer("full_mark", "most points possible, hundredths"),
        integer("excellent_line", "优秀线, hundredths"),
        integer("good_line", "良好线, hundredths"),
        integer("pass_line", "及格线, hundredths"),
        integer("low_line", "低分线, hundredths; low means below it"),
    ),
)

SCORE_HISTOGRAM = Table(
    "SCORE_HISTOGRAM",
    "pupils by subject, school and score",
    ("subject", "school", "score"),
    (
        text("subject", "subject code"),
        text("school", "school code"),
        integer("score", "hundredths of a point"),
        integer("n", "pupils with this score"),
    ),
)

STATE_COUNT = Table(
    "STATE_COUNT",
    "pupils by subject, school and state of the score",
    ("subject", "school", "state"),
    (
        text("subject", "subject code"),
        text("school", "school code"),
        text("state", "present absent withheld exempt missing"),
        integer("n", "pupils in this state"),
    ),
)

MOMENTS = Table(
    "MOMENTS",
    "cross-moments of a linked pair of exams; further columns x1.. xp, xi_xj, xi_y, xi_all",
    ("subject", "school"),
    (
        text("subject", "subject code of the current exam"),
        text("school", "school code: of the current exam, of the baseline for those who left"),
        integer("n", "matched: current score and all prior scores present"),
        integer("n_sat", "current score present"),
        integer("n_prior", "all prior scores present"),
        integer("y", "sum of current scores over the matched, hundredths"),
        integer("y_y", "sum of squared current scores over the matched"),
    ),
)

SUBJECT_MOMENTS = Table(
    "SUBJECT_MOMENTS",
    "cross-moments of two subjects of one exam, over the pupils with both scores",
    ("subject", "other", "school"),
    (
        text("subject", "subject code"),
        text("other", "subject code, later in the exam's order"),
        text("school", "school code"),
        integer("n", "pupils with both scores"),
        integer("x", "sum of the scores of subject, hundredths"),
        integer("y", "sum of the scores of other, hundredths"),
        integer("x_x", "sum of squares of the scores of subject"),
        integer("y_y", "sum of squares of the scores of other"),
        integer("x_y", "sum of products"),
    ),
)

LINKED_SUBJECT_MOMENTS = Table(
    "LINKED_SUBJECT_MOMENTS",
    "cross-moments of two subjects of a linked pair of exams; x1 y1 prior and current score of "
    "subject, x2 y2 of other, over the pupils with all four",
    ("subject", "other", "school"),
    (
        text("subject", "subject code"),
        text("other", "subject code, later in the exam's order"),
        text("school", "school code of the current exam"),
        integer("n", "pupils with all four scores"),
        *(integer(v, f"sum of {v}, hundredths") for v in ("x1", "y1", "x2", "y2")),
        *(
            integer(f"{a}_{b}", f"sum of {a} times {b}")
            for a, b in combinations_with_replacement(("x1", "y1", "x2", "y2"), 2)
        ),
    ),
)

JOINT_HISTOGRAM = Table(
    "JOINT_HISTOGRAM",
    "matched pupils by subject, school, prior and current score",
    ("subject", "school", "prior", "current"),
    (
        text("subject", "subject code, the same in both exams"),
        text("school", "school code of the current exam"),
        integer("prior", "hundredths of a point in the baseline exam"),
        integer("current", "hundredths of a point in the current exam"),
        integer("n", "pupils"),
    ),
)

INDICATORS = Table(
    "INDICATORS",
    "every figure: one row per unit, exam, subject and indicator",
    ("unit", "exam", "subject", "indicator"),
    (
        text("unit", "code of the organisation unit"),
        text("exam", "name of the exam"),
        text("subject", "subject code"),
        text("indicator", "name of METHODS, key of the indicator dictionary"),
        number("estimate", "best value; null unless status is ok"),
        number("se", "standard error, same unit as the estimate"),
        number("low", "lower end of the 95 % interval"),
        number("high", "upper end of the 95 % interval"),
        integer("n_pupils", "pupils that it rests on; null if suppressed", nullable=True),
        number("reliability", "share of variance that is signal, 0 to 1"),
        text("status", "ok coded (a range) suppressed not_estimable low_coverage"),
    ),
)

SCHOOL_EFFECTS = Table(
    "SCHOOL_EFFECTS",
    "value-added of the schools in one subject, as compute_value_added returns it",
    ("school",),
    (
        text("school", "school code"),
        integer("n", "matched pupils; null if suppressed", nullable=True),
        integer("n_sat", "pupils with a current score; null if suppressed", nullable=True),
        integer("n_prior", "pupils with all prior scores; null if suppressed", nullable=True),
        number("coverage", "matched / n_sat, 0 to 1"),
        number("prior_mean", "mean first prior of the matched, population SD"),
        number("prior_mean_all", "mean first prior of all who have it, population SD"),
        number("estimate", "shrunken school effect, population SD or points"),
        number("se_conditional", "standard error, fixed effects taken as known"),
        number("se_prediction", "standard error with the fixed effects' uncertainty"),
        number("low", "lower end of the 95 % interval by se_prediction"),
        number("high", "upper end of the 95 % interval by se_prediction"),
        number("reliability", "shrinkage factor, 0 to 1"),
        number("index", "estimate / se_prediction"),
        text(
            "verdict",
            "well_above above as_expected below well_below no_difference_found",
            nullable=True,
        ),
        text("status", "ok suppressed low_coverage not_estimable"),
    ),
)

GROWTH = Table(
    "GROWTH",
    "growth percentiles of the schools in one subject",
    ("school",),
    (
        text("school", "school code"),
        integer("n", "matched pupils; null if suppressed", nullable=True),
        number("median", "median growth percentile of its pupils, 1 to 99"),
        number("mean", "mean growth percentile, 1 to 99"),
        number("se_median", "standard error of the median, percentiles"),
        number("se_mean", "standard error of the mean, percentiles"),
        text("status", "ok suppressed low_coverage not_estimable"),
    ),
)

SUBJECT_GAPS = Table(
    "SUBJECT_GAPS",
    "a school's subjects against its own mean over subjects and its comparison group",
    ("school", "subject"),
    (
        text("school", "school code"),
        text("subject", "subject code"),
        integer("n_pupils", "pupils that it rests on; null if suppressed", nullable=True),
        number("raw_gap", "gap before shrinking, population SD"),
        number("raw_se", "its standard error"),
        number("gap", "shrunken gap, population SD; positive is a strong subject"),
        number("se", "posterior standard deviation of the gap"),
        number("low", "lower end of the 95 % interval of the gap"),
        number("high", "upper end of the 95 % interval of the gap"),
        number("q_value", "Benjamini-Hochberg adjusted p value over the whole table"),
        text("flag", "strong weak none", nullable=True),
        text("status", "ok suppressed low_coverage not_estimable"),
    ),
)

GROUP_GAPS = Table(
    "GROUP_GAPS",
    "difference of the means of two groups of pupils or schools in one subject",
    ("subject", "grouping", "group_a", "group_b"),
    (
        text("subject", "subject code"),
        text("grouping", "what divides them, such as locale sex size"),
        text("group_a", "the group whose mean comes first"),
        text("group_b", "the group that is subtracted"),
        integer("n_a", "pupils of group a"),
        integer("n_b", "pupils of group b"),
        number("estimate", "mean of a less mean of b, population SD"),
        number("se", "standard error, schools taken as clusters where they are divided"),
        number("low", "lower end of the 95 % interval"),
        number("high", "upper end of the 95 % interval"),
        number("variance_share", "share of the pupils' variance between the groups, 0 to 1"),
        text("status", "ok suppressed not_estimable"),
    ),
)

UNITS = Table(
    "UNITS",
    "organisation tree: city county township centre_school school class",
    ("code",),
    (
        text("code", "code, unique within the tree"),
        text("name", "name shown to people"),
        text("level", "city county township centre_school school class"),
        text("parent", "code of the unit above", nullable=True),
        text("stage", "primary junior senior; of schools", nullable=True),
        text("school_type", "type for comparison groups, such as 中心校 村小", nullable=True),
        text("locale", "town or country", nullable=True),
    ),
)

TABLES = (
    ENTRIES,
    MARKS,
    SUBJECTS,
    SCORE_HISTOGRAM,
    STATE_COUNT,
    MOMENTS,
    SUBJECT_MOMENTS,
    LINKED_SUBJECT_MOMENTS,
    JOINT_HISTOGRAM,
    *CLASS_TABLES,
    INDICATORS,
    SCHOOL_EFFECTS,
    GROWTH,
    SUBJECT_GAPS,
    WEAK_SCHOOLS,
    JUDGEMENTS,
    SIGNALS,
    GROUP_GAPS,
    UNITS,
    *SURVEY_TABLES,
    *DATASET_TABLES,
)
