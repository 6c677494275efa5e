"""Prior groups equal R's quantile and cut on the inner-London data, school by school."""

import numpy as np
import pandas as pd
import pytest

from core.numerics.prior_groups import estimate_group_residuals, group_by_quantiles
from tests.reference.sources import read_figures, read_pupils

DIGITS = 1e7  # the scores have at most seven decimals: whole numbers compare exactly


def test_groups_residuals_and_errors_equal_r() -> None:
    figures, pupils = read_figures("prior_groups_Exam.json"), read_pupils("Exam")
    school, codes = pd.factorize(pupils["school"], sort=True)
    n = np.ones(len(pupils), dtype=np.int64)
    prior = (pupils["standLRT"] * DIGITS).round().to_numpy(np.int64)
    groups = group_by_quantiles(prior, n=n, n_groups=10)
    found = estimate_group_residuals(
        groups,
        school=school.astype(np.int64),
        current=pupils["normexam"].to_numpy(float),
        n=n,
        n_schools=len(codes),
    )
    assert groups.n.tolist() == figures["group_n"]
    assert found.group_mean == pytest.approx(np.array(figures["group_mean"]), abs=1e-12)
    # R's sd divides by N - 1; the product divides by N, as the bureau's tables do.
    divisor = np.sqrt((len(pupils) - 1) / len(pupils))
    assert found.sd == pytest.approx(figures["pupil_sd"] * divisor, rel=1e-12)
    schools = pd.DataFrame(figures["schools"]).astype({"school": int}).sort_values("school")
    assert found.n.tolist() == schools["n"].tolist()
    assert found.mean == pytest.approx(schools["mean_residual"].to_numpy(), abs=1e-12)
    se = found.sd / np.sqrt(found.n)
    half = ((schools["high"] - schools["low"]) / 2 / 1.96).to_numpy() * divisor
    assert se == pytest.approx(half, rel=1e-9)
