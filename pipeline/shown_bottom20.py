"""Where the pupils of the county's lowest 20 % learn, as it may be shown."""

import pandas as pd

from core.attainment import AttainmentSpec, compute_class_bottom20, compute_cuts
from core.suppression import (
    code_extreme_rates,
    is_small,
    suppress,
    suppressed_together,
)
from data.catalogue import ExamRelease, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_classes import hidden_classes
from pipeline.compute_indicators import all_indicators
from pipeline.exam_statistics import statistic_of
from pipeline.hidden_units import hidden_in_exam
from pipeline.make_statistics import class_histogram
from pipeline.release_statistics import release_file
from pipeline.remember import remember

SHARE = "bottom20_share"
_ROLL = ("n_enrolled", "n_sat")


@remember(most=64)
def shown_bottom20(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame:
    """Return INDICATORS rows of the share below the county's 20th percentile, of all units.

    Small groups are taken out with their partners, shares of nobody or everybody are ranges.
    """
    rows = all_indicators(scope, store, exam)
    shares = rows[rows["indicator"] == SHARE].reset_index(drop=True)
    if scope.sees_small_groups:
        return shares
    shown = suppress(shares, hidden=hidden_in_exam(scope, store, exam))
    few = shown["subject"].isin(_few_in_county(store, exam, rows))
    hidden_whole = suppress(shown[few], hidden=frozenset(shown["unit"].unique()))
    return code_extreme_rates(pd.concat([shown[~few], hidden_whole]).sort_index())


@remember(most=128)
def shown_class_bottom20(
    scope: Scope, store: Store, exam: ExamRelease, *, school: str
) -> pd.DataFrame:
    """Return the same share of the classes of one school, by subject.

    It reads that school's rows, a filtered scan, since histograms of classes are not kept. A
    class with fewer than ten pupils in any subject is hidden in all, with partners, so that the
    school less the other classes does not give it back.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    papers = subjects_of(store, exam.release_id)
    names = list(papers["subject"])
    histogram = class_histogram(scope, release_file(store, exam), school=school).to_pandas()
    cuts = compute_cuts(
        statistic_of(scope, store, exam, "score_histogram", names),
        subjects=papers,
        spec=AttainmentSpec(),
    )
    rows = compute_class_bottom20(histogram, cuts=cuts, exam=exam.name)
    if scope.sees_small_groups:
        return rows
    if school in hidden_in_exam(scope, store, exam):
        return code_extreme_rates(suppress(rows, hidden=frozenset(rows["unit"].unique())))
    counts = rows.pivot_table(
        index="unit", columns="subject", values="n_pupils", aggfunc="sum", fill_value=0
    ).astype("int64")
    hidden = suppressed_together(
        (counts[subject] for subject in counts),
        parent=pd.Series("school", index=counts.index),
        also=hidden_classes(scope, store, exam, None) & set(counts.index),
    )
    return code_extreme_rates(suppress(rows, hidden=hidden))


def _few_in_county(store: Store, exam: ExamRelease, rows: pd.DataFrame) -> set[str]:
    """Return the subjects that fewer than ten pupils of the whole county took."""
    units = units_of(store, exam.county)
    county = units.loc[units["level"] == "county", "code"].iloc[0]
    counts = rows[(rows["unit"] == county) & rows["indicator"].isin(_ROLL)]
    return set(counts.loc[counts["n_pupils"].map(is_small), "subject"])
