"""A definition of value-added: estimator, priors, covariates and coverage rule together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from core.value_added.compute import ONE_PRIOR
from core.value_added.spec import Method


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to define value-added that a reasonable committee could have chosen.

    Attributes
    ----------
    method : str
    priors : tuple of str
        Subject codes of the baseline; empty for the subject's own prior.
    traits : tuple of str
        Covariates of the school, such as ``locale``.
    min_coverage : float
        Least share of a school's pupils that are matched.
    """

    method: Method
    priors: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    min_coverage: float = 0.7

    @property
    def code(self) -> str:
        """A short word that tells definitions apart.

        Examples
        --------
        >>> Definition("contextual", ("math", "total"), ("locale",), 0.5).code
        'contextual math+total locale 50'
        """
        parts = [self.method, "+".join(self.priors), "+".join(self.traits)]
        return " ".join([*filter(None, parts), f"{100 * self.min_coverage:.0f}"])


def definitions_of(
    methods: Sequence[Method],
    *,
    prior_sets: Sequence[tuple[str, ...]],
    traits: tuple[str, ...],
    coverages: Sequence[float],
) -> tuple[Definition, ...]:
    """Return every combination that can be estimated, the first of each choice first.

    Estimators that compare by one prior and know no covariates stand once with each single
    prior; what they leave out is not counted as a definition of its own.

    Parameters
    ----------
    methods : sequence of str
    prior_sets : sequence of tuple of str
        Subject codes; an empty one is the subject's own prior.
    traits : tuple of str
        Covariates of the school that mixed models have, all of them together.
    coverages : sequence of float

    Examples
    --------
    >>> found = definitions_of(["contextual", "z_change"], prior_sets=[(), ("math", "total")],
    ...                        traits=(), coverages=[0.7])
    >>> [definition.code for definition in found]
    ['contextual 70', 'contextual math+total 70', 'z_change 70']
    """
    found = [
        Definition(method, priors, () if method in ONE_PRIOR else traits, coverage)
        for method, priors, coverage in product(methods, prior_sets, coverages)
        if method not in ONE_PRIOR or len(priors) <= 1
    ]
    return tuple(dict.fromkeys(found))
