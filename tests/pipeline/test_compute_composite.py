"""A composite of a stored exam: directions that a scheme leaves out, and every indicator."""

import pytest

from core.errors import SettingsError
from core.indicator_direction import HIGHER, LOWER, NAMED, NEITHER
from data.catalogue import ExamRelease, list_exams
from data.scope import OPERATOR
from data.store import Store
from pipeline.compute_composite import exam_composite
from pipeline.compute_indicators import all_indicators

TEXTS = dict.fromkeys(("name", "version", "author", "reason"), "trial")


@pytest.fixture
def exam(demonstration: Store) -> ExamRelease:
    return next(e for e in list_exams(OPERATOR, demonstration) if e.grade == 9)


@pytest.mark.parametrize(("indicator", "is_lower"), [("low_rate", True), ("pass_rate", False)])
def test_a_scheme_that_says_no_direction_puts_the_best_school_first(
    indicator: str, is_lower: bool, demonstration: Store, exam: ExamRelease
) -> None:
    values = {**TEXTS, "parts": [{"indicator": indicator, "weight": 1.0}]}
    _, composite = exam_composite(OPERATOR, demonstration, exam, values)
    rows = all_indicators(OPERATOR, demonstration, exam)
    own = rows[(rows["indicator"] == indicator) & (rows["subject"] == "total")]
    units = composite.units.set_index("unit").dropna(subset="rank")
    figure = own.set_index("unit")["estimate"].reindex(units.index)
    assert len(units) >= 10
    for _, group in units.assign(figure=figure).groupby("group"):
        expected = group["figure"].round(9).rank(method="min", ascending=is_lower)
        assert group["rank"].tolist() == expected.tolist()
    assert "against_direction" not in {notice.code for notice in composite.notices}


def test_the_rank_of_a_school_counts_as_better_when_lower(
    demonstration: Store, exam: ExamRelease
) -> None:
    values = {**TEXTS, "parts": [{"indicator": "rank", "weight": 1.0}]}
    _, composite = exam_composite(OPERATOR, demonstration, exam, values)
    rows = all_indicators(OPERATOR, demonstration, exam)
    own = rows[(rows["indicator"] == "rank") & (rows["subject"] == "total")]
    units = composite.units.set_index("unit").dropna(subset="rank")
    given = own.set_index("unit")["estimate"].reindex(units.index)
    assert units["rank"].tolist() == given.tolist()


def test_an_indicator_without_a_direction_must_say_it(
    demonstration: Store, exam: ExamRelease
) -> None:
    values = {**TEXTS, "parts": [{"indicator": "sd", "weight": 1.0}]}
    with pytest.raises(SettingsError, match=r"Which way sd is better .* parts\[1\] "):
        exam_composite(OPERATOR, demonstration, exam, values)


def test_of_every_indicator_of_an_exam_it_is_known_whether_it_has_a_direction(
    demonstration: Store, exam: ExamRelease
) -> None:
    names = set(all_indicators(OPERATOR, demonstration, exam)["indicator"])
    plain = {next((n for n in NAMED if name.startswith(f"{n}_")), name) for name in names}
    assert plain - HIGHER - LOWER - NEITHER == set()


def test_a_scheme_may_name_subjects_as_the_bureau_does(
    demonstration: Store, exam: ExamRelease
) -> None:
    parts = [{"indicator": "z", "weight": 1.0, "subject": "数学"}]
    named, _ = exam_composite(OPERATOR, demonstration, exam, {**TEXTS, "parts": parts})
    assert named.keys == ("math.z",)


def test_value_added_in_a_node_asks_for_a_baseline(
    demonstration: Store, exam: ExamRelease
) -> None:
    node = {"name": "n", "weight": 1.0, "parts": [{"indicator": "value_added", "weight": 1.0}]}
    with pytest.raises(SettingsError, match="Give --baseline"):
        exam_composite(OPERATOR, demonstration, exam, {**TEXTS, "parts": [node]})
