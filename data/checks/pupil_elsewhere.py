"""A pupil's school in the file should be his school in the roster."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.by_school import at_most_listed
from data.checks.draft import Draft
from data.checks.places import rows_en, rows_zh

_SHOWN = 20
_CHECK = "pupil_elsewhere"


def check_pupil_elsewhere(draft: Draft) -> list[Finding]:
    """Warn of pupils of another school in the roster, by both schools; note recorded moves."""
    enrolment = draft.enrolment
    own = draft.clean.frame["school_code"].reset_index(drop=True)
    listed = enrolment["is_listed"].to_numpy(bool) & own.notna().to_numpy(bool)
    differs = listed & (enrolment["school"] != own).to_numpy(bool)
    if not differs.any():
        return []
    is_told = (enrolment["school_then"] == own).to_numpy(bool)
    pairs = enrolment[["row", "school"]].assign(own=own)
    if draft.known.as_school is not None:
        # A school's clerk learns that a pupil is enrolled elsewhere, not where.
        pairs["school"] = ""
    findings = [
        _finding(str(here), str(there), part["row"])
        for (here, there), part in pairs[differs & ~is_told].groupby(["own", "school"])
    ]
    told = int(np.count_nonzero(differs & is_told))
    return at_most_listed(findings, check=_CHECK, severity="warning") + [_explained(told)] * (
        told > 0
    )


def _finding(here: str, there: str, lines: "pd.Series[int]") -> Finding:
    where = (f"学校 {there}", f"school {there}") if there else ("另一所学校", "another school")
    return Finding(
        "warning", _CHECK, int(lines.iloc[0]), None, here,
        f"文件中属于学校 {here} 的 {len(lines)} 名学生，在花名册中属于{where[0]}"
        f"（{rows_zh(lines, shown=_SHOWN)}）。若已转学请登记异动或更新花名册；"
        f"否则请核对学籍号和学校代码。",
        f"Pupils of school {here} in the file who belong to {where[1]} in the roster: "
        f"{len(lines)} ({rows_en(lines, shown=_SHOWN)}). Record the move or update the roster "
        f"if they moved; otherwise check pupil numbers and school code.",
    )  # fmt: skip


def _explained(n: int) -> Finding:
    return Finding(
        "note", _CHECK, None, None, None,
        f"有 {n} 名学生的学校与花名册不同，但与登记的学籍异动相符。",
        f"Pupils in another school than in the roster, as recorded moves explain: {n}.",
    )  # fmt: skip
