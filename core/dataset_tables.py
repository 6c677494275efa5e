"""The tables that a bureau keeps beside its exams: items, summaries, enrolment, measures .."""

from core.table import Table, flag, integer, number, text

ITEM_POINTS = Table(
    "ITEM_POINTS",
    "小题分: one row per pupil; further columns item_1, item_2 .. in hundredths of a point, "
    "null unless present",
    ("pupil",),
    (
        integer("pupil", "pseudonym of the pupil number"),
        text("school", "school code"),
        text("class_name", "班级", nullable=True),
    ),
)

ITEM_PAPER = Table(
    "ITEM_PAPER",
    "the items of a paper in the order of its columns",
    ("item",),
    (
        text("item", "item code, such as 1 or 21(2)"),
        integer("position", "number of its column item_k"),
        integer("full_mark", "most points possible, hundredths"),
    ),
)

TWO_WAY_PLAN = Table(
    "TWO_WAY_PLAN",
    "双向细目表 as planned: TWO_WAY with what else it says of each item",
    ("item", "knowledge_point"),
    (
        text("item", "item code"),
        text("knowledge_point", "knowledge point 知识点"),
        number("weight", "share of the item's points, above 0 to 1", nullable=False),
        integer("full_mark", "most points possible of the item, hundredths"),
        text("question_type", "题型", nullable=True),
        text("ability", "能力层级", nullable=True),
        number("expected_difficulty", "expected mean / full mark, 0 to 1"),
    ),
)

KNOWLEDGE_POINTS = Table(
    "KNOWLEDGE_POINTS",
    "tree of knowledge points",
    ("code",),
    (
        text("code", "代码"),
        text("name", "名称"),
        text("parent", "code of the point above; null at the top", nullable=True),
        integer("level", "1 at the top"),
    ),
)

SCHOOL_SUMMARY = Table(
    "SCHOOL_SUMMARY",
    "一分三率 or 一分四率 as the bureau's own workbook states them",
    ("school", "subject"),
    (
        text("school", "school code"),
        text("subject", "subject code"),
        integer("n_sat", "实考人数", nullable=True),
        number("mean", "均分, points"),
        number("excellent_rate", "优秀率, 0 to 1"),
        number("good_rate", "良好率, 0 to 1; counts the excellent too"),
        number("pass_rate", "及格率, 0 to 1; counts the good too"),
        number("low_rate", "低分率, 0 to 1"),
        integer("row", "row of the source, as Excel shows it"),
    ),
)

ENROLMENT = Table(
    "ENROLMENT",
    "在籍人数 by school, grade and class",
    ("school", "grade", "class_name"),
    (
        text("school", "school code"),
        integer("grade", "1 to 12; null for the whole school", nullable=True),
        text("class_name", "班级; null for the whole grade", nullable=True),
        integer("n_enrolled", "在籍人数"),
        integer("n_boys", "男", nullable=True),
        integer("n_girls", "女", nullable=True),
        integer("n_classes", "班数", nullable=True),
        integer("n_boarders", "寄宿", nullable=True),
        integer("n_left_behind", "留守", nullable=True),
        integer("n_migrant", "随迁", nullable=True),
        integer("n_disabled", "残疾", nullable=True),
        integer("n_poor", "家庭经济困难", nullable=True),
        integer("row", "row of the source, as Excel shows it"),
    ),
)

ENROLMENT_MOVES = Table(
    "ENROLMENT_MOVES",
    "学籍异动: who moved into, out of or between schools, and when",
    ("pupil", "moved_on", "kind"),
    (
        integer("pupil", "pseudonym of the pupil number"),
        text("moved_on", "day, as YYYY-MM-DD"),
        text("kind", "in out between suspended resumed"),
        text("reason", "transfer suspension return drop_out death graduation abroad other"),
        text("from_school", "school code, or the name of one outside", nullable=True),
        text("to_school", "school code, or the name of one outside", nullable=True),
    ),
)

SCHOOL_MEASURES = Table(
    "SCHOOL_MEASURES",
    "measures that are no exams, by school and what the file divides it by",
    ("school", "grade", "class_name", "sex", "period", "measure"),
    (
        text("school", "school code"),
        integer("grade", "1 to 12; null for all grades", nullable=True),
        text("class_name", "null for all classes", nullable=True),
        text("sex", "male or female; null for both", nullable=True),
        text("period", "as the file writes it; null where it does not", nullable=True),
        text("measure", "code of the measure dictionary, or the header where it is new"),
        number("value", "in the unit of the measure; rates 0 to 1", nullable=False),
        text("unit", "rate minutes hours pupils points index .., or as the header says"),
        integer("n_pupils", "pupils that it rests on", nullable=True),
        integer("row", "row of the source, as Excel shows it"),
    ),
)

SURVEY_ANSWERS = Table(
    "SURVEY_ANSWERS",
    "one row per questionnaire, nobody named; further columns are the questions, null where "
    "not answered",
    ("respondent",),
    (
        integer("respondent", "number within the survey, in the order of the stored rows"),
        text("school", "school code"),
        integer("grade", "1 to 12", nullable=True),
        text("class_name", "班级", nullable=True),
    ),
)

SCALE_KEY = Table(
    "SCALE_KEY",
    "which question measures which scale",
    ("question",),
    (
        text("question", "question code, such as Q1"),
        text("scale", "indicator code that the scale measures"),
        flag("is_reversed", "the lowest choice is the most favourable"),
        integer("lowest", "lowest choice"),
        integer("highest", "highest choice"),
    ),
)

ADMISSION_LINES = Table(
    "ADMISSION_LINES",
    "高中录取分数线 and 指标到校: score lines and quotas by year",
    ("year", "line", "school"),
    (
        integer("year", "year of the entrance exam"),
        text("line", "name of the line, such as 普高线 or a senior school"),
        text(
            "school", "junior school that has the quota; null for a line of all", nullable=True
        ),
        integer("score", "lowest score admitted, hundredths of a point", nullable=True),
        integer("quota", "places for the school", nullable=True),
    ),
)

DATASET_TABLES = (
    ITEM_POINTS,
    ITEM_PAPER,
    TWO_WAY_PLAN,
    KNOWLEDGE_POINTS,
    SCHOOL_SUMMARY,
    ENROLMENT,
    ENROLMENT_MOVES,
    SCHOOL_MEASURES,
    SURVEY_ANSWERS,
    SCALE_KEY,
    ADMISSION_LINES,
)
