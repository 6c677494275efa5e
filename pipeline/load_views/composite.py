"""Load the composite that the bench of weights shows for chosen weights."""

from dataclasses import replace

import pandas as pd

from core.errors import SettingsError
from core.weighting.scheme import WeightScheme
from core.weighting.short_text import read_tree
from data.scope import Scope
from data.store import Store
from pipeline.load_views.weighting import load_weighting
from pipeline.rounded import SD, SHARE
from pipeline.views import (
    UNSAVED,
    CompositeChoice,
    CompositeView,
    Query,
    SchemeLabel,
    WeightingView,
)
from pipeline.weighted import compared, composite_of

_SHARES = ["nominal", "effective"]


def load_composite(
    scope: Scope, store: Store, query: Query, choice: CompositeChoice
) -> CompositeView:
    """Return the composite of a comparison group by chosen weights.

    Raises
    ------
    SettingsError
        When the exam has no such group, or the weights cannot be used with its figures.
    """
    view = load_weighting(scope, store, query)
    group, weights = _group_of(view, choice.group), _scheme_of(view, choice)
    schools = compared(view, group, keys=weights.keys)
    found = composite_of(schools, weights)
    names = view.schools.set_index("school")["name"]
    units = found.units.rename(columns={"unit": "school"})
    units.insert(1, "name", units["school"].map(names))
    columns = ["school", "name", "composite", "rank", "rank_low", "rank_high", "p_bottom20"]
    stamp = view.stamp
    if weights != view.holds.weights:
        stamp = replace(stamp, scheme=SchemeLabel(UNSAVED))
    told = found.weights.rename(columns={"indicator": "key"})
    of_key = view.indicators.set_index("key")
    return CompositeView(
        stamp=stamp,
        units=units[[*columns, "status"]].assign(
            composite=units["composite"].astype("float64").round(SD),
            p_bottom20=units["p_bottom20"].astype("float64").round(SHARE),
        ),
        weights=pd.DataFrame(
            {
                "key": told["key"],
                "subject": told["key"].map(of_key["subject"]),
                "indicator": told["key"].map(of_key["indicator"]),
                **{name: told[name].astype("float64").round(SHARE) for name in _SHARES},
            }
        ),
    )


def _group_of(view: WeightingView, group: str | None) -> str:
    known = list(dict.fromkeys(view.schools["group"]))
    if group in known or (group is None and known):
        return str(group or known[0])
    named = ", ".join(known) or "-"
    raise SettingsError(
        f"The exam has no comparison group {group!r} (groups: {len(known)}). Choose one of: "
        f"{named}.",
        f"本次考试没有比较组“{group or '（空）'}”（共 {len(known)} 组）。可选：{named}。",
    )


def _scheme_of(view: WeightingView, choice: CompositeChoice) -> WeightScheme:
    holds, rows = view.holds.weights, view.indicators.to_dict("records")
    tree = holds.tree
    if choice.weights is not None:
        tree = read_tree(choice.weights, directions={r["key"]: r["better"] for r in rows})
    return replace(
        holds,
        tree=tree,
        normalisation=choice.scale or holds.normalisation,
        aggregation=choice.summed or holds.aggregation,
    )
