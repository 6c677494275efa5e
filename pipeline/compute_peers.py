"""Schools of like intake 相似学校 in one subject of an exam, among all that may be shown."""

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.peers import Peers, Trait, compute_peers
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import request_for
from pipeline.remember import remember
from pipeline.shown_judgements import Why
from pipeline.view_parts import shown_value_added

PEERS_PER_SCHOOL = 5
"""So few that they are alike in a county of twenty schools of a stage."""

TRAITS = (
    Trait("prior_mean", "sd", 1.0),
    Trait("log_size", "sd", 0.5),
    Trait("school_type", "same", 0.5),
)
"""Where the pupils started counts most; size and type tell apart who started alike."""

_COMPARABLE = ("ok", "low_coverage")


@remember(most=128)
def exam_peers(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease, subject: str
) -> Peers | Why:
    """Return the peers of every school in a subject, or why there are none.

    Like are schools of one stage whose linked pupils had like prior means in the baseline, of
    like size and type. Hidden schools have no peers and are none: a figure of theirs could not
    be shown, and their intake tells of few pupils. The whole county is compared; who may see
    only some schools gets their names from his View.

    Parameters
    ----------
    subject : str
        Code of the exam's subject.
    """
    model = shown_value_added(scope, store, request_for(exam, baseline, subject=subject))
    if model.value_added is None:
        return model.why or ("", "")
    intake = _intake(model.value_added.schools, units=units_of(store, exam.county))
    try:
        return compute_peers(intake, traits=TRAITS, k=PEERS_PER_SCHOOL)
    except NotEstimableError as error:
        return error.message, error.message_zh


def _intake(schools: pd.DataFrame, *, units: pd.DataFrame) -> pd.DataFrame:
    """Return one row per school that may be compared: its group and what its pupils bring."""
    known = schools[schools["status"].isin(_COMPARABLE)]
    unit = units.set_index("code").reindex(known["school"])
    return pd.DataFrame(
        {
            "school": known["school"].to_numpy(),
            "group": unit["stage"].fillna("-").to_numpy(),
            "prior_mean": known["prior_mean"].to_numpy(float),
            "log_size": np.log(known["n_sat"].to_numpy(float)),
            # Schools whose type nobody wrote down differ in nothing that is known.
            "school_type": unit["school_type"].fillna("-").to_numpy(),
        }
    ).astype({"school": "str", "group": "str", "school_type": "str"})
