"""Frames of figures: INDICATORS of an exam, value-added of a linked pair."""

import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.suppression import is_small
from core.value_added import Method, ValueAdded
from data.catalogue import find_exam
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import papers_of
from pipeline.frames.exams import visible_units
from pipeline.frames.origin import as_called, with_names, with_origin
from pipeline.rounded import SD, SHARE, rounded, rounded_columns
from pipeline.shown_bottom20 import shown_bottom20
from pipeline.view_parts import model_of, setting_of, shown_indicators, summary_of
from pipeline.views import ModelSummary, Query

METHODS: tuple[Method, ...] = ("contextual", "random_intercept")
"""Estimators that pages of results judge by, the one of bands and candidates first."""

_EFFECTS = [
    "school", "name", "n", "n_sat", "n_prior", "coverage", "prior_mean", "estimate",
    "se_prediction", "low", "high", "reliability", "index", "verdict", "status",
]  # fmt: skip


def indicators(
    scope: Scope, store: Store, *, exam: str, subject: str | None = None
) -> pd.DataFrame:
    """Return INDICATORS of an exam: county, townships and schools, in the digits of the pages.

    Hidden groups keep their row with the status ``suppressed``. A rate of nobody or everybody
    is a range, status ``coded``. A scope that sees small groups gets every figure, exact.

    Parameters
    ----------
    exam : str
        Name of the exam.
    subject : str, optional
        Code or name of one subject; all of them otherwise.

    Returns
    -------
    DataFrame
        INDICATORS with name and level of the unit, release and rule version.

    Raises
    ------
    SettingsError
        When the exam or the subject does not exist; those that do are named.
    """
    named, release = with_names(scope), find_exam(scope, store, exam)
    subjects = papers_of(store, release, subject=subject)["subject"]
    parts = [shown_indicators(named, store, release, subject=code) for code in subjects]
    shares = shown_bottom20(named, store, release)
    rows = pd.concat([*parts, shares[shares["subject"].isin(subjects)]], ignore_index=True)
    called = _of_units(rows, visible_units(scope, store, release))
    told = called if scope.sees_small_groups else rounded(called)
    return with_origin(scope, as_called(scope, store, told), release)


def value_added(
    scope: Scope,
    store: Store,
    *,
    exam: str,
    baseline: str,
    subject: str,
    method: Method = METHODS[0],
) -> pd.DataFrame:
    """Return the value-added of the schools between two linked exams, best estimate first.

    Parameters
    ----------
    exam, baseline : str
        Names of the exam and of one that it is linked with.
    subject : str
        Code or name; its prior is the same subject of the baseline, or its total.
    method : str
        ``contextual``, by which schools are judged, or ``random_intercept``, as on the pages.

    Returns
    -------
    DataFrame
        SCHOOL_EFFECTS in population SD. ``low`` and ``high`` are 95 % intervals of single
        schools. ``prior_mean``, the intake, is null where 1 to 9 pupils left. What the model
        says of all schools stands in ``attrs["model"]``.

    Raises
    ------
    SettingsError
        When exam, subject or method do not exist, or the baseline is not linked with the exam.
    NotEstimableError
        When there are too few matched pupils, or nothing to compare.
    """
    named = with_names(scope)
    _require_shown(method)
    setting = setting_of(named, store, Query(exam, subject, baseline, method))
    model = model_of(named, store, setting, subject=setting.subject)
    if model.value_added is None:
        raise NotEstimableError(*(model.why or ("", "")))
    schools = _of_schools(scope, model.value_added, visible_units(scope, store, setting.exam))
    subject_columns = {"subject": setting.subject, "method": method}
    called = as_called(scope, store, schools).assign(**subject_columns)
    ordered = called.sort_values(
        ["estimate", "school"], ascending=[False, True], ignore_index=True
    )
    told = with_origin(scope, ordered, setting.exam, setting.baseline)
    told.attrs["model"] = _model_texts(summary_of(model, scope=named), method)
    return told


def _require_shown(method: str) -> None:
    """Refuse estimators by which no page of results judges a school."""
    if method in METHODS:
        return
    known = ", ".join(METHODS)
    raise SettingsError(
        f"Schools are not judged by the method {method!r}. Choose one of the {len(METHODS)}: "
        f"{known}.",
        f"学校不以“{method}”方法作结论。可选 {len(METHODS)} 种：{known}。",
    )


def _of_units(rows: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of these units with their name and level behind the code."""
    tree = units.set_index("code")
    seen = rows[rows["unit"].isin(tree.index)].reset_index(drop=True)
    seen = seen.astype({"n_pupils": "Int64"})
    seen.insert(1, "name", seen["unit"].map(tree["name"]))
    seen.insert(2, "level", seen["unit"].map(tree["level"]))
    return seen


def _of_schools(scope: Scope, found: ValueAdded, units: pd.DataFrame) -> pd.DataFrame:
    """Return SCHOOL_EFFECTS of the schools in the scope, in the digits of the pages."""
    names = units.set_index("code")["name"]
    seen = found.schools[found.schools["school"].isin(names.index)]
    seen = seen.assign(name=seen["school"].map(names))[_EFFECTS].reset_index(drop=True)
    seen = seen.astype(dict.fromkeys(("n", "n_sat", "n_prior"), "Int64"))
    if scope.sees_small_groups:
        return seen
    left = (seen["n_prior"] - seen["n"]).fillna(0)
    # Beside the mean of all who have a prior, which is on a page, it would tell of a few.
    hidden = left.map(is_small).astype(bool)
    told = rounded(seen.assign(prior_mean=seen["prior_mean"].mask(hidden)))
    return rounded_columns(told, {"prior_mean": SD, "se_prediction": SD, "reliability": SHARE})


def _model_texts(summary: ModelSummary, method: str) -> dict[str, object]:
    """Return what the model says of all schools, as a file can hold it."""
    sample = summary.common_sample
    found: dict[str, object] = {
        "method": method,
        "status": summary.status,
        "icc": summary.icc,
        "sigma_u2": summary.sigma_u2,
        "fairness_r": summary.fairness_r,
    }
    if sample is not None:
        found |= {name: getattr(sample, name) for name in ("matched", "joined", "left")}
    return found
