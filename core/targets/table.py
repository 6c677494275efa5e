"""Targets against what was reached, unit by unit: gap, pupils, completion."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from core.errors import DataError
from core.suppression import CODED_RATES
from core.table import Column, Table, integer, number, text
from core.tables import INDICATORS
from core.targets.plan import HUNDRED, Better, Scale, decimal_of
from core.targets.progress import pupils_to_target, target_progress

TARGETS = Table(
    "TARGETS",
    "what a unit is to reach in one exam; rates in per cent",
    ("unit", "subject", "indicator"),
    (
        text("unit", "code of the organisation unit"),
        text("subject", "subject code"),
        text("indicator", "key of the indicator dictionary"),
        number("baseline", "value that the plan starts from", nullable=False),
        number("target", "value to reach", nullable=False),
        text("better", "higher lower"),
        text("scale", "rate count score"),
    ),
)

TARGET_PROGRESS = Table(
    "TARGET_PROGRESS",
    "what was reached of a target; rates in per cent",
    TARGETS.key,
    (
        *TARGETS.columns,
        number("actual", "value found"),
        number("gap", "what is missing; below 0 where the target is exceeded"),
        Column("reached", "flag", "at the target or beyond", nullable=True),
        number("completion", "actual / target; null where lower is better"),
        number("way_done", "share of the way from the baseline"),
        integer("n_pupils", "pupils that the value rests on", nullable=True),
        integer("pupils", "who have to cross the line; shares of pupils only", nullable=True),
        text("status", "ok coded suppressed not_estimable low_coverage not_given"),
    ),
)

_FIGURES = ["actual", "gap", "reached", "completion", "way_done", "pupils"]
"""In the order in which one target's are told."""

_NAMED_SHARES = ("line_rate_", "top_n_rate_")
"""Shares of pupils that carry the name of their setting behind them."""


def compute_target_progress(indicators: pd.DataFrame, *, targets: pd.DataFrame) -> pd.DataFrame:
    """Compute how far every target is reached in one exam.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows of one exam; rates 0 to 1.
    targets : DataFrame
        TARGETS rows; rates in per cent.

    Returns
    -------
    DataFrame
        TARGET_PROGRESS rows in the order of ``targets``. A unit without a figure has nulls and
        the reason as status. A share of pupils is reckoned from its count; any other rate, as
        the score rate, keeps its decimals and has no ``pupils``.

    Raises
    ------
    DataError
        When a table is not as declared, ``better`` or ``scale`` is an unknown word, or a
        baseline or target is infinite.

    Examples
    --------
    >>> figures = pd.DataFrame({"unit": ["A"], "exam": "期末", "estimate": 0.882, "se": 0.014})
    >>> figures = figures.assign(subject="total", indicator="pass_rate", low=None, high=None)
    >>> figures = figures.assign(n_pupils=500, reliability=None, status="ok")
    >>> targets = figures[["unit", "subject", "indicator"]].assign(baseline=90.0, target=93.5)
    >>> targets = targets.assign(better="higher", scale="rate")
    >>> done = compute_target_progress(figures, targets=targets)
    >>> done[["actual", "gap", "pupils"]].to_dict("records")
    [{'actual': 88.2, 'gap': 5.3, 'pupils': 27}]
    """
    INDICATORS.require(indicators)
    TARGETS.require(targets)
    _require_word(targets["better"], known=list(Better))
    _require_word(targets["scale"], known=list(Scale))
    _require_finite(targets[["baseline", "target"]])
    columns = [*TARGETS.key, "estimate", "n_pupils", "status"]
    pairs = targets[TARGETS.names].merge(
        indicators[columns], on=list(TARGETS.key), how="left", validate="1:1"
    )
    told = pd.DataFrame([_told(row) for row in pairs.itertuples()], columns=_FIGURES)
    figures = ["actual", "gap", "completion", "way_done"]
    result = pairs.drop(columns="estimate").assign(
        **{name: told[name].astype(float) for name in figures},
        reached=told["reached"].astype("boolean"),
        pupils=told["pupils"].astype("Int64"),
        n_pupils=pairs["n_pupils"].astype("Int64"),
        status=pairs["status"].fillna("not_given"),
    )
    return TARGET_PROGRESS.require(result[TARGET_PROGRESS.names])


def _told(row: Any) -> tuple[object, ...]:
    """Return the figures of one target, in exact arithmetic until the last step."""
    if row.status != "ok":
        return (None,) * len(_FIGURES)
    target, baseline = decimal_of(row.target), decimal_of(row.baseline)
    better, is_rate = Better(row.better), Scale(row.scale) is Scale.RATE
    actual, pupils = decimal_of(row.estimate) * (HUNDRED if is_rate else 1), None
    if is_rate and _is_pupil_share(row.indicator) and pd.notna(row.n_pupils):
        # A share is a count of pupils over all; its float is only near to it.
        n_pupils = int(row.n_pupils)
        count = round(row.estimate * n_pupils)
        pupils = pupils_to_target(count, n_pupils=n_pupils, target=target, better=better)
        actual = HUNDRED * count / n_pupils
    done = target_progress(actual, target=target, baseline=baseline, better=better)
    return actual, done.gap, done.reached, done.completion, done.way_done, pupils


def _is_pupil_share(indicator: str) -> bool:
    return indicator in CODED_RATES or indicator.startswith(_NAMED_SHARES)


def _require_word(words: pd.Series, *, known: Collection[str]) -> None:
    wrong = words[~words.isin(known)]
    if wrong.empty:
        return
    name, choices = words.name, " ".join(known)
    raise DataError(
        f"Column {name} is {wrong.iloc[0]!r} (rows: {len(wrong)} of {len(words)}). It must be "
        f"one of: {choices}. Correct it.",
        f"{name} 列为 {wrong.iloc[0]!r}（{len(words)} 行中有 {len(wrong)} 行），"
        f"应为以下之一：{choices}。请更正。",
    )


def _require_finite(numbers: pd.DataFrame) -> None:
    wrong = int(np.isinf(numbers.to_numpy(float)).any(axis=1).sum())
    if wrong:
        raise DataError(
            f"Baseline or target is infinite (rows: {wrong} of {len(numbers)}). Both must be "
            "finite numbers. Correct them.",
            f"基线值或目标值为无穷大（{len(numbers)} 行中有 {wrong} 行），"
            "二者均应为有限数。请更正。",
        )
