"""Who is in which class of a simulated cohort: those who begin, move, leave and join."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.simulation.organisation import MAX_COHORT, MIN_COHORT, Stage
from core.simulation.spec import CountySpec

Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

CLASS_SIZE, MAX_CLASS = 40, 45


@dataclass(slots=True)
class Enrolment:
    """Who is in which class; ``next_term`` changes it in place.

    Attributes
    ----------
    class_school : ndarray, shape (n_classes,)
        School of each class; the classes of a school stand together.
    first_class : ndarray, shape (n_schools + 1,)
        First class of each school, and the number of classes.
    class_of, first_term : ndarray, shape (n_pupils,)
        Class of each pupil, and the term of joining: 0 for those who begin.
    active : ndarray of bool, shape (n_pupils,)
        Who is at school now; those who join later hold a place from the start.
    """

    class_school: Indices
    first_class: Indices
    class_of: Indices
    first_term: Indices
    active: Flags

    @property
    def school(self) -> Indices:
        """School of each pupil, shape (n_pupils,)."""
        return self.class_school[self.class_of]

    def next_term(self, term: int, *, spec: CountySpec, rng: np.random.Generator) -> None:
        """Let pupils leave, move and join; where every class is full nobody comes."""
        chance = rng.random(self.active.size)
        moving = self.active & (chance < spec.move_rate)
        self.active &= chance < 1 - spec.leave_rate
        size = np.bincount(self.class_of[self.active], minlength=self.class_school.size)
        movers = np.flatnonzero(moving)
        to_class = rng.choice(self.class_of, movers.size)
        joiners = np.flatnonzero(self.first_term == term)
        wanted = np.concatenate([self.class_school[to_class], self.school[joiners]])
        for pupil, school in zip(np.concatenate([movers, joiners]), wanted, strict=True):
            low, high = self.first_class[school], self.first_class[school + 1]
            smallest = low + int(size[low:high].argmin())
            stays = self.active[pupil] and self.class_school[self.class_of[pupil]] == school
            if size[smallest] < MAX_CLASS and not stays:
                size[self.class_of[pupil]] -= self.active[pupil]
                size[smallest] += 1
                self.class_of[pupil] = smallest
                self.active[pupil] = True


def make_enrolment(
    stage: Stage, spec: CountySpec, *, rng: np.random.Generator, n_terms: int
) -> Enrolment:
    """Fill the classes of a new cohort, and draw where pupils will join in ``n_terms``."""
    drawn = np.rint(stage.size * rng.normal(1, 0.05, stage.size.shape))
    size = np.clip(drawn, MIN_COHORT, MAX_COHORT).astype(np.int64)
    n_classes = -(-size // CLASS_SIZE)
    first_class = np.concatenate([[0], np.cumsum(n_classes)])
    school = np.repeat(np.arange(size.size), size)
    place = np.arange(school.size) - np.repeat(np.cumsum(size) - size, size)
    first = first_class[school] + place % n_classes[school]
    n_joining = int(np.rint(spec.join_rate * school.size))
    later = rng.choice(first, n_joining * n_terms)
    first_term = np.repeat(np.arange(n_terms + 1), [school.size, *[n_joining] * n_terms])
    return Enrolment(
        class_school=np.repeat(np.arange(size.size), n_classes),
        first_class=first_class,
        class_of=np.concatenate([first, later]),
        first_term=first_term,
        active=first_term == 0,
    )
