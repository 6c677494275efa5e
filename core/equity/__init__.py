"""Differences between the schools of a unit: coefficients, icc, Theil, drivers."""

from core.equity.compute import compute_equity
from core.equity.drivers import DRIVERS, compute_drivers
from core.equity.limits import BALANCE_LIMIT, ICC_LIMIT
from core.equity.theil import THEIL, THEIL_GROUPS, Theil, compute_theil

__all__ = [
    "BALANCE_LIMIT",
    "DRIVERS",
    "ICC_LIMIT",
    "THEIL",
    "THEIL_GROUPS",
    "Theil",
    "compute_drivers",
    "compute_equity",
    "compute_theil",
]
