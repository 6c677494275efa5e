"""The one door to the pipeline: scoped, cached loaders and the first build of the store.

Every cached function has the scope as its first argument and the version of the store as its
last, so that no reader is served another's view and no view outlives its data.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.agenda_texts import Known, NewView
from data.agendas import Agenda, Direction
from data.batches import Batch, list_batches
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline import agendas as meeting_agendas
from pipeline import load_views
from pipeline.check_scores import ImportRequest
from pipeline.deidentify import coding_of
from pipeline.demo import build_demonstration, needs_demonstration
from pipeline.drafts import publish_drafts
from pipeline.drafts import undo_draft as take_back
from pipeline.findings_workbook import findings_workbook
from pipeline.import_scores import ImportReport
from pipeline.store import open_store
from pipeline.template import blank_template, list_county_schools, template_workbook
from pipeline.upload import draft_upload
from pipeline.views import (
    BriefingView,
    ClassSharesView,
    ExamChoice,
    FunnelView,
    GradeClassView,
    ItemsView,
    LeadershipView,
    Measure,
    NearLineView,
    Query,
    SchoolGradesView,
    SchoolPastView,
    SchoolPeersView,
    SchoolView,
    StatusGridView,
    SubjectView,
    TownshipView,
    VisitsView,
    WarningBoardView,
    WarningReasonsView,
    WeakSchoolsView,
)

V = TypeVar("V")

_MOST_VIEWS = 200
_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass
class Construction:
    """The building of the demonstration store, shared by all sessions that wait for it.

    It runs beside the sessions, because a reader who reloads the page must not break it off.
    """

    share: float = 0.0
    step: str = ""
    done: Future[None] = field(default_factory=Future)

    def report(self, share: float, step: str) -> None:
        """Note how far the building has come."""
        self.share, self.step = share, step


def current_scope(*, shows_names: bool = True) -> Scope:
    """Return what this reader may see; without accounts every reader is the leadership."""
    return replace(LEADERSHIP, shows_names=shows_names)


def clerk_scope() -> Scope:
    """Return what may be imported; without accounts it is whoever sits at this machine."""
    return Scope("clerk")


def check_upload(
    scope: Scope, request: ImportRequest, content: bytes, *, actor: str
) -> ImportReport:
    """Check an uploaded file and keep it as a draft unless it is refused."""
    _require_clerk(scope)
    return draft_upload(_store(), request, content, actor=actor)


def findings_file(report: ImportReport) -> bytes:
    """Return the findings of a check as a workbook."""
    return findings_workbook(report.findings)


def publish_draft(scope: Scope, number: int, *, actor: str) -> int:
    """Publish a draft and return the number of the release that holds it."""
    _require_clerk(scope)
    return publish_drafts(scope, _store(), [number], actor=actor).release.number


def undo_draft(scope: Scope, number: int, *, actor: str) -> None:
    """Take a draft back."""
    _require_clerk(scope)
    take_back(scope, _store(), number, actor=actor)


def batches(scope: Scope) -> list[Batch]:
    """Return the attempts to import, newest first."""
    return list_batches(scope, _store())


def template(
    scope: Scope,
    exam: str,
    *,
    grade: int | None,
    subjects: tuple[tuple[str, float], ...],
    school: str | None,
) -> bytes:
    """Return a workbook to fill in with the schools of the store, without pupils."""
    return template_workbook(
        blank_template(scope, _store(), exam, grade=grade, subjects=subjects, school=school)
    )


def county_schools(scope: Scope) -> dict[str, str]:
    """Return the names of the county's schools by code, for a workbook to fill in."""
    return list_county_schools(scope, _store())


def _require_clerk(scope: Scope) -> None:
    if scope.role not in ("clerk", "administrator"):
        raise PermissionError(f"The role {scope.role} may not import.")


def exams(scope: Scope) -> tuple[ExamChoice, ...]:
    """Return the exams of the store, newest first."""
    return _answer(scope, load_views.load_exams)


def schools(scope: Scope, exam: str) -> pd.DataFrame:
    """Return school, name and township of the schools in an exam."""
    return _answer(scope, load_views.list_schools, exam)


def leadership_view(scope: Scope, query: Query) -> LeadershipView:
    """Return how the county stands."""
    return _answer(scope, load_views.load_leadership, query)


def briefing_view(scope: Scope, query: Query) -> BriefingView:
    """Return the five answers of the leadership's screen."""
    return _answer(scope, load_views.load_briefing, query)


def warning_board_view(scope: Scope, query: Query) -> WarningBoardView:
    """Return the bands of all schools and subjects."""
    return _answer(scope, load_views.load_warning_board, query)


def warning_reasons_view(scope: Scope, school: str, query: Query) -> WarningReasonsView:
    """Return what the bands of one school rest on."""
    return _answer(scope, load_views.load_warning_reasons, school, query)


def status_grid_view(scope: Scope, query: Query) -> StatusGridView:
    """Return where the schools stand in status x change."""
    return _answer(scope, load_views.load_status_grid, query)


def funnel_view(scope: Scope, rate: str, query: Query) -> FunnelView:
    """Return the funnel of a rate."""
    return _answer(scope, load_views.load_funnel, rate, query)


def school_view(scope: Scope, school: str, query: Query) -> SchoolView:
    """Return how one school stands."""
    return _answer(scope, load_views.load_school, school, query)


def townships(scope: Scope, exam: str) -> pd.DataFrame:
    """Return township, name and level of the townships and centre schools in an exam."""
    return _answer(scope, load_views.list_townships, exam)


