"""Tables from which bands are judged, built by hand."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.warning.default_rules import DEFAULT_RULES
from core.warning.rules import RuleSet, rule_set_of

SCHOOLS = tuple("abcdefghij")
GROUPS = pd.Series("junior", index=list(SCHOOLS))


def make_rows(
    figures: Mapping[str, Any],
    *,
    units: ArrayLike = SCHOOLS,
    se: float = 0.05,
    n_pupils: int = 60,
    subject: Any = "math",
) -> pd.DataFrame:
    """Return INDICATORS rows: for each indicator the estimates of the units."""
    keys = pd.DataFrame({"unit": np.array(units)}).assign(subject=subject)
    parts = [
        keys.assign(indicator=name, estimate=np.array(found, float))
        for name, found in figures.items()
    ]
    rows = pd.concat(parts, ignore_index=True).assign(exam="期末", se=se)
    status = np.where(rows["estimate"].isna(), "not_estimable", "ok")
    rows = rows.assign(low=np.nan, high=np.nan, n_pupils=n_pupils, reliability=np.nan)
    return rows.assign(status=pd.Series(status, dtype="str"))


def make_effects(
    index: ArrayLike, *, units: ArrayLike = SCHOOLS, coverage: float = 0.9
) -> pd.DataFrame:
    """Return SCHOOL_EFFECTS rows with the given indexes."""
    rows = pd.DataFrame({"school": np.array(units), "index": np.array(index, float)})
    numbers = ["prior_mean", "prior_mean_all", "estimate", "se_conditional", "se_prediction"]
    rows = rows.assign(**dict.fromkeys([*numbers, "low", "high", "reliability"], 0.1))
    return rows.assign(
        n=60, n_sat=66, n_prior=66, coverage=coverage, verdict="as_expected", status="ok"
    )


def make_gaps(
    gap: ArrayLike, *, flag: str = "weak", units: ArrayLike = SCHOOLS, subject: Any = "math"
) -> pd.DataFrame:
    """Return SUBJECT_GAPS rows."""
    rows = pd.DataFrame({"school": np.array(units), "gap": np.array(gap, float)})
    rows = rows.assign(**dict.fromkeys(["raw_gap", "raw_se", "se", "low", "high"], 0.1))
    return rows.assign(subject=subject, n_pupils=60, q_value=0.01, flag=flag, status="ok")


def make_standing(band: str, *, signal: str) -> pd.DataFrame:
    """Return SIGNALS rows: one signal that stood at one band in all schools."""
    rows = pd.DataFrame({"unit": list(SCHOOLS), "signal": signal, "band": band})
    named = rows.assign(exam="期中", subject="math", reason="ok", n_pupils=60)
    return named.assign(value=np.nan, threshold=np.nan)


def rules_with(changes: Mapping[str, object]) -> RuleSet:
    """Return the default rules with settings changed, by dotted name."""
    return rule_set_of(changed(DEFAULT_RULES, changes))


def changed(settings: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """Return settings with values put in by dotted name; one that is ... is taken out."""
    result = dict(settings)
    for name, value in changes.items():
        key, _, rest = name.partition(".")
        if rest:
            below = result[key]
            assert isinstance(below, Mapping)
            result[key] = changed(below, {rest: value})
        elif value is ...:
            del result[key]
        else:
            result[key] = value
    return result
