"""Where a dataset belongs: its kind, its exam, and what its file can be compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import SettingsError
from data.catalogue import (
    ExamRelease,
    find_exam,
    find_subject,
    require_county,
    subjects_of,
    units_of,
)
from data.column_names import read_column_names
from data.dataset_kinds.kind import DatasetKind, Surroundings
from data.dataset_kinds.registry import find_kind
from data.dataset_kinds.school_book import school_book
from data.dataset_kinds.summary_header import subject_in
from data.datasets import DatasetRows, DatasetVersion, dataset_versions, read_for_figures
from data.scope import OPERATOR
from data.store import Store
from pipeline.organisation import LOCAL_COUNTY


@dataclass(frozen=True, slots=True)
class DatasetRequest:
    """What the person who imports says of the file.

    Attributes
    ----------
    exam : str or None
        Name of the exam that it belongs to.
    subject : str or None
        Code or name of the subject that the whole file is about.
    county : str
        Code of the tree of its schools; an exam brings its own.
    reason : str or None
        Why a published version is corrected.
    columns : mapping of str to str
        What headers of the bureau's own mean: name of a column of the kind, by header.
    """

    path: Path
    kind: str
    name: str
    exam: str | None = None
    subject: str | None = None
    county: str = LOCAL_COUNTY
    reason: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    file_name: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a dataset belongs: its kind, its exam, and its version so far."""

    kind: DatasetKind
    county: str
    exam: ExamRelease | None
    subject: str | None
    current: DatasetVersion | None


def place_of(store: Store, request: DatasetRequest) -> Place:
    """Return where the dataset of a call belongs.

    Raises
    ------
    SettingsError
        When the call contradicts the store: an unknown kind, exam or subject, no such file.
    """
    kind = find_kind(request.kind)
    if not request.path.is_file():
        raise SettingsError(
            f"There is no file {str(request.path)!r}. Check the name and the folder.",
            f"找不到文件“{request.path}”。请检查文件名和所在文件夹。",
        )
    if kind.needs_exam and request.exam is None:
        raise SettingsError(
            f"A dataset of kind {kind.name} belongs to an exam (given: none). Name it with "
            "--exam.",
            f"{kind.title_zh}须属于一场考试（未给出）。请用 --exam 指定考试名称。",
        )
    exam = None if request.exam is None else find_exam(OPERATOR, store, request.exam)
    county = exam.county if exam else request.county
    if county != LOCAL_COUNTY:
        require_county(store, county)
    versions = dataset_versions(
        OPERATOR, store, county=county, kind=kind.name, name=request.name
    )
    current = versions[-1] if versions else None
    if current is not None and current.exam != (exam.name if exam else None):
        raise SettingsError(
            f"Dataset {request.name!r} ({kind.name}) is known with exam {current.exam!r}, the "
            f"call says {request.exam!r}. Use the same for a correction, or another name.",
            f"数据集“{request.name}”（{kind.title_zh}）在库中属于考试“{current.exam}”，"
            f"本次给出“{request.exam}”。更正请保持一致，另一份数据请另起名称。",
        )
    return Place(kind, county, exam, _subject(store, request, exam), current)


def _subject(store: Store, request: DatasetRequest, exam: ExamRelease | None) -> str | None:
    """Return the subject of the call, else the only one that the dataset's name names."""
    if exam is None:
        return request.subject
    subjects = subjects_of(store, exam.release_id)
    if request.subject is not None:
        return find_subject(subjects, request.subject, exam=exam.name)
    if len(subjects) == 1:
        return str(subjects["subject"].iloc[0])
    names = dict(zip(subjects["subject"], subjects["name"], strict=True))
    return subject_in(request.name, {str(c): str(n) for c, n in names.items()})


def surroundings_of(store: Store, request: DatasetRequest, place: Place) -> Surroundings:
    """Return what the store knows that the file can be compared with."""
    partner = _partner(store, request, place)
    # Figures of items are the partner's metadata; of the other kinds its rows.
    rows = None if partner is None or place.kind.name == "two_way" else partner.rows
    return Surroundings(
        schools=school_book(units_of(store, place.county)),
        subjects=subjects_of(store, place.exam.release_id) if place.exam else None,
        subject=place.subject,
        grade=place.exam.grade if place.exam else None,
        partner=rows,
        partner_about=partner.about if partner else {},
        remembered={
            **read_column_names(OPERATOR, store, county=place.county, kind=place.kind.name),
            **request.columns,
        },
    )


def _partner(store: Store, request: DatasetRequest, place: Place) -> DatasetRows | None:
    """Return the dataset of the same name that this one must fit."""
    if place.kind.partner is None:
        return None
    versions = dataset_versions(
        OPERATOR, store, county=place.county, kind=place.kind.partner, name=request.name
    )
    exam = place.exam.name if place.exam else None
    own = [version for version in versions if version.exam == exam]
    return read_for_figures(OPERATOR, store, own[-1]) if own else None
