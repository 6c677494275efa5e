"""Share of variance between schools, and funnels, equal R's on the inner-London data."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.funnel import Funnel, FunnelSpec, compute_mean_funnel, compute_rate_funnel
from core.numerics.icc import Icc, estimate_icc
from tests.reference.sources import read_figures, read_pupils

PRECISION = 1e-7  # lme4 itself stops at about this
EXACT = 1e-10  # closed formulas; only the order of summation differs
FIGURES = read_figures("between_Exam.json")
LIMITS = {"low_95": "lo95", "high_95": "hi95", "low_998": "lo998", "high_998": "hi998"}


def icc_of(data_set: str, outcome: str) -> Icc:
    schools = read_pupils(data_set).groupby("school")[outcome]
    n = schools.size().to_numpy().astype(np.float64)
    return estimate_icc(
        n=n, mean=schools.mean().to_numpy(), sum_of_squares=n * schools.var(ddof=0).to_numpy()
    )


def variances_of(data_set: str) -> Any:
    return read_figures(f"lmm_{data_set}.json")["null"]["varcomp"]


@pytest.mark.parametrize(("data_set", "outcome"), [("Exam", "normexam"), ("Chem97", "score")])
def test_the_share_between_schools_equals_lme4(data_set: str, outcome: str) -> None:
    icc, lme4 = icc_of(data_set, outcome), variances_of(data_set)
    assert icc.sigma_u2 == pytest.approx(lme4["school"], rel=PRECISION)
    assert icc.sigma_e2 == pytest.approx(lme4["Residual"], rel=PRECISION)
    assert icc.low < icc.estimate < icc.high


def test_the_inner_london_share_is_the_published_one() -> None:
    assert icc_of("Exam", "normexam").estimate == pytest.approx(0.168341, abs=5e-7)


def test_mean_squares_and_the_anova_share_equal_r() -> None:
    icc, r = icc_of("Exam", "normexam"), FIGURES["icc"]
    assert icc.ms_between == pytest.approx(r["MSB"], rel=EXACT)
    assert icc.ms_within == pytest.approx(r["MSW"], rel=EXACT)
    assert icc.anova == pytest.approx(r["icc1"], rel=EXACT)


def test_schools_of_one_size_have_the_closed_form() -> None:
    edge = read_figures("edge_balanced.json")
    pupils = read_pupils("Exam").groupby("school").head(40)
    full = pupils.groupby("school").filter(lambda school: len(school) == 40)
    schools = full.groupby("school")["normexam"]
    n = schools.size().to_numpy().astype(np.float64)
    icc = estimate_icc(
        n=n,
        mean=schools.mean().to_numpy(),
        sum_of_squares=n * schools.var(ddof=0).to_numpy(),
    )
    assert n.size == edge["J"]
    assert icc.sigma_u2 == pytest.approx(edge["tau2_anova"], rel=PRECISION)
    assert icc.sigma_e2 == pytest.approx(edge["sigma2_anova"], rel=PRECISION)
    assert icc.estimate == pytest.approx(icc.anova, rel=PRECISION)


def rows_of(estimate: np.ndarray, *, indicator: str) -> pd.DataFrame:
    schools = FIGURES["schools"]
    return pd.DataFrame(
        {
            "unit": schools["school"],
            "exam": "Exam",
            "subject": "total",
            "indicator": indicator,
            "estimate": estimate,
            "se": np.nan,
            "low": np.nan,
            "high": np.nan,
            "n_pupils": schools["n"],
            "reliability": np.nan,
            "status": "ok",
        }
    )


def funnel_of_means() -> Funnel:
    rows = rows_of(np.array(FIGURES["schools"]["raw_mean"]), indicator="mean")
    return compute_mean_funnel(rows, sd=FIGURES["funnel"]["sd"], spec=FunnelSpec("none"))


def test_over_dispersion_equals_r() -> None:
    shape, r = funnel_of_means().shape, FIGURES["funnel"]
    assert shape.target == pytest.approx(r["target"], rel=1e-8)  # a mean of nearly 0
    assert shape.phi == pytest.approx(r["phi"], rel=EXACT)
    assert shape.phi_winsorised == pytest.approx(r["phi_winsorised10"], rel=EXACT)
    assert shape.tau2 == pytest.approx(r["tau2_DL"], rel=EXACT)
    assert shape.tau2_winsorised == pytest.approx(r["tau2_DL_winsorised"], rel=EXACT)


def test_limits_of_means_equal_r_school_by_school() -> None:
    units, r = funnel_of_means().units, FIGURES["schools"]
    for name, theirs in ({"z": "z"} | LIMITS).items():
        # R's limits were computed with 1.96 and 3.09 to six digits.
        assert units[name].to_numpy() == pytest.approx(np.array(r[theirs]), abs=1e-6)


def test_as_many_schools_are_flagged_as_in_r() -> None:
    flag, r = funnel_of_means().units["flag"], FIGURES["funnel"]
    assert (flag != "inside").sum() == r["outside95"] == 36
    assert flag.isin(["below_998", "above_998"]).sum() == r["outside998"] == 20


def test_binomial_limits_equal_r_school_by_school() -> None:
    schools = FIGURES["schools"]
    rates = np.array(schools["above"]) / np.array(schools["n"])
    found = compute_rate_funnel(rows_of(rates, indicator="pass_rate"), spec=FunnelSpec("none"))
    assert found.shape.target == pytest.approx(FIGURES["funnel"]["binom_p"], rel=EXACT)
    for name, theirs in LIMITS.items():
        # A school of two pupils has a limit below 0 there.
        expected = np.clip(schools[f"binom_{theirs}"], 0, 1)
        assert found.units[name].to_numpy() == pytest.approx(expected, rel=EXACT)
