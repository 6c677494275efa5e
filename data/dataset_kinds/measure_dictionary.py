"""Measures that are no exams: code, names, unit, direction and range where they are known.

Rates are stored as shares 0 to 1. A direction of None says that neither more nor less is better
by itself.
"""

from dataclasses import dataclass

from core.indicator_direction import Better
from data.importers.headers import squeezed

RATE = "rate"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the dictionary; ``low`` and ``high`` bound what is possible."""

    code: str
    zh: str
    en: str
    unit: str
    better: Better | None
    low: float
    high: float
    synonyms: tuple[str, ...] = ()


def _rate(code: str, zh: str, en: str, better: Better | None, *synonyms: str) -> Measure:
    return Measure(code, zh, en, RATE, better, 0.0, 1.0, synonyms)


MEASURES: tuple[Measure, ...] = (
    _rate("fitness_good_rate", "体质健康优良率", "good or excellent in fitness", "higher",
          "体测优良率", "体质优良率", "国家学生体质健康标准优良率"),
    _rate("fitness_pass_rate", "体质健康合格率", "pass in fitness", "higher", "体测合格率",
          "体质合格率", "体质健康达标率"),
    _rate("poor_vision_rate", "视力不良率", "poor eyesight", "lower", "视力不良检出率"),
    _rate("myopia_rate", "近视率", "short-sighted", "lower", "近视检出率", "总体近视率"),
    _rate("overweight_rate", "超重肥胖率", "overweight or obese", "lower", "肥胖率", "超重率"),
    _rate("retention_rate", "巩固率", "retained to the end of the stage", "higher",
          "九年巩固率", "义务教育巩固率", "三年巩固率"),
    _rate("drop_out_rate", "辍学率", "dropped out", "lower"),
    _rate("enrolment_rate", "入学率", "enrolled of the age group", "higher", "毛入学率",
          "净入学率"),
    _rate("attendance_rate", "出勤率", "attended", "higher"),
    _rate("promotion_rate", "升学率", "went on to senior school", "higher", "普高升学率",
          "高中升学率"),
    _rate("outflow_rate", "外流率", "left for schools elsewhere", "lower", "生源流失率"),
    _rate("satisfaction_rate", "满意度", "satisfied", "higher", "家长满意度", "学生满意度",
          "满意率", "家长满意率", "学生满意率"),
    _rate("club_rate", "社团参与率", "takes part in a club", "higher", "社团参加率"),
    _rate("after_school_rate", "课后服务参与率", "takes part in after-school care", None,
          "课后服务参加率", "课后服务覆盖率"),
    _rate("arts_good_rate", "艺术素质测评优良率", "good or excellent in the arts", "higher",
          "艺术优良率", "艺术测评优良率"),
    _rate("large_class_rate", "大班额比例", "classes above the norm", "lower", "大班额占比",
          "大班额率"),
    _rate("mental_risk_rate", "心理高危比例", "at risk in mental health", "lower",
          "心理预警率", "心理高危率"),
    _rate("homework_met_rate", "作业时长达标率", "homework within the norm", "higher"),
    _rate("sleep_met_rate", "睡眠达标率", "sleep within the norm", "higher"),
    Measure("homework_minutes", "作业时长", "homework a day", "minutes", "lower", 0, 600,
            ("作业时间", "日均作业时长", "每天作业时间", "书面作业时间", "家庭作业时间")),
    Measure("exercise_minutes", "体育锻炼时间", "exercise a day", "minutes", "higher", 0, 600,
            ("锻炼时间", "每天锻炼时间", "体育活动时间", "日均锻炼时长")),
    Measure("sleep_hours", "睡眠时间", "sleep a night", "hours", "higher", 0, 16,
            ("睡眠", "睡眠时长", "每天睡眠时间", "日均睡眠时间")),
    Measure("screen_minutes", "屏幕时间", "screens a day", "minutes", "lower", 0, 1440,
            ("电子产品使用时间", "看屏幕时间")),
    Measure("labour_hours", "劳动时间", "labour a week", "hours", None, 0, 60,
            ("劳动时长", "每周劳动时间")),
    Measure("class_size", "班额", "pupils a class", "pupils", "lower", 0, 150,
            ("平均班额", "班均人数")),
    Measure("pupil_teacher_ratio", "生师比", "pupils a teacher", "ratio", "lower", 0, 200),
    Measure("certificates", "证书数", "certificates", "count", "higher", 0, 1_000_000,
            ("证书数量", "获证数", "获奖证书数", "获奖数")),
    Measure("books_per_pupil", "生均图书", "library books a pupil", "count", "higher", 0,
            10_000, ("生均图书册数", "人均图书")),
)  # fmt: skip

BY_CODE = {measure.code: measure for measure in MEASURES}
_BY_NAME = {
    squeezed(name): measure
    for measure in MEASURES
    for name in (measure.zh, measure.code, measure.en, *measure.synonyms)
}

UNITS: dict[str, str] = {
    "%": RATE, "％": RATE, "百分比": RATE, "比例": RATE, "‰": "per_mille",
    "分钟": "minutes",
    "分钟/天": "minutes", "min": "minutes", "minutes": "minutes", "小时": "hours",
    "小时/天": "hours", "h": "hours",
    "hours": "hours", "时": "hours", "人": "pupils", "人/班": "pupils", "名": "pupils",
    "pupils": "pupils", "分": "points", "points": "points", "个": "count", "本": "count",
    "册": "count", "张": "count", "项": "count", "次": "count", "件": "count", "人次": "count",
    "天": "days", "元": "yuan", "万元": "ten_thousand_yuan", "平方米": "square_metres",
    "m2": "square_metres", "指数": "index", "比": "ratio", "ratio": "ratio",
    "count": "count", "index": "index", "rate": RATE, "days": "days",
}  # fmt: skip
"""Unit by the word that a header puts in brackets."""

# Factor from the unit of the file to the unit of the dictionary.
FACTORS = {("minutes", "hours"): 60, ("hours", "minutes"): 1 / 60}


def measure_named(name: str) -> Measure | None:
    """Return the measure of the dictionary that a text names.

    Examples
    --------
    >>> measure_named("体测优良率").code, measure_named("睡眠").unit
    ('fitness_good_rate', 'hours')
    """
    return _BY_NAME.get(squeezed(name))


def unit_word(unit: str) -> str:
    """Return the Chinese word of a unit, as a header writes it.

    Examples
    --------
    >>> unit_word("minutes"), unit_word("ten_thousand_yuan")
    ('分钟', '万元')
    """
    return next((word for word, own in UNITS.items() if own == unit), unit)
