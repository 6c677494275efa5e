"""Townships of a store, asked as a page asks: for the tests of their Views."""

from datetime import date

from core.value_added import ValueAddedSpec
from data.catalogue import find_exam, list_exams
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.exam_statistics import linked_baselines
from pipeline.load_views import load_exams, load_township
from pipeline.views import Query, TownshipView

TODAY = date(2026, 7, 1)


def query_of(store: Store, *, grade: int, subject: str = "math") -> Query:
    """Return the default query of the newest exam of a grade."""
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)
    return Query(exam.name, subject, exam.baselines[0], "contextual")


def request_of(store: Store, query: Query) -> ValueAddedRequest:
    """Return the value-added that a query asks for."""
    exam = find_exam(OPERATOR, store, query.exam)
    linked = linked_baselines(store, exam, list_exams(OPERATOR, store))
    baseline = next(b for b in linked if b.name == query.baseline)
    spec = ValueAddedSpec(method=query.method, scale="z")
    return ValueAddedRequest(exam, baseline, query.subject, (), spec)


def view_of(
    store: Store, query: Query, unit: str, *, pooled: bool = False, scope: Scope = LEADERSHIP
) -> TownshipView:
    """Return the View of a township, or of a centre school."""
    return load_township(scope, store, unit, query, pooled, TODAY)
