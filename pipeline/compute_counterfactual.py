"""Which three places would move the county most, if they came up to schools of like intake."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from core.counterfactual import Counterfactual, compute_counterfactual
from core.numerics.rank import MIN_JUDGED
from core.peer_figures import compute_peer_figures
from core.peers import Peers, Trait, compute_peers
from core.scores import TOTAL
from data.catalogue import ExamRelease, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import exam_value_added, request_for
from pipeline.exam_statistics import comparison_groups, statistic_of
from pipeline.hidden_units import hidden_in_exam, hidden_in_pair
from pipeline.remember import remember

N_PEERS = MIN_JUDGED - 1
"""So many others even the smallest comparison group that is judged can give to each school."""

MIN_PLACE = 20
"""Pupils of a place below which its gap to the peers is mostly chance; as for the bands."""

TRAITS = (Trait("prior_mean", "sd", 1.0), Trait("log_size", "sd", 0.5))
"""What intakes are compared by, inside a comparison group of one stage and school type."""


@remember(most=32)
def exam_peers(
    scope: Scope, store: Store, exam: ExamRelease, *, baseline: ExamRelease
) -> Peers:
    """Return the schools of like intake: mean prior, size, stage and type.

    Schools that are hidden have no peers and are none, or a peer mean would tell of them.

    Raises
    ------
    NotEstimableError
        When the pair has no value-added, or no group has enough schools.
    SettingsError
        When the baseline is not earlier.
    """
    papers = list(subjects_of(store, exam.release_id)["subject"])
    subject = TOTAL if TOTAL in papers else papers[0]
    schools = exam_value_added(
        scope, store, request_for(exam, baseline, subject=subject)
    ).schools
    hidden = _hidden(scope, store, exam, baseline)
    known = (schools["n_sat"] > 0) & ~schools["school"].isin(hidden)
    groups = comparison_groups(units_of(store, exam.county))
    intake = pd.DataFrame(
        {
            "school": schools["school"],
            "group": schools["school"].map(groups),
            "prior_mean": schools["prior_mean"].where(known),
            "log_size": np.log(schools["n_sat"].where(known).to_numpy(float, na_value=np.nan)),
        }
    )
    return compute_peers(intake.dropna(subset="group"), traits=TRAITS, k=N_PEERS)


@remember(most=32)
def exam_counterfactual(
    scope: Scope, store: Store, exam: ExamRelease, *, baseline: ExamRelease
) -> tuple[Counterfactual, pd.DataFrame]:
    """Return what raised places would do to the county, over all subjects of the exam.

    Returns
    -------
    tuple
        The counterfactual, and the PEER_FIGURES rows of the means that it rests on, with the
        unit called school.

    Raises
    ------
    NotEstimableError
        When there are no peers, or no place lies below its peer mean.
    SettingsError
        When the baseline is not earlier.
    """
    peers = exam_peers(scope, store, exam, baseline=baseline)
    papers = subjects_of(store, exam.release_id).assign(grade=exam.grade)
    if len(papers) > 1:
        # The total is the sum of the others: with it every score would count twice.
        papers = papers[papers["subject"] != TOTAL]
    names = list(papers["subject"])
    rows = all_indicators(scope, store, exam)
    means = rows[(rows["indicator"] == "mean") & rows["subject"].isin(names)]
    found = compute_peer_figures(means.reset_index(drop=True), peers=peers)
    figures = found.rename(columns={"unit": "school"})
    histogram = statistic_of(scope, store, exam, "score_histogram", names)
    return compute_counterfactual(
        histogram.assign(grade=exam.grade),
        papers=papers,
        peer_mean=_peer_mean(figures, histogram, grade=exam.grade),
    ), figures


def _peer_mean(figures: pd.DataFrame, histogram: pd.DataFrame, *, grade: int) -> pd.DataFrame:
    """Return the peer means of places that are large enough for their gap to be read."""
    n = histogram.groupby(["school", "subject"], as_index=False)["n"].sum()
    sized = figures.merge(n, on=["school", "subject"], how="left")
    return sized.assign(
        grade=grade, peer_mean=sized["peer_mean"].where(sized["n"] >= MIN_PLACE)
    )[["school", "subject", "grade", "peer_mean"]]


def _hidden(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease
) -> Collection[str]:
    return hidden_in_exam(scope, store, exam) | hidden_in_pair(scope, store, exam, baseline)
