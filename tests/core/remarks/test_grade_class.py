"""Remarks on classes: each rule fires where it should, and not where it should not."""

from dataclasses import replace

import pytest

from core.remarks import Remark, remark_on_classes
from pipeline.views import GradeClassView
from tests.ui.made_school_views import make_balance, make_class_view

CALM = ("none", "none", "none")


def remarks_of(view: GradeClassView) -> dict[str, Remark]:
    """Return the remarks on the classes of a View, by code."""
    found = remark_on_classes(
        view.gaps,
        profile=view.profile,
        progress=view.progress,
        balance=view.balance,
        subject="math",
    )
    return {remark.code: remark for remark in found}


def test_classes_that_are_flagged_are_named() -> None:
    found = remarks_of(make_class_view(("strong", "weak", "none")))
    assert found["classes_above"].values == {"count": 1, "classes": "S002/1班"}
    assert found["classes_below"].values == {"count": 1, "classes": "S002/2班"}


def test_alike_classes_are_a_result_that_is_not_remarkable() -> None:
    found = remarks_of(make_class_view(CALM))
    assert not found["classes_alike"].is_remarkable
    assert found["classes_alike"].values == {"n_classes": 2}


def test_progress_is_told_by_the_verdict() -> None:
    view = make_class_view(CALM)
    assert remarks_of(view)["classes_progress_more"].values["classes"] == "S002/1班"
    below = view.progress.assign(verdict=["as_expected", "well_below", ""])
    assert "classes_progress_less" in remarks_of(replace(view, progress=below))
    calm = view.progress.assign(verdict="as_expected")
    assert not remarks_of(replace(view, progress=calm))["classes_progress_alike"].is_remarkable


def test_classes_that_are_not_compared_say_nothing_of_progress() -> None:
    view = make_class_view(CALM)
    thin = view.progress.assign(status="low_coverage")
    assert not {c for c in remarks_of(replace(view, progress=thin)) if "progress" in c}


@pytest.mark.parametrize(
    ("verdict", "code", "is_remarkable"),
    [
        ("more_than_chance", "classes_unbalanced", True),
        ("less_than_chance", "classes_evened_out", True),
        ("chance", "classes_balanced", False),
    ],
)
def test_balance_is_told_by_its_verdict(verdict: str, code: str, is_remarkable: bool) -> None:
    found = remarks_of(replace(make_class_view(CALM), balance=make_balance(verdict)))
    assert found[code].is_remarkable is is_remarkable
    assert found[code].values["n_classes"] == 3


def test_classes_unbalanced_from_the_start_are_told_apart() -> None:
    balance = make_balance().assign(verdict="more_than_chance")
    found = remarks_of(replace(make_class_view(CALM), balance=balance))
    assert "classes_unbalanced_from_start" in found
    assert "classes_unbalanced" not in found


def test_the_largest_flagged_subject_of_a_class_is_named() -> None:
    values = remarks_of(make_class_view())["class_subjects_flagged"].values
    assert (values["class"], values["subject"], values["count"]) == ("S002/1班", "math", 1)
    assert "class_subjects_flagged" not in remarks_of(make_class_view(CALM))
