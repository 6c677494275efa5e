"""Files of the lake forged or exchanged, with every hash of the catalogue set right: found."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import text, update

from core.errors import DataError
from data.catalogue import list_releases
from data.records import Release
from data.roster import FILE_NAME as ROSTER
from data.scope import OPERATOR
from data.seal import rows_digest
from data.store import Store
from pipeline.drafts import DRAFT_FILE, publish_drafts
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from pipeline.verify import verify_store
from tests.builders import make_submission
from tests.tampering import keep_draft, newest


def forge_scores(store: Store, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change the rows of the newest release and set every hash right."""
    release = newest(store)
    path = store.home.lake / release.bundle / "scores.parquet"
    table = pq.read_table(path)
    forged = pa.Table.from_pandas(
        change(table.to_pandas()), schema=table.schema, preserve_index=False
    )
    pq.write_table(forged, path, compression="zstd")
    hashes = {
        "scores_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows_sha256": rows_digest(forged),
    }
    with store.write() as session, session.begin():
        session.execute(update(Release).where(Release.id == release.release_id).values(hashes))


def two_pupils_exchanged(rows: pd.DataFrame) -> pd.DataFrame:
    pupils = rows["pupil"].to_numpy().copy()
    pupils[[0, 1]] = pupils[[1, 0]]
    return rows.assign(pupil=pupils)


def a_score_raised(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(score_1=np.where(rows.index == 3, 100_00, rows["score_1"]))


@pytest.mark.parametrize("change", [two_pupils_exchanged, a_score_raised])
def test_a_forged_release_whose_hashes_were_set_right_is_found(
    store: Store, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    publish(store, make_submission(), actor="test")
    forge_scores(store, change)
    report = verify_store(store)
    assert not report.is_whole
    [finding] = report.findings
    assert finding.check == "audit_records"
    assert "release 1 (期末, 1)" in finding.message_en


def test_a_forged_statistic_whose_hash_was_set_right_is_found_without_recomputing(
    store: Store,
) -> None:
    release = publish(store, make_submission(), actor="test")
    path = f"{release.bundle}/score_histogram.parquet"
    file = store.home.lake / path
    table = pq.read_table(file)
    pq.write_table(table.slice(1), file)
    with store.write() as session, session.begin():
        session.execute(
            text("UPDATE statistic_set SET sha256 = :sha256, n_rows = :n WHERE path = :path"),
            {
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                "n": table.num_rows - 1,
                "path": path,
            },
        )
    assert [f.check for f in verify_store(store).findings] == ["audit_records"]


@pytest.mark.parametrize("hides", [False, True])
def test_the_roster_of_an_older_release_is_not_taken_for_the_newer_one(
    store: Store, hides: bool
) -> None:
    """Copied alone, and with the digests of the catalogue exchanged as well."""
    first = publish(store, make_submission(), actor="test")
    second = publish(store, make_submission(seed=2), actor="test")
    folders = [store.home.lake / release.bundle for release in (first, second)]
    shutil.copy(folders[0] / ROSTER, folders[1] / ROSTER)
    if hides:
        with store.write() as session, session.begin():
            digest = first.roster_digest
            session.execute(update(Release).values(roster_digest=digest))
    with pytest.raises(DataError, match="not the one that was written there"):
        stored_rows(store, newest(store))
    findings = verify_store(store).findings
    assert "roster" in [f.check for f in findings]
    assert ("audit_records" in [f.check for f in findings]) is hides


def test_the_draft_of_another_school_is_not_published(store: Store, tmp_path: Path) -> None:
    numbers = [keep_draft(store, tmp_path, school) for school in ("S01", "S02")]
    with store.read() as session:
        bundles = session.scalars(text("SELECT bundle FROM import_batch ORDER BY id")).all()
    files = [store.home.lake / bundle / DRAFT_FILE for bundle in bundles]
    shutil.copy(files[1], files[0])
    assert [f.check for f in verify_store(store).findings] == ["drafts"]
    with pytest.raises(DataError, match="not the one that was written there"):
        publish_drafts(OPERATOR, store, numbers, actor="test")
    assert list_releases(OPERATOR, store) == ()
