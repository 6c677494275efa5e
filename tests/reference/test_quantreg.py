"""Growth percentiles equal R (quantreg, SGP) pupil by pupil; each check loss to nine digits."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.growth import Growth, compute_growth
from core.numerics.growth_percentile import TAUS, GrowthPercentiles, growth_percentiles
from tests.reference.sources import FOLDER, read_figures

LOSS = 1e-9  # relative; quantreg's own methods differ by 1e-11
CUTS = [0.015, 0.105, 0.255, 0.505, 0.755, 0.905, 0.995]

Pupils = pd.DataFrame


@cache
def exam() -> Pupils:
    pupils = pd.read_csv(FOLDER / "sgp_Exam_scaled.csv.gz", dtype={"school": str})
    return pupils.rename(columns={"y": "current", "prior_1": "prior"})


@cache
def synth() -> Pupils:
    pupils = pd.read_parquet(FOLDER / "synth_10k.parquet")
    pupils = pupils.rename(columns={"y_scale": "current", "school_id": "school"})
    return pupils.astype({"school": "str"})


CASES = {"sgp_Exam_scaled.json": exam, "sgp_synth_10k_1prior.json": synth}


@cache
def growth_of_pupils(case: str) -> GrowthPercentiles:
    pupils = CASES[case]()
    return growth_percentiles(
        pupils[["prior"]].to_numpy(float),
        current=pupils["current"].to_numpy(float),
        n=np.ones(len(pupils), dtype=np.int64),
    )


@cache
def growth_of_county(case: str) -> Growth:
    """Return the same from the joint histogram of the schools, in hundredths."""
    pupils = CASES[case]()
    scores = (100 * pupils[["prior", "current"]]).round().astype("int64")
    joint = scores.assign(school=pupils["school"]).value_counts().reset_index(name="n")
    return compute_growth(joint.assign(subject="math"))


@pytest.mark.parametrize("case", CASES)
def test_knots_and_boundaries_equal_those_of_the_package(case: str) -> None:
    (knots,), figures = growth_of_pupils(case).knots, read_figures(case)
    assert list(knots.inner) == figures["knots"][0]
    assert [knots.low, knots.high] == figures["boundaries"][0]
    county = growth_of_county(case)
    assert (county.knots, county.boundaries) == (knots.inner, (knots.low, knots.high))


@pytest.mark.parametrize("case", CASES)
def test_the_check_loss_of_every_tau_equals_that_of_quantreg(case: str) -> None:
    figures = read_figures(case)
    assert TAUS.tolist() == pytest.approx(figures["taus"], rel=1e-15)
    assert growth_of_pupils(case).loss == pytest.approx(
        np.array(figures["objective_br"]), rel=LOSS
    )


def test_every_pupil_of_inner_london_has_the_percentile_that_r_gives() -> None:
    pupils, growth = exam(), growth_of_pupils("sgp_Exam_scaled.json")
    agreed = pupils[["sgp_br", "sgp_fn", "sgp_pfn", "sgp_package"]].to_numpy()
    assert np.all(agreed == agreed[:, :1])
    assert growth.percentile.tolist() == agreed[:, 0].tolist()


def test_fitted_quantiles_of_every_pupil_equal_those_of_r() -> None:
    pupils, growth = exam(), growth_of_pupils("sgp_Exam_scaled.json")
    place = np.searchsorted(growth.start[:, 0], pupils["prior"].to_numpy())
    for tau in CUTS:
        ours = growth.quantile[round(100 * tau - 0.5)][place]
        # Half a unit of the fifth decimal may be rounded either way.
        assert ours == pytest.approx(pupils[f"q_tau{tau:g}"].to_numpy(), abs=1.1e-5)


def test_cells_of_the_joint_histogram_have_the_percentiles_of_their_pupils() -> None:
    cells = growth_of_county("sgp_Exam_scaled.json").cells
    pupils = exam().assign(prior=100 * exam()["prior"], current=100 * exam()["current"])
    both = pupils.merge(cells, on=["prior", "current"], validate="m:1")
    assert len(both) == 4059
    assert both["growth_percentile"].tolist() == both["sgp_package"].tolist()


@pytest.mark.parametrize("case", CASES)
def test_medians_and_means_of_all_schools_equal_those_of_the_package(case: str) -> None:
    expected = pd.DataFrame(read_figures(case)["school_summary"]).astype({"school": "str"})
    expected = expected.set_index("school").sort_index()
    schools = growth_of_county(case).schools.set_index("school").sort_index()
    assert schools.index.tolist() == expected.index.tolist()
    assert schools["n"].tolist() == expected["n"].tolist()
    several = (expected["n"] > 1).to_numpy()
    assert several.mean() > 0.99
    schools, expected = schools[several], expected[several]
    for name in ("median", "mean"):
        assert schools[name].to_numpy() == pytest.approx(expected[name].to_numpy(), rel=1e-12)
    se = (expected["sd"] / np.sqrt(expected["n"])).to_numpy(float)
    assert schools["se_mean"].to_numpy() == pytest.approx(se, rel=1e-12)
    assert schools["se_median"].to_numpy() == pytest.approx(np.sqrt(3) * se, rel=1e-12)


@pytest.mark.slow
def test_two_prior_scores_give_the_losses_and_percentiles_of_quantreg() -> None:
    figures: Any = read_figures("sgp_synth_10k_2priors.json")
    growth = growth_percentiles(
        synth()[["prior", "prior2"]].to_numpy(float),
        current=synth()["current"].to_numpy(float),
        n=np.ones(len(synth()), dtype=np.int64),
    )
    assert growth.n_columns == growth.rank == 15
    assert growth.loss == pytest.approx(np.array(figures["objective"]), rel=LOSS)
    assert growth.percentile.tolist() == figures["sgp"]
