"""Load the five answers that the leadership's screen opens with."""

from data.scope import Scope
from data.store import Store
from pipeline import briefing_parts
from pipeline.band_parts import band_pair
from pipeline.view_parts import model_of, path_of, setting_of, shown_indicators, stamp_of
from pipeline.views import Query
from pipeline.views.briefing import BriefingView


def load_briefing(scope: Scope, store: Store, query: Query) -> BriefingView:
    """Return who crossed a line, what may be wrong, the gap, three places, and the rebound."""
    setting = setting_of(scope, store, query)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    pair = band_pair(scope, store, setting)
    return BriefingView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, str(setting.county["code"])),
        crossings=briefing_parts.crossings(scope, setting, pair),
        flags=briefing_parts.flags(scope, store, setting, model),
        gap=briefing_parts.gap_trend(scope, store, setting),
        places=briefing_parts.moving_places(scope, store, setting),
        rebound=briefing_parts.rebound(scope, store, setting),
    )
