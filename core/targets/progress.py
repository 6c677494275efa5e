"""How far a target is: the gap, the pupils it equals, completion, and the slope needed."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.errors import DataError, NotEstimableError, SettingsError
from core.targets.plan import HUNDRED, Better, is_reached


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A value against its target, in the unit of both.

    Attributes
    ----------
    gap : Decimal
        What is missing; below 0 by how much the target is exceeded.
    reached : bool
    completion : Decimal or None
        Value / target; None where lower is better or the target is 0.
    way_done : Decimal or None
        Share of the way from the baseline to the target; None where there is no way.
    """

    gap: Decimal
    reached: bool
    completion: Decimal | None
    way_done: Decimal | None


def target_progress(
    actual: Decimal, *, target: Decimal, baseline: Decimal, better: Better
) -> TargetProgress:
    """Return the gap to a target, and how much of it is done.

    Examples
    --------
    >>> progress = target_progress(
    ...     Decimal(483), target=Decimal(506), baseline=Decimal(460), better=Better.HIGHER
    ... )
    >>> str(progress.gap), round(progress.completion, 3), progress.way_done
    ('23', Decimal('0.955'), Decimal('0.5'))
    """
    is_higher = better is Better.HIGHER
    way = target - baseline
    return TargetProgress(
        gap=target - actual if is_higher else actual - target,
        reached=is_reached(actual, target=target, better=better),
        completion=actual / target if is_higher and target else None,
        way_done=(actual - baseline) / way if way else None,
    )


def pupils_to_target(count: int, *, n_pupils: int, target: Decimal, better: Better) -> int:
    """Return how many pupils a rate is away from its target, exactly.

    Parameters
    ----------
    count : int
        Pupils that the rate counts: at the line or above it, or below it for the low rate.
    n_pupils : int
        Pupils in all, at least 1.
    target : Decimal
        Per cent, 0 to 100.
    better : Better

    Returns
    -------
    int
        Fewest pupils who have to cross the line; 0 where the target is reached.

    Raises
    ------
    NotEstimableError
        When there are no pupils.
    DataError
        When more are counted than there are.

    Examples
    --------
    >>> pupils_to_target(441, n_pupils=500, target=Decimal("93.5"), better=Better.HIGHER)
    27
    """
    if n_pupils < 1:
        raise NotEstimableError(
            f"A gap in pupils needs at least 1 pupil (found: {n_pupils}). Take the group out.",
            f"把差距折算成人数至少需要 1 名学生（现有 {n_pupils} 名）。请去掉该组。",
        )
    if not 0 <= count <= n_pupils:
        raise DataError(
            f"Pupils counted: {count} of {n_pupils}. The count must lie between 0 and all. "
            "Correct the counts.",
            f"计数 {count} 超出总人数 {n_pupils} 的范围，应在 0 与总人数之间。请更正。",
        )
    wanted = target * n_pupils / HUNDRED
    if better is Better.HIGHER:
        return max(0, int(wanted.to_integral_value(ROUND_CEILING)) - count)
    return max(0, count - int(wanted.to_integral_value(ROUND_FLOOR)))


def required_slope(
    actual: Decimal, *, year: int, final: Decimal, final_year: int, better: Better
) -> Decimal:
    """Return the change a year that leads from now to the final target; 0 where reached.

    Raises
    ------
    SettingsError
        When the final year is not after the present one.

    Examples
    --------
    >>> required_slope(
    ...     Decimal("88.0"), year=2026, final=Decimal(95), final_year=2028, better=Better.HIGHER
    ... )
    Decimal('3.5')
    """
    if final_year <= year:
        raise SettingsError(
            f"The final year is {final_year}, the present one {year}. The final year must come "
            "later. Correct it.",
            f"最终年份为 {final_year}，当前年份为 {year}，最终年份须在其后。请更正。",
        )
    if is_reached(actual, target=final, better=better):
        return Decimal(0)
    return (final - actual) / (final_year - year)
