"""Several years of one school's value-added, the latest counting most.

    estimate_j = sum w_k u_jk / sum w_k,    w = 3, 2, 1 from the latest year back

over the years k that the school has, u_jk being shrunken. The error of a shrunken effect is
(1 - r_jk) u_jk less the share of luck, so errors of two years go together as far as the true
effects do; with c the correlation of true effects between years,

    SE^2 = sum_k sum_l w_k w_l C_kl / (sum w)^2,
    C_kk = SE_k^2,    C_kl = c sqrt((1 - r_k) (1 - r_l)) SE_k SE_l

A year in which no differences were found counts as what it found: an effect of 0 with r = 0.
Leaving it out would keep the years in which schools happened to lie far apart.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import SettingsError
from core.interval import normal_interval
from core.listed_once import refuse_twice
from core.verdict import NO_DIFFERENCE, judge_index

Floats = NDArray[np.float64]

WEIGHTS = (3.0, 2.0, 1.0)
"""Weights of the latest year, the one before, and the one before that."""


def compute_several_years(
    years: Mapping[str, pd.DataFrame],
    *,
    weights: tuple[float, ...] = WEIGHTS,
    persistence: float = 1.0,
) -> pd.DataFrame:
    """Compute the weighted mean of the shrunken single-year effects of every school.

    Parameters
    ----------
    years : mapping of str to DataFrame
        Name of the year to rows of ``shrunken_effects``, the latest year first, by the same
        method and in the same unit. Rows with a status other than ok count as missing; a
        year in which no differences were found counts.
    weights : tuple of float
        Above 0, the latest year first; at least as many as there are years.
    persistence : float
        Correlation c of a school's true effects between years, 0 to 1. The default of 1 makes
        the standard error as large as it can be.

    Returns
    -------
    DataFrame
        One row per school, highest estimate first: school, estimate, se, low, high (95 %
        interval), index, verdict, n_years, years (names that counted, joined by ;), missing
        (names of those that did not), status (ok not_estimable). Weights of missing years fall
        to the others. A school of which no year found a difference has no index, and the
        verdict no_difference_found.

    Raises
    ------
    SettingsError
        Without years, with fewer weights than years, a weight that is not above 0 and finite,
        or a persistence outside 0 to 1.
    DataError
        When a school stands twice in a year.

    Examples
    --------
    >>> row = {"school": ["A"], "se": 0.1, "reliability": 0.75, "verdict": "above",
    ...        "status": "ok"}
    >>> years = {"2025": pd.DataFrame(row).assign(estimate=0.3),
    ...          "2024": pd.DataFrame(row).assign(estimate=0.0),
    ...          "2023": pd.DataFrame(row).assign(school="B", estimate=0.1)}
    >>> pooled = compute_several_years(years)
    >>> pooled[["school", "estimate", "missing"]].round(2).to_numpy().tolist()
    [['A', 0.18, '2023'], ['B', 0.1, '2025;2024']]
    """
    _require(years, weights=weights, persistence=persistence)
    for name, frame in years.items():
        refuse_twice(frame["school"], where=name)
    sound = {
        name: frame[(frame["status"] == "ok") & frame[["estimate", "se"]].notna().all(axis=1)]
        for name, frame in years.items()
    }
    codes = sorted({code for frame in years.values() for code in frame["school"]})
    wide = [frame.set_index("school").reindex(codes) for frame in sound.values()]
    estimate, se, reliability = (
        np.stack([frame[name].to_numpy(float) for frame in wide], axis=1)
        for name in ("estimate", "se", "reliability")
    )
    told = np.stack([_tells(frame) for frame in wide], axis=1)
    known = ~np.isnan(estimate)
    weight = known * np.array(weights[: len(years)])
    total = weight.sum(axis=1)
    share = weight / np.where(total > 0, total, np.nan)[:, None]
    mean = np.where(known, share * estimate, 0.0).sum(axis=1) + 0 * share[:, 0]
    error = _se(share, se=np.where(known, se, 0.0), reliability=reliability, c=persistence)
    rows = _rows(codes, estimate=mean, se=error, known=known, names=list(years))
    table = _without_verdict(rows, nowhere=known.any(axis=1) & ~told.any(axis=1))
    return table.sort_values("estimate", ascending=False, kind="stable", ignore_index=True)


def _tells(year: pd.DataFrame) -> NDArray[np.bool_]:
    """Return whether each school has a year in which differences were found."""
    verdict = year["verdict"]
    return np.asarray((verdict.notna() & (verdict != NO_DIFFERENCE)).to_numpy(bool))


def _without_verdict(rows: pd.DataFrame, *, nowhere: NDArray[np.bool_]) -> pd.DataFrame:
    """Take index and verdict from schools whose years all found no difference."""
    return rows.assign(
        index=rows["index"].mask(nowhere), verdict=rows["verdict"].mask(nowhere, NO_DIFFERENCE)
    )


def _se(share: Floats, *, se: Floats, reliability: Floats, c: float) -> Floats:
    """Return the error of the weighted mean: own variances, and c of what goes together."""
    own = share * se
    shared = own * np.sqrt(np.clip(np.nan_to_num(1 - reliability), 0.0, 1.0))
    variance = (own**2).sum(axis=1) + c * (shared.sum(axis=1) ** 2 - (shared**2).sum(axis=1))
    return np.asarray(np.sqrt(variance))


def _rows(
    codes: list[str],
    *,
    estimate: Floats,
    se: Floats,
    known: NDArray[np.bool_],
    names: list[str],
) -> pd.DataFrame:
    ends, index = normal_interval(estimate, se=se), estimate / se
    found: NDArray[np.bool_] = np.asarray(known.any(axis=1))
    return pd.DataFrame(
        {
            "school": pd.Series(codes, dtype="str"),
            "estimate": estimate,
            "se": se,
            "low": ends.low,
            "high": ends.high,
            "index": index,
            "verdict": pd.Series(judge_index(index), dtype="str"),
            "n_years": known.sum(axis=1),
            "years": pd.Series([_named(names, row) for row in known], dtype="str"),
            "missing": pd.Series([_named(names, ~row) for row in known], dtype="str"),
            "status": pd.Series(np.where(found, "ok", "not_estimable"), dtype="str"),
        }
    )


def _named(names: list[str], chosen: NDArray[np.bool_]) -> str:
    return ";".join(np.array(names, dtype=object)[chosen])


def _require(
    years: Mapping[str, pd.DataFrame], *, weights: tuple[float, ...], persistence: float
) -> None:
    fit = 0 < len(years) <= len(weights) and all(0 < weight < np.inf for weight in weights)
    if fit and 0 <= persistence <= 1:
        return
    given = ":".join(f"{weight:g}" for weight in weights)
    raise SettingsError(
        f"Several years: {len(years)} years, weights {given}, persistence {persistence:g}. "
        "Give at least one year, a finite weight above 0 for each, and a persistence from "
        "0 to 1.",
        f"多年合并：{len(years)} 个学年，权重 {given}，持续性 {persistence:g}。"
        "至少一个学年，每学年权重为大于 0 的有限数，持续性在 0 到 1 之间。",
    )
