"""A mixed model with its full matrices: slow and plain, to compare fast paths with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DenseModel:
    """Outcome y, design x, random design z of all units, their covariance per sigma_e2."""

    x: Floats
    y: Floats
    z: Floats
    relative: Floats

    @property
    def freedom(self) -> int:
        """Rows less columns of x."""
        return int(self.y.size - self.x.shape[1])

    @property
    def v(self) -> Floats:
        """Covariance of y per sigma_e2."""
        return np.asarray(np.eye(self.y.size) + self.z @ self.relative @ self.z.T)

    @property
    def beta(self) -> Floats:
        """Generalised least squares."""
        x_v = np.linalg.solve(self.v, self.x).T
        return np.asarray(np.linalg.solve(x_v @ self.x, x_v @ self.y), dtype=np.float64)

    @property
    def sigma_e2(self) -> float:
        """REML estimate given the covariance."""
        residual = self.y - self.x @ self.beta
        return float(residual @ np.linalg.solve(self.v, residual)) / self.freedom

    @property
    def criterion(self) -> float:
        """-2 log REML, sigma_e2 at its best."""
        a = self.x.T @ np.linalg.solve(self.v, self.x)
        logs = np.linalg.slogdet(self.v)[1] + np.linalg.slogdet(a)[1]
        return float(logs + self.freedom * (1 + np.log(2 * np.pi * self.sigma_e2)))

    @property
    def effects(self) -> Floats:
        """Best linear unbiased prediction of all units' effects."""
        residual = np.linalg.solve(self.v, self.y - self.x @ self.beta)
        return np.asarray(self.relative @ self.z.T @ residual)

    @property
    def conditional(self) -> Floats:
        """Covariance of effects - truth, beta known."""
        pull = self.relative @ self.z.T
        known = self.relative - pull @ np.linalg.solve(self.v, pull.T)
        return np.asarray(self.sigma_e2 * known)

    @property
    def prediction(self) -> Floats:
        """Covariance of effects - truth, beta estimated."""
        pull = self.relative @ self.z.T @ np.linalg.solve(self.v, self.x)
        inverse = np.linalg.inv(self.x.T @ np.linalg.solve(self.v, self.x))
        return np.asarray(self.conditional + self.sigma_e2 * (pull @ inverse @ pull.T))


def indicator(unit: Indices) -> Floats:
    """Return a 0/1 column for each unit."""
    return np.asarray(unit[:, None] == np.arange(unit.max() + 1), dtype=np.float64)
