"""Ladders that documents describe, as a policy file would give them.

The steps and their years are the documents'. What they leave open is a setting here: whether
decline and last place are asked for together (``condition``), and how a step is left
(``exit_readings``, lines). Neither is policy.
"""

from collections.abc import Mapping

PRINCIPAL_1: Mapping[str, object] = {
    "id": "principal_1",
    "version": "1",
    "title": {"zh": "校长阶梯（一）", "en": "Principal ladder 1"},
    "condition": "both",
    "exit_readings": 2,
    "min_coverage": 0.7,
    "steps": [
        {
            "code": "talk",
            "years": 1,
            "counts": "flagged",
            "title": {
                "zh": "诫勉谈话，一年内不调整岗位",
                "en": "Admonishing talk; the post is not adjusted within 1 year",
            },
        },
        {
            "code": "yellow_card",
            "years": 2,
            "counts": "flagged",
            "title": {"zh": "黄牌，诫勉谈话", "en": "Yellow card and admonishing talk"},
        },
        {
            "code": "red_card",
            "years": 3,
            "counts": "flagged",
            "title": {
                "zh": "红牌，责令其提出辞职",
                "en": "Red card, ordered to tender resignation",
            },
        },
    ],
}
"""Principals: declining and last; one, two, three years running."""

PRINCIPAL_2: Mapping[str, object] = {
    "id": "principal_2",
    "version": "1",
    "title": {"zh": "校长阶梯（二）", "en": "Principal ladder 2"},
    "condition": "both",
    "exit_readings": 2,
    "min_coverage": 0.7,
    "steps": [
        {
            "code": "talk",
            "years": 1,
            "counts": "flagged",
            "title": {"zh": "履职谈话", "en": "Duty talk"},
        },
        {
            "code": "yellow_card",
            "years": 2,
            "counts": "flagged",
            "title": {"zh": "黄牌", "en": "Yellow card"},
        },
        {
            "code": "red_card",
            "years": 3,
            "counts": "flagged",
            "title": {
                "zh": "红牌，建议调整岗位",
                "en": "Red card, recommended to adjust the post",
            },
        },
    ],
}
"""Principals: the same years with milder consequences."""

TEACHER: Mapping[str, object] = {
    "id": "teacher",
    "version": "1",
    "title": {"zh": "教师阶梯", "en": "Teacher ladder"},
    "condition": "either",
    "exit_readings": 2,
    "min_coverage": 0.7,
    "steps": [
        {
            "code": "talk",
            "years": 1,
            "counts": "flagged",
            "title": {"zh": "约谈", "en": "Talk"},
        },
        {
            "code": "delay",
            "years": 2,
            "counts": "last_place",
            "title": {
                "zh": "岗位晋升、职称申报延缓",
                "en": "Post promotion and title application delayed",
            },
        },
        {
            "code": "study",
            "years": 3,
            "counts": "last_place",
            "title": {"zh": "召回或待岗学习", "en": "Recall or waiting-post study"},
        },
    ],
}
"""Teachers: declining or low in one year; two and three years count the low position only."""

PRESETS: Mapping[str, Mapping[str, object]] = {
    "principal_1": PRINCIPAL_1,
    "principal_2": PRINCIPAL_2,
    "teacher": TEACHER,
}
"""By id."""
