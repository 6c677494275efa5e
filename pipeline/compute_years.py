"""Value-added of one grade over several school years, the latest counting most."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.value_added import compute_several_years, shrunken_effects
from core.value_added.several_years import WEIGHTS
from data.catalogue import ExamRelease, list_exams
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.exam_statistics import linked_baselines
from pipeline.hidden_units import hidden_in_pair
from pipeline.remember import remember

_YEAR, _SEASON = timedelta(days=365), timedelta(days=60)


@remember(most=64)
def years_of(
    scope: Scope, store: Store, request: ValueAddedRequest
) -> tuple[tuple[ExamRelease, ExamRelease], ...]:
    """Return the same exam of this and earlier school years with its baseline, latest first.

    The same exam is that of the same grade about a whole number of years before, linked with
    a baseline of the same grade and as long before it. The first one is the request's own.
    """
    exams = list_exams(scope, store)
    found = [(request.current, request.baseline)]
    for back in range(1, len(WEIGHTS)):
        pair = _year_before(store, request, exams, back=back)
        if pair is not None:
            found.append(pair)
    return tuple(found)


@remember(most=64)
def several_years(
    scope: Scope, store: Store, request: ValueAddedRequest
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the single years' effects, one below the other, and their weighted mean.

    Schools that are hidden in a year have no figure of it, and it does not count for them.
    """
    years = {}
    for exam, baseline in years_of(scope, store, request):
        asked = replace(request, current=exam, baseline=baseline)
        try:
            effects = shrunken_effects(exam_value_added(scope, store, asked))
        except (NotEstimableError, SettingsError):
            continue
        is_hidden = effects["school"].isin(hidden_in_pair(scope, store, exam, baseline))
        years[exam.name] = effects.assign(
            estimate=effects["estimate"].mask(is_hidden),
            se=effects["se"].mask(is_hidden),
            verdict=effects["verdict"].mask(is_hidden),
            status=effects["status"].mask(is_hidden, "suppressed"),
        )
    if not years:
        return pd.DataFrame(), pd.DataFrame()
    single = [frame.assign(exam=name) for name, frame in years.items()]
    return pd.concat(single, ignore_index=True), compute_several_years(years)


def _year_before(
    store: Store, request: ValueAddedRequest, exams: Sequence[ExamRelease], *, back: int
) -> tuple[ExamRelease, ExamRelease] | None:
    now, start = request.current, request.baseline
    same = [
        e
        for e in exams
        if (e.county, e.stage, e.grade) == (now.county, now.stage, now.grade)
        and abs(now.held_on - back * _YEAR - e.held_on) <= _SEASON
    ]
    span = now.held_on - start.held_on
    for exam in same:
        for baseline in linked_baselines(store, exam, exams):
            is_same_span = abs(exam.held_on - baseline.held_on - span) <= _SEASON
            if baseline.grade == start.grade and is_same_span:
                return exam, baseline
    return None
