"""What a reader of a composite must know: directions, weights that act otherwise, the scale."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from core.indicator_direction import known_direction
from core.weighting.notice import Notice
from core.weighting.prepare import ComparedGroup, used_leaves
from core.weighting.scheme import WeightScheme

ACTS_OTHERWISE = 0.1
"""Difference of effective and nominal weight from which a notice is given."""

_COLUMNS = ["group", "indicator", "nominal", "effective", "status"]


def notices_of(
    scheme: WeightScheme, *, weights: pd.DataFrame, compared: Sequence[ComparedGroup]
) -> Iterator[Notice]:
    """Yield the notices of a composite.

    Parameters
    ----------
    scheme : WeightScheme
    weights : DataFrame
        EFFECTIVE_WEIGHTS rows.
    compared : sequence of ComparedGroup
    """
    yield from _direction_notices(scheme)
    yield from _notices(weights)
    yield from _scale_notices(compared, scheme=scheme)


def _direction_notices(scheme: WeightScheme) -> Iterator[Notice]:
    words = {"higher": "越高越好", "lower": "越低越好"}
    for leaf in used_leaves(scheme):
        known = known_direction(leaf.indicator)
        if known is None or known == leaf.better:
            continue
        share = 100 * leaf.weight
        yield Notice(
            "against_direction",
            f"{leaf.key} has {share:.0f} % of the weight and counts as better when "
            f"{leaf.better}; it is better when {known}. Correct `better` in the scheme unless "
            "that is meant.",
            f"{leaf.key}（权重 {share:.0f} %）在方案中按“{words[leaf.better]}”计分，"
            f"而该指标{words[known]}。若非有意，请更正方案中的 better。",
        )


def _notices(weights: pd.DataFrame) -> Iterator[Notice]:
    columns = [weights[name].tolist() for name in _COLUMNS]
    for where, name, said, decides, status in zip(*columns, strict=True):
        nominal, effective = 100 * said, 100 * decides
        if status == "no_spread":
            yield Notice(
                "no_spread",
                f"{name} is the same for all schools of {where}: its weight of {nominal:.0f} % "
                "decides nothing there.",
                f"{where} 各校的 {name} 相同，其 {nominal:.0f} % 的权重不起作用。",
            )
        elif status == "ok" and abs(decides - said) >= ACTS_OTHERWISE:
            yield Notice(
                "acts_otherwise",
                f"{name} is said to count {nominal:.0f} % in {where} and decides "
                f"{effective:.0f} % of the differences.",
                f"{where}：{name} 名义权重 {nominal:.0f} %，实际决定差异的 {effective:.0f} %。",
            )


def _scale_notices(
    compared: Sequence[ComparedGroup], *, scheme: WeightScheme
) -> Iterator[Notice]:
    """Tell per group how far shares of the best hang on a single school."""
    for group in compared if scheme.normalisation == "share_of_best" else ():
        if len(group.units) < 2:
            continue
        share = np.exp(group.terms.value) if group.terms.is_log else group.terms.value
        second = np.sort(share, axis=0)[-2]
        worst = int(second.argmin())
        name, unit = group.keys[worst], group.units[int(share[:, worst].argmax())]
        rise = 100 / second[worst] - 100 if second[worst] > 0 else np.inf
        yield Notice(
            "scale_set_by_best",
            f"One school sets the scale of each indicator. In {group.name}, {name} would rise "
            f"by {rise:.0f} % for all others without {unit}.",
            f"各指标的量尺由最好的一所学校决定。{group.name} 若不含 {unit}，"
            f"其余学校的 {name} 折算值将上升 {rise:.0f} %。",
        )
