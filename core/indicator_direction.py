"""Which way an indicator is better, for every figure of the project, in this one place.

Spreads and counts of pupils have no direction: whoever adds them up with others has to say
which way he means them.
"""

from typing import Literal

from core.errors import SettingsError

Better = Literal["higher", "lower"]

BETTER: tuple[Better, ...] = ("higher", "lower")

HIGHER = frozenset(
    {
        "participation", "mean", "score_rate", "p10", "p25", "median", "p75", "p90",
        "excellent_rate", "good_rate", "pass_rate", "z", "t_score", "above_mean_rate",
        "top_n_count", "top_n_rate", "line_rate", "admission_rate", "bottom_third_mean",
        "one_score_two_rates", "one_score_three_rates", "one_score_four_rates",
        "value_added",
    }
)  # fmt: skip
"""Indicators of which more is better."""

LOWER = frozenset(
    {
        "low_rate", "bottom20_share", "rank", "outflow_rate", "icc", "icc_anova",
        "between_cv_weighted", "between_cv_unweighted", "theil_schools", "theil_pupils",
    }
)  # fmt: skip
"""Indicators of which less is better."""

NEITHER = frozenset(
    {"n_enrolled", "n_sat", "sd", "cv", "polarisation", "extreme_share", "borderline_count"}
)
"""Indicators without a direction."""

NAMED = ("top_n_count", "top_n_rate", "line_rate", "borderline_count")
"""Indicators that may carry the name of their setting: ``line_rate_<name>``."""


def known_direction(indicator: str) -> Better | None:
    """Return which way an indicator is better; None without a direction, or if unknown.

    Examples
    --------
    >>> [known_direction(name) for name in ("line_rate_key", "low_rate", "sd")]
    ['higher', 'lower', None]
    """
    name = next((n for n in NAMED if indicator.startswith(f"{n}_")), indicator)
    if name in HIGHER:
        return "higher"
    return "lower" if name in LOWER else None


def require_better(better: str, *, of: str) -> None:
    """Refuse a direction that is none.

    Parameters
    ----------
    better : str
        What was found.
    of : str
        Name of the indicator, for the message.

    Raises
    ------
    SettingsError
        When it is neither ``higher`` nor ``lower``.

    Examples
    --------
    >>> require_better("lower", of="low_rate")
    """
    if better not in BETTER:
        choices = " ".join(BETTER)
        raise SettingsError(
            f"Indicator {of} is set to be better when {better!r}. Choose one of: {choices}.",
            f"指标 {of} 的 better 设为 {better!r}，应为以下之一：{choices}。",
        )
