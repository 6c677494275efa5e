"""Moments of the classes of a pair of exams: made at first use, and kept."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from core.class_tables import LINKED_CLASS_MOMENTS
from data.catalogue import OWN_PRIOR, ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline import make_statistics
from pipeline.kept_statistics import StatisticKey, kept_statistic
from pipeline.release_statistics import release_file


def linked_class_moments(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease
) -> pd.DataFrame:
    """Return the LINKED_CLASS_MOMENTS of a pair; empty where no subject has a prior."""

    def make() -> Mapping[str, pa.Table | None]:
        later, earlier = release_file(store, exam), release_file(store, baseline)
        made = make_statistics.linked_class_moments(store.engine, later, earlier)
        return {"linked_class_moments": made}

    key = StatisticKey("linked_class_moments", exam, baseline, OWN_PRIOR)
    kept = kept_statistic(scope, store, key, make)
    return LINKED_CLASS_MOMENTS.empty() if kept is None else kept
