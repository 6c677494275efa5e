"""The composite of every school: posterior mean, its parts, its errors, draws of it.

With T the covariance of the true values between schools of a group and tau_k^2 its diagonal,
the composite of school j is the posterior mean, given all its raw indicators, of

    c_j = sum_k load_k u_jk,    load_k = direction_k weight_k / tau_k

u_jk being the true value less the group's mean: one true SD between schools counts the
indicator's weight. Draws share the draw of their group's mean mu_g:

    c_j = composite_j - pull_j (mu_g - its estimate) + sd_within_j N(0, 1)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.joint_shrinkage import shrink_jointly
from core.numerics.rank_draws import BLOCK_DRAWS
from core.weak_schools.evidence import Evidence
from core.weak_schools.spec import WeakSchoolSpec

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

MIN_RELIABILITY = 0.05
"""Share of signal in a typical school's figure below which an indicator is left out."""

MIN_WEIGHT = 0.5
"""Least weight of the indicators that a school must have to be ranked."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Composite:
    """Composites of all schools over the K indicators in which schools differ at all.

    Attributes
    ----------
    looked_at : ndarray of int, shape (K,)
        Places of these indicators in the spec.
    load : ndarray, shape (K,)
        0 for an indicator that is left out because it tells chance only.
    parts : ndarray, shape (n_schools, K)
        load_k times the posterior mean of u_jk; NaN for a school that is not ranked.
    sd, sd_within : ndarray, shape (n_schools,)
        Posterior SD, with and without the uncertainty of the group's mean.
    pull : ndarray, shape (n_schools, K)
        How much the composite falls when the group's mean rises.
    of_mean : ndarray, shape (n_groups, K, K)
        Posterior covariance of the groups' means.
    true_sd, reliability : ndarray, shape (K,)
        tau_k, and tau_k^2 / (tau_k^2 + error variance of the median school).
    """

    looked_at: Indices
    load: Floats
    parts: Floats
    sd: Floats
    sd_within: Floats
    pull: Floats
    of_mean: Floats
    true_sd: Floats
    reliability: Floats

    @property
    def value(self) -> Floats:
        """The composite, shape (n_schools,)."""
        return np.asarray(self.parts.sum(axis=1))

    def draws(
        self, members: Indices, *, group: int, n_draws: int, rng: np.random.Generator
    ) -> Iterator[Floats]:
        """Yield draws of the members' composites, shape (n_draws_in_block, n_members)."""
        centre, pull, sd = self.value[members], self.pull[members], self.sd_within[members]
        origin = np.zeros(self.load.size)
        for start in range(0, n_draws, BLOCK_DRAWS):
            n_block = min(BLOCK_DRAWS, n_draws - start)
            mean = rng.multivariate_normal(
                origin, self.of_mean[group], n_block, check_valid="ignore", method="eigh"
            )
            yield centre - mean @ pull.T + sd * rng.standard_normal((n_block, members.size))


def compose(evidence: Evidence, *, group: Indices, spec: WeakSchoolSpec) -> Composite:
    """Compute the composites of all schools.

    Raises
    ------
    NotEstimableError
        When in no indicator the schools of a group differ by more than chance.

    Examples
    --------
    >>> from core.weak_schools.spec import WeakIndicator
    >>> evidence = Evidence(np.array([[-1.0], [0.0], [1.0]]), error=np.full((3, 1, 1), 0.25),
    ...                     is_suppressed=np.zeros(3, dtype=bool))
    >>> spec = WeakSchoolSpec(exams=("E",), indicators=(WeakIndicator("z", 1.0),))
    >>> compose(evidence, group=np.zeros(3, int), spec=spec).value.round(3).tolist()
    [-0.866, 0.0, 0.866]
    """
    # The estimates are deviations from their group: rounding is all that equal ones leave.
    looked_at = np.flatnonzero((np.abs(evidence.estimate) > _ROUNDING).any(axis=0))
    estimate = evidence.estimate[:, looked_at]
    known = ~np.isnan(estimate)
    seen = np.flatnonzero(known.any(axis=1))
    if not seen.size:
        raise _no_difference(evidence)
    error = evidence.error[:, looked_at][:, :, looked_at]
    fit = shrink_jointly(estimate[seen], error=error[seen], group=group[seen])
    variance = np.diag(fit.covariance)
    noise = np.where(known, np.einsum("jkk->jk", error), np.nan)
    reliability = variance / (variance + np.nanmedian(noise, axis=0))
    chosen = [spec.indicators[k] for k in looked_at]
    weight = np.array([indicator.weight for indicator in chosen])
    weight = np.where(reliability >= MIN_RELIABILITY, weight, 0.0)
    if not weight.any():
        raise _no_difference(evidence)
    weight = weight / weight.sum()
    sign = np.array([1.0 if indicator.higher_is_better else -1.0 for indicator in chosen])
    load = sign * weight / np.sqrt(np.where(weight > 0, variance, 1.0))
    ranked = known[seen] @ weight >= MIN_WEIGHT
    of_mean = np.zeros((int(group.max()) + 1, *fit.of_mean.shape[1:]))
    of_mean[: len(fit.of_mean)] = fit.of_mean

    def placed(values: Floats) -> Floats:
        full = np.full((group.size, *values.shape[1:]), np.nan)
        full[seen[ranked]] = values[ranked]
        return full

    return Composite(
        looked_at=looked_at,
        load=load,
        parts=placed(fit.effect * load),
        sd=placed(_sd(fit.posterior, load=load)),
        sd_within=placed(_sd(fit.within, load=load)),
        pull=placed(load @ fit.gain),
        of_mean=of_mean,
        true_sd=np.sqrt(variance),
        reliability=reliability,
    )


def _sd(covariance: Floats, *, load: Floats) -> Floats:
    # Rounding may leave a variance of 0 a hair below it.
    return np.sqrt(np.maximum(covariance @ load @ load, 0.0))


def _no_difference(evidence: Evidence) -> NotEstimableError:
    n_schools = int((~np.isnan(evidence.estimate)).any(axis=1).sum())
    n_indicators = evidence.estimate.shape[1]
    return NotEstimableError(
        f"The schools of a group do not differ by more than chance in any indicator (schools "
        f"with figures: {n_schools}, indicators: {n_indicators}). A ranking needs differences. "
        "Choose other indicators, add exams, or do not rank.",
        f"组内学校在任何指标上的差异都未超出偶然（有数据的学校 {n_schools} 所，"
        f"指标 {n_indicators} 个）。排序需要有差异。请更换指标、增加考试，或不作排序。",
    )
