"""One simulated cohort followed through its exams, with the marks and what schools added.

For pupil i, subject s and term t = 1..6 after the entry test (t = 0); in SD of ability:

    a_is = sqrt(g) G_i + sqrt(1 - g) F_is         ability at entry, variance 1
    G_i  = intake_j + N(0, 1 - q)                 q: share of G between schools
    x_is = a_is + N(0, 1/rel - 1)                 entry test, reliability rel
    V_ist = V_is,t-1 + d_jst                      j: the school where i spends term t
    d_jst = (u_j + v_js) / 6 - decline_jt         u, v: mean 0, independent of intake, size
    b_ist = b_is,t-1 + sd_growth e_ist            pupil's own path; b_is0 = a_is
    e_ist = sqrt(g) N(0, 1) + sqrt(1 - g) N(0, 1) the first common to all subjects
    y_ist = b_ist + V_ist + N(0, sd_noise^2)      term exam

What a school adds stays with the pupil, also after a move; the entry test holds none of it.
The decline is taken beside its mean over the schools, because what all schools lose alike
cannot be told from a harder paper: the effects of every term have expectation 0.
The mark is ``full r``, rounded to the paper's step, with the score rate r = m + w h(z) where
z = y / sd(y) by the model and h(z) = z - 0.06 (z^2 - 1) has a long lower tail. Above, r ends at
1; below 0.1 it falls off as 0.1 exp(r / 0.1 - 1), since a weak paper earns some points and a
heap of zeros would look like absences. A pupil's gain is the unrounded mark less the one
that V = 0 and the same luck would have given.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.scores import STATES
from core.simulation.enrolment import make_enrolment
from core.simulation.organisation import Stage, StageKey
from core.simulation.spec import CountySpec

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

TERMS = 6
_SKEW = 0.06
_LOW_RATE = 0.1
# Absences: how much likelier for a weak pupil (per SD), and the share that miss every paper.
_ABSENCE_SLOPE, _WHOLE_DAY = 0.6, 0.8
# Mean score rate of a paper (lowest, highest) and what one SD is worth, share of full mark.
_PAPERS: dict[StageKey, tuple[float, float, float]] = {
    "primary": (0.735, 0.775, 0.14),
    "junior": (0.61, 0.67, 0.17),
}


@dataclass(frozen=True, slots=True)
class TermEffects:
    """What the schools of a stage add in one term, SD of ability.

    Attributes
    ----------
    usual : ndarray, shape (n_schools, n_subjects)
    declining : ndarray of bool, shape (n_schools,)
    decline : float
        What a declining school loses a term against a school that does not decline.
    decline_from : int
        First term of the decline; term 0 is the first of the county's window.
    """

    usual: Floats
    declining: Flags
    decline: float
    decline_from: int

    def in_term(self, term: int) -> Floats:
        """Return the effects in a term of the window, shape (n_schools, n_subjects)."""
        if term < self.decline_from:
            return self.usual
        beside_mean = self.declining - self.declining.mean()
        return np.asarray(self.usual - self.decline * beside_mean[:, None])


@dataclass(frozen=True, slots=True)
class Sitting:
    """A cohort at one exam; rows are ordered by class, and classes by school.

    Attributes
    ----------
    term : int
        0 for the entry test.
    pupil, school, class_ : ndarray, shape (n,)
        Index of the pupil in the cohort, of the school in the stage, and of the class in
        its school from 0.
    score : ndarray, shape (n, n_subjects)
        Hundredths of a point; meaningful only where the state is present.
    state : ndarray, shape (n, n_subjects)
        Index in ``STATES``.
    gain : ndarray, shape (n, n_subjects)
        What the pupil's schools added to the mark since the entry test, hundredths.
    """

    term: int
    pupil: Indices
    school: Indices
    class_: Indices
    score: Indices
    state: Indices
    gain: Floats

    @property
    def present(self) -> Flags:
        """Where there is a score, shape (n, n_subjects)."""
        return np.asarray(self.state == STATES.index("present"))


def make_effects(
    stage: Stage, spec: CountySpec, *, rng: np.random.Generator, n_declining: int
) -> TermEffects:
    """Draw what each school of a stage adds in a term, independent of its intake and size."""
    shape = (len(stage.schools), len(stage.subjects))
    phase = rng.normal(0, spec.sd_effect, (shape[0], 1))
    phase = phase + rng.normal(0, spec.sd_subject_effect, shape)
    declining = rng.permutation(shape[0]) < n_declining
    return TermEffects(phase / TERMS, declining, spec.decline, spec.decline_from)


def follow_cohort(
    stage: Stage,
    spec: CountySpec,
    *,
    effects: TermEffects,
    rng: np.random.Generator,
    start: int,
    terms: Collection[int],
) -> Iterator[Sitting]:
    """Follow a cohort from its entry test and yield its exams.

    Parameters
    ----------
    stage, spec, effects
        The schools, the knobs, and what the schools add.
    rng : numpy.random.Generator
        Source of all chance.
    start : int
        Term of the window in which the cohort's first term lies, from 0 on.
    terms : collection of int
        Which exams to yield, 0 (entry test) to 6.
    """
    enrolment = make_enrolment(stage, spec, rng=rng, n_terms=TERMS)
    path = _entry_ability(stage, spec, school=enrolment.school, rng=rng)
    absence = _absence_chance(path.mean(axis=1), spec)
    added = np.zeros_like(path)
    for term in range(max(terms) + 1):
        if term > 0:
            enrolment.next_term(term, spec=spec, rng=rng)
            path = path + spec.sd_growth * _common_and_own(path.shape, spec, rng=rng)
            in_class = enrolment.active[:, None]
            added = added + in_class * effects.in_term(start + term - 1)[enrolment.school]
        if term in terms:
            here = np.flatnonzero(enrolment.active)
            here = here[np.argsort(enrolment.class_of[here], kind="stable")]
            score, gain = _marks(
                stage, spec, term=term, path=path[here], added=added[here], rng=rng
            )
            school = enrolment.school[here]
            class_ = enrolment.class_of[here] - enrolment.first_class[school]
            state = _states(absence[here], spec, n_subjects=score.shape[1], rng=rng)
            yield Sitting(term, here, school, class_, score, state, gain)


def true_value_added(entry: Sitting, current: Sitting, *, n_schools: int) -> Floats:
    """Return what schools added to their pupils with both scores, population SD of ``current``.

    Shape (n_schools, n_subjects); NaN for a school without such a pupil. A pupil counts in
    the school of ``current``, with what all schools since the entry test have added. 0 is the
    school that the model expects: the target of a random effect, whose standard error covers
    that the schools' own average differs from it by chance.
    """
    n_pupils = 1 + int(max(entry.pupil.max(), current.pupil.max()))
    has_entry = np.zeros((n_pupils, entry.score.shape[1]), dtype=bool)
    has_entry[entry.pupil] = entry.present
    matched = has_entry[current.pupil] & current.present
    value = np.full((n_schools, current.score.shape[1]), np.nan)
    for s in range(value.shape[1]):
        here = matched[:, s]
        school = current.school[here]
        n = np.bincount(school, minlength=n_schools)
        gain = np.bincount(school, weights=current.gain[here, s], minlength=n_schools)
        sd = current.score[current.present[:, s], s].std()
        value[n > 0, s] = gain[n > 0] / n[n > 0] / sd
    return value


def _common_and_own(
    shape: tuple[int, ...], spec: CountySpec, *, rng: np.random.Generator
) -> Floats:
    """Return unit normal steps whose share ``general_share`` all subjects have in common."""
    common = np.sqrt(spec.general_share) * rng.normal(size=(shape[0], 1))
    return np.asarray(common + np.sqrt(1 - spec.general_share) * rng.normal(size=shape))


def _entry_ability(
    stage: Stage, spec: CountySpec, *, school: Indices, rng: np.random.Generator
) -> Floats:
    common = stage.intake[school] + rng.normal(0, np.sqrt(1 - spec.intake_share), school.size)
    special = rng.standard_normal((school.size, len(stage.subjects)))
    g = spec.general_share
    return np.asarray(np.sqrt(g) * common[:, None] + np.sqrt(1 - g) * special)


def _absence_chance(ability: Floats, spec: CountySpec) -> Floats:
    weight = np.exp(-_ABSENCE_SLOPE * ability)
    return np.asarray(np.minimum(spec.absence_rate * weight / weight.mean(), 0.5))


def _marks(
    stage: Stage,
    spec: CountySpec,
    *,
    term: int,
    path: Floats,
    added: Floats,
    rng: np.random.Generator,
) -> tuple[Indices, Floats]:
    """Return the marks, and what the schools added to them before rounding; hundredths."""
    lowest, highest, worth = _PAPERS[stage.key]
    full = np.array([float(subject.full_mark) for subject in stage.subjects])
    step = np.array([subject.step for subject in stage.subjects])
    mean = rng.uniform(lowest, highest, full.size)
    noise = 1 / spec.reliability - 1 if term == 0 else spec.sd_noise**2
    phase = (spec.sd_effect**2 + spec.sd_subject_effect**2) * (term / TERMS) ** 2
    sd = np.sqrt(1 + phase + term * spec.sd_growth**2 + noise)
    alone = path + rng.normal(0, np.sqrt(noise), path.shape)

    def on_paper(y: Floats) -> Floats:
        z = y / sd
        rate = mean + worth * (z - _SKEW * (z**2 - 1))
        low = _LOW_RATE * np.exp(np.minimum(rate / _LOW_RATE - 1, 0))
        return np.asarray(full * np.where(rate < _LOW_RATE, low, np.minimum(rate, 1)))

    exact = on_paper(alone + added)
    score = np.rint(exact / step).astype(np.int64) * step
    return score, exact - on_paper(alone)


def _states(
    absence: Floats, spec: CountySpec, *, n_subjects: int, rng: np.random.Generator
) -> Indices:
    """Draw the state of every mark; most who are absent miss all the papers of the exam."""
    shape = (absence.size, n_subjects)
    rates = [spec.withheld_rate, spec.exempt_rate, spec.missing_rate]
    rare = np.searchsorted(np.cumsum(rates), rng.random(shape), side="right")
    states = ("withheld", "exempt", "missing", "present")
    state = np.array([STATES.index(name) for name in states])[rare]
    whole_day = rng.random(absence.size) < _WHOLE_DAY * absence
    one_paper = rng.random(shape) < (1 - _WHOLE_DAY) * absence[:, None]
    return np.where(whole_day[:, None] | one_paper, STATES.index("absent"), state)
