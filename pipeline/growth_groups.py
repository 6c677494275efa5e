"""Growth of all groups of schools of a linked pair, with what of it is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.growth import Growth
from core.growth_curves import PERCENTILES, curve_at
from core.growth_groups import GroupGrowth, compute_group_growth
from core.suppression import MIN_PUPILS_SHOWN
from core.value_added import ValueAddedSpec
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_growth import exam_growth
from pipeline.link_exams import link_exams, linked_joint
from pipeline.remember import remember
from pipeline.school_groups import groupings_of, hidden_cells, hidden_totals

SUPPRESSED = "suppressed"
_POINTS = 41
"""Starts at which a curve is drawn; more would be no smoother on a screen."""

_MIN_COVERAGE = ValueAddedSpec(method="random_intercept", scale="z").min_coverage


@dataclass(frozen=True, slots=True)
class ShownGroups:
    """Growth of the county and of its groups, as it may be shown, exact to the last digit.

    Attributes
    ----------
    growth : Growth
        Of the county.
    curves : DataFrame
        percentile, start, score where ten pupils or more start lower, and higher.
    groups, fifths, bands : DataFrame
        As in GroupGrowth, for schools and groups of schools, with status (ok low_coverage
        suppressed); figures of what is hidden are null. Fifths and bands without pupils read
        like hidden ones.
    """

    growth: Growth
    curves: pd.DataFrame
    groups: pd.DataFrame
    fifths: pd.DataFrame
    bands: pd.DataFrame


@remember(most=64)
def shown_growth_groups(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease, *, subject: str
) -> ShownGroups:
    """Return the growth of all groups of schools without what is hidden.

    Raises
    ------
    SettingsError
        When the subject is unknown or the baseline is not earlier.
    NotEstimableError
        When no pupil has both scores, or a score does not vary.
    """
    growth = exam_growth(scope, store, exam, baseline, subject=subject)
    joint = linked_joint(scope, store, exam, baseline)
    rows = pd.DataFrame() if joint is None else joint[joint["subject"] == subject]
    found = _of_groupings(rows, growth, groupings_of(units_of(store, exam.county)))
    n_pupils = rows.groupby("school")["n"].sum()
    dark = hidden_totals(scope, store, exam, baseline, n_pupils=n_pupils)
    groups = _with_status(
        found.groups,
        is_hidden=found.groups["unit"].isin(dark),
        is_thin=found.groups["unit"].isin(_thin(scope, store, exam, baseline, subject)),
    )
    return ShownGroups(
        growth=growth,
        curves=_drawn(growth),
        groups=groups,
        fifths=_shown(scope, store, (exam, baseline), found.fifths, column="fifth"),
        bands=_shown(scope, store, (exam, baseline), found.bands, column="band"),
    )


def _of_groupings(
    joint: pd.DataFrame, growth: Growth, groupings: Mapping[str, pd.Series]
) -> GroupGrowth:
    """Return the growth of schools, and of what they are grouped to, in one table each."""
    schools = pd.Index(joint["school"].unique(), dtype="str")
    itself = pd.Series(schools, index=schools)
    found = [
        compute_group_growth(joint, growth=growth, group_of=of)
        for of in (itself, *groupings.values())
        if of.reindex(schools).notna().any()
    ]
    return GroupGrowth(
        *(
            pd.concat([getattr(one, table) for one in found], ignore_index=True)
            for table in ("groups", "fifths", "bands")
        )
    )


def _thin(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease, subject: str
) -> set[str]:
    """Return schools and groups of whose pupils too few are matched."""
    moments = link_exams(scope, store, exam, baseline)
    n = moments[moments["subject"] == subject].set_index("school")[["n", "n_sat"]]
    groupings = groupings_of(units_of(store, exam.county)).values()
    tables = [n, *(n.groupby(of.reindex(n.index)).sum() for of in groupings)]
    thin = pd.concat([t.index[t["n"] < _MIN_COVERAGE * t["n_sat"]].to_series() for t in tables])
    return set(thin)


def _shown(
    scope: Scope,
    store: Store,
    pair: tuple[ExamRelease, ExamRelease],
    cells: pd.DataFrame,
    *,
    column: str,
) -> pd.DataFrame:
    """Return a row for each unit and column, without the figures of hidden cells."""
    wide = cells.pivot_table(index="unit", columns=column, values="n", fill_value=0)
    exam, baseline = pair
    n_schools = units_of(store, exam.county).query("level == 'school'")["code"]
    counts = wide[wide.index.isin(n_schools)].astype("int64")
    hidden = hidden_cells(scope, store, exam, baseline, counts=counts)
    whole = cells.set_index(["unit", column]).reindex(
        pd.MultiIndex.from_product([wide.index, wide.columns])
    )
    is_hidden = hidden.loc[wide.index, wide.columns].to_numpy().ravel()
    nobody = ~(whole["n"] > 0).to_numpy() & (not scope.sees_small_groups)
    rows = whole.rename_axis(["unit", column]).reset_index()
    return _with_status(rows, is_hidden=is_hidden | nobody, key=("unit", column))


def _with_status(
    rows: pd.DataFrame,
    *,
    is_hidden: pd.Series | np.ndarray,
    is_thin: pd.Series | None = None,
    key: tuple[str, ...] = ("unit",),
) -> pd.DataFrame:
    dark = pd.Series(np.asarray(is_hidden), index=rows.index)
    status = pd.Series("ok", index=rows.index, dtype="str")
    if is_thin is not None:
        status = status.mask(is_thin, "low_coverage")
    counts = {"n", "n_schools", "of"} & set(rows)
    blank = {
        str(name): (rows[name].astype("Int64") if name in counts else rows[name]).mask(dark)
        for name in rows
        if name not in key and name not in ("county_share", "county_mean")
    }
    return rows.assign(**blank, status=status.mask(dark, SUPPRESSED))


def _drawn(growth: Growth) -> pd.DataFrame:
    """Return the curves between the tenth pupil from below and the tenth from above."""
    n = growth.cells.groupby("prior")["n"].sum()
    enough = (n.cumsum() >= MIN_PUPILS_SHOWN) & (n[::-1].cumsum()[::-1] >= MIN_PUPILS_SHOWN)
    inner = n.index[enough].to_numpy(float) / 100
    if not inner.size:
        return growth.curves.iloc[:0]
    start = np.unique(np.linspace(inner[0], inner[-1], _POINTS))
    parts = [
        pd.DataFrame(
            {
                "percentile": percentile,
                "start": start,
                "score": curve_at(growth.curves, start, percentile=percentile),
            }
        )
        for percentile in PERCENTILES
    ]
    return pd.concat(parts, ignore_index=True)
