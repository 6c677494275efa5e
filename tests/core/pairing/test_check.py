"""Checking a list of bases: one finding for each limit, none where all hold."""

from typing import Any

import pandas as pd
import pytest

from core.errors import DataError
from core.findings import Finding
from core.pairing.check import check_bases, check_loads
from core.pairing.limits import DEFAULT_LIMITS, base_limits_of
from core.pairing.tables import BASES

SCHOOLS = pd.DataFrame(
    [(code, "junior", "R", "D1" if code in "ABCD" else "D2") for code in "ABCDEFGH"],
    columns=["school", "stage", "region", "district"],
)
TAUGHT = pd.DataFrame({"stage": "junior", "subject": ["math"]})
SOUND = ("A city", "B city", "C region", "E region")


def findings_of(
    *bases: str, taught: tuple[str, ...] = ("math",), **changes: Any
) -> list[Finding]:
    """Check bases written as "school level" or "school level subject"."""
    rows = [[*entry.split(), "math"][:3] for entry in bases]
    frame = pd.DataFrame(rows, columns=["school", "level", "subject"], dtype="str")
    return list(
        check_bases(
            frame.assign(stage="junior"),
            schools=SCHOOLS,
            taught=pd.DataFrame({"stage": "junior", "subject": list(taught)}),
            limits=base_limits_of({**DEFAULT_LIMITS, **changes}),
        )
    )


def checks_of(*bases: str, **changes: Any) -> list[str]:
    return [finding.check for finding in findings_of(*bases, **changes)]


def test_a_list_that_keeps_every_limit_has_no_finding() -> None:
    assert findings_of(*SOUND) == []


def test_a_fourth_city_base_is_found_and_a_lone_one() -> None:
    four = findings_of(*SOUND, "F city", "G city")
    assert [finding.check for finding in four] == ["city_bases"]
    assert four[0].message_en == (
        "junior math: city bases: 4; 2-3 are required. Change the list."
    )
    assert four[0].message_zh == "junior math：市级基地 4 所，应为 2-3 所。请调整名单。"
    assert checks_of("A city", "C region", "E region") == ["city_bases"]


def test_a_third_region_base_is_found_and_none() -> None:
    assert checks_of(*SOUND, "F region") == ["region_bases"]
    assert checks_of("A city", "B city") == ["region_bases", *["district_cover"] * 2]


def test_a_third_subject_of_a_school_is_found() -> None:
    subjects = ("math", "chinese", "english")
    bases = [f"{entry} {subject}" for entry in SOUND for subject in subjects]
    found = findings_of(*bases, taught=subjects)
    assert [finding.check for finding in found] == ["subjects_per_school"] * 4
    assert found[0].value == "A"
    assert "subjects: 3 (math chinese english); at most 2 are allowed" in found[0].message_en
    two = [f"{entry} {subject}" for entry in SOUND for subject in subjects[:2]]
    assert findings_of(*two, taught=subjects[:2]) == []


def test_a_region_base_that_is_a_city_base_is_found() -> None:
    assert checks_of("A city", "B city", "A region", "E region") == ["overlap"]


def test_overlap_means_the_school_or_the_school_in_one_subject() -> None:
    both = ("math", "chinese")
    bases = [*SOUND, "C city chinese", "F city chinese", "A region chinese", "E region chinese"]
    assert [f.value for f in findings_of(*bases, taught=both)] == [
        "C junior math",
        "A junior chinese",
    ]
    assert findings_of(*bases, taught=both, overlap="subject") == []


def test_a_district_without_a_base_is_found() -> None:
    found = findings_of("A city", "E city", "C region", "D region")
    assert [finding.check for finding in found] == ["district_cover"]
    assert found[0].value == "D2 math"
    assert checks_of("A city", "E city", "C region", "D region", cover="any") == []


def test_strangers_are_found() -> None:
    assert checks_of(*SOUND, "Z city") == ["unknown_school"]
    assert checks_of(*SOUND, "H city physics") == ["not_taught"]


def test_an_empty_list_breaks_every_lower_limit() -> None:
    empty = check_bases(
        BASES.empty(), schools=SCHOOLS, taught=TAUGHT, limits=base_limits_of(DEFAULT_LIMITS)
    )
    checks = [finding.check for finding in empty]
    assert checks == ["city_bases", "region_bases", "district_cover", "district_cover"]


def test_a_table_that_is_not_as_declared_is_refused() -> None:
    with pytest.raises(DataError, match="missing columns level"):
        check_bases(
            SCHOOLS.assign(subject="math"),
            schools=SCHOOLS,
            taught=TAUGHT,
            limits=base_limits_of(DEFAULT_LIMITS),
        )


@pytest.mark.parametrize(
    ("kind", "n", "fits"),
    [("trainees", 0, False), ("trainees", 1, True), ("trainees", 2, True),
     ("trainees", 3, False), ("pairs", 1, False), ("pairs", 2, True), ("pairs", 3, True),
     ("pairs", 4, False)],
)  # fmt: skip
def test_loads_outside_their_limits_are_found(kind: str, n: int, fits: bool) -> None:
    loads = pd.DataFrame({"school": ["A"], "stage": "junior", "subject": "math", "n": n})
    found = check_loads(
        loads.assign(kind=kind, period="2025"), limits=base_limits_of(DEFAULT_LIMITS)
    )
    assert (not found) == fits
    assert fits or f"{n}; " in found[0].message_en
