"""The model of a cohort: reliability, lasting effects, moves, absences, marks; known truth."""

from dataclasses import replace

import numpy as np
import pytest

from core.simulation.cohort import (
    TERMS,
    Sitting,
    follow_cohort,
    make_effects,
    true_value_added,
)
from core.simulation.organisation import make_stages
from core.simulation.spec import CountySpec

SPEC = CountySpec(n_primary=0, n_junior=22, n_declining=2)
STILL = replace(SPEC, move_rate=0.0, leave_rate=0.0, join_rate=0.0)
SAMPLING = 0.02  # twice the chance error of a correlation or share over 2,800 pupils


def _followed(spec: CountySpec, *, terms: tuple[int, ...] = (0, TERMS)) -> list[Sitting]:
    rng = np.random.default_rng(1)
    (stage,) = make_stages(spec, rng=rng)
    effects = make_effects(stage, spec, rng=rng, n_declining=spec.n_declining)
    return list(follow_cohort(stage, spec, effects=effects, rng=rng, start=0, terms=terms))


def _truth(sittings: list[Sitting], *, spec: CountySpec) -> np.ndarray:
    return true_value_added(sittings[0], sittings[-1], n_schools=spec.n_junior)


def test_entry_test_has_the_reliability_asked_for() -> None:
    # Without growth, effects and noise the later exam shows the ability itself.
    spec = replace(
        STILL, sd_growth=0.0, sd_noise=0.0, sd_effect=0.0, sd_subject_effect=0.0, decline=0.0
    )
    entry, later = _followed(spec)
    both = (entry.present & later.present).all(axis=1)
    for s in range(entry.score.shape[1]):
        r = np.corrcoef(entry.score[both, s], later.score[both, s])[0, 1]
        assert r**2 == pytest.approx(spec.reliability, abs=SAMPLING)


def test_entry_test_holds_nothing_of_what_schools_add() -> None:
    entry, later = _followed(SPEC)
    assert not entry.gain.any()
    assert later.gain.any()


def test_effects_add_up_term_by_term() -> None:
    spec = replace(STILL, decline=0.0)
    sittings = _followed(spec, terms=tuple(range(TERMS + 1)))
    spread = [_truth([sittings[0], later], spec=spec).std() for later in sittings[1:]]
    assert spread == sorted(spread)
    assert 0.2 < spread[-1] < 0.35
    assert spread[-1] / spread[0] == pytest.approx(TERMS, rel=0.15)


def test_what_a_school_adds_is_the_difference_to_the_same_county_without_effects() -> None:
    calm = replace(STILL, sd_effect=0.0, sd_subject_effect=0.0, decline=0.0)
    spec = replace(calm, decline=0.1)
    without, with_decline = _followed(calm)[1], _followed(spec)[1]
    difference = with_decline.score - without.score
    # Each of the two marks is rounded to a step of at most one point.
    assert np.abs(difference - with_decline.gain).max() <= 100
    assert np.abs(difference).max() > 400


def test_declining_schools_fall_behind_the_others_by_their_decline() -> None:
    spec = replace(STILL, sd_effect=0.0, sd_subject_effect=0.0, decline=0.1, decline_from=2)
    truth = _truth(_followed(spec), spec=spec).mean(axis=1)
    falling = np.sort(truth)[: spec.n_declining]
    steady = np.sort(truth)[spec.n_declining :]
    # Four of the six terms lie after the start; the exam's SD is about 1.15 SD of ability.
    assert steady.mean() - falling.mean() == pytest.approx(0.4 / 1.15, rel=0.15)
    assert truth.mean() == pytest.approx(0, abs=0.02)


def test_effects_are_independent_of_intake_and_size() -> None:
    spec = CountySpec(n_primary=0, n_junior=400)
    rng = np.random.default_rng(3)
    (stage,) = make_stages(spec, rng=rng)
    effects = make_effects(stage, spec, rng=rng, n_declining=0).usual.mean(axis=1)
    assert abs(np.corrcoef(effects, stage.intake)[0, 1]) < 0.15
    assert abs(np.corrcoef(effects, stage.size)[0, 1]) < 0.15


def test_a_mover_takes_along_what_the_former_school_added() -> None:
    # With large effects and no error, gains inside a school differ only by where pupils were.
    spec = replace(SPEC, sd_effect=1.0, move_rate=0.05, join_rate=0.0, leave_rate=0.0)
    _, before, after = _followed(spec, terms=(0, 1, 2))
    former = np.empty_like(before.school)
    former[before.pupil] = before.school
    moved = former[after.pupil] != after.school
    assert moved.mean() == pytest.approx(spec.move_rate, abs=SAMPLING)
    gain = after.gain.mean(axis=1)
    n = np.bincount(after.school[~moved])
    usual = np.bincount(after.school[~moved], weights=gain[~moved]) / n
    from_home = np.abs(gain - usual[after.school])
    assert from_home[moved].mean() > 5 * from_home[~moved].mean()


def test_weak_pupils_are_absent_more_often() -> None:
    entry, later = _followed(replace(STILL, absence_rate=0.1))
    assert (~later.present).mean() == pytest.approx(0.1, abs=SAMPLING)
    away = np.zeros(entry.pupil.size, dtype=bool)
    away[later.pupil] = ~later.present.any(axis=1)
    sat_entry = entry.present.all(axis=1)
    total = entry.score.sum(axis=1)
    away_later = away[entry.pupil]
    assert total[sat_entry & away_later].mean() < total[sat_entry & ~away_later].mean()


def test_marks_lie_on_the_step_of_the_paper_within_the_full_mark() -> None:
    later = _followed(SPEC)[1]
    subjects = SPEC.junior_subjects
    full = np.array([subject.full_mark for subject in subjects])
    assert not (later.score % [subject.step for subject in subjects]).any()
    assert later.score.min() >= 0
    assert (later.score <= full).all()
    rate = later.score.mean(axis=0) / full
    assert ((rate > 0.58) & (rate < 0.70)).all()


def test_truth_is_the_mean_gain_of_the_matched_in_population_sd() -> None:
    pupil, school = np.arange(4), np.array([0, 0, 0, 2])
    score, sat = np.array([[1000], [2000], [3000], [6000]]), np.zeros((4, 1), dtype=np.int64)
    gain = np.array([[10.0], [30.0], [500.0], [-60.0]])
    without_entry = np.array([[0], [0], [1], [0]])  # the third pupil was absent
    entry = Sitting(0, pupil, school, school, score, without_entry, 0 * gain)
    current = Sitting(6, pupil, school, school, score, sat, gain)
    truth = true_value_added(entry, current, n_schools=3)
    sd = np.sqrt(3_500_000)  # of 1000, 2000, 3000, 6000 about their mean 3000, divisor 4
    assert truth[[0, 2], 0] == pytest.approx([20 / sd, -60 / sd])
    assert np.isnan(truth[1, 0])
