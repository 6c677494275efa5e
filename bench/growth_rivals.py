"""How quantreg (R) and statsmodels fit the quantiles of the growth benchmark."""

import subprocess
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.numerics.b_spline import SplineKnots, spline_columns

Floats = NDArray[np.float64]

QUANTREG = """
suppressMessages({library(quantreg); library(splines)})
given <- commandArgs(trailingOnly = TRUE)
numbers <- function(text) as.numeric(strsplit(text, ",")[[1]])
cells <- read.csv(given[1])
bounds <- numbers(given[4])
X <- cbind(1, bs(cells$prior, knots = numbers(given[3]), Boundary.knots = bounds))
y <- cells$current
w <- cells$n
if (given[2] == "pupils") {
  i <- rep(seq_along(y), w); X <- X[i, ]; y <- y[i]; w <- rep(1, length(y))
}
for (tau in numbers(given[6])) {
  start <- proc.time()
  fit <- if (given[2] == "pupils") rq.fit(X, y, tau = tau, method = given[5]) else
    rq.wfit(X, y, tau = tau, weights = w, method = given[5])
  took <- proc.time() - start
  r <- y - drop(X %*% fit$coefficients)
  loss <- sum(w * r * (tau - (r < 0)))
  cat(sprintf("%.17g %.17g %.17g\\n", tau, took[1] + took[2], loss))
}
"""
"""Arguments: cells.csv, pupils or cells, knots, boundaries, method, taus."""


@dataclass(frozen=True, slots=True)
class RivalFits:
    """What a rival took and reached, one entry per tau.

    Attributes
    ----------
    tau : ndarray
        Quantiles that were fitted.
    seconds : ndarray
        Processor seconds of each fit.
    loss : ndarray
        Check loss that was reached.
    """

    tau: Floats
    seconds: Floats
    loss: Floats


def fit_quantreg(
    cells: pd.DataFrame, *, knots: SplineKnots, taus: Sequence[float], rows: str, method: str
) -> RivalFits:
    """Fit with R's quantreg, to pupil rows or to weighted cells."""
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder) / "cells.csv", Path(folder) / "fit.R"
        cells.to_csv(data, index=False)
        script.write_text(QUANTREG, encoding="utf-8")
        lists = [_listed(knots.inner), _listed((knots.low, knots.high))]
        command = ["Rscript", str(script), str(data), rows, *lists, method, _listed(taus)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    fitted = np.array([line.split() for line in done.stdout.splitlines()], dtype=float)
    return RivalFits(*fitted.T)


def fit_statsmodels(
    cells: pd.DataFrame, *, knots: SplineKnots, taus: Sequence[float]
) -> RivalFits:
    """Fit with statsmodels, to pupil rows: it knows no weights."""
    from statsmodels.regression.quantile_regression import QuantReg

    pupils = cells.loc[cells.index.repeat(cells["n"])]
    prior, y = pupils["prior"].to_numpy(float), pupils["current"].to_numpy(float)
    x = np.column_stack([np.ones(y.size), spline_columns(prior, knots=knots)])
    seconds, loss = [], []
    for tau in taus:
        start = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that it stops early
            fit = QuantReg(y, x).fit(q=tau)
        seconds.append(time.process_time() - start)
        residual = y - x @ fit.params
        loss.append(float(np.sum(residual * (tau - (residual < 0)))))
    return RivalFits(np.array(taus, dtype=float), np.array(seconds), np.array(loss))


def _listed(values: Sequence[float]) -> str:
    return ",".join(f"{value:.17g}" for value in values)
