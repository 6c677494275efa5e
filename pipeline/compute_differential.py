"""Value-added by start quintile of a linked pair of exams, from the stored joint histogram."""

import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.scores import own_prior
from core.value_added import compute_differential
from data.catalogue import subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.exam_statistics import populations_of
from pipeline.link_exams import linked_joint
from pipeline.remember import remember
from pipeline.shown_judgements import Why

_NO_JOINT = (
    "The two exams have no pupils in common in this subject. Choose another baseline.",
    "两次考试在该学科没有共同的学生。请换一个基线。",
)


@remember(most=64)
def exam_differential(
    scope: Scope, store: Store, request: ValueAddedRequest
) -> pd.DataFrame | Why:
    """Return the effect of every school on each fifth of the start, or why there is none.

    No cell is taken out here: what may be shown is decided where the View is made.
    """
    exam, baseline, subject = request.current, request.baseline, request.subject
    joint = linked_joint(scope, store, exam, baseline)
    prior = own_prior(subject, list(subjects_of(store, baseline.release_id)["subject"]))
    if joint is None or prior is None:
        return _NO_JOINT
    past = populations_of(scope, store, baseline, [prior])
    try:
        return compute_differential(
            joint[joint["subject"] == subject].reset_index(drop=True),
            current=populations_of(scope, store, exam, [subject])[subject],
            prior=(prior, past[prior]),
            spec=request.spec,
            min_pupils=1,
        )
    except (NotEstimableError, SettingsError) as error:
        return error.message, error.message_zh
