"""School effects by REML: from stored moments, from Parquet, by statsmodels and by lme4.

    OPENBLAS_NUM_THREADS=1 python -m bench.reml [--largest 1000000]

Counties are drawn from a seed: a prior score, five covariates, school effects. Every reading is
processor seconds of all threads; with more than one BLAS thread some of them are spent waiting.
lme4 is asked where ``Rscript`` and the package are there; its figure is ``lmer`` alone, reading
of the file is told apart. statsmodels sometimes returns a variance of 0 between schools with
``converged=True``: that is told, and never a reference.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import SchoolMoments, rescale
from core.numerics.random_slope import estimate_random_slope
from data.engine.duckdb_engine import DuckDBEngine

Floats = NDArray[np.float64]

SIZES = ((10_000, 200), (100_000, 500), (1_000_000, 2000))
COVARIATES = ("female", "fsm", "eal", "sen", "birth_month")
COLUMNS = ("prior", *COVARIATES)
PRIOR_MEAN, PRIOR_SD, HUNDREDTHS = 10_000.0, 1_500.0, 100.0
FIT_ROUNDS = 5

LMER = """
suppressMessages({library(data.table); library(lme4)})
path <- commandArgs(trailingOnly = TRUE)[1]
cpu <- function(expr) { used <- system.time(expr); sum(used[c(1, 2)]) }
reading <- cpu(d <- fread(path))
d[, `:=`(y = current / 100, p = (prior - 10000) / 1500)]
fitting <- cpu(m <- lmer(y ~ p + female + fsm + eal + sen + birth_month + (1 | school), d))
v <- as.data.frame(VarCorr(m))$vcov
cat(jsonlite::toJSON(list(reading = reading, fitting = fitting, beta = unname(fixef(m)),
  sigma_u2 = v[1], sigma_e2 = v[2]), digits = 14, auto_unbox = TRUE))
"""


@dataclass(frozen=True, slots=True)
class Estimates:
    """What a fit says, in points and prior SD."""

    beta: Floats
    sigma_u2: float
    sigma_e2: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of fitting one county.

    Attributes
    ----------
    n_pupils, n_schools : int
    way : str
        "moments", "moments_slope", "parquet", "statsmodels", "lme4" or "lme4_reading".
    cpu_s : float
        Processor seconds of all threads.
    difference : float
        Largest relative difference of the coefficients and variances from those of the moments;
        NaN where there is nothing to compare.
    note : str
        What a reader has to know of it; empty when nothing.
    """

    n_pupils: int
    n_schools: int
    way: str
    cpu_s: float
    difference: float
    note: str


def write_county(path: Path, *, n_pupils: int, n_schools: int) -> None:
    """Write invented pupils to Parquet: scores in hundredths, covariates as whole numbers."""
    rng = np.random.default_rng(n_pupils)
    share = rng.dirichlet(np.full(n_schools, 3.0))
    school = np.sort(rng.choice(n_schools, size=n_pupils, p=share))
    school[:n_schools] = np.arange(n_schools)  # none is empty
    p = rng.normal(size=n_pupils) + 0.4 * rng.normal(size=n_schools)[school]
    flags = {
        name: (rng.random(n_pupils) < rate).astype(np.int64)
        for name, rate in zip(COVARIATES, (0.5, 0.2, 0.15, 0.13), strict=False)
    }
    month = rng.integers(0, 12, n_pupils)
    y = 50 + 6.75 * p + 3 * rng.normal(size=n_schools)[school] + 6 * rng.normal(size=n_pupils)
    y += flags["female"] - 2 * flags["fsm"] + 0.8 * flags["eal"] - 3 * flags["sen"]
    table = {"school": school, "prior": (PRIOR_MEAN + PRIOR_SD * p).round().astype(np.int64)}
    table |= flags | {"birth_month": month}
    table |= {"current": (HUNDREDTHS * (y + 0.08 * month)).round().astype(np.int64)}
    pd.DataFrame(table).to_parquet(path, index=False)


def moments_sql() -> str:
    """Sum whole-number cross-moments by school; reads the table ``pupils``."""
    names = (*COLUMNS, "current")
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i:]]
    sums = [f"SUM(CAST({a} AS BIGINT))::BIGINT AS {a}_sum" for a in names]
    sums += [f"SUM(CAST({a} AS BIGINT) * {b})::BIGINT AS {a}_{b}" for a, b in pairs]
    return f"""
SELECT school, COUNT(*) AS n, {", ".join(sums)}
FROM pupils GROUP BY school ORDER BY school"""  # noqa: S608 names are ours


def read_moments(engine: DuckDBEngine, path: Path) -> SchoolMoments:
    """Return the moments in points and prior SD of the pupils in a Parquet file."""
    rows = engine.run(moments_sql(), {"pupils": path}).to_pandas()
    names = (*COLUMNS, "current")
    joint = np.empty((len(rows), len(names) + 1, len(names) + 1))
    joint[:, 0, 0] = rows["n"]
    for i, a in enumerate(names, start=1):
        joint[:, 0, i] = joint[:, i, 0] = rows[f"{a}_sum"]
        for k, b in enumerate(names[i - 1 :], start=i):
            joint[:, i, k] = joint[:, k, i] = rows[f"{a}_{b}"]
    whole = SchoolMoments(
        n=joint[:, 0, 0], xx=joint[:, :-1, :-1], xy=joint[:, :-1, -1], yy=joint[:, -1, -1]
    )
    shift, scale = np.zeros(len(names)), np.ones(len(names))
    shift[0], scale[0], scale[-1] = PRIOR_MEAN, PRIOR_SD, HUNDREDTHS
    return rescale(whole, shift=shift, scale=scale)


