"""Cross-moments of subjects, of one exam or of a pair: made at first use, and kept."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from core.tables import LINKED_SUBJECT_MOMENTS, SUBJECT_MOMENTS
from data.catalogue import OWN_PRIOR, ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline import make_statistics
from pipeline.kept_statistics import StatisticKey, kept_statistic
from pipeline.release_statistics import release_file


def subject_moments(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame:
    """Return the SUBJECT_MOMENTS of a release; empty for an exam of one subject."""

    def make() -> Mapping[str, pa.Table]:
        table = make_statistics.subject_moments(store.engine, release_file(store, exam))
        return {"subject_moments": table}

    kept = kept_statistic(scope, store, StatisticKey("subject_moments", exam), make)
    return SUBJECT_MOMENTS.empty() if kept is None else kept


def linked_subject_moments(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease
) -> pd.DataFrame:
    """Return the LINKED_SUBJECT_MOMENTS of a pair; empty without two subjects with priors."""

    def make() -> Mapping[str, pa.Table]:
        later, earlier = release_file(store, exam), release_file(store, baseline)
        table = make_statistics.linked_subject_moments(store.engine, later, earlier)
        return {"linked_subject_moments": table}

    key = StatisticKey("linked_subject_moments", exam, baseline, OWN_PRIOR)
    kept = kept_statistic(scope, store, key, make)
    return LINKED_SUBJECT_MOMENTS.empty() if kept is None else kept
