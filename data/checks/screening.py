"""Run every check on a draft in stages, and build SCORES when nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.assumed_full_mark import check_assumed_full_mark
from data.checks.class_differs import check_class_differs
from data.checks.class_spelling import check_class_spelling
from data.checks.class_unknown import check_class_unknown
from data.checks.cohort_grown import check_cohort_grown
from data.checks.cohort_shrunk import check_cohort_shrunk
from data.checks.column_swap import check_column_swap
from data.checks.constant_class import check_constant_class
from data.checks.date_in_future import check_date_in_future
from data.checks.draft import Draft
from data.checks.duplicate_pupil import check_duplicate_pupil, find_duplicate_pupil
from data.checks.entry_cells import check_entry_cells, find_entry_cells
from data.checks.equal_columns import check_equal_columns
from data.checks.exam_number_twice import check_exam_number_twice, find_exam_number_twice
from data.checks.full_mark_changed import check_full_mark_changed
from data.checks.full_mark_unreached import check_full_mark_unreached
from data.checks.grade import check_grade, find_grade
from data.checks.grade_differs import check_grade_differs
from data.checks.mean_shift import check_mean_shift
from data.checks.name_differs import check_name_differs
from data.checks.no_data import check_no_data
from data.checks.order_copied import check_order_copied
from data.checks.other_school import check_other_school, find_other_school, own_rows
from data.checks.prior_link_rate import check_prior_link_rate
from data.checks.pupil_elsewhere import check_pupil_elsewhere
from data.checks.pupil_left import check_pupil_left
from data.checks.pupil_number_missing import (
    check_pupil_number_missing,
    find_pupil_number_missing,
)
from data.checks.pupil_number_shape import check_pupil_number_shape, find_pupil_number_shape
from data.checks.pupil_number_stored import check_pupil_number_stored, find_pupil_number_stored
from data.checks.pupil_unknown import check_pupil_unknown
from data.checks.pupils_missing import check_pupils_missing
from data.checks.released_elsewhere import (
    check_released_elsewhere,
    find_released_elsewhere,
)
from data.checks.school_identity import check_school_identity, find_school_identity
from data.checks.school_missing import check_school_missing, find_school_missing
from data.checks.school_small import check_school_small
from data.checks.school_unknown import check_school_unknown
from data.checks.score_ambiguous import check_score_ambiguous
from data.checks.score_format import check_score_format, find_score_format
from data.checks.score_formula import check_score_formula
from data.checks.score_heaping import check_score_heaping
from data.checks.score_precision import check_score_precision, find_score_precision
from data.checks.score_range import check_score_range, find_score_range
from data.checks.score_run import check_score_run
from data.checks.score_tidied import check_score_tidied
from data.checks.score_words import check_score_words
from data.checks.sex import check_sex
from data.checks.spread_shift import check_spread_shift
from data.checks.subject_missing_in_school import check_subject_missing_in_school
from data.checks.subject_name import check_subject_name
from data.checks.suspicious_zeros import check_suspicious_zeros
from data.checks.text_characters import check_text_characters, find_text_characters
from data.checks.text_length import check_text_length, find_text_length
from data.checks.text_tidied import check_text_tidied
from data.checks.total import check_total

Check = Callable[[Draft], list[Finding]]
Find = Callable[[Draft], pd.DataFrame]

_OWN_SCHOOL = "own school"
# A stage that finds an error ends the screening only where it leaves nothing to look at.
STAGES: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("table", (check_no_data,)),
    (_OWN_SCHOOL, (check_other_school,)),
    (
        "identity",
        (
            check_pupil_number_missing,
            check_pupil_number_stored,
            check_pupil_number_shape,
            check_duplicate_pupil,
            check_exam_number_twice,
            check_school_missing,
            check_school_identity,
            check_school_small,
            check_grade,
            check_entry_cells,
            check_class_spelling,
            check_sex,
            check_text_characters,
            check_text_length,
            check_subject_name,
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
        "roster",
        (
            check_school_unknown,
            check_pupil_unknown,
            check_pupil_elsewhere,
            check_released_elsewhere,
            check_pupil_left,
            check_name_differs,
            check_grade_differs,
            check_class_unknown,
            check_class_differs,
            check_pupils_missing,
        ),
    ),
    (
        "plausibility",
        (
            check_date_in_future,
            check_assumed_full_mark,
            check_full_mark_unreached,
            check_total,
            check_suspicious_zeros,
            check_constant_class,
            check_equal_columns,
            check_order_copied,
            check_score_run,
            check_score_heaping,
            check_subject_missing_in_school,
        ),
    ),
    (
        "earlier exams",
        (
            check_prior_link_rate,
            check_cohort_shrunk,
            check_cohort_grown,
            check_full_mark_changed,
            check_mean_shift,
            check_spread_shift,
            check_column_swap,
        ),
    ),
)

# Rules that refuse rows: where, in full, since findings list the first 200 places only.
FINDERS: tuple[Find, ...] = (
    find_other_school,
    find_pupil_number_missing,
    find_pupil_number_stored,
    find_pupil_number_shape,
    find_duplicate_pupil,
    find_exam_number_twice,
    find_school_missing,
    find_school_identity,
    find_grade,
    find_entry_cells,
    find_text_characters,
    find_text_length,
    find_released_elsewhere,
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
    """Check a draft; every error is reported at once, not one an upload.

    Of rows that a school's clerk may not import nothing but their number is told.
    """
    findings: list[Finding] = []
    seen = draft
    for stage, checks in STAGES:
        findings += [finding for check in checks for finding in check(seen)]
        if stage == _OWN_SCHOOL:
            seen = own_rows(draft)
        if seen.entries.empty or seen.marks.empty:
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
    subject_of, row_of = draft.read["subject"], draft.read["row"].to_numpy()
    value, state = draft.read["value"].array, draft.read["state"].array
    columns: dict[str, object] = {}
    for k, subject in enumerate(draft.subjects, start=1):
        own = np.flatnonzero((subject_of == subject.code).to_numpy(bool))
        at = np.full(len(rows), -1)  # where a pupil has no mark of the subject
        at[rows.get_indexer(pd.Index(row_of[own]))] = own
        columns[f"score_{k}"] = value.take(at, allow_fill=True)
        columns[f"state_{k}"] = state.take(at, allow_fill=True, fill_value="missing")
    return pd.concat([scores, pd.DataFrame(columns)], axis=1)
