"""The ministry's framework 绿色评价: five aspects with twenty key indicators.

References
----------
教育部 (2013). 关于推进中小学教育质量综合评价改革的意见, 教基二〔2013〕2号.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyIndicator:
    """One key indicator of the framework.

    Attributes
    ----------
    code : str
        Unique in the framework.
    name_zh, name_en : str
        Official name, and its meaning in English.
    aspect : str
        Code of its aspect.
    """

    code: str
    name_zh: str
    name_en: str
    aspect: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of the framework.

    Attributes
    ----------
    code : str
        Unique in the framework.
    name_zh, name_en : str
        Official name, and its meaning in English.
    indicators : tuple of KeyIndicator
        In the official order.
    """

    code: str
    name_zh: str
    name_en: str
    indicators: tuple[KeyIndicator, ...]


def _aspect(code: str, zh: str, en: str, *indicators: tuple[str, str, str]) -> Aspect:
    key = tuple(
        KeyIndicator(name, name_zh, meaning, code) for name, name_zh, meaning in indicators
    )
    return Aspect(code, zh, en, key)


ASPECTS = (
    _aspect(
        "moral",
        "品德发展水平",
        "moral development",
        ("conduct", "行为习惯", "habits of conduct"),
        ("citizenship", "公民素养", "citizenship"),
        ("character", "人格品质", "character"),
        ("ideals", "理想信念", "ideals and convictions"),
    ),
    _aspect(
        "academic",
        "学业发展水平",
        "academic development",
        ("knowledge", "知识技能", "knowledge and skills"),
        ("methods", "学科思想方法", "ways of thinking of the subjects"),
        ("practice", "实践能力", "practical ability"),
        ("innovation", "创新意识", "sense for the new"),
    ),
    _aspect(
        "body_mind",
        "身心发展水平",
        "body and mind",
        ("fitness", "身体形态机能", "physique and fitness"),
        ("healthy_living", "健康生活方式", "healthy way of living"),
        ("aesthetics", "审美修养", "aesthetic cultivation"),
        ("emotion", "情绪行为调控", "control of emotion and behaviour"),
        ("communication", "人际沟通", "getting on with people"),
    ),
    _aspect(
        "interests",
        "兴趣特长养成",
        "interests and strengths",
        ("curiosity", "好奇心求知欲", "curiosity and thirst for knowledge"),
        ("strengths", "爱好特长", "hobbies and strengths"),
        ("potential", "潜能发展", "development of potential"),
    ),
    _aspect(
        "burden",
        "学业负担状况",
        "study burden",
        ("study_time", "学习时间", "time spent on study"),
        ("work_quality", "课业质量", "quality of schoolwork"),
        ("work_difficulty", "课业难度", "difficulty of schoolwork"),
        ("pressure", "学习压力", "pressure of study"),
    ),
)
"""The five aspects in the official order."""

KEY_INDICATORS = tuple(key for aspect in ASPECTS for key in aspect.indicators)
"""The twenty key indicators in the official order."""
