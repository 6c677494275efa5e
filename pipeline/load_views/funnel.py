"""Load a funnel of one rate over the schools of the county."""

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.funnel import FunnelSpec, compute_rate_funnel
from core.numerics.funnel_limits import FunnelShape, limits_at
from data.scope import Scope
from data.store import Store
from pipeline.rounded import SHARE
from pipeline.view_parts import model_of, setting_of, shown_indicators, stamp_of
from pipeline.views import Query
from pipeline.views.funnel import FunnelView

_SPEC = FunnelSpec(over_dispersion="additive")
_STEPS = 40
_LIMITS = ("low_998", "low_95", "high_95", "high_998")


def load_funnel(scope: Scope, store: Store, rate: str, query: Query) -> FunnelView:
    """Return the funnel of one of ``views.funnel.RATES`` in the subject of the page."""
    setting = setting_of(scope, store, query)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    stamp = stamp_of(
        setting, indicators, model_of(scope, store, setting, subject=setting.subject)
    )
    units = setting.units
    schools = set(units.loc[units["level"] == "school", "code"])
    rows = indicators[indicators["unit"].isin(schools) & (indicators["indicator"] == rate)]
    rows = rows.reset_index(drop=True)
    try:
        found = compute_rate_funnel(rows, spec=_SPEC)
    except NotEstimableError as error:
        why = error.message, error.message_zh
        empty = pd.DataFrame()
        return FunnelView(stamp, rate, empty, empty, None, None, len(rows), why)
    names = units.set_index("code")["name"]
    known = found.units[found.units["flag"].notna()].reset_index(drop=True)
    seen = known[known["unit"].map(scope.may_see).astype(bool)].reset_index(drop=True)
    return FunnelView(
        stamp=stamp,
        rate=rate,
        units=pd.DataFrame(
            {
                "school": seen["unit"],
                "name": seen["unit"].map(names),
                "n_pupils": seen["n_pupils"],
                "estimate": seen["estimate"].round(SHARE),
                "flag": seen["flag"],
            }
        ),
        limits=_limits(known["n_pupils"].to_numpy(float), shape=found.shape),
        target=round(found.shape.target, SHARE),
        phi=round(found.shape.phi_winsorised, 1),
        n_left_out=len(rows) - len(known),
        why=None,
    )


def _limits(n_pupils: "np.typing.NDArray[np.float64]", *, shape: FunnelShape) -> pd.DataFrame:
    """Return the lines from the smallest to the largest school; denser where they bend."""
    n = np.geomspace(n_pupils.min(), n_pupils.max(), _STEPS).round()
    ends = limits_at(n, shape=shape)
    columns = {name: getattr(ends, name).clip(0, 1).round(SHARE) for name in _LIMITS}
    return pd.DataFrame({"n_pupils": n, **columns})
