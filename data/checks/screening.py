"""Run every check on a draft in stages, and build SCORES when nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.assumed_full_mark import check_assumed_full_mark
from data.checks.constant_class import check_constant_class
from data.checks.draft import Draft
from data.checks.duplicate_pupil import check_duplicate_pupil, find_duplicate_pupil
from data.checks.entry_cells import check_entry_cells, find_entry_cells
from data.checks.grade import check_grade, find_grade
from data.checks.no_data import check_no_data
from data.checks.pupil_number_missing import (
    check_pupil_number_missing,
    find_pupil_number_missing,
)
from data.checks.pupil_number_shape import check_pupil_number_shape, find_pupil_number_shape
from data.checks.pupil_number_stored import check_pupil_number_stored, find_pupil_number_stored
from data.checks.school_identity import check_school_identity, find_school_identity
from data.checks.school_missing import check_school_missing, find_school_missing
from data.checks.score_ambiguous import check_score_ambiguous
from data.checks.score_format import check_score_format, find_score_format
from data.checks.score_formula import check_score_formula
from data.checks.score_precision import check_score_precision, find_score_precision
from data.checks.score_range import check_score_range, find_score_range
from data.checks.score_tidied import check_score_tidied
from data.checks.score_words import check_score_words
from data.checks.sex import check_sex
from data.checks.suspicious_zeros import check_suspicious_zeros
from data.checks.text_characters import check_text_characters, find_text_characters
from data.checks.text_length import check_text_length, find_text_length
from data.checks.text_tidied import check_text_tidied
from data.checks.total import check_total

Check = Callable[[Draft], list[Finding]]
Find = Callable[[Draft], pd.DataFrame]

# A stage that finds an error ends the screening only where the later ones could not be trusted.
STAGES: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("table", (check_no_data,)),
    (
        "identity",
        (
            check_pupil_number_missing,
            check_pupil_number_stored,
            check_pupil_number_shape,
            check_duplicate_pupil,
            check_school_missing,
            check_school_identity,
            check_grade,
            check_entry_cells,
            check_sex,
            check_text_characters,
            check_text_length,
            check_text_tidied,
        ),
    ),
    (
        "marks",
        (
            check_score_format,
            check_score_precision,
            check_score_range,
            check_score_words,
            check_score_ambiguous,
            check_score_formula,
            check_score_tidied,
        ),
    ),
    (
        "plausibility",
        (
            check_assumed_full_mark,
            check_total,
            check_suspicious_zeros,
            check_constant_class,
        ),
    ),
)
_ENDS_SCREENING = {"table"}

# Rules that refuse rows: where, in full, since findings list the first 200 places only.
FINDERS: tuple[Find, ...] = (
    find_pupil_number_missing,
    find_pupil_number_stored,
    find_pupil_number_shape,
    find_duplicate_pupil,
    find_school_missing,
    find_school_identity,
    find_grade,
    find_entry_cells,
    find_text_characters,
    find_text_length,
    find_score_format,
    find_score_precision,
    find_score_range,
)
_KEPT = (
    "row",
    "school_code",
    "school_name",
    "township",
    "class_name",
    "pupil_number",
    "exam_number",
    "pupil_name",
    "sex",
)


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """Outcome of all checks.

    Attributes
    ----------
    scores : DataFrame or None
        One row a pupil: row, school_code, school_name, township, class_name, pupil_number,
        exam_number, pupil_name, sex, and for the k-th subject from 1 score_k (hundredths,
        Int64, null unless present) and state_k. None when there is an error.
    findings : tuple of Finding
        In the order of the stages.
    n_rows, n_refused : int
        Pupils' rows, and those of them with an error.
    """

    scores: pd.DataFrame | None
    findings: tuple[Finding, ...]
    n_rows: int
    n_refused: int


def screen(draft: Draft) -> Screened:
    """Check a draft; every error is reported at once, not one an upload."""
    findings: list[Finding] = []
    for stage, checks in STAGES:
        findings += [finding for check in checks for finding in check(draft)]
        if stage in _ENDS_SCREENING and _has_error(findings):
            break
    refused = _has_error(findings)
    return Screened(
        scores=None if refused else _scores(draft),
        findings=tuple(findings),
        n_rows=len(draft.entries),
        n_refused=len(_refused_rows(draft)) if refused else 0,
    )


def _has_error(findings: list[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _refused_rows(draft: Draft) -> set[int]:
    return {int(row) for find in FINDERS for row in find(draft)["row"].unique()}


def _scores(draft: Draft) -> pd.DataFrame:
    scores = draft.clean.frame[list(_KEPT)].reset_index(drop=True)
    rows = pd.Index(scores["row"])
    columns: dict[str, object] = {}
    for k, subject in enumerate(draft.subjects, start=1):
        own = draft.read[(draft.read["subject"] == subject.code).to_numpy(bool)]
        at = rows.get_indexer(pd.Index(own["row"]))
        value = pd.array(np.zeros(len(rows), dtype=np.int64), dtype="Int64")
        value[:] = pd.NA
        value[at] = own["value"].array
        state = np.full(len(rows), "missing", dtype=object)
        state[at] = own["state"].to_numpy(dtype=object)
        columns[f"score_{k}"] = value
        columns[f"state_{k}"] = pd.array(state, dtype="str")
    return pd.concat([scores, pd.DataFrame(columns)], axis=1)
