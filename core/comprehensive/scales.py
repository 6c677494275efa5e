"""Scale scores 量表分, 0 to 100, from the answers to a questionnaire.

An answer a between the lowest and highest choice becomes 100 (a - lowest) / (highest - lowest),
or 100 less that where the question is reversed; a pupil's score is the mean over the questions
answered, if they are at least half of the scale. 100 is always the most favourable.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError, SettingsError
from core.numerics.reliability import estimate_reliability

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The questions that measure one indicator.

    Attributes
    ----------
    indicator : str
        Indicator code.
    items : tuple of str
        Questions, each once.
    lowest, highest : float
        The ends of the choices, such as 1 and 5.
    reversed_items : tuple of str
        Those of the questions in which the lowest choice is the most favourable.
    """

    indicator: str
    items: tuple[str, ...]
    lowest: float
    highest: float
    reversed_items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleScores:
    """Scores of all pupils on all scales.

    Attributes
    ----------
    scores : DataFrame
        One row per row of the answers, one column per indicator; NaN where a pupil answered
        less than half of the scale.
    scales : DataFrame
        SCALES rows: how well the answers of each scale hang together.
    """

    scores: pd.DataFrame
    scales: pd.DataFrame


def compute_scale_scores(answers: pd.DataFrame, *, scales: tuple[Scale, ...]) -> ScaleScores:
    """Compute the scale scores of all pupils, and the reliability of each scale.

    Parameters
    ----------
    answers : DataFrame
        One row per pupil, one column per question; null where it was not answered.
    scales : tuple of Scale
        One per indicator.

    Raises
    ------
    SettingsError
        When a scale has no questions, repeats or lacks one, or has no span.
    DataError
        When answers lie outside the choices.

    Examples
    --------
    >>> answers = pd.DataFrame({"q1": [1.0, 5, 3], "q2": [5.0, 1, None], "q3": [2.0, 5, None]})
    >>> scale = Scale("conduct", ("q1", "q2", "q3"), 1, 5, reversed_items=("q2",))
    >>> result = compute_scale_scores(answers, scales=(scale,))
    >>> result.scores["conduct"].round(1).tolist()
    [8.3, 100.0, nan]
    """
    _require_scales(scales, questions=answers.columns)
    _require_answers(answers, scales=scales)
    favourable = {scale.indicator: _favourable(answers, scale=scale) for scale in scales}
    scores = {name: _means(value) for name, value in favourable.items()}
    return ScaleScores(
        scores=pd.DataFrame(scores, index=answers.index),
        scales=pd.DataFrame([_reliability(scale, favourable=favourable) for scale in scales]),
    )


def _favourable(answers: pd.DataFrame, *, scale: Scale) -> Floats:
    """Return the answers as 0 to 100, shape (n_pupils, n_items)."""
    value = answers[list(scale.items)].to_numpy(dtype=float, na_value=np.nan)
    share = (value - scale.lowest) / (scale.highest - scale.lowest)
    is_reversed = np.isin(scale.items, scale.reversed_items)
    points: Floats = 100 * np.where(is_reversed, 1 - share, share)
    return points


def _means(points: Floats) -> Floats:
    """Return the mean of each pupil's answers, NaN under half of them."""
    answered = ~np.isnan(points)
    n = answered.sum(axis=1)
    enough = 2 * n >= points.shape[1]
    count = np.where(enough & (n > 0), n, np.nan)
    mean: Floats = np.where(answered, points, 0.0).sum(axis=1) / count
    return mean


def _reliability(scale: Scale, *, favourable: dict[str, Floats]) -> dict[str, object]:
    points = favourable[scale.indicator]
    complete = points[~np.isnan(points).any(axis=1)]
    row: dict[str, object] = {
        "indicator": scale.indicator,
        "n_items": len(scale.items),
        "n_pupils": int((~np.isnan(_means(points))).sum()),
        "n_complete": len(complete),
    }
    try:
        fit = estimate_reliability(complete)
    except NotEstimableError:
        return (
            row | dict.fromkeys(["alpha", "low", "high"], np.nan) | {"status": "not_estimable"}
        )
    return row | {"alpha": fit.alpha, "low": fit.low, "high": fit.high, "status": "ok"}


def _require_scales(scales: tuple[Scale, ...], *, questions: pd.Index) -> None:
    faulty = [scale.indicator for scale in scales if not _is_sound(scale, questions=questions)]
    repeated = len(scales) - len({scale.indicator for scale in scales})
    if faulty or repeated or not scales:
        raise SettingsError(
            f"Scales that cannot be scored: {len(faulty)} of {len(scales)} "
            f"({', '.join(faulty[:5]) or '-'}), indicators given twice {repeated}. A scale "
            f"names questions of the questionnaire, each once, its reversed ones among them, "
            f"and a highest choice above the lowest. Correct the scales.",
            f"无法计分的量表：{len(faulty)} 个，共 {len(scales)} 个（"
            f"{'、'.join(faulty[:5]) or '-'}），重复的指标 {repeated} 个。量表的题目应在问卷中"
            f"且不重复，反向题应在其中，最高选项应大于最低选项。请更正量表。",
        )


def _is_sound(scale: Scale, *, questions: pd.Index) -> bool:
    items = set(scale.items)
    return (
        0 < len(items) == len(scale.items)
        and items <= set(questions)
        and set(scale.reversed_items) <= items
        and scale.highest > scale.lowest
    )


def _require_answers(answers: pd.DataFrame, *, scales: tuple[Scale, ...]) -> None:
    outside = {
        item: int(((answers[item] < scale.lowest) | (answers[item] > scale.highest)).sum())
        for scale in scales
        for item in scale.items
    }
    wrong = [item for item, n in outside.items() if n]
    if wrong:
        raise DataError(
            f"Answers outside the choices: {sum(outside.values())} (questions "
            f"{', '.join(wrong[:5])}). Correct them, or the ends of the scale.",
            f"超出选项范围的回答：{sum(outside.values())} 处（题目 {'、'.join(wrong[:5])}）。"
            f"请更正回答，或量表的起止选项。",
        )
