"""The import fails at each of its statements and file operations in turn, once or for good."""

from functools import lru_cache
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from core.errors import QualityError
from data.importers.read_file import read_sheet
from data.store import Store, open_store_at
from pipeline.import_scores import import_scores
from tests.faults.exam_files import request_for, write_exam
from tests.faults.points import watched
from tests.faults.wholeness import contents_of, faults_of, published

MOST_POINTS, FEWEST_POINTS, FEW = 400, 34, 9
EXAM = "期末"
ON_BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


class Breaker:
    """Breaks the work at one point, and at every later one when the fault is for good."""

    def __init__(self, at: int, *, for_good: bool) -> None:
        self.at, self.for_good, self.names = at, for_good, list[str]()

    def __call__(self, name: str) -> None:
        """Count a point; raise when it is the one that breaks."""
        self.names.append(name)
        n = len(self.names)
        if n == self.at or (self.for_good and n > self.at):
            raise _fault(name)

    @property
    def has_broken(self) -> bool:
        """Whether the work came as far as the point that breaks."""
        return len(self.names) >= self.at

    @property
    def was_committed(self) -> bool:
        """Whether the transaction was through when the work broke."""
        return "commit" in self.names[: self.at - 1]

    @property
    def point(self) -> str:
        """The name of the point that broke."""
        return self.names[self.at - 1]


def _fault(name: str) -> Exception:
    if name.startswith(("statement", "commit")):
        return OperationalError(name, None, Exception("server closed the connection"))
    return OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each file once: that touches the store nowhere and takes most of the time."""
    monkeypatch.setattr("pipeline.check_scores.read_sheet", lru_cache(read_sheet))


def import_exam(
    store: Store, folder: Path, *, seed: int, exam: str = EXAM, day: int = 5
) -> int | None:
    """Import a file as an exam; another seed is other content, hence the next release."""
    path = folder / f"{seed}.csv"
    written = path if path.exists() else write_exam(path, seed=seed)
    request = request_for(written, exam=exam, day=day)
    return import_scores(store, request, is_dry_run=False, actor="test").release


def broken_import(
    store: Store, folder: Path, breaker: Breaker, *, seed: int
) -> Exception | None:
    """Import while the breaker watches; return what the caller is told."""
    with watched(store.home.root, breaker):
        try:
            import_exam(store, folder, seed=seed)
        except (OSError, OperationalError, QualityError) as error:
            return error
    return None


def sweep(store: Store, folder: Path, *, for_good: bool, step: int) -> list[str]:
    """Break the import at every ``step``-th point until none is left; return the points.

    A point before the commit leaves the store as it was and is an error. One after it leaves
    the release whole, and a retry finds it; the next point is tried with a correction.
    """
    before, seed = contents_of(store), 2
    for at in range(1, MOST_POINTS, step):
        breaker = Breaker(at, for_good=for_good)
        error = broken_import(store, folder, breaker, seed=seed)
        if not breaker.has_broken:
            return breaker.names
        reopened = open_store_at(store.home)
        after = contents_of(reopened)
        if breaker.was_committed:
            numbers = published(reopened)[EXAM]
            assert import_exam(store, folder, seed=seed) == len(numbers), breaker.point
            assert published(reopened)[EXAM] == numbers, breaker.point
            assert faults_of(reopened) == [], breaker.point
            before, seed = contents_of(open_store_at(store.home)), seed + 1
        else:
            assert error is not None, breaker.point
            assert after == before, breaker.point
    raise AssertionError(f"The import has more than {MOST_POINTS} points.")


def check_sweep(store: Store, folder: Path, *, for_good: bool, step: int = 1) -> None:
    import_exam(store, folder, seed=1, exam="入学", day=0)
    points = sweep(store, folder, for_good=for_good, step=step)
    print(f"Points at which the import was broken: {len(points)}.")  # noqa: T201
    reopened = open_store_at(store.home)
    assert faults_of(reopened) == []
    assert published(reopened)["入学"] == [1]
    assert published(reopened)[EXAM][0] == 1
    assert len(points) >= FEWEST_POINTS
    assert len([p for p in points if p.startswith("statement")]) > 8
    assert {"commit", "rename staging/bundle", "write_table"} <= set(points)


@ON_BOTH
def test_a_failure_at_some_points_leaves_the_store_as_it_was(
    store: Store, tmp_path: Path
) -> None:
    check_sweep(store, tmp_path, for_good=False, step=FEW)


@ON_BOTH
@pytest.mark.slow
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_a_failure_at_any_point_leaves_the_store_as_it_was(
    store: Store, tmp_path: Path, for_good: bool
) -> None:
    check_sweep(store, tmp_path, for_good=for_good)


def test_a_death_while_the_anchor_is_written_leaves_no_draft_for_ever(
    store: Store, tmp_path: Path
) -> None:
    def dying(name: str) -> None:
        if "keys/.audit.head." in name:
            raise OSError(28, "No space left on device")

    import_exam(store, tmp_path, seed=1)  # the chain has begun
    with watched(store.home.root, dying):
        import_exam(store, tmp_path, seed=2)
    import_exam(open_store_at(store.home), tmp_path, seed=3)
    assert list(store.home.keys.glob(".audit.head.*")) == []


def test_a_release_that_stands_is_not_reported_as_failed(store: Store, tmp_path: Path) -> None:
    """After the commit only the sweep's work is left; a disk that fills then is no failure."""

    def full(name: str) -> None:
        if name == "unlink staging/bundle.waiting":
            raise OSError(28, "No space left on device")

    with watched(store.home.root, full):
        assert import_exam(store, tmp_path, seed=2) == 1
