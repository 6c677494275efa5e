"""What is judged of one school: subjects against itself, warnings with signals, years."""

import pandas as pd

from core.interval import normal_interval
from data.scope import Scope
from data.store import Store
from pipeline.compute_bands import exam_before
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.compute_years import several_years
from pipeline.rounded import SHARE, rounded
from pipeline.shown_judgements import Why, shown_bands, shown_gaps
from pipeline.view_parts import Setting

_PROFILE = ["subject", "name", "n", "estimate", "low", "high", "q_value", "flag", "status"]
_BANDS = ["subject", "name", "band", "signals", "reason"]
_SIGNALS = [
    *("subject", "name", "signal", "value", "threshold", "n_pupils", "band", "reason"),
]
_YEARS = ["exam", "estimate", "low", "high", "index", "verdict", "status"]


def profile(
    scope: Scope, store: Store, setting: Setting, school: str
) -> tuple[pd.DataFrame, Why | None]:
    """Return the school's subjects against its own mean, or why there is no such table."""
    found = shown_gaps(scope, store, setting.exam, baseline=None)
    if isinstance(found, tuple):
        return pd.DataFrame(columns=_PROFILE), found
    own = found[found["school"] == school].rename(columns={"n_pupils": "n"})
    rows = own.drop(columns="se").rename(columns={"gap": "estimate"})
    named = rows.assign(name=rows["subject"].map(setting.names))
    return rounded(named[_PROFILE].reset_index(drop=True)), None


def bands(
    scope: Scope, store: Store, setting: Setting, school: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the school's bands by subject, and what they rest on."""
    found = shown_bands(
        scope,
        store,
        setting.exam,
        baseline=setting.baseline,
        previous=exam_before(scope, store, setting.exam),
    )
    judged, signals = (
        _named(table[table["unit"] == school], setting)
        for table in (found.judgements, found.signals)
    )
    digits = {name: signals[name].round(SHARE) for name in ("value", "threshold")}
    return judged[_BANDS], signals.assign(**digits)[_SIGNALS]


def years(
    scope: Scope, store: Store, request: ValueAddedRequest | None, school: str
) -> pd.DataFrame:
    """Return the school's value-added year by year and their weighted mean, which comes first.

    Empty without a baseline, and where only one school year is known.
    """
    nothing = pd.DataFrame(columns=_YEARS)
    if request is None:
        return nothing
    single, pooled = several_years(scope, store, request)
    if single.empty or single["exam"].nunique() < 2:
        return nothing
    own = single[single["school"] == school]
    ends = normal_interval(own["estimate"], se=own["se"])
    own = own.assign(low=ends.low, high=ends.high, index=own["estimate"] / own["se"])
    mean = pooled[pooled["school"] == school].assign(exam="")
    return rounded(pd.concat([mean[_YEARS], own[_YEARS]], ignore_index=True))


def _named(rows: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    return rows.assign(name=rows["subject"].map(setting.names)).reset_index(drop=True)
