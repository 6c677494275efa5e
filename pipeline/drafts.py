"""Drafts: checked files that wait, encrypted, until someone publishes or undoes them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pandas as pd

from core.errors import DataError, SettingsError
from core.scores import SubjectPaper
from data import lake
from data.batches import Attempt, Batch, Result, end_draft, find_batch, list_batches
from data.publication import ExamRecord, Origin, add_attempt
from data.scope import Scope
from data.sealed_table import open_table, seal_table
from data.store import Store
from pipeline.organisation import units_named_by
from pipeline.publish import Published, Submission, publish_parts
from pipeline.release_rules import KeptDraft

DRAFT_FILE = "draft.encrypted"


def keep_draft(store: Store, submission: Submission, attempt: Attempt, *, actor: str) -> int:
    """Keep a checked submission without publishing it; return the number of its batch."""
    with lake.publishing(store.home), lake.new_bundle(store.home) as bundle:
        sealed = seal_table(store.home, submission.scores, bundle=bundle.name)
        bundle.add_bytes(DRAFT_FILE, sealed.token)
        bundle.seal(store.home)
        result = Result(
            "draft", submission.fingerprint, bundle.name, draft_digest=sealed.digest
        )
        return add_attempt(store, attempt, result, actor=actor)


def publish_drafts(
    scope: Scope, store: Store, numbers: Sequence[int], *, actor: str, reason: str | None = None
) -> Published:
    """Publish drafts of one exam together, in the order in which they were made.

    A draft of a whole exam replaces everything before it, a school's draft its own rows.

    Raises
    ------
    SettingsError
        When one is no draft, they belong to different exams or differ in what is said of it,
        or a later release overtook one of them.
    DataError
        When two of them hold the same pupil.
    """
    batches = [_draft(scope, store, number) for number in sorted(set(numbers))]
    if not batches:
        raise SettingsError(
            "No draft was named; at least 1 is required. List them with the command batches.",
            "没有指定草稿，至少需要 1 个。请用 batches 命令查看。",
        )
    parts = [_submission(store, batch) for batch in batches]
    _require_one_exam(parts)
    origin = Origin(drafts=tuple(batch.id for batch in batches))
    why = reason or next((batch.reason for batch in batches if batch.reason), None)
    with lake.removing(store.home, [str(batch.bundle) for batch in batches]):
        return publish_parts(store, parts, actor=actor, origin=origin, reason=why)


def undo_draft(scope: Scope, store: Store, number: int, *, actor: str) -> Batch:
    """Take a draft back: nothing of its content stays.

    Raises
    ------
    SettingsError
        When it is published (a correction is required) or no draft.
    """
    batch = _draft(scope, store, number)
    with (
        lake.publishing(store.home),
        lake.removing(store.home, [str(batch.bundle)]),
    ):
        store.change(lambda session: end_draft(session, number, status="undone", actor=actor))
    return batch


def drafts_of(scope: Scope, store: Store, exam: str) -> list[int]:
    """Return the numbers of the drafts of an exam, oldest first."""
    drafts = list_batches(scope, store, statuses=("draft",))
    return sorted(batch.id for batch in drafts if batch.exam == exam)


def draft_scores_of(store: Store, batch: Batch) -> pd.DataFrame:
    """Open the checked scores of a draft.

    Raises
    ------
    DataError
        When they are those of another draft, or a school's draft holds rows of another school.
    """
    bundle = str(batch.bundle)
    token = (store.home.lake / bundle / DRAFT_FILE).read_bytes()
    scores = open_table(store.home, token, bundle=bundle, digest=batch.draft_digest)
    if batch.school is not None:
        _require_own_rows(batch, scores)
    return scores


def settings_json(submission: Submission, *, checked_against: int) -> str:
    """Return what was said of a file, so that its draft can be published later.

    Parameters
    ----------
    checked_against : int
        Number of the exam's release at this moment, 0 before the first.
    """
    said = {
        "exam": {**asdict(submission.exam), "held_on": submission.exam.held_on.isoformat()},
        "papers": [asdict(paper) for paper in submission.papers],
        "checked_against": checked_against,
    }
    return json.dumps(said, ensure_ascii=False)


def _submission(store: Store, batch: Batch) -> Submission:
    said: dict[str, Any] = json.loads(batch.settings)
    exam = ExamRecord(**said["exam"])
    exam = replace(exam, held_on=date.fromisoformat(str(exam.held_on)))
    scores = draft_scores_of(store, batch)
    units = units_named_by(scores, county=exam.county, stage=exam.stage, cohort=exam.cohort)
    papers = tuple(SubjectPaper(**paper) for paper in said["papers"])
    # A draft kept before this was noted counts as one that knows no release.
    draft = KeptDraft(batch.id, said.get("checked_against", 0), batch.school)
    fingerprint = str(batch.fingerprint)
    return Submission(exam, papers, scores, units, fingerprint, batch.school, draft)


_STATUS_ZH = {
    "refused": "已被拒绝", "checked": "只是一次试运行", "undone": "已经撤回",
    "unchanged": "与已发布的内容相同",
}  # fmt: skip


def _require_own_rows(batch: Batch, scores: pd.DataFrame) -> None:
    others = int((scores["school_code"] != batch.school).sum())
    if others:
        raise DataError(
            f"The draft of batch {batch.id} is of school {batch.school}; rows of other schools "
            f"in it: {others}, 0 are required. Nothing was published. Undo it and import its "
            "file again.",
            f"批次 {batch.id} 是学校 {batch.school} 的草稿，其中有 {others} 行属于其他学校，"
            "应为 0 行。未发布任何内容。请撤回该草稿并重新导入原文件。",
        )


def _draft(scope: Scope, store: Store, number: int) -> Batch:
    batch = find_batch(scope, store, number)
    if batch.status == "draft":
        return batch
    if batch.status == "published":
        raise SettingsError(
            f"Import batch {number} is published; a published release is never taken back. "
            "Import the right file under the same exam name with --reason: it becomes the next "
            "release and the old one is kept.",
            f"导入批次 {number} 已发布，已发布的版本不能撤销。请用同一考试名称导入正确的文件，"
            "并用 --reason 说明原因：它将成为新的一版，旧版保留。",
        )
    raise SettingsError(
        f"Import batch {number} is {batch.status}, a draft is required. List drafts with the "
        "command batches.",
        f"导入批次 {number} {_STATUS_ZH[batch.status]}，需要草稿。请用 batches 命令查看草稿。",
    )


def _require_one_exam(parts: Sequence[Submission]) -> None:
    differing = [part.exam for part in parts if part.exam != parts[0].exam]
    if differing:
        raise SettingsError(
            f"The drafts say different things of their exams: {parts[0].exam.name!r} and "
            f"{differing[0].name!r} (name, day, grade or stage differ). Publish one exam at a "
            "time.",
            f"这些草稿的考试信息不一致：“{parts[0].exam.name}”与“{differing[0].name}”"
            "（名称、日期、年级或学段不同）。请一次只发布一场考试。",
        )
