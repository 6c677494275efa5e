"""What every frame says of itself, and how it calls the units."""

from dataclasses import replace

import pandas as pd

from data.catalogue import ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline.deidentify import coding_of

_IDENTITY = ("unit", "school", "code", "name", "parent")
"""Columns that say who a row is about; types and groups of schools may be called alike."""


def with_names(scope: Scope) -> Scope:
    """Return the scope under which figures are made, before its units are called by codes."""
    return replace(scope, shows_names=True)


def as_called(scope: Scope, store: Store, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with codes in place of names and codes of units, if the scope has it so.

    Rows are then sorted by these codes: the order of the own ones would tell who is who.
    """
    if scope.shows_names:
        return frame
    identity = [name for name in _IDENTITY if name in frame]
    coded = coding_of(with_names(scope), store).answered(frame[identity])
    called = frame.assign(**{name: coded[name] for name in identity})
    return called.sort_values(identity[0], kind="stable", ignore_index=True)


def with_origin(
    scope: Scope, frame: pd.DataFrame, exam: ExamRelease, baseline: ExamRelease | None = None
) -> pd.DataFrame:
    """Return a frame that says on which releases and rules it rests, and who may see it.

    ``attrs`` hold texts, numbers and truth values only, so that they can be written to a file.
    """
    own = frame if "exam" in frame else frame.assign(exam=exam.name)
    told = own.assign(release=exam.number, rule_version=exam.rule_version)
    if baseline is not None:
        told = told.assign(baseline=baseline.name, baseline_release=baseline.number)
    told.attrs = {
        "exam": exam.name,
        "exam_date": exam.held_on.isoformat(),
        "county": exam.county,
        "release": exam.number,
        "published_at": exam.published_at.isoformat(),
        "rule_version": exam.rule_version,
        "baseline": None if baseline is None else baseline.name,
        "baseline_release": None if baseline is None else baseline.number,
        "is_demonstration": exam.is_demonstration,
        "source": exam.source,
        "licence": exam.licence,
        "role": scope.role,
        "sees_small_groups": scope.sees_small_groups,
    }
    return told