def township_view(scope: Scope, township: str, query: Query, *, pooled: bool) -> TownshipView:
    """Return how the schools of one township or centre school stand."""
    today = datetime.now(_BEIJING).date()
    return _answer(scope, load_views.load_township, township, query, pooled, today)


def weak_schools_view(scope: Scope, query: Query) -> WeakSchoolsView:
    """Return which schools the screening proposes."""
    return _answer(scope, load_views.load_weak_schools, query)


def class_shares_view(scope: Scope, school: str, query: Query) -> ClassSharesView:
    """Return how much of the county's lowest 20 % each class of one school holds."""
    return _answer(scope, load_views.load_class_shares, school, query)


def subject_view(scope: Scope, query: Query, measure: Measure) -> SubjectView:
    """Return how all schools stand in one subject."""
    return _answer(scope, load_views.load_subject, query, measure)


def visits_view(scope: Scope, school: str, query: Query, measure: Measure) -> VisitsView:
    """Return the schools of like intake to one school, and how they stand."""
    return _answer(scope, load_views.load_visits, school, query, measure)


def items_view(scope: Scope, query: Query) -> ItemsView:
    """Return how the items of an exam's paper measured, and what its pupils master."""
    return _answer(scope, load_views.load_items, query)


def school_grades_view(scope: Scope, school: str, query: Query) -> SchoolGradesView:
    """Return what one school adds in all grades of the same period."""
    return _answer(scope, load_views.load_school_grades, school, query)


def school_peers_view(scope: Scope, school: str, query: Query) -> SchoolPeersView:
    """Return the subjects of one school beside those of its peers."""
    return _answer(scope, load_views.load_school_peers, school, query)


def school_past_view(scope: Scope, school: str, query: Query) -> SchoolPastView:
    """Return how one school has gone over exams and school years."""
    return _answer(scope, load_views.load_school_past, school, query)


def grade_class_view(scope: Scope, school: str, query: Query) -> GradeClassView:
    """Return how the classes of one school's grade stand."""
    return _answer(scope, load_views.load_grade_class, school, query)


def near_line_view(scope: Scope, school: str, line: str, query: Query) -> NearLineView:
    """Return how many pupils of each class stand just under a line."""
    return _answer(scope, load_views.load_near_line, school, line, query)
def agendas(scope: Scope) -> tuple[Agenda, ...]:
    """Return the agendas of meetings, newest first; never kept, since they change often."""
    return meeting_agendas.shown_agendas(scope, _store())


def agenda(scope: Scope, number: int) -> Agenda:
    """Return one agenda with its views."""
    return meeting_agendas.shown_agenda(scope, _store(), number)


def make_agenda(scope: Scope, name: str, held_on: date | None, *, actor: str) -> int:
    """Make an agenda and return its number."""
    return meeting_agendas.make_agenda(scope, _store(), name, held_on, actor=actor)


def rename_agenda(
    scope: Scope, number: int, name: str, held_on: date | None, *, actor: str
) -> None:
    """Give an agenda another name or day."""
    meeting_agendas.rename_agenda(scope, _store(), number, name, held_on, actor=actor)


def remove_agenda(scope: Scope, number: int, *, actor: str) -> None:
    """Remove an agenda without views."""
    meeting_agendas.remove_agenda(scope, _store(), number, actor=actor)


def save_view(scope: Scope, number: int, new: NewView, *, known: Known, actor: str) -> int:
    """Put a view on an agenda and return how many it has then."""
    return meeting_agendas.save_view(scope, _store(), number, new, known=known, actor=actor)


def remove_view(scope: Scope, view: int, *, actor: str) -> None:
    """Take a view off its agenda."""
    meeting_agendas.remove_view(scope, _store(), view, actor=actor)


def move_view(scope: Scope, view: int, direction: Direction, *, actor: str) -> None:
    """Move a view of an agenda up or down by one place."""
    meeting_agendas.move_view(scope, _store(), view, direction, actor=actor)


def needs_construction() -> bool:
    """Whether the store holds nothing yet, so that the demonstration must be built."""
    return needs_demonstration(_store())


def construction() -> Construction:
    """Return the running construction, started by the first session that asks."""
    return _construction()


def forget_construction() -> None:
    """Let the next session start anew, after a construction that failed."""
    _construction.clear()


@st.cache_resource(show_spinner=False)
def _store() -> Store:
    return open_store(may_be_new=True)


@st.cache_resource(show_spinner=False)
def _construction() -> Construction:
    store, shared = _store(), Construction()
    builder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="construction")
    shared.done = builder.submit(build_demonstration, store, shared.report)
    builder.shutdown(wait=False)
    return shared


def _answer(scope: Scope, load: Callable[..., V], *question: Hashable) -> V:
    """Return what a loader answers to a scope, kept until the store changes.

    Here names of units become codes and codes become units again, for a scope without names.
    """
    store = _store()

    def answer() -> object:
        if scope.shows_names:
            return load(scope, store, *question)
        named = replace(scope, shows_names=True)
        coding = coding_of(named, store)
        return coding.answered(load(named, store, *coding.asked(question)))

    return cast(V, _kept(scope, load.__name__, question, answer, store.version()))


@st.cache_data(max_entries=_MOST_VIEWS, show_spinner=False)
def _kept(
    scope: Scope,  # noqa: ARG001
    loader: str,  # noqa: ARG001
    question: tuple[Hashable, ...],  # noqa: ARG001
    _load: Callable[[], object],
    version: int,  # noqa: ARG001
) -> object:
    return _load()
