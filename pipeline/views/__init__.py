"""Views: all that a page may show, already scoped, suppressed and rounded, and nothing more.

One module for each page; what several share stands in ``common``.
"""

from pipeline.views.briefing import BriefingView
from pipeline.views.common import (
    UNSAVED,
    ExamChoice,
    ModelSummary,
    Place,
    Query,
    SchemeLabel,
    Stamp,
    SubjectChoice,
)
from pipeline.views.composite import CompositeChoice, CompositeView
from pipeline.views.diagnostics import DiagnosticsView
from pipeline.views.differential import DifferentialView
from pipeline.views.estimators import (
    EstimatorChoice,
    EstimatorsOffered,
    EstimatorsView,
    PriorSet,
)
from pipeline.views.funnel import FunnelView
from pipeline.views.grade_class import GradeClassView, NearLineView
from pipeline.views.growth_chart import GroupSummary, GrowthChartView
from pipeline.views.items import ItemSource, ItemsView, ReliabilityFigures
from pipeline.views.leadership import LeadershipView
from pipeline.views.replay import (
    AlarmFrom,
    Later,
    ReplayCounts,
    ReplayView,
    RuleReplayView,
    SchemeReplayView,
)
from pipeline.views.schemes import SchemesView
from pipeline.views.school import SchoolGradesView, SchoolPastView, SchoolPeersView, SchoolView
from pipeline.views.subject import ItemCount, Measure, SubjectView, VisitsView
from pipeline.views.targets import TargetSet, TargetsView
from pipeline.views.township import TownshipView
from pipeline.views.value_added_years import ValueAddedYearsView
from pipeline.views.warning_board import StatusGridView, WarningBoardView, WarningReasonsView
from pipeline.views.weak_schools import ClassSharesView, WeakSchoolsView
from pipeline.views.weighting import NamedScheme, WeightingView

__all__ = [
    "UNSAVED",
    "AlarmFrom",
    "BriefingView",
    "ClassSharesView",
    "CompositeChoice",
    "CompositeView",
    "DiagnosticsView",
    "DifferentialView",
    "EstimatorChoice",
    "EstimatorsOffered",
    "EstimatorsView",
    "ExamChoice",
    "FunnelView",
    "GradeClassView",
    "GroupSummary",
    "GrowthChartView",
    "ItemCount",
    "ItemSource",
    "ItemsView",
    "Later",
    "LeadershipView",
    "Measure",
    "ModelSummary",
    "NamedScheme",
    "NearLineView",
    "Place",
    "PriorSet",
    "Query",
    "ReliabilityFigures",
    "ReplayCounts",
    "ReplayView",
    "RuleReplayView",
    "SchemeLabel",
    "SchemeReplayView",
    "SchemesView",
    "SchoolGradesView",
    "SchoolPastView",
    "SchoolPeersView",
    "SchoolView",
    "Stamp",
    "StatusGridView",
    "SubjectChoice",
    "SubjectView",
    "TargetSet",
    "TargetsView",
    "TownshipView",
    "ValueAddedYearsView",
    "VisitsView",
    "WarningBoardView",
    "WarningReasonsView",
    "WeakSchoolsView",
    "WeightingView",
]
