"""Every pupil of the file should stand in the roster."""

import numpy as np

from core.findings import Finding
from data.checks.by_school import by_school, share_by_school
from data.checks.draft import Draft

_WORDS = (
    "{school}：有 {n} 名学生（共 {of} 名）的学籍号不在花名册中（{rows}）。"
    "可能是学籍号写错，或是新转入的学生；请核对，新生请先更新花名册。",
    "{school}: pupil numbers that the roster does not have: {n} of {of} ({rows}). They may be "
    "mistyped, or new pupils; check them, and add new pupils to the roster.",
)
_NOBODY = (
    "{school}：全部 {of} 名学生都不在花名册中。"
    "花名册可能缺少这所学校，或学校代码、学籍号有误；请核对。",
    "{school}: none of its {of} pupils stands in the roster. The roster may lack the school, "
    "or the school code or the pupil numbers are wrong; check them.",
)


def check_pupil_unknown(draft: Draft) -> list[Finding]:
    """Warn of pupil numbers that the roster does not have, school by school."""
    if draft.known.roster.empty:
        return []
    named = draft.clean.frame["pupil_number"].notna().to_numpy(bool)
    unknown = named & ~draft.enrolment["is_listed"].to_numpy(bool)
    whole = share_by_school(draft, unknown, among=np.ones(len(unknown), dtype=bool)) == 1
    return [
        finding
        for mask, words in ((unknown & ~whole, _WORDS), (unknown & whole, _NOBODY))
        for finding in by_school(
            draft, mask, check="pupil_unknown", words=words, column="pupil_number"
        )
    ]
