"""Import: a checked file is published at once, or kept as a draft."""

import hashlib
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from core.errors import QualityError, StorageError
from core.findings import Finding, Outcome, outcome_of
from data.batches import Attempt, Result
from data.column_names import remember_columns
from data.free_space import require_space
from data.importers.limits import Limits
from data.publication import Origin, add_attempt
from data.store import Store
from pipeline.check_scores import SCORES, Checked, ImportRequest, check_scores
from pipeline.drafts import keep_draft, settings_json
from pipeline.publish import publish_parts

__all__ = ["ImportReport", "ImportRequest", "draft_scores", "import_scores"]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    Attributes
    ----------
    release : int or None
        Number of the release that holds the content; None when nothing was published.
    is_new : bool
        False when the same content was there already.
    batch : int or None
        Number of the attempt.
    is_draft : bool
        Whether the file waits as a draft.
    n_added, n_removed, n_changed : int or None
        Pupils that differ from the release before; None when there was none.
    """

    outcome: Outcome
    n_rows: int
    n_refused: int
    release: int | None
    findings: tuple[Finding, ...]
    is_new: bool = True
    batch: int | None = None
    is_draft: bool = False
    n_added: int | None = None
    n_removed: int | None = None
    n_changed: int | None = None


def import_scores(
    store: Store,
    request: ImportRequest,
    *,
    is_dry_run: bool,
    actor: str,
    limits: Limits = Limits(),  # noqa: B008 frozen
) -> ImportReport:
    """Check a file and publish it unless it is refused or this is a dry run.

    Raises
    ------
    SettingsError
        When the request itself contradicts the store or names unknown subjects.
    """
    if not is_dry_run and request.path.is_file():
        require_space(store.home, file_bytes=request.path.stat().st_size)
    checked = check_scores(store, request, limits=limits)
    if checked.submission is None or is_dry_run:
        status = "refused" if checked.submission is None else "checked"
        return _unpublished(store, request, checked, Result(status), actor=actor)
    published = publish_parts(
        store,
        [checked.submission],
        actor=actor,
        origin=Origin(_attempt(request, checked)),
        reason=request.reason,
    )
    with suppress(QualityError):  # the exam is published, whatever can be remembered of it
        remember_columns(
            store, county=request.county, kind=SCORES, mapping=request.columns, actor=actor
        )
    release = published.release
    found = checked.findings
    if published.is_new:
        found += _superseding(request, checked, release.number)
    diff = release if published.is_new else None
    return ImportReport(
        outcome_of(found),
        checked.n_rows,
        0,
        release.number,
        found,
        is_new=published.is_new,
        batch=published.batch,
        n_added=diff.n_added if diff else None,
        n_removed=diff.n_removed if diff else None,
        n_changed=diff.n_changed if diff else None,
    )


def draft_scores(
    store: Store,
    request: ImportRequest,
    *,
    actor: str,
    limits: Limits = Limits(),  # noqa: B008 frozen
) -> ImportReport:
    """Check a file and keep it as a draft unless it is refused.

    Raises
    ------
    SettingsError
        When the request itself contradicts the store or names unknown subjects.
    """
    if request.path.is_file():
        require_space(store.home, file_bytes=request.path.stat().st_size)
    checked = check_scores(store, request, limits=limits)
    if checked.submission is None:
        return _unpublished(store, request, checked, Result("refused"), actor=actor)
    number = keep_draft(store, checked.submission, _attempt(request, checked), actor=actor)
    found = checked.findings
    return ImportReport(
        outcome_of(found), checked.n_rows, 0, None, found, batch=number, is_draft=True
    )


def _unpublished(
    store: Store, request: ImportRequest, checked: Checked, result: Result, *, actor: str
) -> ImportReport:
    found, is_new = checked.findings, True
    if checked.submission is not None:
        known = checked.known
        is_new = known is None or known.fingerprint != checked.submission.fingerprint
        if known is not None and is_new:
            found += _superseding(request, checked, known.number + 1)
    number = None
    with suppress(StorageError):  # nothing came of it: that it cannot be noted is no failure
        number = add_attempt(store, _attempt(request, checked), result, actor=actor)
    outcome = outcome_of(found)
    return ImportReport(
        outcome, checked.n_rows, checked.n_refused, None, found, is_new=is_new, batch=number
    )


def _attempt(request: ImportRequest, checked: Checked) -> Attempt:
    """Return what is kept of an attempt: counts of findings, no value of the file."""
    with request.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    counts = Counter(f"{finding.severity} {finding.check}" for finding in checked.findings)
    return Attempt(
        county=request.county,
        kind=SCORES,
        exam=request.exam,
        school=request.school,
        file_name=request.shown_file_name,
        file_sha256=sha256,
        n_rows=checked.n_rows,
        n_refused=checked.n_refused,
        checks=json.dumps(counts, ensure_ascii=False),
        settings=_settings(checked),
        reason=request.reason,
    )


def _settings(checked: Checked) -> str:
    if checked.submission is None:
        return "{}"
    against = checked.known.number if checked.known else 0
    return settings_json(checked.submission, checked_against=against)


def _superseding(request: ImportRequest, checked: Checked, now: int) -> tuple[Finding, ...]:
    """Warn when this content replaces another, also one that came while it was checked.

    A school that is added to the exam replaces nothing: that is only noted.
    """
    if now == 1:
        return ()
    if checked.is_further_school:
        return (_further_school(request, checked.shown_school, now),)
    why = (
        ("", "")
        if request.reason
        else (
            "没有说明更正原因，请用 --reason 写明。",
            " No reason was stated; give one with --reason.",
        )
    )
    school = checked.shown_school
    part = (f"学校 {school} 的", f" for school {school}") if school else ("", "")
    return (
        Finding(
            "warning",
            "supersedes",
            None,
            None,
            str(now - 1),
            f"考试“{request.exam}”已有第 {now - 1} 版，{part[0]}内容不同。"
            f"本次内容为第 {now} 版，旧版保留；若并非更正，请另起考试名称。{why[0]}",
            f"Exam {request.exam!r} has release {now - 1} with other content{part[1]}. This is "
            f"release {now}, the old one is kept; if it is no correction, use another exam "
            f"name.{why[1]}",
        ),
    )


def _further_school(request: ImportRequest, school: str | None, now: int) -> Finding:
    before = now - 1
    zh, en = (f"学校 {school} ", f"school {school}") if school else ("这所学校", "this school")
    return Finding(
        "note", "school_added", None, None, str(before),
        f"考试“{request.exam}”的第 {before} 版还没有{zh}的成绩，本次加入，"
        f"成为第 {now} 版；其它学校的成绩不变。",
        f"Release {before} of exam {request.exam!r} has no scores of {en} yet. They "
        f"are added as release {now}; the scores of the other schools stay as they are.",
    )  # fmt: skip
