"""Classes beside their school: by hand, the same as schools in their group, holes."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from core.class_gaps import compute_class_gaps, compute_class_subject_gaps
from core.errors import DataError, NotEstimableError
from core.subject_gaps import compute_subject_gaps
from tests.core.make_figures import make_figures

CLASSES = ["A1", "A2", "A3", "B1", "B2", "C1"]
SCHOOLS = pd.Series(["A", "A", "A", "B", "B", "C"], index=CLASSES)
SUBJECTS = ("math", "chinese")
Compute = Callable[..., pd.DataFrame]


def _profiles(rows: pd.DataFrame, *, schools: pd.Series) -> pd.DataFrame:
    return compute_class_subject_gaps(rows, schools=schools, correlation=0.6)


def _rows(seed: int = 1) -> pd.DataFrame:
    z = np.random.default_rng(seed).normal(0, 0.4, (6, 2))
    return make_figures(z, subjects=SUBJECTS, units=CLASSES, n_pupils=40, se=0.15)


def test_the_level_of_a_class_is_its_mean_less_that_of_the_schools_pupils() -> None:
    rows = make_figures(
        [[0.5], [0.1]], n_pupils=[[30], [10]], subjects=("math",), units=["A1", "A2"]
    )
    found = compute_class_gaps(rows, schools=SCHOOLS.iloc[:2])
    assert found["raw_gap"].to_numpy() == pytest.approx([0.1, -0.3])
    assert found[["class_", "school", "subject"]].iloc[0].tolist() == ["A1", "A", "math"]


def test_the_level_counts_the_class_inside_its_school_when_it_is_in_error() -> None:
    rows = make_figures([[0.5], [0.1]], subjects=("math",), units=["A1", "A2"], se=0.1)
    found = compute_class_gaps(rows, schools=SCHOOLS.iloc[:2])
    # Half of itself is taken off, and a quarter of the other class's variance comes in.
    assert found["raw_se"].to_numpy() == pytest.approx([0.1 / np.sqrt(2)] * 2)


def test_the_total_is_a_subject_of_the_level_and_none_of_the_profile() -> None:
    rows = _rows().assign(subject=lambda f: f["subject"].replace("chinese", "total"))
    assert set(compute_class_gaps(rows, schools=SCHOOLS)["subject"]) == {"math", "total"}
    with pytest.raises(NotEstimableError, match=r"classes 6, schools 3, subjects 1"):
        compute_class_subject_gaps(rows, schools=SCHOOLS, correlation=0.6)


def test_profiles_of_classes_are_those_of_schools_in_a_group() -> None:
    classes = compute_class_subject_gaps(_rows(), schools=SCHOOLS, correlation=0.6)
    schools = compute_subject_gaps(_rows(), groups=SCHOOLS, correlation=0.6)
    assert classes["class_"].tolist() == schools["school"].tolist()
    figures = ["raw_gap", "raw_se", "gap", "se", "q_value", "flag", "status"]
    pd.testing.assert_frame_equal(classes[figures], schools[figures])


def test_the_only_class_of_a_school_is_not_estimable_and_stops_nobody() -> None:
    found = compute_class_gaps(_rows(), schools=SCHOOLS)
    assert found.loc[found["school"] == "C", "status"].tolist() == ["not_estimable"] * 2
    assert (found.loc[found["school"] != "C", "status"] == "ok").all()


def test_schools_of_one_class_each_are_refused_with_their_numbers() -> None:
    schools = pd.Series(CLASSES, index=CLASSES)
    with pytest.raises(NotEstimableError, match=r"classes 6, schools 6, subjects 2"):
        compute_class_gaps(_rows(), schools=schools)


@pytest.mark.parametrize("compute", [compute_class_gaps, _profiles])
def test_a_class_without_a_school_is_left_out(compute: Compute) -> None:
    rows = _rows()
    rows.loc[rows["unit"] == "A1", "estimate"] = 5.0
    schools = SCHOOLS.astype(object).where(SCHOOLS.index != "A1")
    found = compute(rows, schools=schools)
    pd.testing.assert_frame_equal(found, compute(rows, schools=SCHOOLS.drop("A1")))
    assert "A1" not in set(found["class_"])


@pytest.mark.parametrize("compute", [compute_class_gaps, _profiles])
def test_a_class_of_two_schools_is_refused_with_its_number(compute: Compute) -> None:
    with pytest.raises(DataError, match=r"units with several: 1 \(B2\)"):
        compute(_rows(), schools=pd.concat([SCHOOLS, pd.Series("C", index=["B2"])]))
