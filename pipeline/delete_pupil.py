"""Delete a pupil on request: from the roster, from every release and from what rests on them.

A release is never changed in place: a bundle without the pupil is written beside it, and one
transaction puts all of them in place. The figures are made anew from the rows that remain; each
release says how many pupils were deleted from it.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.errors import DataError, SettingsError
from data import lake
from data.bundles import DATASET_FILE, SCORES_FILE
from data.catalogue import ExamRelease, list_releases, subjects_of
from data.checks.entry_text import clean_number
from data.datasets import ABOUT, digest_of
from data.deletion import (
    DatasetReplacement,
    Deletion,
    Replacement,
    StoredRows,
    bundles_with,
    delete_pupil_rows,
    pairs_with,
)
from data.lake import Bundle
from data.publication import StoredStatistic
from data.roster import FILE_NAME as ROSTER_FILE
from data.roster import open_roster, seal_roster
from data.scope import Scope
from data.seal import rows_digest
from data.store import Store
from pipeline.make_statistics import ReleaseFile
from pipeline.pupil_traces import Pseudonyms, Traces, traces_of
from pipeline.release_statistics import own_statistics, release_file, statistics_of_pair


@dataclass(frozen=True, slots=True)
class DeletedPupil:
    """What a deletion changed.

    Attributes
    ----------
    exams : tuple of str
        Names of the exams whose releases held the pupil.
    n_releases : int
        Their releases, superseded ones among them.
    n_datasets : int
        Versions of datasets, such as points on items, that held the pupil.
    was_in_roster : bool
    doubtful : tuple of str
        Exams that have one of his exam numbers without a name, at another school: these rows
        may be his, and stay.
    is_log_clear : bool
        False while a reader keeps his sealed identity in the log of the catalogue.
    """

    exams: tuple[str, ...]
    n_releases: int
    n_datasets: int
    was_in_roster: bool
    doubtful: tuple[str, ...] = ()
    is_log_clear: bool = True


@dataclass(slots=True)
class _Made:
    """The bundle that replaces a release's."""

    release: ExamRelease
    bundle: Bundle
    file: ReleaseFile
    table: pa.Table
    stored: lake.StoredFile
    roster_digest: str
    statistics: list[StoredStatistic]


def delete_pupil(
    scope: Scope, store: Store, number: str, *, county: str, reason: str, actor: str
) -> DeletedPupil:
    """Delete a pupil by the number under which the files name him.

    Raises
    ------
    PermissionError
        For roles other than the administrator.
    DataError
        When neither the roster nor any release of the county knows the number.
    SettingsError
        When a draft holds the pupil: it must be published or undone first.
    """
    if scope.role != "administrator":
        raise PermissionError(f"The role {scope.role} may not delete a pupil.")
    with lake.publishing(store.home):
        traces = traces_of(scope, store, clean_number(number), county=county)
        _require_no_draft(traces.drafts)
        releases = [r for r in list_releases(scope, store) if r.county == county]
        if not traces.is_anywhere:
            raise DataError(
                f"No pupil of the county {county!r} has this number: found in 0 of "
                f"{len(releases)} releases and not in the roster. Check the number.",
                f"县“{county}”中没有这个号码的学生：{len(releases)} 个版本和名册中均未找到。"
                "请核对号码。",
            )
        is_clear = _replace(store, traces, releases, _Request(county, reason, actor))
    exams = dict.fromkeys(r.name for r in releases if r.release_id in traces.releases)
    return DeletedPupil(
        tuple(exams),
        len(traces.releases),
        len(traces.datasets),
        traces.is_in_roster,
        traces.doubtful,
        is_clear,
    )


@dataclass(frozen=True, slots=True)
class _Request:
    county: str
    reason: str
    actor: str


