"""Value-added over many simulated counties: whether intervals cover and intakes stay out.

    python -m bench.calibration.value_added

Every county has 60 junior schools, a prior test of known reliability, and school effects that
are drawn without regard to intake. The truth of a school is what the model's school effect
stands for, so coverage is told for the estimators whose estimate means that: the mixed models
and, for comparison, the prior groups, whose errors leave out what schools have in common.
"""

import sys
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.simulation.pair import SimulatedPair, simulate_pair
from core.simulation.spec import CountySpec
from core.value_added import (
    Method,
    ReliabilitySpec,
    Scale,
    ValueAdded,
    ValueAddedSpec,
    compute_value_added,
)
from core.value_added.joint_moments import moments_of_joint

METHODS: tuple[Method, ...] = (
    "random_intercept",
    "contextual",
    "reliability_corrected",
    "prior_group",
    "z_change",
)
POOLED_OLS = "pooled_ols"
"""Mean residual from one line through all pupils: no estimator of the product, a yardstick."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a study found.

    Attributes
    ----------
    n_counties, n_schools : int
        Simulated counties, and schools in all.
    reliability : float
        Of the prior test.
    term : int
        Terms between the two exams.
    methods : DataFrame
        method, coverage (share of 95 % intervals that hold the truth), fairness_r (mean over
        counties), fairness_sd (its SD between counties), r_truth (mean correlation of estimate
        and truth), rmse (population SD; null where the unit is another).
    """

    n_counties: int
    n_schools: int
    reliability: float
    term: int
    methods: pd.DataFrame


def study_value_added(
    *, n_counties: int, reliability: float, term: int, methods: tuple[Method, ...] = METHODS
) -> Calibration:
    """Simulate counties with seeds 0, 1, .. and hold every estimator against the truth."""
    spec = replace(CountySpec(n_junior=60), reliability=reliability)
    parts = []
    for seed in range(n_counties):
        pair = simulate_pair(spec, np.random.default_rng(seed), term=term)
        parts.append(_of_county(pair, reliability=reliability, methods=methods))
    counties = pd.concat(parts, ignore_index=True)
    by_method = counties.groupby("method", sort=False)
    # Schools are pooled by their number, as counties have a few with nobody matched.
    n = by_method["n_schools"].sum()
    table = pd.DataFrame(
        {
            "coverage": by_method["n_covered"].sum(min_count=1) / n,
            "fairness_r": by_method["fairness_r"].mean(),
            "fairness_sd": by_method["fairness_r"].std(),
            "r_truth": by_method["r_truth"].mean(),
            "rmse": np.sqrt(by_method["square"].sum(min_count=1) / n),
        }
    )
    return Calibration(
        n_counties=n_counties,
        n_schools=int(n.iloc[0]),
        reliability=reliability,
        term=term,
        methods=table.reset_index(),
    )


def joint_of(pair: SimulatedPair) -> pd.DataFrame:
    """Return the JOINT_HISTOGRAM rows of the matched pupils of a pair."""
    matched = ~np.isnan(pair.prior)
    rows = pd.DataFrame(
        {
            "subject": "chinese",
            "school": pair.school[matched],
            "prior": pair.prior[matched].astype(np.int64),
            "current": pair.current[matched].astype(np.int64),
        }
    )
    counted = rows.groupby(["subject", "school", "prior", "current"]).size()
    joint = counted.rename("n").reset_index()
    return joint.assign(school=[f"S{j:03d}" for j in joint["school"]])


def moments_of(pair: SimulatedPair, joint: pd.DataFrame) -> pd.DataFrame:
    """Return the MOMENTS rows of a pair; only those who sat without a prior are added."""
    moments = moments_of_joint(joint)
    n_sat = np.bincount(pair.school, minlength=pair.value_added.size)
    return moments.assign(n_sat=n_sat[moments["school"].str[1:].astype(int)])


def _of_county(
    pair: SimulatedPair, *, reliability: float, methods: tuple[Method, ...]
) -> pd.DataFrame:
    joint = joint_of(pair)
    moments = moments_of(pair, joint)
    rows = [_pooled_ols(pair, joint)]
    for method in methods:
        scale: Scale = "percentile" if method == "growth_percentile" else "z"
        spec = ValueAddedSpec(method, scale, reliability=ReliabilitySpec((reliability,)))
        result = compute_value_added(
            moments,
            current=pair.current_population,
            priors=(("entry", pair.prior_population),),
            spec=spec,
            joint=joint,
        )
        rows.append(_of_method(pair, result))
    return pd.DataFrame(rows)


def _of_method(pair: SimulatedPair, result: ValueAdded) -> dict[str, object]:
    schools = result.schools.dropna(subset=["estimate"])
    truth = pair.value_added[schools["school"].str[1:].astype(int)]
    estimate = schools["estimate"].to_numpy(float)
    covered = (schools["low"] <= truth) & (truth <= schools["high"])
    # A percentile and a change of z are no estimates of the effect in population SD.
    same_unit = result.method not in ("growth_percentile", "z_change")
    return {
        "method": result.method,
        "n_schools": len(schools),
        "n_covered": int(covered.sum()) if same_unit else None,
        "square": float(((estimate - truth) ** 2).sum()) if same_unit else None,
        "fairness_r": result.fairness_r,
        "r_truth": float(np.corrcoef(estimate, truth)[0, 1]),
    }


def _pooled_ols(pair: SimulatedPair, joint: pd.DataFrame) -> dict[str, object]:
    x, y = joint["prior"].to_numpy(float), joint["current"].to_numpy(float)
    n = joint["n"].to_numpy(float)
    slope, intercept = np.polyfit(x, y, 1, w=np.sqrt(n))
    by_school = (joint.assign(r=n * (y - intercept - slope * x), x=n * x)).groupby("school")
    pupils = by_school["n"].sum().to_numpy(float)
    residual = by_school["r"].sum().to_numpy() / pupils
    intake = by_school["x"].sum().to_numpy() / pupils
    truth = pair.value_added[[int(str(code)[1:]) for code in by_school.groups]]
    return {
        "method": POOLED_OLS,
        "n_schools": pupils.size,
        "n_covered": None,
        "square": None,
        "fairness_r": float(np.corrcoef(residual, intake)[0, 1]),
        "r_truth": float(np.corrcoef(residual, truth)[0, 1]),
    }


def main(n_counties: int) -> None:
    """Print the studies that docs/methods tell of."""
    for reliability, term in ((0.8, 2), (0.8, 6), (0.85, 2), (0.85, 6), (1.0, 2)):
        study = study_value_added(n_counties=n_counties, reliability=reliability, term=term)
        print(
            f"counties {study.n_counties}, schools {study.n_schools}, reliability "
            f"{study.reliability}, terms {study.term}"
        )
        print(study.methods.round(3).to_string(index=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
