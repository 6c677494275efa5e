"""What a kind of dataset is: its table, its template, and how a sheet becomes rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from core.findings import Finding
from core.table import Table
from data.dataset_kinds.school_book import SchoolBook
from data.importers.sheet import Sheet


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What the store knows that a file can be compared with.

    Attributes
    ----------
    schools : SchoolBook
    subjects : DataFrame or None
        SUBJECTS of the exam that the file belongs to.
    subject : str or None
        Subject code of the exam that the whole file is about.
    grade : int or None
        Grade of the exam.
    partner : DataFrame or None
        Rows of the dataset of the same name and exam that this one must fit: the two-way table
        of items, the items of a two-way table, the scale key of a survey.
    partner_about : mapping
        What is kept with those rows.
    remembered : mapping of str to str
        What headers of the bureau's own mean: name of a column, by header.
    """

    schools: SchoolBook
    subjects: pd.DataFrame | None = None
    subject: str | None = None
    grade: int | None = None
    partner: pd.DataFrame | None = None
    partner_about: Mapping[str, Any] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What came of a file.

    Attributes
    ----------
    rows : DataFrame or None
        Rows of the kind's table, with ``pupil_number`` in place of ``pupil`` where the kind
        names pupils. None when there is an error.
    findings : tuple of Finding
    n_rows, n_refused : int
        Rows below the header, and those of them with an error.
    about : mapping
        What else is kept with the rows, fit for JSON: items with full marks, decimals ..
    """

    rows: pd.DataFrame | None
    findings: tuple[Finding, ...]
    n_rows: int = 0
    n_refused: int = 0
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatasetKind:
    """One kind of dataset.

    Attributes
    ----------
    name : str
        Code of the kind, as the command line takes it.
    title_zh, title_en : str
    table : Table
        What is stored.
    template : tuple of str
        Headers of an empty file.
    read : callable
        Turns a sheet into content.
    names_pupils : bool
        Whether the rows carry pupil numbers, which become pseudonyms.
    is_personal : bool
        Whether a row is about one person: such rows are read in sums only.
    partner : str or None
        Kind of the dataset that must fit.
    needs_exam : bool
        Whether it belongs to one exam.
    """

    name: str
    title_zh: str
    title_en: str
    table: Table
    template: tuple[str, ...]
    read: Callable[[Sheet, Surroundings], Content]
    names_pupils: bool = False
    is_personal: bool = False
    partner: str | None = None
    needs_exam: bool = False


def content_of(
    rows: pd.DataFrame,
    findings: list[Finding],
    *,
    refused: set[int],
    about: Mapping[str, Any] | None = None,
) -> Content:
    """Return content: without its rows when there is an error.

    Parameters
    ----------
    refused : set of int
        Excel rows with an error.
    """
    has_error = any(finding.severity == "error" for finding in findings)
    return Content(
        None if has_error else rows.reset_index(drop=True),
        tuple(findings),
        n_rows=len(rows),
        n_refused=len(refused),
        about=about or {},
    )
