"""What each page asks, a function for each."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from data.scope import Scope
from pipeline import load_views
from pipeline.views import (
    AlarmFrom,
    BriefingView,
    ClassSharesView,
    DiagnosticsView,
    DifferentialView,
    EstimatorChoice,
    EstimatorsOffered,
    EstimatorsView,
    ExamChoice,
    FunnelView,
    GradeClassView,
    GrowthChartView,
    ItemsView,
    Later,
    LeadershipView,
    Measure,
    NearLineView,
    Query,
    ReplayView,
    SchemesView,
    SchoolGradesView,
    SchoolPastView,
    SchoolPeersView,
    SchoolView,
    StatusGridView,
    SubjectView,
    TargetsView,
    TownshipView,
    ValueAddedYearsView,
    VisitsView,
    WarningBoardView,
    WarningReasonsView,
    WeakSchoolsView,
)
from ui.state.answers import answer

_BEIJING = ZoneInfo("Asia/Shanghai")


def exams(scope: Scope) -> tuple[ExamChoice, ...]:
    """Return the exams of the store, newest first."""
    return answer(scope, load_views.load_exams)


def schemes(scope: Scope, exam: str) -> SchemesView:
    """Return the weight schemes that an exam can be screened by."""
    return answer(scope, load_views.list_exam_schemes, exam)


def replay_schemes(scope: Scope, exam: str) -> SchemesView:
    """Return the weight schemes that can be tried on past exams."""
    return answer(scope, load_views.list_replay_schemes, exam)


def replay_view(
    scope: Scope, query: Query, alarm_from: AlarmFrom | None, later: Later
) -> ReplayView:
    """Return past exams under the query's scheme, or under the rules where they alarm."""
    if alarm_from is None:
        return answer(scope, load_views.load_scheme_replay, query, later)
    return answer(scope, load_views.load_rule_replay, query, alarm_from, later)


def schools(scope: Scope, exam: str) -> pd.DataFrame:
    """Return school, name and township of the schools in an exam."""
    return answer(scope, load_views.list_schools, exam)


def estimators_offered(scope: Scope, query: Query) -> EstimatorsOffered:
    """Return which priors and covariates definitions of value-added can have."""
    return answer(scope, load_views.list_estimators, query)


def estimators_view(scope: Scope, query: Query, choice: EstimatorChoice) -> EstimatorsView:
    """Return several definitions of value-added beside each other."""
    return answer(scope, load_views.load_estimators, query, choice)


def leadership_view(scope: Scope, query: Query) -> LeadershipView:
    """Return how the county stands."""
    return answer(scope, load_views.load_leadership, query)


def briefing_view(scope: Scope, query: Query) -> BriefingView:
    """Return the five answers of the leadership's screen."""
    return answer(scope, load_views.load_briefing, query)


def warning_board_view(scope: Scope, query: Query) -> WarningBoardView:
    """Return the bands of all schools and subjects."""
    return answer(scope, load_views.load_warning_board, query)


def warning_reasons_view(scope: Scope, school: str, query: Query) -> WarningReasonsView:
    """Return what the bands of one school rest on."""
    return answer(scope, load_views.load_warning_reasons, school, query)


def status_grid_view(scope: Scope, query: Query) -> StatusGridView:
    """Return where the schools stand in status x change."""
    return answer(scope, load_views.load_status_grid, query)


def funnel_view(scope: Scope, rate: str, query: Query) -> FunnelView:
    """Return the funnel of a rate."""
    return answer(scope, load_views.load_funnel, rate, query)


def targets_view(scope: Scope, query: Query) -> TargetsView:
    """Return how far the county is on the way to its targets."""
    return answer(scope, load_views.load_targets, query)


def school_view(scope: Scope, school: str, query: Query) -> SchoolView:
    """Return how one school stands."""
    return answer(scope, load_views.load_school, school, query)


def townships(scope: Scope, exam: str) -> pd.DataFrame:
    """Return township, name and level of the townships and centre schools in an exam."""
    return answer(scope, load_views.list_townships, exam)


def township_view(scope: Scope, township: str, query: Query, *, pooled: bool) -> TownshipView:
    """Return how the schools of one township or centre school stand."""
    today = datetime.now(_BEIJING).date()
    return answer(scope, load_views.load_township, township, query, pooled, today)


def weak_schools_view(scope: Scope, query: Query) -> WeakSchoolsView:
    """Return which schools the screening proposes."""
    return answer(scope, load_views.load_weak_schools, query)


def class_shares_view(scope: Scope, school: str, query: Query) -> ClassSharesView:
    """Return how much of the county's lowest 20% each class of one school holds."""
    return answer(scope, load_views.load_class_shares, school, query)


def subject_view(scope: Scope, query: Query, measure: Measure) -> SubjectView:
    """Return how all schools stand in one subject."""
    return answer(scope, load_views.load_subject, query, measure)


def visits_view(scope: Scope, school: str, query: Query, measure: Measure) -> VisitsView:
    """Return the schools of like intake to one school, and how they stand."""
    return answer(scope, load_views.load_visits, school, query, measure)


def diagnostics_view(scope: Scope, query: Query) -> DiagnosticsView:
    """Return what stands behind one subject's value-added."""
    return answer(scope, load_views.load_diagnostics, query)


def items_view(scope: Scope, query: Query) -> ItemsView:
    """Return how the items of an exam's paper measured, and what its pupils master."""
    return answer(scope, load_views.load_items, query)


def school_grades_view(scope: Scope, school: str, query: Query) -> SchoolGradesView:
    """Return what one school adds in all grades of the same period."""
    return answer(scope, load_views.load_school_grades, school, query)


def school_peers_view(scope: Scope, school: str, query: Query) -> SchoolPeersView:
    """Return the subjects of one school beside those of its peers."""
    return answer(scope, load_views.load_school_peers, school, query)


def school_past_view(scope: Scope, school: str, query: Query) -> SchoolPastView:
    """Return how one school has gone over exams and school years."""
    return answer(scope, load_views.load_school_past, school, query)


def grade_class_view(scope: Scope, school: str, query: Query) -> GradeClassView:
    """Return how the classes of one school's grade stand."""
    return answer(scope, load_views.load_grade_class, school, query)


def near_line_view(scope: Scope, school: str, line: str, query: Query) -> NearLineView:
    """Return how many pupils of each class stand just under a line."""
    return answer(scope, load_views.load_near_line, school, line, query)


def growth_groups(scope: Scope, exam: str) -> pd.DataFrame:
    """Return kind, unit and name of the groups of pupils that a growth chart can show."""
    return answer(scope, load_views.list_growth_groups, exam)


def growth_chart_view(scope: Scope, query: Query, group: str) -> GrowthChartView:
    """Return how a group of pupils stands on the county's growth chart."""
    return answer(scope, load_views.load_growth_chart, query, group)


def differential_view(scope: Scope, query: Query) -> DifferentialView:
    """Return for whom each school does more, its lowest starts or its highest."""
    return answer(scope, load_views.load_differential, query)


def value_added_years_view(scope: Scope, query: Query) -> ValueAddedYearsView:
    """Return every school's value-added over several school years."""
    return answer(scope, load_views.load_value_added_years, query)
