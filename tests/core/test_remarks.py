"""Remarks: each rule fires on its numbers, in a fixed order, and stays silent otherwise."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.common_sample import CommonSample
from core.remarks import Remark, remark_on_county
from core.value_added import ValueAdded

SAMPLE = CommonSample(
    matched=900, joined=60, left=40, coverage=0.9375, prior_mean_matched=0.1, prior_mean_all=0.0
)


def value_added(verdicts: list[str], statuses: list[str] | None = None) -> ValueAdded:
    codes = [f"S{k}" for k in range(len(verdicts))]
    schools = pd.DataFrame({"school": codes, "verdict": verdicts})
    schools["status"] = statuses or ["ok"] * len(verdicts)
    return ValueAdded(
        method="random_intercept",
        scale="z",
        subject="math",
        n_pupils=900,
        n_schools=len(verdicts),
        common_sample=SAMPLE,
        fixed_effects=(),
        sigma_u2=0.1,
        sigma_e2=0.5,
        icc=1 / 6,
        neg2_log_reml=2000.0,
        fairness_r=0.1,
        status="ok",
        schools=schools,
    )


def figures(*rows: tuple[str, str, float, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return indicators and changes from (unit, indicator, change, se)."""
    changes = pd.DataFrame(rows, columns=["unit", "indicator", "change", "se"])
    beyond = changes["change"].abs() >= 1.96 * changes["se"]
    changes = changes.assign(
        subject="math", verdict=np.where(beyond, "up", "flat"), estimate=0.5 + changes["change"]
    )
    return changes[["unit", "subject", "indicator", "estimate"]], changes


def remarks_on(
    model: ValueAdded | None, *rows: tuple[str, str, float, float]
) -> dict[str, Remark]:
    indicators, changes = figures(*rows)
    remarks = remark_on_county(
        model, indicators=indicators, changes=changes if rows else None, county="county"
    )
    return {remark.code: remark for remark in remarks}


def test_schools_beyond_two_errors_are_named_beside_what_chance_would_give() -> None:
    verdicts = ["well_above", "well_above", "above", *["as_expected"] * 36, "well_below"]
    remarks = remarks_on(value_added(verdicts))
    assert list(remarks) == ["n_well_above", "n_well_below", "expected_by_chance"]
    assert remarks["n_well_above"].values == {"count": 2, "schools": "S0,S1"}
    assert remarks["n_well_below"].values == {"count": 1, "schools": "S39"}
    chance = remarks["expected_by_chance"].values
    assert (chance["count"], chance["n_schools"]) == (3, 40)
    assert chance["expected"] == pytest.approx(1.82, abs=1e-4)


@pytest.mark.parametrize(("n_schools", "expected"), [(5, 0.5806), (10, 0.7655), (60, 3.0058)])
def test_with_few_schools_chance_puts_more_of_them_beyond_two(
    n_schools: int, expected: float
) -> None:
    model = replace(value_added(["above"] * n_schools), interval_df=n_schools - 1)
    values = remarks_on(model)["expected_by_chance"].values
    # 2 P(T <= -2) of Student's law: 0.1161, 0.0766 and 0.0501.
    assert values["expected"] == pytest.approx(expected, abs=1e-3)


def test_a_thinly_covered_school_is_counted_and_not_named() -> None:
    statuses = ["ok", "low_coverage", "low_coverage", "not_estimable"]
    remarks = remarks_on(value_added(["well_above"] * 4, statuses))
    assert remarks["n_well_above"].values["schools"] == "S0"
    assert remarks["low_coverage_schools"].values == {
        "count": 2,
        "not_estimable": 1,
        "coverage": 0.9375,
    }


@pytest.mark.parametrize(("r", "warned"), [(0.3, False), (0.31, True), (-0.5, True)])
def test_a_link_with_intake_above_0_3_is_a_warning(r: float, warned: bool) -> None:
    remarks = remarks_on(replace(value_added(["above"]), fairness_r=r))
    assert ("fairness_warning" in remarks) is warned
    if warned:
        assert remarks["fairness_warning"].values["r"] == r


def test_no_difference_is_the_only_remark_on_schools() -> None:
    model = replace(
        value_added(["no_difference_found"] * 3), status="no_difference_found", fairness_r=None
    )
    remarks = remarks_on(model)
    assert list(remarks) == ["no_difference_found"]
    assert remarks["no_difference_found"].values == {"n_schools": 3, "n_pupils": 900}


def test_the_largest_change_is_the_one_with_most_errors() -> None:
    rows = [
        ("county", "mean", 2.0, 0.8),
        ("county", "pass_rate", -0.04, 0.01),
        ("county", "z", 0.0, 0.01),
        ("county", "n_sat", 12.0, np.nan),
        ("township", "pass_rate", 0.2, 0.01),
    ]
    values = remarks_on(None, *rows)["largest_change"].values
    assert (values["subject"], values["indicator"]) == ("math", "pass_rate")
    assert (values["change"], values["se"]) == (-0.04, 0.01)
    assert values["now"] == pytest.approx(0.46)
    assert (values["n_beyond"], values["n_compared"]) == (2, 3)


def test_changes_within_their_error_are_said_to_be_none() -> None:
    remarks = remarks_on(None, ("county", "mean", 0.5, 0.8), ("county", "z", 0.01, 0.01))
    assert list(remarks) == ["no_change_found"]
    assert remarks["no_change_found"].values == {"n_compared": 2}


def test_nothing_is_said_where_nothing_can_be_compared() -> None:
    assert remarks_on(None) == {}
    assert remarks_on(None, ("township", "mean", 2.0, 0.1)) == {}


def test_there_are_at_most_six_remarks_in_reading_order() -> None:
    model = value_added(["well_above", "well_below"], ["ok", "low_coverage"])
    remarks = remarks_on(replace(model, fairness_r=0.6), ("county", "mean", 2.0, 0.1))
    assert list(remarks) == [
        "n_well_above",
        "n_well_below",
        "expected_by_chance",
        "fairness_warning",
        "low_coverage_schools",
        "largest_change",
    ]
