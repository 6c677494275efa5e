"""What the catalogue promises: files of the lake with their seals, and its own soundness."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core.errors import DataError
from data import lake
from data.bundles import SCORES_FILE, named_bundles
from data.home import Home
from data.records import Exam, Pupil, Release, StatisticSet
from data.seal import check_rows


@dataclass(frozen=True, slots=True)
class PromisedFile:
    """A file that the catalogue names; ``rows_sha256`` None where its rows have no seal."""

    path: str
    sha256: str
    n_rows: int
    rows_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class PromisedRelease:
    """A release: its exam and number, its file, and the bundle that holds its roster."""

    release_id: int
    exam: str
    number: int
    bundle: str
    roster_digest: str | None
    file: PromisedFile


@dataclass(frozen=True, slots=True)
class PromisedStatistic:
    """A stored statistic with what it was made of."""

    release_id: int
    baseline_release_id: int | None
    kind: str
    priors: str
    file: PromisedFile


def promised_releases(session: Session) -> list[PromisedRelease]:
    """Return every release of every exam, oldest first."""
    query = select(Release, Exam.name).join(Exam, Exam.id == Release.exam_id)
    return [
        PromisedRelease(
            row.id,
            exam,
            row.number,
            row.bundle,
            row.roster_digest,
            PromisedFile(
                f"{row.bundle}/{SCORES_FILE}", row.scores_sha256, row.n_rows, row.rows_sha256
            ),
        )
        for row, exam in session.execute(query.order_by(Release.id))
    ]


def promised_statistics(session: Session) -> list[PromisedStatistic]:
    """Return every stored statistic, oldest first."""
    return [
        PromisedStatistic(
            row.release_id,
            row.baseline_release_id,
            row.kind,
            row.priors,
            PromisedFile(row.path, row.sha256, row.n_rows),
        )
        for row in session.scalars(select(StatisticSet).order_by(StatisticSet.id))
    ]


def pupils_by_county(session: Session) -> dict[str, list[int]]:
    """Return the pseudonyms of the roster's pupils by county."""
    pupils: dict[str, list[int]] = {}
    for county, pupil in session.execute(select(Pupil.county, Pupil.pupil)):
        pupils.setdefault(county, []).append(pupil)
    return pupils


def check_file(home: Home, promised: PromisedFile) -> None:
    """Compare a file with its hash, its number of rows and the seal of its rows.

    Raises
    ------
    DataError
        When the file is missing, or anything of it is not what was published.
    """
    if promised.rows_sha256 is not None:
        check_rows(
            home, promised.path, sha256=promised.sha256, rows_sha256=promised.rows_sha256
        )
    else:
        lake.verify(home, promised.path, sha256=promised.sha256)
    try:
        found = pq.read_metadata(home.lake / promised.path).num_rows
    except (pa.ArrowException, OSError):
        found = 0
    if found != promised.n_rows:
        raise DataError(
            f"The stored file {promised.path} has {found} rows, the catalogue says "
            f"{promised.n_rows}. Restore lake/ and the catalogue from one backup.",
            f"已存文件 {promised.path} 有 {found} 行，目录库记录为 {promised.n_rows} 行。"
            "请用同一份备份恢复 lake/ 与目录库。",
        )


def unnamed_bundles(session: Session, home: Home) -> list[str]:
    """Return the bundles of the lake that nobody names and nobody is about to name."""
    found = {path.name for path in home.lake.iterdir() if path.is_dir()}
    waiting = {path.name.split(".")[0] for path in home.staging.iterdir()}
    return sorted(found - named_bundles(session) - waiting)


def database_faults(session: Session) -> list[str]:
    """Return what SQLite finds wrong with its file; PostgreSQL keeps its own checksums."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    faults = [line for line in session.scalars(text("pragma integrity_check")) if line != "ok"]
    broken = len(session.execute(text("pragma foreign_key_check")).all())
    return [*faults, *([f"foreign keys without a row: {broken}"] if broken else [])]