def _replace(
    store: Store, traces: Traces, releases: Sequence[ExamRelease], asked: _Request
) -> bool:
    held: Mapping[int, Pseudonyms] = traces.releases
    with ExitStack() as stack:
        made = {
            release.release_id: _without(
                store,
                release,
                held[release.release_id],
                stack.enter_context(lake.new_bundle(store.home)),
            )
            for release in releases
            if release.release_id in held
        }
        _make_pairs(store, made, releases)
        for new in made.values():
            new.bundle.seal(store.home)
        deletion = Deletion(
            asked.county,
            traces.pupil,
            tuple(map(_replacement, made.values())),
            tuple(
                _dataset_without(
                    store, rows, pupils, stack.enter_context(lake.new_bundle(store.home))
                )
                for rows, pupils in traces.datasets
            ),
            asked.reason,
        )
        gone = bundles_with(store, held) | {rows.bundle for rows, _ in traces.datasets}
        with lake.removing(store.home, gone):
            return delete_pupil_rows(store, deletion, actor=asked.actor)


def _dataset_without(
    store: Store, rows: StoredRows, pupils: Pseudonyms, bundle: Bundle
) -> DatasetReplacement:
    """Write a dataset's rows without the pupil, and what else is kept with them."""
    whole = pq.read_table(store.home.lake / rows.bundle / DATASET_FILE)
    table = whole.filter(_others(whole, pupils))
    stored = bundle.add_table(DATASET_FILE, table)
    bundle.seal(store.home)
    digest = digest_of(table, table.schema.metadata[ABOUT].decode())
    return DatasetReplacement(rows.dataset_id, bundle.name, stored, digest)


def _without(store: Store, release: ExamRelease, pupils: Pseudonyms, bundle: Bundle) -> _Made:
    """Write a release's rows and roster without the pupil, and its own statistics."""
    whole = pq.read_table(store.home.lake / release.bundle / SCORES_FILE)
    table = whole.filter(_others(whole, pupils))
    stored = bundle.add_table(SCORES_FILE, table)
    digest = release.roster_digest
    roster = open_roster(_ADMINISTRATOR, store.home, release.bundle, digest=digest)
    roster = roster[~roster["pupil"].isin(list(pupils))]
    sealed = seal_roster(store.home, roster, bundle=bundle.name)
    bundle.add_bytes(ROSTER_FILE, sealed.token)
    file = ReleaseFile(bundle.folder / SCORES_FILE, subjects_of(store, release.release_id))
    statistics = own_statistics(store, file, bundle)
    return _Made(release, bundle, file, table, stored, sealed.digest, statistics)


def _others(table: pa.Table, pupils: Pseudonyms) -> pa.ChunkedArray:
    """Return the mask of all other rows, also of those without a pupil."""
    return pc.invert(pc.is_in(table["pupil"], value_set=pa.array(sorted(pupils), pa.int64())))


def _make_pairs(store: Store, made: dict[int, _Made], releases: Sequence[ExamRelease]) -> None:
    """Make the statistics of every stored pair anew in which a release changed."""
    by_id = {release.release_id: release for release in releases}

    def file_of(release_id: int) -> ReleaseFile:
        new = made.get(release_id)
        return new.file if new else release_file(store, by_id[release_id])

    for pair in pairs_with(store, made):
        home = made[pair[0] if pair[0] in made else pair[1]]
        home.statistics += statistics_of_pair(
            store, file_of(pair[0]), file_of(pair[1]), pair, home.bundle
        )


def _replacement(made: _Made) -> Replacement:
    return Replacement(
        release_id=made.release.release_id,
        bundle=made.bundle.name,
        scores=made.stored,
        rows_sha256=rows_digest(made.table),
        roster_digest=made.roster_digest,
        n_schools=pc.count_distinct(made.table["school"]).as_py(),
        statistics=tuple(made.statistics),
    )


def _require_no_draft(holding: Sequence[int]) -> None:
    if holding:
        numbers = ", ".join(map(str, holding))
        raise SettingsError(
            f"Drafts hold this pupil (batches {numbers}). Publish or undo them first.",
            f"有草稿包含该学生（批次 {numbers}）。请先发布或撤回。",
        )


_ADMINISTRATOR = Scope("administrator")
