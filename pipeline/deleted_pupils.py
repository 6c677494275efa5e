"""A file must not silently bring back pupils who were deleted on request.

A deletion keeps nothing of the pupil, not even his pseudonym: only how many were deleted from a
release is known. Whoever stands in a file and not in the release may be one of them.
"""

from core.findings import Finding
from data.catalogue import list_releases
from data.checks.draft import Draft
from data.checks.places import rows_en, rows_zh
from data.scope import OPERATOR
from data.store import Store

_SHOWN = 20
_REMEDIES = {
    False: (
        "请删去已删除学生所在的行；若这些学生确应加入，请用 --reason 说明。",
        "Take out the rows of deleted pupils; if these do belong in, say why with --reason.",
    ),
    True: (
        "已说明原因，这些学生将加入；请确认其中没有已删除的学生。",
        "A reason was given, so they are added; see that none of them was deleted.",
    ),
}


def check_deleted_pupils(
    store: Store, draft: Draft, *, exam: str, has_reason: bool
) -> list[Finding]:
    """Refuse pupils new to an exam that pupils were deleted from; warn with a reason."""
    release = draft.known.superseded
    deleted = [r.n_deleted for r in list_releases(OPERATOR, store) if r.name == exam]
    n_deleted = max(deleted, default=0)
    if release is None or not n_deleted:
        return []
    pupil = draft.enrolment["pupil"]
    is_new = (pupil.notna() & ~pupil.isin(release.scores["pupil"])).to_numpy(bool)
    if not is_new.any():
        return []
    lines = draft.enrolment.loc[is_new, "row"]
    n, zh, en = len(lines), *_REMEDIES[has_reason]
    return [
        Finding(
            "warning" if has_reason else "error",
            "deleted_pupils",
            int(lines.iloc[0]),
            None,
            None,
            f"本场考试曾按申请删除 {n_deleted} 名学生。文件中有 {n} 名学生不在当前版本中"
            f"（{rows_zh(lines, shown=_SHOWN)}），可能包括已删除的学生。{zh}",
            f"From this exam pupils were deleted on request: {n_deleted}. Pupils of the file "
            f"who are not in the current release, perhaps those: {n} "
            f"({rows_en(lines, shown=_SHOWN)}). {en}",
        )
    ]
