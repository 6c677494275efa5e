"""Growth percentiles of 10,000 to 1,000,000 pupils, beside quantreg (R) and statsmodels.

    python -m bench.growth_percentiles [--pupils 10000 100000 1000000] [--rounds 3] [--all]

The same 100 quantiles of a cubic spline of one prior score. Processor seconds of the fits alone
(ours from the table of cells to the percentiles); reading and starting are not counted. Where a
rival is too slow to fit all 100, it fits some spread over all, and its seconds are multiplied
and marked as an estimate; ``--all`` lets quantreg fit all of them at every size.
"""

import argparse
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.growth_rivals import RivalFits, fit_quantreg, fit_statsmodels
from core.numerics.growth_percentile import TAUS, GrowthPercentiles, growth_percentiles

SIZES = (10_000, 100_000, 1_000_000)
EVERY = TAUS.tolist()
SPREAD = (0.005, 0.255, 0.505, 0.755, 0.995)

MANY = 100_000
"""From this many pupils on quantreg preprocesses (pfn); beyond it fits only ``SPREAD``."""

STATSMODELS_TAUS = ((10_000, SPREAD), (100_000, (0.255, 0.755)))
"""Largest size, and the quantiles that statsmodels fits up to it; beyond the last, none."""


@dataclass(frozen=True, slots=True)
class GrowthTiming:
    """What one side took for the 100 quantiles of one pair of exams.

    Attributes
    ----------
    side : str
        Who fitted, by which method, to pupils or to cells.
    n_pupils, n_cells : int
        Size of the pair of exams.
    seconds : float
        Processor seconds for 100 quantiles; ours the best of the rounds.
    n_fitted : int
        Quantiles that were fitted; under 100 the seconds are an estimate.
    excess : float
        Largest relative excess of a check loss over ours.
    """

    side: str
    n_pupils: int
    n_cells: int
    seconds: float
    n_fitted: int
    excess: float


def make_cells(n_pupils: int, *, seed: int = 1) -> pd.DataFrame:
    """Return cells of two exams with whole points from 0 to 150, correlated by 0.8.

    Columns prior, current (points) and n (pupils).
    """
    rng = np.random.default_rng(seed)
    law = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], size=n_pupils)
    points = np.rint((93 + 24 * law).clip(0, 150)).astype(np.int64)
    pupils = pd.DataFrame(points, columns=["prior", "current"])
    return pupils.value_counts().sort_index().reset_index(name="n")


def compare_growth(
    sizes: Sequence[int] = SIZES, *, rounds: int = 3, every_tau: bool = False
) -> tuple[GrowthTiming, ...]:
    """Time all sides on pairs of exams of these sizes; quantreg only where it is installed."""
    timings: list[GrowthTiming] = []
    for n_pupils in sizes:
        cells = make_cells(n_pupils)
        ours, growth = time_ours(cells, rounds=rounds)
        timings.append(ours)
        if shutil.which("Rscript"):
            taus = EVERY if every_tau or n_pupils <= MANY else SPREAD
            timings += time_quantreg(cells, growth=growth, taus=taus)
        taus = next((taus for most, taus in STATSMODELS_TAUS if n_pupils <= most), ())
        if taus:
            fits = fit_statsmodels(cells, knots=growth.knots[0], taus=taus)
            timings.append(_timing("statsmodels, pupils", cells, fits=fits, growth=growth))
    return tuple(timings)


def time_ours(cells: pd.DataFrame, *, rounds: int) -> tuple[GrowthTiming, GrowthPercentiles]:
    """Time the way from the cells to the percentiles, and return those too."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        growth = growth_percentiles(
            cells[["prior"]].to_numpy(float),
            current=cells["current"].to_numpy(float),
            n=cells["n"].to_numpy(np.int64),
        )
        seconds.append(time.process_time() - start)
    share = np.full(TAUS.size, min(seconds) / TAUS.size)
    fits = RivalFits(tau=TAUS, seconds=share, loss=growth.loss)
    return _timing("ours, cells", cells, fits=fits, growth=growth), growth


def time_quantreg(
    cells: pd.DataFrame, *, growth: GrowthPercentiles, taus: Sequence[float]
) -> list[GrowthTiming]:
    """Time quantreg on pupil rows, and (all quantiles) on our cells with their weights."""
    method = "pfn" if cells["n"].sum() >= MANY else "fn"
    timings = []
    for rows, its_method, its_taus in (("pupils", method, taus), ("cells", "fn", EVERY)):
        fits = fit_quantreg(
            cells, knots=growth.knots[0], taus=its_taus, rows=rows, method=its_method
        )
        side = f"quantreg {its_method}, {rows}"
        timings.append(_timing(side, cells, fits=fits, growth=growth))
    return timings


def _timing(
    side: str, cells: pd.DataFrame, *, fits: RivalFits, growth: GrowthPercentiles
) -> GrowthTiming:
    ours = growth.loss[np.rint(100 * fits.tau - 0.5).astype(np.int64)]
    return GrowthTiming(
        side=side,
        n_pupils=int(cells["n"].sum()),
        n_cells=len(cells),
        seconds=float(fits.seconds.mean() * TAUS.size),
        n_fitted=fits.tau.size,
        excess=float(np.max(fits.loss / ours - 1)),
    )


def print_timings(timings: Sequence[GrowthTiming]) -> None:
    """Print a row per side and size, with the seconds as multiples of ours."""
    print("| pupils | cells | side | CPU s for 100 quantiles | times ours | excess loss |")
    print("|---|---|---|---|---|---|")
    own = {t.n_pupils: t.seconds for t in timings if t.side.startswith("ours")}
    for t in timings:
        note = "" if t.n_fitted == TAUS.size else f" (estimated from {t.n_fitted})"
        ratio = t.seconds / own[t.n_pupils]
        print(
            f"| {t.n_pupils:,} | {t.n_cells:,} | {t.side} | {t.seconds:.2f}{note} | "
            f"{ratio:.1f} | {t.excess:.0e} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--all", action="store_true", help="quantreg fits all 100 everywhere")
    options = parser.parse_args()
    print_timings(compare_growth(options.pupils, rounds=options.rounds, every_tau=options.all))


if __name__ == "__main__":
    main()
