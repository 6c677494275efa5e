"""Classes of a simulated cohort: filled evenly, never overfull; moves at the given rates."""

from dataclasses import replace

import numpy as np
import pytest

from core.simulation.enrolment import CLASS_SIZE, MAX_CLASS, Enrolment, make_enrolment
from core.simulation.organisation import make_stages
from core.simulation.spec import CountySpec

SPEC = CountySpec(n_primary=0, n_junior=22)
TERMS = 6
SAMPLING = 0.02  # twice the chance error of a share over 2,800 pupils


def _enrolment(spec: CountySpec, *, n_terms: int) -> Enrolment:
    """Enrol a cohort and let the terms pass."""
    rng = np.random.default_rng(1)
    (stage,) = make_stages(spec, rng=rng)
    enrolment = make_enrolment(stage, spec, rng=rng, n_terms=TERMS)
    for term in range(1, n_terms + 1):
        enrolment.next_term(term, spec=spec, rng=rng)
    return enrolment


def _class_sizes(enrolment: Enrolment) -> np.ndarray:
    return np.bincount(enrolment.class_of[enrolment.active])


def test_classes_of_a_school_begin_equally_full() -> None:
    enrolment = _enrolment(SPEC, n_terms=0)
    sizes = _class_sizes(enrolment)
    assert sizes.max() <= CLASS_SIZE
    for low, high in zip(enrolment.first_class, enrolment.first_class[1:], strict=False):
        assert np.ptp(sizes[low:high]) <= 1


def test_pupils_leave_at_the_rate() -> None:
    enrolment = _enrolment(replace(SPEC, join_rate=0.0), n_terms=TERMS)
    kept = (1 - SPEC.leave_rate) ** TERMS
    assert enrolment.active.mean() == pytest.approx(kept, abs=SAMPLING)


def test_pupils_join_at_the_rate_and_only_from_their_term_on() -> None:
    enrolment = _enrolment(replace(SPEC, leave_rate=0.0), n_terms=3)
    n_first = (enrolment.first_term == 0).sum()
    assert not enrolment.active[enrolment.first_term > 3].any()
    joined = (enrolment.active & (enrolment.first_term > 0)).sum()
    assert joined / n_first == pytest.approx(3 * SPEC.join_rate, abs=SAMPLING)


def test_pupils_change_school_at_the_rate() -> None:
    before = _enrolment(SPEC, n_terms=0).school
    after = _enrolment(SPEC, n_terms=1)
    stayed = after.active & (after.first_term == 0)
    moved = (after.school != before)[stayed].mean()
    # A mover who draws the own school stays there.
    assert 0.5 * SPEC.move_rate < moved < 1.3 * SPEC.move_rate


def test_nobody_joins_where_every_class_is_full() -> None:
    enrolment = _enrolment(replace(SPEC, join_rate=0.3, leave_rate=0.0), n_terms=TERMS)
    assert (_class_sizes(enrolment) == MAX_CLASS).all()
    assert not enrolment.active[enrolment.first_term > 0].all()
