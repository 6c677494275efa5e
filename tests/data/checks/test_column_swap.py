"""Two subject columns that were exchanged."""

from collections.abc import Collection

import numpy as np
import pytest
from numpy.typing import NDArray

from data.checks.column_swap import check_column_swap
from tests.data.checks.drafts import make_draft, row
from tests.data.checks.known_county import known_draft, make_earlier, make_known

N, N_SCHOOLS = 120, 3
rng = np.random.default_rng(20260628)
ABILITY = rng.normal(size=N)
TALENT = rng.normal(size=(N, 2))  # what a pupil has for one subject and not for the other


Floats = NDArray[np.float64]


def points(seed: int) -> Floats:
    noise = np.random.default_rng(seed).normal(size=(N, 2))
    scores = 70 + 12 * (0.8 * ABILITY[:, None] + 0.5 * TALENT + 0.3 * noise)
    clipped: Floats = np.clip(scores.round(), 0, 120)
    return clipped


def file(now: Floats, *, swapped: Collection[int] = ()) -> str:
    lines = []
    for i, (chinese, math) in enumerate(now.astype(int).tolist()):
        school = i % N_SCHOOLS
        pair = (math, chinese) if school in swapped else (chinese, math)
        lines.append(
            row(f"P{i}", code=f"0{school}", school=f"{school}中", chinese=str(pair[0]),
                math=str(pair[1]))
        )  # fmt: skip
    return "".join(lines)


BEFORE = points(1)
KNOWN = make_known(
    baseline=make_earlier(
        [f"P{i}" for i in range(N)], {"chinese": BEFORE[:, 0], "math": BEFORE[:, 1]},
        schools=[f"0{i % N_SCHOOLS}" for i in range(N)],
    )
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2, 12))
def test_columns_in_their_places_pass(seed: int) -> None:
    assert check_column_swap(known_draft(file(points(seed)), KNOWN)) == []


def test_without_an_earlier_exam_nothing_is_said() -> None:
    assert check_column_swap(make_draft(file(points(2)))) == []


@pytest.mark.parametrize("seed", range(2, 6))
def test_columns_exchanged_in_the_whole_file_are_told_once(seed: int) -> None:
    (finding,) = check_column_swap(known_draft(file(points(seed), swapped={0, 1, 2}), KNOWN))
    assert finding.severity == "warning"
    assert "“语文”和“数学”两列可能对调了" in finding.message_zh


@pytest.mark.parametrize("seed", range(2, 6))
def test_columns_exchanged_in_one_school_name_it(seed: int) -> None:
    (finding,) = check_column_swap(known_draft(file(points(seed), swapped={1}), KNOWN))
    assert finding.message_zh.startswith("1中（01）的“语文”和“数学”")
    assert "in 1中（01）" in finding.message_en


def test_subjects_that_a_pupil_is_equally_good_at_show_nothing() -> None:
    same = np.repeat(BEFORE[:, :1], 2, axis=1)
    assert check_column_swap(known_draft(file(same), KNOWN)) == []


def test_last_years_schools_stand_in_for_the_pupils() -> None:
    strong = np.linspace(-1, 1, 15)
    schools = [f"{j:02d}" for j in range(15) for _ in range(4)]
    before = {"chinese": 70 + 10 * np.repeat(strong, 4), "math": 70 - 10 * np.repeat(strong, 4)}
    last_year = make_earlier([f"Q{i}" for i in range(60)], before, schools=schools)
    known = make_known(last_year=last_year)

    def text(sign: int) -> str:
        return "".join(
            row(f"P{i}", code=code, school=f"{code}中",
                chinese=str(round(70 + sign * 10 * strong[i // 4]) + i % 3),
                math=str(round(70 - sign * 10 * strong[i // 4])))
            for i, code in enumerate(schools)
        )  # fmt: skip

    assert check_column_swap(known_draft(text(1), known)) == []
    (finding,) = check_column_swap(known_draft(text(-1), known))
    assert "“语文”和“数学”" in finding.message_zh
