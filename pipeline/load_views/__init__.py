"""Load the Views: scope first, statistics in, everything a page may show out.

One module for each page, with one public function that loads its View.
"""

from pipeline.load_views.briefing import load_briefing
from pipeline.load_views.composite import load_composite
from pipeline.load_views.diagnostics import load_diagnostics
from pipeline.load_views.differential import load_differential
from pipeline.load_views.estimators import list_estimators, load_estimators
from pipeline.load_views.exams import list_schools, load_exams
from pipeline.load_views.funnel import load_funnel
from pipeline.load_views.grade_class import load_grade_class, load_near_line
from pipeline.load_views.growth_chart import list_growth_groups, load_growth_chart
from pipeline.load_views.items import load_items
from pipeline.load_views.leadership import load_leadership
from pipeline.load_views.replay import (
    list_replay_schemes,
    load_rule_replay,
    load_scheme_replay,
)
from pipeline.load_views.schemes import list_exam_schemes
from pipeline.load_views.school import (
    load_school,
    load_school_grades,
    load_school_past,
    load_school_peers,
)
from pipeline.load_views.subject import load_subject
from pipeline.load_views.targets import load_targets
from pipeline.load_views.township import list_townships, load_township
from pipeline.load_views.value_added_years import load_value_added_years
from pipeline.load_views.visits import load_visits
from pipeline.load_views.warning_board import (
    load_status_grid,
    load_warning_board,
    load_warning_reasons,
)
from pipeline.load_views.weak_schools import load_class_shares, load_weak_schools
from pipeline.load_views.weighting import load_weighting

__all__ = [
    "list_estimators",
    "list_exam_schemes",
    "list_growth_groups",
    "list_replay_schemes",
    "list_schools",
    "list_townships",
    "load_briefing",
    "load_class_shares",
    "load_composite",
    "load_diagnostics",
    "load_differential",
    "load_estimators",
    "load_exams",
    "load_funnel",
    "load_grade_class",
    "load_growth_chart",
    "load_items",
    "load_leadership",
    "load_near_line",
    "load_rule_replay",
    "load_scheme_replay",
    "load_school",
    "load_school_grades",
    "load_school_past",
    "load_school_peers",
    "load_status_grid",
    "load_subject",
    "load_targets",
    "load_township",
    "load_value_added_years",
    "load_visits",
    "load_warning_board",
    "load_warning_reasons",
    "load_weak_schools",
    "load_weighting",
]
