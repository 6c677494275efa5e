"""Weights after nonresponse: sums kept, strata collapsed with a finding, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError
from core.sampling.plan import draw_sample
from core.sampling.weights import compute_weights
from core.survey_tables import SAMPLE_WEIGHTS
from tests.core.sampling.made_county import made_frame, made_spec


def made_plan() -> pd.DataFrame:
    """Two strata: three of six schools by chance in a, two by chance and one certain in b."""
    return pd.DataFrame(
        {
            "stratum": pd.Series(["a"] * 6 + ["b"] * 4, dtype="str"),
            "school": pd.Series(list("ABCDEFGHIJ"), dtype="str"),
            "n_pupils": [60] * 6 + [300, 50, 50, 50],
            "p_school": [0.5] * 6 + [1.0, 2 / 3, 2 / 3, 2 / 3],
            "is_certain": [False] * 6 + [True] + [False] * 3,
            "is_drawn": [True, False] * 3 + [True, True, True, False],
            "n_drawn": [20, 0] * 3 + [20, 20, 20, 0],
            "p_pupil": [1 / 3] * 6 + [1 / 15, 0.4, 0.4, 0.4],
            "weight": [6.0] * 6 + [15.0, 3.75, 3.75, 3.75],
        }
    )


def responded(**n: int) -> pd.Series:
    return pd.Series({"A": 20, "C": 20, "E": 20, "G": 20, "H": 20, "I": 20} | n)


def test_full_response_leaves_the_weights_of_the_plan() -> None:
    fit = compute_weights(made_plan(), n_responded=responded())
    rows = SAMPLE_WEIGHTS.require(fit.schools)
    assert list(rows.columns) == SAMPLE_WEIGHTS.names
    assert rows["weight"].tolist() == pytest.approx([6, 6, 6, 15, 3.75, 3.75])
    assert (fit.school_response, fit.pupil_response, fit.findings) == (1.0, 1.0, ())


def test_a_certain_school_has_its_pupils_as_units() -> None:
    rows = compute_weights(made_plan(), n_responded=responded()).schools.set_index("school")
    assert rows["variance_stratum"].tolist() == ["a", "a", "a", "school G", "b", "b"]
    assert rows["fpc"].tolist() == pytest.approx([0.5] * 3 + [20 / 300, 2 / 3, 2 / 3])


def test_missing_pupils_are_carried_by_their_school() -> None:
    rows = compute_weights(made_plan(), n_responded=responded(A=12)).schools
    assert rows["weight"].tolist()[:3] == pytest.approx([10, 6, 6])


def test_a_missing_school_is_carried_by_its_stratum() -> None:
    fit = compute_weights(made_plan(), n_responded=responded().drop("A"))
    weight = fit.schools.set_index("school")["weight"]
    assert weight[["C", "E"]].tolist() == pytest.approx([9, 9])
    assert fit.school_response == pytest.approx(5 / 6)


def test_a_stratum_with_one_school_is_collapsed_and_told() -> None:
    fit = compute_weights(made_plan(), n_responded=responded(A=0, C=0))
    assert fit.schools["variance_stratum"].tolist() == ["a+b", "school G", "a+b", "a+b"]
    (finding,) = fit.findings
    assert finding.check == "sample_stratum_collapsed"
    assert finding.value == "a + b"
    assert "抽样" in finding.message_zh
    assert "sample" in finding.message_en


def test_the_last_stratum_joins_the_one_before() -> None:
    fit = compute_weights(made_plan(), n_responded=responded(I=0))
    by_chance = fit.schools.loc[~fit.schools["is_certain"], "variance_stratum"]
    assert set(by_chance) == {"a+b"}


def test_a_stratum_without_any_school_is_carried_by_its_neighbour() -> None:
    fit = compute_weights(made_plan(), n_responded=pd.Series({"A": 20, "C": 20, "E": 20}))
    assert (fit.schools["weight"] * fit.schools["n_responded"]).sum() == pytest.approx(810)
    assert len(fit.findings) == 1


def test_a_single_school_is_left_as_it_is() -> None:
    plan = made_plan().query("stratum == 'a'")
    fit = compute_weights(plan, n_responded=pd.Series({"A": 20}))
    assert fit.schools["variance_stratum"].tolist() == ["a"]
    assert fit.findings == ()


def test_a_certain_school_with_one_result_is_a_unit_of_its_stratum() -> None:
    rows = compute_weights(made_plan(), n_responded=responded(G=1)).schools
    row = rows.set_index("school").loc["G"]
    assert (row["variance_stratum"], row["is_certain"]) == ("b", False)


def test_results_of_other_schools_or_pupils_are_refused() -> None:
    with pytest.raises(DataError, match=r"not drawn 1, schools with more .* drawn 2"):
        compute_weights(made_plan(), n_responded=responded(A=21, C=25, B=3))


def test_no_result_at_all_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"schools drawn 6\)"):
        compute_weights(made_plan(), n_responded=responded() * 0)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_weights_sum_to_the_same_whoever_answers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    plan = draw_sample(made_frame(), spec=made_spec(), rng=rng).schools
    drawn = plan[plan["is_drawn"]].set_index("school")
    n = pd.Series(rng.binomial(drawn["n_drawn"], 0.5), index=drawn.index)
    n[rng.uniform(size=len(n)) < 0.4] = 0
    n.iloc[0] = 5
    rows = compute_weights(plan, n_responded=n).schools
    whole = (drawn["weight"] * drawn["n_drawn"]).sum()
    assert (rows["weight"] * rows["n_responded"]).sum() == pytest.approx(whole)
