"""Which bundles and files of the lake the catalogue names."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records import Dataset, ImportBatch, Release, StatisticSet

SCORES_FILE = "scores.parquet"
DATASET_FILE = "rows.parquet"


def named_bundles(session: Session) -> set[str]:
    """Return every bundle that the catalogue names: releases, statistics, datasets, drafts."""
    named = {
        bundle
        for record in (Release, Dataset, ImportBatch)
        for bundle in session.scalars(select(record.bundle))
        if bundle is not None
    }
    return named | {path.split("/")[0] for path in session.scalars(select(StatisticSet.path))}


def published_hashes(session: Session) -> dict[str, str]:
    """Return SHA-256 by path of every file whose hash the catalogue knows."""
    found = session.execute(select(StatisticSet.path, StatisticSet.sha256))
    hashes = {path: sha256 for path, sha256 in found}  # noqa: C416 rows are no pairs to mypy
    for bundle, sha256 in session.execute(select(Release.bundle, Release.scores_sha256)):
        hashes[f"{bundle}/{SCORES_FILE}"] = sha256
    datasets = select(Dataset.bundle, Dataset.sha256)
    for bundle, sha256 in session.execute(datasets):
        hashes[f"{bundle}/{DATASET_FILE}"] = sha256
    return hashes
