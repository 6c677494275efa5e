"""Findings that are told school by school, since it is the school that must be asked."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding, Severity
from data.checks.draft import Draft
from data.checks.places import LISTED, Mask, Words, rows_en, rows_zh

_SHOWN = 20


def by_school(
    draft: Draft,
    mask: Mask,
    *,
    check: str,
    words: Words,
    column: str,
    severity: Severity = "warning",
) -> list[Finding]:
    """Return one finding a school with rows where the mask holds, at most 200, then the total.

    Parameters
    ----------
    words : (str, str)
        Chinese and English template with {school}, {n} (rows found), {of} (rows of the
        school) and {rows}.
    column : str
        Field of ENTRIES that the rule is about.
    """
    if not mask.any():
        return []
    of = pd.Series(draft.school).value_counts()
    at = np.flatnonzero(mask)
    rows = draft.entries["row"].iloc[at]
    groups = rows.groupby(draft.school_index[at])
    names = school_names(draft)
    findings = []
    for code, lines in groups:
        school = str(draft.school.categories[int(str(code))]) if int(str(code)) >= 0 else "-"
        told = {"school": names.get(school, school), "n": len(lines), "of": of.get(school, 0)}
        findings.append(
            Finding(
                severity,
                check,
                int(lines.iloc[0]),
                draft.header(column),
                None,
                words[0].format(rows=rows_zh(lines, shown=_SHOWN), **told),
                words[1].format(rows=rows_en(lines, shown=_SHOWN), **told),
            )
        )
    return at_most_listed(findings, check=check, severity=severity)


def at_most_listed(findings: list[Finding], *, check: str, severity: Severity) -> list[Finding]:
    """Return the first 200 findings and, where there are more, one that gives the total."""
    if len(findings) <= LISTED:
        return findings
    return [
        *findings[:LISTED],
        Finding(
            severity, check, None, None, None,
            f"这类问题共 {len(findings)} 处，只列出前 {LISTED} 处。改正后请重新上传。",
            f"Places of this kind: {len(findings)}; the first {LISTED} are listed.",
        ),
    ]  # fmt: skip


def school_names(draft: Draft) -> Mapping[str, str]:
    """Return how each school of the file is called in a message: name and code."""
    frame = draft.clean.frame[["school_code", "school_name"]].dropna()
    known = frame.drop_duplicates("school_code")
    return {
        code: name if name == code else f"{name}（{code}）"
        for code, name in zip(known["school_code"], known["school_name"], strict=True)
    }


def count_by_school(draft: Draft, mask: Mask) -> NDArray[np.float64]:
    """Return for each row the number of its school's rows where the mask holds."""
    codes = draft.school_index + 1
    counts = np.bincount(codes, weights=mask).astype(np.float64)
    of_row: NDArray[np.float64] = counts[codes]
    return of_row


def share_by_school(draft: Draft, mask: Mask, *, among: Mask) -> NDArray[np.float64]:
    """Return for each row the share of its school's rows ``among`` where the mask holds."""
    return count_by_school(draft, mask & among) / np.maximum(count_by_school(draft, among), 1)
