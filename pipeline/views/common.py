"""What all Views share: the exams to choose from, the query, the stamp, the model."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from core.common_sample import CommonSample
from core.value_added import JUDGED_BY, Method


@dataclass(frozen=True, slots=True)
class SubjectChoice:
    """A subject of an exam: its code and the bureau's name for it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ExamChoice:
    """An exam that can be looked at, in its current release.

    Attributes
    ----------
    baselines : tuple of str
        Earlier exams whose linked statistics are stored, the default first.
    release : int
        Number of the release, 1, 2, 3.. per exam; a correction raises it.
    n_pupils : int or None
        Pupils on the roll; None when they are too few to be shown.
    source, licence : str or None
        Where third-party data come from, and under which licence.
    """

    name: str
    county: str
    county_name: str
    date: date
    grade: int
    stage: str
    subjects: tuple[SubjectChoice, ...]
    baselines: tuple[str, ...]
    release: int
    published_at: datetime
    n_pupils: int | None
    n_schools: int
    is_demonstration: bool
    source: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on the way from the county down to the page's own, with its level."""

    level: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a page asks for: exam, subject, baseline and method of value-added.

    Attributes
    ----------
    scheme : int, optional
        Number of the weight scheme that weak schools are screened by, 0 for the project's
        default; otherwise that of the day of the exam.
    """

    exam: str
    subject: str
    baseline: str | None
    method: Method
    scheme: int | None = None


UNSAVED = -1
"""Number of weights that stand in no catalogue."""


@dataclass(frozen=True, slots=True)
class SchemeLabel:
    """Which weight scheme a figure rests on: its number in the catalogue, name and version.

    The project's default has the number 0, no name and no version; a preset has 0 and a name;
    weights that nobody has saved have -1.
    """

    id: int = 0
    name: str | None = None
    version: int | None = None
    valid_from: date | None = None

    def __str__(self) -> str:
        """Return name and version in one word."""
        if self.id == UNSAVED:
            return "unsaved"
        return "default" if self.name is None else f"{self.name} #{self.version}"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands under every figure: where it comes from and what it rests on.

    Attributes
    ----------
    n_pupils : int or None
        Pupils with a score in the subject; None when the whole county is suppressed.
    n_linked : int or None
        Pupils matched with the baseline; None without a baseline.
    rule_version : str
        Version of the definitions (docs/methods) that made the figures.
    scheme : SchemeLabel
        Weight scheme that weak schools are screened by.
    """

    county_name: str
    exam: str
    exam_date: date
    subject: str
    subject_name: str
    baseline: str | None
    method: Method
    release: int
    published_at: datetime
    n_pupils: int | None
    n_schools: int
    n_linked: int | None
    rule_version: str
    is_demonstration: bool
    source: str | None
    licence: str | None
    scheme: SchemeLabel

    @property
    def of_judgements(self) -> "Stamp":
        """The stamp of bands and candidates: their value-added has a method of its own."""
        return replace(self, method=JUDGED_BY)


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """The fitted model of a value-added view, in population SD.

    Attributes
    ----------
    status : str
        ok, no_difference_found, or not_estimable.
    why : tuple of str or None
        English and Chinese text of why it could not be estimated.
    """

    status: str
    why: tuple[str, str] | None
    icc: float | None
    sigma_u2: float | None
    fairness_r: float | None
    common_sample: CommonSample | None
