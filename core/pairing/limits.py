"""The limits on base schools, read from a plain mapping and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.policy import Section


class Overlap(StrEnum):
    """What a region base may not share with a city base: the school, or school and subject."""

    SCHOOL = "school"
    SUBJECT = "subject"


class Cover(StrEnum):
    """Which bases count for a district: region bases, or city bases too."""

    REGION = "region"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Span:
    """A least and a most number, both allowed."""

    low: int
    high: int

    def __str__(self) -> str:
        """Return it as people write it."""
        return f"{self.low}-{self.high}"

    def holds(self, n: int) -> bool:
        """Whether a number lies within."""
        return self.low <= n <= self.high


@dataclass(frozen=True, slots=True)
class BaseLimits:
    """Limits on base schools.

    Attributes
    ----------
    city : Span
        City bases for each subject and stage.
    region : Span
        Region bases for each region, subject and stage.
    subjects_per_school : int
        Most subjects, of any stage and level, that one school is a base of.
    overlap : Overlap
    cover : Cover
    per_district : int
        Least bases of a subject in each district that teaches it.
    weak_per_base : Span
        Weak schools helped by one base.
    trainees : Span
        Teachers that a base takes in, for each subject and term.
    pairs : Span
        Teachers paired one to one, for each school year.
    """

    city: Span
    region: Span
    subjects_per_school: int
    overlap: Overlap
    cover: Cover
    per_district: int
    weak_per_base: Span
    trainees: Span
    pairs: Span


DEFAULT_LIMITS: Mapping[str, object] = {
    "city": {"low": 2, "high": 3},
    "region": {"low": 1, "high": 2},
    "subjects_per_school": 2,
    "overlap": "school",
    "cover": "region",
    "per_district": 1,
    "weak_per_base": {"low": 0, "high": 3},
    "trainees": {"low": 1, "high": 2},
    "pairs": {"low": 2, "high": 3},
}
"""Numbers of bases, subjects, trainees and pairs are those of the scheme for base schools.

What it leaves open is a setting: whether overlap means the school or the school in one subject,
whether a city base counts for its district, and how many weak schools one base helps (as many
as it has pairs of teachers).
"""


def base_limits_of(settings: Mapping[str, object]) -> BaseLimits:
    """Return the limits that a mapping, as TOML gives it, describes.

    Raises
    ------
    SettingsError
        For a missing, unknown or wrong setting, by its name.

    Examples
    --------
    >>> str(base_limits_of(DEFAULT_LIMITS).city)
    '2-3'
    """
    top = Section(settings)
    limits = BaseLimits(
        city=_span(top.section("city")),
        region=_span(top.section("region")),
        subjects_per_school=top.integer("subjects_per_school", low=1),
        overlap=Overlap(top.text("overlap", allowed=list(Overlap))),
        cover=Cover(top.text("cover", allowed=list(Cover))),
        per_district=top.integer("per_district", low=0),
        weak_per_base=_span(top.section("weak_per_base")),
        trainees=_span(top.section("trainees")),
        pairs=_span(top.section("pairs")),
    )
    top.close()
    return limits


def _span(section: Section) -> Span:
    low = section.integer("low", low=0)
    span = Span(low=low, high=section.integer("high", low=low))
    section.close()
    return span
