"""Subject gaps of schools: by hand, brute force, statuses, properties."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError
from core.subject_gaps import compute_subject_gaps
from tests.core.make_figures import make_figures

SUBJECTS = ("chinese", "math", "english")


def _groups(n_schools: int, *, name: str = "village") -> pd.Series:
    return pd.Series(name, index=[f"S{j:02d}" for j in range(n_schools)])


def _gaps(z: np.ndarray, **keywords: Any) -> pd.DataFrame:
    rows = make_figures(z, subjects=SUBJECTS[: z.shape[1]], **keywords)
    return compute_subject_gaps(rows, groups=_groups(len(z)), correlation=0.6)


def test_the_raw_gap_is_the_difference_of_two_differences() -> None:
    z = np.array([[0.5, 0.1, 0.0], [-0.2, 0.0, 0.2], [0.0, 0.3, -0.3]])
    n = np.array([[40], [120], [240]])
    found = _gaps(z, n_pupils=n, se=0.9 / np.sqrt(n))
    of_group = (n * z).sum(axis=0) / n.sum()
    by_hand = (z - z.mean(axis=1, keepdims=True)) - (of_group - of_group.mean())
    assert found["raw_gap"].to_numpy().reshape(3, 3) == pytest.approx(by_hand)


def test_the_error_has_the_closed_form_of_equal_schools() -> None:
    z = np.random.default_rng(1).normal(size=(4, 3))
    # a'Ra = (1 - 1/3)(1 - 0.6), and a quarter of the group's mean is the school itself.
    assert _gaps(z, se=0.1)["raw_se"].to_numpy() == pytest.approx(
        np.sqrt(0.01 * (2 / 3) * 0.4 * (1 - 1 / 4))
    )


def test_a_table_of_correlations_and_equal_numbers_give_the_same() -> None:
    z = np.random.default_rng(2).normal(size=(4, 3))
    rows = make_figures(z, subjects=SUBJECTS)
    table = pd.DataFrame(
        np.where(np.eye(3, dtype=bool), 1, 0.6), index=SUBJECTS, columns=SUBJECTS
    )
    found = compute_subject_gaps(rows, groups=_groups(4), correlation=table)
    pd.testing.assert_frame_equal(found, _gaps(z))


def test_a_subject_that_a_school_lacks_stops_neither_it_nor_the_others() -> None:
    z = np.array([[0.5, 0.1, np.nan], [-0.2, 0.0, 0.2], [0.0, 0.3, -0.3]])
    found = _gaps(z).set_index(["school", "subject"])
    assert found.loc[("S00", "english"), "status"] == "not_estimable"
    assert found["status"].value_counts()["ok"] == 8
    assert found.drop(("S00", "english"))["gap"].notna().all()
    assert found["raw_gap"].iloc[:3].sum() == pytest.approx(0)


def test_a_school_with_one_subject_is_not_estimable() -> None:
    z = np.array([[0.5, np.nan], [-0.2, 0.0], [0.0, 0.3]])
    found = _gaps(z)
    assert found["status"].tolist() == ["not_estimable"] * 2 + ["ok"] * 4
    assert found["flag"].isna().tolist() == [True] * 2 + [False] * 4


def test_a_school_alone_in_its_group_is_not_estimable_and_says_so() -> None:
    rows = make_figures(np.tile([0.1, 0.2], (3, 1)), subjects=SUBJECTS[:2])
    groups = pd.Series(["a", "b", "b"], index=["S00", "S01", "S02"])
    found = compute_subject_gaps(rows, groups=groups, correlation=0.5)
    assert found["status"].tolist() == ["not_estimable"] * 2 + ["ok"] * 4


def test_a_suppressed_school_stays_suppressed_and_units_without_a_group_stay_out() -> None:
    rows = make_figures(np.eye(4)[:, :2], subjects=SUBJECTS[:2])
    rows.loc[rows["unit"] == "S00", ["estimate", "se"]] = np.nan
    rows.loc[rows["unit"] == "S00", "status"] = "suppressed"
    found = compute_subject_gaps(rows, groups=_groups(3), correlation=0.5)
    assert found["status"].tolist() == ["suppressed"] * 2 + ["ok"] * 4


def test_a_school_whose_group_is_null_is_left_out_of_every_group() -> None:
    z = np.random.default_rng(6).normal(0, 0.3, (9, 2))
    z[0] = [5.0, 0.0]
    rows = make_figures(z, subjects=SUBJECTS[:2])
    names = [None, *["A"] * 4, *["B"] * 4]
    groups = pd.Series(names, index=_groups(9).index, dtype=object)
    found = compute_subject_gaps(rows, groups=groups, correlation=0.6)
    without = compute_subject_gaps(rows, groups=groups.iloc[1:], correlation=0.6)
    pd.testing.assert_frame_equal(found, without)
    assert "S00" not in set(found["school"])


def test_a_school_with_two_groups_is_refused_with_its_number() -> None:
    rows = make_figures(np.eye(4)[:, :2], subjects=SUBJECTS[:2])
    groups = pd.concat([_groups(4), _groups(1, name="town")])
    with pytest.raises(DataError, match=r"units with several: 1 \(S00\)"):
        compute_subject_gaps(rows, groups=groups, correlation=0.6)


def test_subjects_whose_errors_are_the_same_give_no_certain_gaps() -> None:
    rows = make_figures(np.random.default_rng(0).normal(0, 0.3, (8, 3)), subjects=SUBJECTS)
    found = compute_subject_gaps(rows, groups=_groups(8), correlation=1.0)
    assert set(found["status"]) == {"not_estimable"}
    assert found[["raw_gap", "raw_se", "gap", "flag"]].isna().all(axis=None)


def test_a_clear_gap_is_flagged_both_ways() -> None:
    z = np.random.default_rng(3).normal(0, 0.02, (10, 2))
    z[0] += [0.5, -0.5]
    found = _gaps(z, se=0.03)
    assert found["flag"].tolist()[:2] == ["strong", "weak"]
    assert (found["gap"].abs() < found["raw_gap"].abs())[:2].all()


def test_schools_without_two_subjects_are_refused_with_their_numbers() -> None:
    with pytest.raises(NotEstimableError, match=r"schools 2, groups 1, subjects 1"):
        _gaps(np.array([[0.1], [0.2]]))


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.floats(0.1, 10))
def test_order_of_rows_and_unit_of_the_score_do_not_matter(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    z = rng.normal(0, 0.3, (5, 3))
    rows = make_figures(z, subjects=SUBJECTS)
    plain = compute_subject_gaps(rows, groups=_groups(5), correlation=0.6)
    scaled = rows.assign(estimate=scale * rows["estimate"], se=scale * rows["se"])
    mixed = pd.concat([scaled.iloc[:3], scaled.iloc[3:].sample(frac=1, random_state=seed % 99)])
    other = compute_subject_gaps(mixed, groups=_groups(5), correlation=0.6)
    for name in ("raw_gap", "raw_se", "gap", "se"):
        assert other[name].to_numpy() == pytest.approx(scale * plain[name].to_numpy())
    assert other["q_value"].to_numpy() == pytest.approx(plain["q_value"].to_numpy())
    assert other["school"].tolist() == plain["school"].tolist()
