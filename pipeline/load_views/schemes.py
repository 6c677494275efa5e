"""Load which weight schemes an exam can be screened by."""

from data.catalogue import find_exam
from data.scope import Scope
from data.store import Store
from pipeline.schemes import list_schemes
from pipeline.screening import DEFAULT, screening_for
from pipeline.views import SchemesView


def list_exam_schemes(scope: Scope, store: Store, exam: str) -> SchemesView:
    """Return the scheme of the exam's day, and all that were official at any time."""
    found = find_exam(scope, store, exam)
    schemes = list_schemes(scope, store, found.county)
    official = [s.label for s in schemes if s.policy.valid_from is not None]
    return SchemesView(
        holds=screening_for(scope, store, found).label, offered=(*official, DEFAULT)
    )
