"""Gap, pupils, completion and slope: hand-computed figures, and a search pupil by pupil."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError, SettingsError
from core.targets.plan import Better
from core.targets.progress import pupils_to_target, required_slope, target_progress

HIGHER, LOWER = Better.HIGHER, Better.LOWER


def test_27_more_pupils_at_the_pass_line() -> None:
    """441 of 500 are 88.2 %; 93.5 % are 467.5 pupils, so 468."""
    assert pupils_to_target(441, n_pupils=500, target=Decimal("93.5"), better=HIGHER) == 27


@pytest.mark.parametrize(
    ("count", "n", "target", "better", "pupils"),
    [
        (3, 10, "30", HIGHER, 0),  # 0.1 + 0.2 as floats would ask for one pupil more
        (2, 10, "30", HIGHER, 1),
        (7, 7, "95", HIGHER, 0),
        (40, 500, "5", LOWER, 15),
        (25, 500, "5", LOWER, 0),
        (26, 500, "5.1", LOWER, 1),
        (0, 10, "0", LOWER, 0),
        (1, 3, "33.4", HIGHER, 1),
    ],
)
def test_the_pupils_that_a_gap_equals(
    count: int, n: int, target: str, better: Better, pupils: int
) -> None:
    found = pupils_to_target(count, n_pupils=n, target=Decimal(target), better=better)
    assert found == pupils


@given(
    n=st.integers(1, 400),
    share=st.floats(0, 1),
    target=st.decimals(0, 100, places=2),
    better=st.sampled_from(Better),
)
def test_it_is_the_least_number_that_reaches_the_target(
    n: int, share: float, target: Decimal, better: Better
) -> None:
    count = round(share * n)
    pupils = pupils_to_target(count, n_pupils=n, target=target, better=better)
    sign = 1 if better is HIGHER else -1

    def reaches(moved: int) -> bool:
        return sign * Fraction(100 * (count + sign * moved), n) >= sign * Fraction(target)

    assert reaches(pupils)
    assert pupils == 0 or not reaches(pupils - 1)


def test_impossible_counts_are_refused_with_their_numbers() -> None:
    with pytest.raises(NotEstimableError, match=r"at least 1 pupil \(found: 0\)"):
        pupils_to_target(0, n_pupils=0, target=Decimal(95), better=HIGHER)
    with pytest.raises(DataError, match="Pupils counted: 11 of 10"):
        pupils_to_target(11, n_pupils=10, target=Decimal(95), better=HIGHER)
    with pytest.raises(DataError, match="Pupils counted: -1 of 10"):
        pupils_to_target(-1, n_pupils=10, target=Decimal(95), better=HIGHER)


def test_completion_is_reached_over_target() -> None:
    """1,140 of 1,200 planned undergraduates are 95 %."""
    progress = target_progress(
        Decimal(1140), target=Decimal(1200), baseline=Decimal(1000), better=HIGHER
    )
    assert (str(progress.gap), progress.reached) == ("60", False)
    assert progress.completion == Decimal("0.95")
    assert progress.way_done == Decimal("0.7")


def test_a_low_rate_has_a_way_but_no_completion() -> None:
    progress = target_progress(Decimal(7), target=Decimal(5), baseline=Decimal(9), better=LOWER)
    assert (str(progress.gap), progress.reached, progress.completion) == ("2", False, None)
    assert progress.way_done == Decimal("0.5")


def test_a_target_that_is_exceeded_has_a_gap_below_0() -> None:
    progress = target_progress(
        Decimal(96), target=Decimal(95), baseline=Decimal(95), better=HIGHER
    )
    assert (str(progress.gap), progress.reached, progress.way_done) == ("-1", True, None)


def test_a_target_of_0_has_no_completion() -> None:
    progress = target_progress(
        Decimal(3), target=Decimal(0), baseline=Decimal(1), better=HIGHER
    )
    assert progress.completion is None


def test_the_slope_that_is_needed() -> None:
    needed = required_slope(
        Decimal("84.5"), year=2025, final=Decimal(95), final_year=2028, better=HIGHER
    )
    assert needed == Decimal("3.5")
    falling = required_slope(
        Decimal(8), year=2025, final=Decimal(5), final_year=2028, better=LOWER
    )
    assert falling == Decimal(-1)
    done = required_slope(
        Decimal(4), year=2025, final=Decimal(5), final_year=2028, better=LOWER
    )
    assert done == 0


def test_a_final_year_that_is_not_later_is_refused() -> None:
    with pytest.raises(SettingsError, match="final year is 2025, the present one 2025"):
        required_slope(Decimal(1), year=2025, final=Decimal(2), final_year=2025, better=HIGHER)
