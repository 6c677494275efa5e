"""Datasets: published tables that are no exams; versioned, sealed, read with the scope first.

A version is written once, as one Parquet file in its own bundle of the lake; what else is to be
known of it (the items of a paper, decimals) lies in the file's metadata, so that the same hash
covers it. The highest number of a county, kind and name is the current version.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import func, select

from core.errors import DataError, SettingsError
from data import lake
from data.records import Dataset, Exam
from data.scope import Scope
from data.seal import rows_digest
from data.store import Store

FILE_NAME = "rows.parquet"
ABOUT = b"about"
"""Key of the file's metadata under which the rest is kept, as JSON."""

_LISTED = 5


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """One published version of a dataset; ``exam`` is the name of the exam it belongs to."""

    id: int
    county: str
    kind: str
    name: str
    number: int
    exam_id: int | None
    exam: str | None
    bundle: str
    fingerprint: str
    sha256: str
    rows_sha256: str
    n_rows: int
    published_at: datetime
    supersedes_id: int | None
    reason: str | None


@dataclass(frozen=True, slots=True, eq=False)
class DatasetRows:
    """What a version holds: its rows, and what is kept with them."""

    rows: pd.DataFrame
    about: Mapping[str, Any]


def list_datasets(
    scope: Scope,  # noqa: ARG001
    store: Store,
    *,
    kind: str | None = None,
    county: str | None = None,
) -> tuple[DatasetVersion, ...]:
    """Return every dataset in its current version, newest first.

    That a dataset exists is no secret: ``scope`` limits what of it may be read.
    """
    keys = (Dataset.county, Dataset.kind, Dataset.name)
    newest = select(*keys, func.max(Dataset.number).label("number")).group_by(*keys).subquery()
    query = (
        select(Dataset, Exam.name)
        .join(
            newest,
            (newest.c.county == Dataset.county)
            & (newest.c.kind == Dataset.kind)
            & (newest.c.name == Dataset.name)
            & (newest.c.number == Dataset.number),
        )
        .outerjoin(Exam, Exam.id == Dataset.exam_id)
        .order_by(Dataset.published_at.desc(), Dataset.id.desc())
    )
    for column, wanted in ((Dataset.kind, kind), (Dataset.county, county)):
        query = query if wanted is None else query.where(column == wanted)
    with store.read() as session:
        return tuple(_version(row, exam) for row, exam in session.execute(query))


def dataset_versions(
    scope: Scope,  # noqa: ARG001
    store: Store,
    *,
    county: str,
    kind: str,
    name: str,
) -> tuple[DatasetVersion, ...]:
    """Return every version of a dataset, the first one first."""
    query = (
        select(Dataset, Exam.name)
        .outerjoin(Exam, Exam.id == Dataset.exam_id)
        .where(Dataset.county == county, Dataset.kind == kind, Dataset.name == name)
        .order_by(Dataset.number)
    )
    with store.read() as session:
        return tuple(_version(row, exam) for row, exam in session.execute(query))


def find_dataset(
    scope: Scope, store: Store, *, kind: str, name: str, county: str | None = None
) -> DatasetVersion:
    """Return the current version of the dataset of this kind and name.

    Raises
    ------
    SettingsError
        When there is none, or several counties have one; those that exist are named.
    """
    datasets = list_datasets(scope, store, kind=kind, county=county)
    found = [dataset for dataset in datasets if dataset.name == name]
    if len(found) == 1:
        return found[0]
    known = ", ".join(d.name for d in datasets[:_LISTED]) or "-"
    raise SettingsError(
        f"Datasets of kind {kind} called {name!r}: {len(found)} (of this kind: "
        f"{len(datasets)}). Choose one of: {known}; or import it first.",
        f"{kind} 类中名为“{name}”的数据集有 {len(found)} 个（该类共 {len(datasets)} 个）。"
        f"可选：{known}；或先导入。",
    )


def read_dataset(scope: Scope, store: Store, dataset: DatasetVersion) -> DatasetRows:
    """Return the rows of a version that a scope may see, after comparing them with the seal.

    Rows that name a school are limited to the scope's schools. Rows about single persons are
    for whoever may open a roster, and the points of a school's own pupils for the school;
    everyone else reads figures made of them (``pipeline.dataset_figures``).

    Raises
    ------
    PermissionError
        When the rows are about single persons and the scope has no such level.
    DataError
        When the file is missing or was changed.
    """
    found = read_for_figures(scope, store, dataset)
    if not _may_read_rows(scope, set(found.rows.columns)):
        raise PermissionError(
            f"The role {scope.role} may see figures of {dataset.kind}, not single rows."
        )
    if scope.schools is None:
        return found
    rows, codes = found.rows, list(scope.schools)
    if "school" in rows:
        rows = rows[rows["school"].isin(codes) | rows["school"].isna()]
    elif {"from_school", "to_school"} <= set(rows.columns):
        rows = rows[rows["from_school"].isin(codes) | rows["to_school"].isin(codes)]
    return DatasetRows(rows.reset_index(drop=True), found.about)


def _may_read_rows(scope: Scope, columns: set[str]) -> bool:
    is_personal = bool({"pupil", "respondent"} & columns)
    if not is_personal or scope.role in ("administrator", "clerk"):
        return True
    is_own = scope.role == "school" and scope.schools is not None
    return is_own and {"pupil", "school"} <= columns


def read_for_figures(
    scope: Scope,  # noqa: ARG001
    store: Store,
    dataset: DatasetVersion,
) -> DatasetRows:
    """Return all rows of a version, to make figures of whole populations from them.

    What of the figures a reader may see is decided where they are made.

    Raises
    ------
    DataError
        When the file is missing or was changed.
    """
    path = f"{dataset.bundle}/{FILE_NAME}"
    lake.verify(store.home, path, sha256=dataset.sha256)
    table = pq.read_table(store.home.lake / path)
    about = json.loads((table.schema.metadata or {}).get(ABOUT, b"{}"))
    return DatasetRows(table.to_pandas(), about)


def verify_dataset(store: Store, dataset: DatasetVersion) -> None:
    """Compare the rows of a version with their seal, whatever file holds them.

    Raises
    ------
    DataError
        When they are not what was published.
    """
    path = f"{dataset.bundle}/{FILE_NAME}"
    lake.verify(store.home, path, sha256=dataset.sha256)
    table = pq.read_table(store.home.lake / path)
    about = (table.schema.metadata or {}).get(ABOUT, b"{}").decode()
    if digest_of(table, about) != dataset.rows_sha256:
        raise DataError(
            f"The rows of dataset {dataset.name!r} ({dataset.kind}, version {dataset.number}) "
            "are not those that were published. Restore the folder lake/ from a backup.",
            f"数据集“{dataset.name}”（{dataset.kind}，第 {dataset.number} 版）的内容"
            "与发布时不同。请从备份恢复库中的 lake/ 文件夹。",
        )


def digest_of(table: pa.Table, about: str) -> str:
    """Return the seal of the rows and of what is kept with them."""
    return hashlib.sha256(f"{rows_digest(table)}\n{about}".encode()).hexdigest()


def _version(row: Dataset, exam: str | None) -> DatasetVersion:
    names = [f.name for f in fields(DatasetVersion) if f.name != "exam"]
    return DatasetVersion(exam=exam, **{name: getattr(row, name) for name in names})
