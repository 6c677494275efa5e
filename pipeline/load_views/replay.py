"""Load past exams under a weight scheme or the warning rules of today."""

from dataclasses import replace

from core.errors import SettingsError
from core.warning.default_rules import DEFAULT_RULES
from core.warning.rules import rule_set_of
from core.weighting.scheme import WeightScheme
from data.catalogue import find_exam
from data.scope import Scope
from data.store import Store
from pipeline import replayed_rules, replayed_schemes
from pipeline.compute_value_added import DEFAULT_SPEC
from pipeline.replay_counts import count_calls
from pipeline.replayed_exams import later_exams, replayed_exams
from pipeline.schemes import list_schemes, require_screenable
from pipeline.screening import DEFAULT, screening_for
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import Query, SchemesView, Stamp
from pipeline.views.replay import AlarmFrom, Later, RuleReplayView, SchemeReplayView


def list_replay_schemes(scope: Scope, store: Store, exam: str) -> SchemesView:
    """Return the scheme of the exam's day, and all that past exams can be screened by.

    Drafts too: a scheme is best tried before it is official.
    """
    found = find_exam(scope, store, exam)
    kept = [
        scheme.label
        for scheme in list_schemes(scope, store, found.county)
        if scheme.policy.status != "retired" and _is_screenable(scheme.weights)
    ]
    return SchemesView(holds=screening_for(scope, store, found).label, offered=(*kept, DEFAULT))


def load_scheme_replay(
    scope: Scope, store: Store, query: Query, later: Later
) -> SchemeReplayView:
    """Return what a weight scheme would have proposed in past exams, and what came later.

    Without a number the scheme of the chosen exam's day is applied to all of them.
    """
    setting = setting_of(scope, store, replace(query, method=DEFAULT_SPEC.method))
    replayed = replayed_exams(scope, store, setting)
    exams, calls = replayed_schemes.scheme_calls(scope, store, setting, replayed.exams)
    known = replayed_schemes.calls_of(setting, calls, replayed.exams)
    return SchemeReplayView(
        stamp=_stamp(scope, store, setting),
        path=path_of(setting.units, str(setting.county["code"])),
        tried=setting.screening.label,
        holds=replayed_schemes.schemes_held(scope, store, replayed.exams),
        exams=exams,
        calls=replayed_schemes.most_called_first(calls),
        later=later,
        counts=count_calls(later_exams(replayed.exams, later=later), known),
        left_out=replayed.left_out,
    )


def load_rule_replay(
    scope: Scope, store: Store, query: Query, alarm_from: AlarmFrom, later: Later
) -> RuleReplayView:
    """Return which bands the rules give in past exams, and what came later."""
    setting = setting_of(scope, store, query)
    replayed = replayed_exams(scope, store, setting)
    exams, calls = replayed_rules.rule_calls(scope, store, setting, replayed.exams)
    known = replayed_rules.calls_of(setting, calls, replayed.exams, alarm_from=alarm_from)
    return RuleReplayView(
        stamp=_stamp(scope, store, setting).of_judgements,
        path=path_of(setting.units, str(setting.county["code"])),
        rules=rule_set_of(DEFAULT_RULES),
        alarm_from=alarm_from,
        exams=exams,
        calls=replayed_rules.most_warned_first(calls),
        later=later,
        counts=count_calls(later_exams(replayed.exams, later=later), known),
        left_out=replayed.left_out,
    )


def _is_screenable(weights: WeightScheme) -> bool:
    try:
        require_screenable(weights)
    except SettingsError:
        return False
    return True


def _stamp(scope: Scope, store: Store, setting: Setting) -> Stamp:
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    return stamp_of(setting, indicators, model)
