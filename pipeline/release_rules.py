"""What must hold before submissions become a release of their exam."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.errors import DataError, SettingsError
from data.catalogue import ExamRelease, list_releases
from data.scope import OPERATOR
from data.store import Store
from pipeline.release_rows import ReleaseRows, stored_rows


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Where a submission waited to be published.

    Attributes
    ----------
    batch : int
        Number of its import batch.
    checked_against : int
        Number of the exam's release when it was checked, 0 before the first.
    school : str or None
        Code of the school whose rows alone it replaces; None replaces the whole exam.
    """

    batch: int
    checked_against: int
    school: str | None


def require_each_once(rows: ReleaseRows, *, exam: str, drafts: Sequence[KeptDraft]) -> None:
    """Refuse rows that hold a pupil twice: no figure and no correction could be had of them.

    Raises
    ------
    DataError
        With the schools and drafts that hold such pupils, and how many pupils these are.
    """
    wide = rows.wide
    is_repeated = wide["pupil"].duplicated(keep=False)
    if not is_repeated.any():
        return
    n_pupils = wide.loc[is_repeated, "pupil"].nunique()
    schools = sorted(set(wide.loc[is_repeated, "school"].dropna()))
    own = [draft.batch for draft in drafts if draft.school in (None, *schools)]
    drafts_en = f", batches {', '.join(map(str, own))}" if own else ""
    drafts_zh = f"，批次 {'、'.join(map(str, own))}" if own else ""
    raise DataError(
        f"Exam {exam!r} would hold pupils twice (pupils {n_pupils}, schools "
        f"{', '.join(schools)}{drafts_en}); a pupil belongs to one school. Nothing was "
        "published. Let the schools settle whose pupils they are, undo the wrong draft and "
        "import its file again without them.",
        f"考试“{exam}”中会有学生重复（学生 {n_pupils} 名，学校 "
        f"{'、'.join(schools)}{drafts_zh}）"
        "。同一学生只能属于一所学校，未发布任何内容。请相关学校核实后撤回有误的草稿，"
        "删去这些学生后重新导入。",
    )


def require_current(store: Store, current: ExamRelease | None, draft: KeptDraft | None) -> None:
    """Refuse a draft when what it would replace has changed since it was checked.

    Raises
    ------
    SettingsError
        When publishing would undo a correction that whoever made the draft did not know.
    """
    if current is None or draft is None or current.number == draft.checked_against:
        return
    if draft.school is not None:
        then = _rows_of(store, _release(store, current, draft.checked_against), draft.school)
        if then.equals(_rows_of(store, current, draft.school)):
            return
    overtaker, now = draft.checked_against + 1, current.number
    part_en, part_zh = "", ""
    if draft.school is not None:
        part_en, part_zh = f" for school {draft.school}", f"学校 {draft.school} 的"
    raise SettingsError(
        f"The draft of batch {draft.batch} was checked before release {overtaker}; the "
        f"exam has release {now} now with other content{part_en}, which the draft would undo. "
        "Nothing was published. Undo the draft, and import its file again if it is the right "
        "one.",
        f"批次 {draft.batch} 的草稿检查于第 {overtaker} 版发布之前；"
        f"该考试现为第 {now} 版，{part_zh}内容已不同，发布此草稿会撤销后来的更正。"
        "未发布任何内容。请撤回该草稿；若其文件正确，请重新导入。",
    )


def require_same_papers(
    known: pd.DataFrame, own: pd.DataFrame, *, exam: str, school: str
) -> None:
    """Refuse a school's submission whose subjects or full marks are not those of the exam.

    Raises
    ------
    SettingsError
        With both lists of subjects.
    """
    columns = ["subject", "position", "full_mark"]
    if known[columns].reset_index(drop=True).equals(own[columns].reset_index(drop=True)):
        return
    found, wanted = (
        ", ".join(
            f"{name} {mark // 100}"
            for name, mark in zip(table["name"], table["full_mark"].tolist(), strict=True)
        )
        for table in (own, known)
    )
    raise SettingsError(
        f"School {school} brings subjects and full marks ({found}) that differ from those of "
        f"exam {exam!r} ({wanted}). Use the same subjects in the same order with the same full "
        "marks; nothing was published.",
        f"学校 {school} 的科目与满分（{found}）和考试“{exam}”（{wanted}）不一致。"
        "请使用相同的科目、顺序和满分；未发布任何内容。",
    )


def _release(store: Store, current: ExamRelease, number: int) -> ExamRelease | None:
    """Return another release of the same exam, None for a number that it never had."""
    releases = list_releases(OPERATOR, store)
    wanted = (current.exam_id, number)
    return next((r for r in releases if (r.exam_id, r.number) == wanted), None)


def _rows_of(store: Store, release: ExamRelease | None, school: str) -> pd.DataFrame:
    """Return a school's rows with their roster, as text, so that two releases compare."""
    if release is None:
        return pd.DataFrame()
    rows = stored_rows(store, release)
    own = rows.wide[rows.wide["school"] == school]
    if own.empty:
        return pd.DataFrame()
    whole = own.merge(rows.roster, on="pupil", how="left").sort_values("pupil")
    return whole.astype("str").reset_index(drop=True)
