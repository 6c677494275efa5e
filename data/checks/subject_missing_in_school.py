"""A subject that other schools took should have scores in every school."""

import numpy as np

from core.findings import Finding
from data.checks.by_school import at_most_listed, school_names
from data.checks.draft import Draft
from data.checks.remarks import remark

_CHECK = "subject_missing_in_school"
_MIN_PUPILS, _OTHERS = 5, 0.5


def check_subject_missing_in_school(draft: Draft) -> list[Finding]:
    """Warn of subjects without any score: in the whole file, or in single schools."""
    codes = draft.school_index
    size = len(draft.school.categories)
    n_pupils = np.bincount(codes[codes >= 0], minlength=size)
    findings, names = [], school_names(draft)
    for subject in draft.subjects:
        present = draft.points[subject.code].notna().to_numpy(bool)
        if not present.any():
            if len(present) >= _MIN_PUPILS:
                findings.append(_nowhere(subject.name, len(present)))
            continue
        n_present = np.bincount(codes[present & (codes >= 0)], minlength=size)
        if not (n_present > 0).sum() >= _OTHERS * size > 0:
            continue
        for k in np.flatnonzero((n_present == 0) & (n_pupils >= _MIN_PUPILS)):
            code = str(draft.school.categories[int(k)])
            findings.append(_school(names.get(code, code), subject.name, int(n_pupils[k])))
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _nowhere(subject: str, n: int) -> Finding:
    return remark("warning", _CHECK, (
        f"“{subject}”一个成绩也没有（{n} 名学生）。"
        f"请确认该科是否已录入；没有考的科目请删除该列。",
        f"{subject}: not a single score among {n} pupils. Check that it was entered; delete "
        f"the column of a subject that was not taken.",
    ), column=subject)  # fmt: skip


def _school(school: str, subject: str, n: int) -> Finding:
    return remark("warning", _CHECK, (
        f"{school}：“{subject}”一个成绩也没有（{n} 名学生），其它学校有。请确认是否漏录。",
        f"{school}: not a single score in {subject} among {n} pupils, while other schools have "
        f"them. Check whether it was forgotten.",
    ), column=subject)  # fmt: skip
