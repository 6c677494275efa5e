"""The verbs of an import: check, publish, take back, templates."""

from dataclasses import replace

from data.batches import Batch
from data.scope import Scope
from pipeline.check_scores import ImportRequest
from pipeline.drafts import publish_drafts
from pipeline.drafts import undo_draft as take_back
from pipeline.findings_workbook import findings_workbook
from pipeline.import_scores import ImportReport
from pipeline.shown_batches import shown_batches
from pipeline.template import blank_template, list_county_schools, template_workbook
from pipeline.upload import draft_upload
from ui.state.answers import answer, store
from ui.state.scopes import unit_called


def check_upload(
    scope: Scope, request: ImportRequest, content: bytes, *, actor: str
) -> ImportReport:
    """Check an uploaded file and keep it as a draft unless it is refused."""
    _require_clerk(scope)
    return draft_upload(store(), request, content, actor=actor)


def findings_file(report: ImportReport) -> bytes:
    """Return the findings of a check as a workbook."""
    return findings_workbook(report.findings)


def publish_draft(scope: Scope, number: int, *, actor: str) -> int:
    """Publish a draft and return the number of the release that holds it."""
    _require_clerk(scope)
    return publish_drafts(scope, store(), [number], actor=actor).release.number


def undo_draft(scope: Scope, number: int, *, actor: str) -> None:
    """Take a draft back."""
    _require_clerk(scope)
    take_back(scope, store(), number, actor=actor)


def batches(scope: Scope) -> list[Batch]:
    """Return the attempts to import, newest first."""
    return shown_batches(scope, store())


def template(
    scope: Scope,
    exam: str,
    *,
    grade: int | None,
    subjects: tuple[tuple[str, float], ...],
    school: str | None,
) -> bytes:
    """Return a workbook to fill in with the schools of the store, without pupils.

    It holds the schools' own codes and names, also for a scope without names: it is imported.
    """
    own = school and unit_called(replace(scope, shows_names=True), school)
    return template_workbook(
        blank_template(scope, store(), exam, grade=grade, subjects=subjects, school=own)
    )


def county_schools(scope: Scope) -> dict[str, str]:
    """Return the names of the county's schools by code, for a workbook to fill in."""
    schools = answer(scope, list_county_schools)
    return dict(zip(schools["school"], schools["name"], strict=True))


def _require_clerk(scope: Scope) -> None:
    if scope.role not in ("clerk", "administrator"):
        raise PermissionError(f"The role {scope.role} may not import.")
