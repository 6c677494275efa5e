"""Two classes never have the same scores in the same order."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.by_school import at_most_listed
from data.checks.draft import Draft
from data.checks.remarks import remark

_CHECK = "order_copied"
_MIN_PUPILS, _MIN_KINDS = 10, 6
_NO_GROUP = -(1 << 40)


def check_order_copied(draft: Draft) -> list[Finding]:
    """Warn of classes whose scores in a subject repeat those of another, row for row."""
    order, starts = _classes(draft)
    rows = draft.entries["row"].to_numpy()[order]
    findings = []
    for subject in draft.subjects:
        values = draft.points[subject.code].to_numpy()[order]
        has_null = np.add.reduceat(np.isnan(values), starts[:-1]) > 0
        is_asked = (np.diff(starts) >= _MIN_PUPILS) & ~has_null
        content, width = values.tobytes(), values.itemsize
        seen: dict[bytes, int] = {}
        for start, end in np.column_stack([starts[:-1], starts[1:]])[is_asked].tolist():
            sequence = content[start * width : end * width]
            first = seen.setdefault(sequence, int(rows[start]))
            if first != int(rows[start]) and len(set(values[start:end])) >= _MIN_KINDS:
                findings.append(_finding(subject.name, first, int(rows[start]), end - start))
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _classes(draft: Draft) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows put together by class in the order of the file, and where each starts."""
    classes = pd.factorize(draft.clean.frame["class_name"])[0]
    groups = draft.school_index * (int(classes.max(initial=0)) + 2) + classes
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=_NO_GROUP, append=_NO_GROUP))
    return order, starts


def _finding(subject: str, first: int, second: int, n: int) -> Finding:
    return remark("warning", _CHECK, (
        f"“{subject}”：从第 {second} 行起的班级与从第 {first} 行起的班级 {n} 人的成绩逐行相同。"
        f"很可能是复制粘贴，请核对。",
        f"{subject}: the {n} scores of the class from row {second} on are, row for row, those "
        f"of the class from row {first} on. Most likely they were pasted; check them.",
    ), row=second, column=subject)  # fmt: skip