def run_reml(sizes: tuple[tuple[int, int], ...] = SIZES) -> list[Reading]:
    """Fit every county in every way that this machine has."""
    readings: list[Reading] = []
    for n_pupils, n_schools in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pupils.parquet"
            write_county(path, n_pupils=n_pupils, n_schools=n_schools)
            readings += _readings(path, n_pupils=n_pupils, n_schools=n_schools)
    return readings


def _readings(path: Path, *, n_pupils: int, n_schools: int) -> list[Reading]:
    engine = DuckDBEngine()
    moments = read_moments(engine, path)
    ours = _ours(moments)
    size = n_pupils, n_schools
    found = [
        Reading(*size, "moments", _cpu(lambda: _ours(moments)), np.nan, ""),
        Reading(*size, "moments_slope", _cpu(lambda: _slopes(moments)), np.nan, ""),
    ]
    seconds = _cpu(lambda: _ours(read_moments(engine, path)))
    again = _ours(read_moments(engine, path))
    found.append(Reading(*size, "parquet", seconds, _difference(again, ours), ""))
    found.append(_statsmodels(path, size=size, ours=ours))
    return found + _lme4(path, size=size, ours=ours)


def _cpu(work: Callable[[], object]) -> float:
    """Return the median processor seconds of some rounds."""
    seconds = []
    for _ in range(FIT_ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return float(np.median(seconds))


def _ours(moments: SchoolMoments) -> Estimates:
    fit = estimate_random_intercept(moments)
    return Estimates(beta=fit.beta, sigma_u2=fit.sigma_u2, sigma_e2=fit.sigma_e2)


def _slopes(moments: SchoolMoments) -> object:
    return estimate_random_slope(moments, columns=(1,))


def _difference(found: Estimates, ours: Estimates) -> float:
    one, other = (
        np.append(estimates.beta, [estimates.sigma_u2, estimates.sigma_e2])
        for estimates in (found, ours)
    )
    return float(np.max(np.abs(one / other - 1)))


def _statsmodels(path: Path, *, size: tuple[int, int], ours: Estimates) -> Reading:
    """Fit pupil rows with statsmodels, telling when its answer is none."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    pupils = pd.read_parquet(path)
    x = pupils[list(COLUMNS)].to_numpy(float, copy=True)
    x[:, 0] = (x[:, 0] - PRIOR_MEAN) / PRIOR_SD
    x = np.column_stack([np.ones(len(x)), x])
    y = pupils["current"].to_numpy(float) / HUNDREDTHS
    start = time.process_time()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        fit = MixedLM(y, x, groups=pupils["school"].to_numpy()).fit(reml=True)
    seconds = time.process_time() - start
    variance = float(np.asarray(fit.cov_re)[0, 0])
    if variance < 1e-8 * float(fit.scale):
        note = f"school variance 0 although converged={fit.converged}: not a reference"
        return Reading(*size, "statsmodels", seconds, np.nan, note)
    found = Estimates(beta=fit.fe_params, sigma_u2=variance, sigma_e2=float(fit.scale))
    note = "; ".join(sorted({w.category.__name__ for w in said}))
    return Reading(*size, "statsmodels", seconds, _difference(found, ours), note)


def _lme4(path: Path, *, size: tuple[int, int], ours: Estimates) -> list[Reading]:
    """Fit pupil rows with lme4 in a process of its own; nothing where there is no R."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return []
    text = path.with_suffix(".csv")
    duckdb.sql(f"COPY (FROM read_parquet('{path}')) TO '{text}' (HEADER)")
    run = subprocess.run(
        [rscript, "-e", LMER, str(text)], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        reason = run.stderr.strip().splitlines()[-1]
        return [Reading(*size, "lme4", np.nan, np.nan, f"not run: {reason}")]
    said = json.loads(run.stdout)
    found = Estimates(np.array(said["beta"]), said["sigma_u2"], said["sigma_e2"])
    return [
        Reading(*size, "lme4", said["fitting"], _difference(found, ours), ""),
        Reading(*size, "lme4_reading", said["reading"], np.nan, "data.table::fread"),
    ]


def print_readings(readings: list[Reading]) -> None:
    """Print a table of the readings."""
    print("| pupils | schools | way | CPU s | largest difference | note |")
    print("|---|---|---|---|---|---|")
    for r in readings:
        difference = "" if np.isnan(r.difference) else f"{r.difference:.1e}"
        print(f"| {r.n_pupils} | {r.n_schools} | {r.way} | {r.cpu_s:.4f} | {difference} | "
              f"{r.note} |")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1][0])
    options = parser.parse_args()
    print_readings(run_reml(tuple(size for size in SIZES if size[0] <= options.largest)))


if __name__ == "__main__":
    main()
