"""Change of school effects: the error of a difference, what is null, the status."""

import numpy as np
import pandas as pd
import pytest

from core.change import compute_effect_change
from core.errors import DataError
from tests.core.value_added.make_county import County, make_county


def test_a_change_is_the_difference_with_errors_added_in_squares() -> None:
    now, then = (make_county(seed).value_added("contextual").schools for seed in (1, 2))
    table = compute_effect_change(now, previous=then)
    assert table["school"].tolist() == now["school"].tolist()
    one, other = (frame.set_index("school") for frame in (now, then))
    other = other.loc[one.index]
    change = one["estimate"] - other["estimate"]
    assert table["change"].to_numpy() == pytest.approx(change.to_numpy())
    se = np.hypot(one["se_prediction"].to_numpy(), other["se_prediction"].to_numpy())
    assert table["se"].to_numpy() == pytest.approx(se)
    moved = np.abs(change.to_numpy()) >= 1.96 * se
    assert (table["verdict"] != "flat").tolist() == moved.tolist()
    assert (table["status"] == "ok").all()


def test_a_covariance_by_school_makes_the_error_smaller() -> None:
    now, then = (make_county(seed).value_added("contextual").schools for seed in (1, 2))
    apart = compute_effect_change(now, previous=then).set_index("school")["se"]
    cov = now.set_index("school")["se_prediction"].iloc[:1] ** 2 * 0.5
    paired = compute_effect_change(now, previous=then, cov=cov).set_index("school")["se"]
    (school,) = cov.index
    assert paired[school] == pytest.approx(np.sqrt(apart[school] ** 2 - 2 * cov[school]))
    assert paired.drop(school).tolist() == apart.drop(school).tolist()


def test_a_school_without_an_earlier_effect_has_no_change() -> None:
    now = make_county(1).value_added("contextual").schools
    table = compute_effect_change(now, previous=now.iloc[1:])
    first = table.iloc[0]
    assert first[["change", "se", "low", "high", "verdict"]].isna().all()
    assert first["status"] == "not_estimable"
    assert (table["verdict"].iloc[1:] == "flat").all()


@pytest.mark.parametrize("method", ["random_intercept", "z_change", "prior_group"])
def test_no_difference_found_is_nothing_to_compare_with(method: str) -> None:
    now = make_county(1).value_added(method).schools
    pupils = make_county(8).pupils
    pupils = pupils.iloc[np.argsort(pupils["current"] - pupils["prior"])].reset_index(drop=True)
    pupils["school"] = [f"S{k % 12:03d}" for k in range(len(pupils))]
    then = County(pupils).value_added(method)
    assert then.status == "no_difference_found"
    for pair in ((now, then.schools), (then.schools, now)):
        table = compute_effect_change(pair[0], previous=pair[1])
        figures = ["change", "se", "low", "high", "verdict"]
        assert table[figures].isna().all(axis=None)


def test_a_school_with_two_covariances_is_refused() -> None:
    now = make_county(1).value_added("contextual").schools
    cov = pd.Series([0.0, 0.0], index=["S001", "S001"])
    with pytest.raises(DataError, match=r"rows too many 1 \(first: S001\)"):
        compute_effect_change(now, previous=now, cov=cov)


def test_the_status_is_that_of_the_lesser_known_effect() -> None:
    now = make_county(1).value_added("contextual").schools
    thin = now.assign(status=["low_coverage", "suppressed", *["ok"] * (len(now) - 2)])
    statuses = compute_effect_change(now, previous=thin)["status"]
    assert statuses.iloc[:3].tolist() == ["low_coverage", "suppressed", "ok"]
