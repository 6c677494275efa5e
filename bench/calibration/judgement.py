"""Do the judgements keep what they promise? P(bottom 20 %), wrong flags, subject gaps.

    python -m bench.calibration.judgement [--counties 400] [--cohorts 30]

Everything is drawn from known truth with fixed seeds: counties of 60 schools at the level of
schools, and cohorts of the demonstration county's model for a check on whole exams.
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.calibration.judgement_cohorts import draw_cohort_counties
from bench.calibration.judgement_counties import (
    EXAM,
    SUBJECT,
    ScreenedCounty,
    draw_gapped_county,
    draw_screened_county,
)
from core.interval import wilson_interval
from core.numerics.rank import bottom_count, competition_rank
from core.subject_gaps import compute_subject_gaps
from core.weak_schools import DEFAULT_INDICATORS, WeakSchoolSpec, compute_weak_schools

SPEC = WeakSchoolSpec(exams=(EXAM,), subject=SUBJECT)
CORRELATION = 0.65


@dataclass(frozen=True, slots=True)
class ScreeningStudy:
    """The screening against the truth, over many counties.

    Attributes
    ----------
    bins : DataFrame
        low, high (of the bin of P), n, mean_p, observed, interval_low, interval_high: share
        of schools truly in the bottom 20 % with its 95 % binomial interval.
    flags : DataFrame
        One row a county: n_candidates, expected, actual (wrong flags).
    rank_coverage : float
        Share of true ranks inside their 90 % interval.
    """

    bins: pd.DataFrame
    flags: pd.DataFrame
    rank_coverage: float


@dataclass(frozen=True, slots=True)
class GapStudy:
    """Flags of subject gaps against the truth, over many counties.

    Attributes
    ----------
    n_flags : int
        Flags in all.
    false_discovery_rate, rate_se : float
        Mean over counties of the share of flags without a true gap of that sign, and its
        standard error.
    power : float
        Share of the true gaps that are flagged; NaN without any.
    coverage : float
        Share of true gaps of all cells inside the 95 % interval of the shrunken gap; NaN
        where no interval is given.
    """

    n_flags: int
    false_discovery_rate: float
    rate_se: float
    power: float
    coverage: float


def study_screening(counties: Iterable[ScreenedCounty], *, seed: int) -> ScreeningStudy:
    """Screen every county and compare with the truth."""
    rng = np.random.default_rng(seed)
    screened = [_screened(county, rng=rng) for county in counties]
    schools = pd.concat([frame for frame, _ in screened])
    return ScreeningStudy(
        bins=calibration_bins(schools["p_bottom20"], truth=schools["is_bottom"]),
        flags=pd.DataFrame([flags for _, flags in screened]),
        rank_coverage=float(
            schools["true_rank"].between(schools["rank_low"], schools["rank_high"]).mean()
        ),
    )


def calibration_bins(
    probability: pd.Series, *, truth: pd.Series, n_bins: int = 10
) -> pd.DataFrame:
    """Tabulate how often what has a probability comes true, in bins of equal width."""
    place = np.minimum((probability.to_numpy() * n_bins).astype(int), n_bins - 1)
    found = pd.DataFrame({"p": probability.to_numpy(), "is_true": truth.to_numpy()})
    table = found.groupby(place).agg(
        n=("p", "size"), mean_p=("p", "mean"), observed=("is_true", "mean")
    )
    ends = wilson_interval((table["n"] * table["observed"]).round(), n=table["n"])
    table.insert(0, "low", table.index / n_bins)
    table.insert(1, "high", (table.index + 1) / n_bins)
    return table.assign(interval_low=ends.low, interval_high=ends.high).reset_index(drop=True)


def study_subject_gaps(
    n_counties: int, *, seed: int, n_quads: int, assumed: float = CORRELATION
) -> GapStudy:
    """Flag subject gaps in counties with 4 ``n_quads`` true ones of 540.

    ``assumed`` is the correlation of subjects that the computation is told; the true one is
    ``CORRELATION``.
    """
    rng = np.random.default_rng(seed)
    flagged: list[int] = []
    wrong: list[float] = []
    inside: list[NDArray[np.bool_]] = []
    hits = 0
    for _ in range(n_counties):
        county = draw_gapped_county(rng, correlation=CORRELATION, n_quads=n_quads)
        rows = compute_subject_gaps(county.rows, groups=county.groups, correlation=assumed)
        gap = county.gap.ravel()
        sign = rows["flag"].map({"strong": 1, "weak": -1, "none": 0}).to_numpy()
        right = (sign != 0) & (sign == np.sign(gap))
        n_right = int(right.sum())
        flagged.append(int(np.count_nonzero(sign)))
        wrong.append((flagged[-1] - n_right) / max(flagged[-1], 1))
        hits += n_right
        known = rows["low"].notna().to_numpy()
        inside += [((rows["low"] <= gap) & (gap <= rows["high"])).to_numpy()[known]]
    covers = np.concatenate(inside)
    return GapStudy(
        n_flags=sum(flagged),
        false_discovery_rate=float(np.mean(wrong)),
        rate_se=float(np.std(wrong) / np.sqrt(n_counties)),
        power=hits / (4 * n_quads * n_counties) if n_quads else float("nan"),
        coverage=float(covers.mean()) if covers.size else float("nan"),
    )


def _screened(
    county: ScreenedCounty, *, rng: np.random.Generator
) -> tuple[pd.DataFrame, dict[str, float]]:
    found = compute_weak_schools(county.rows, groups=county.groups, spec=SPEC, rng=rng)
    truth = _true_places(county)
    schools = found.schools[found.schools["status"] == "ok"].join(truth, on="school")
    wrong = schools["candidate"] & ~schools["is_bottom"]
    return schools, {
        "n_candidates": int(schools["candidate"].sum()),
        "expected": found.expected_wrong_flags,
        "actual": int(wrong.sum()),
    }


def _true_places(county: ScreenedCounty) -> pd.DataFrame:
    """Return true_rank and is_bottom by the true composite, in units of the true SDs."""
    deviation = county.truth - county.truth.groupby(county.groups).transform("mean")
    composite = pd.Series(0.0, index=county.truth.index)
    for indicator in DEFAULT_INDICATORS:
        part = indicator.weight * deviation[indicator.name] / deviation[indicator.name].std()
        composite = composite + part if indicator.higher_is_better else composite - part
    frame = pd.DataFrame({"true_rank": 0.0, "is_bottom": False}, index=county.truth.index)
    for members in county.groups.groupby(county.groups).groups.values():
        rank = competition_rank(np.array(composite[members], dtype=np.float64))
        frame.loc[members, "true_rank"] = rank
        frame.loc[members, "is_bottom"] = rank > len(members) - bottom_count(len(members))
    return frame


def _show_screening(title: str, study: ScreeningStudy) -> None:
    print(f"\n{title}: {len(study.flags)} counties")
    print(study.bins.round(3).to_string(index=False))
    mean = study.flags.mean()
    gap = study.flags["expected"] - study.flags["actual"]
    print(
        f"candidates {mean['n_candidates']:.2f}, wrong flags expected {mean['expected']:.2f}, "
        f"actual {mean['actual']:.2f}; mean difference {gap.mean():+.2f}, "
        f"mean absolute {gap.abs().mean():.2f}; 90 % rank intervals hold "
        f"{study.rank_coverage:.3f}"
    )


def print_studies(*, n_counties: int = 400, n_cohorts: int = 30) -> None:
    """Print every study of this module."""
    rng = np.random.default_rng(11)
    counties = (draw_screened_county(rng) for _ in range(n_counties))
    _show_screening("School level", study_screening(counties, seed=12))
    _show_screening(
        "Whole exams", study_screening(draw_cohort_counties(n_cohorts, seed=13), seed=14)
    )
    for n_quads, assumed in ((0, CORRELATION), (10, CORRELATION), (27, CORRELATION), (27, 0.5)):
        study = study_subject_gaps(n_counties, seed=15, n_quads=n_quads, assumed=assumed)
        print(f"\n{4 * n_quads} true gaps of 540, correlation taken as {assumed}: {study}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=400)
    parser.add_argument("--cohorts", type=int, default=30)
    options = parser.parse_args()
    print_studies(n_counties=options.counties, n_cohorts=options.cohorts)


if __name__ == "__main__":
    main()
