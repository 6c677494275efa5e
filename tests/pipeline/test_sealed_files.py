"""Two hundred flipped bits in files of a release: each is found before a figure is shown."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from core.errors import DataError
from data.catalogue import read_statistic
from data.scope import OPERATOR
from data.store import Store
from pipeline.publish import publish
from pipeline.release_statistics import release_file
from tests.builders import make_submission

FLIPS = 200


def test_two_hundred_flipped_bits_are_found_before_a_figure_is_shown(
    sqlite_store: Store,
) -> None:
    """In the scores and the statistics: header, data pages and footer alike."""
    store = sqlite_store
    exam = publish(store, make_submission(), actor="test")
    folder = store.home.lake / exam.bundle
    readers: dict[str, Callable[[], object]] = {
        "scores.parquet": lambda: release_file(store, exam),
        **{
            f"{kind}.parquet": partial(read_statistic, OPERATOR, store, exam.release_id, kind)
            for kind in ("score_histogram", "state_count")
        },
    }
    chance, n_found = random.Random(20261122), 0  # noqa: S311
    places = []
    for flip in range(FLIPS):
        name = sorted(readers)[flip % len(readers)]
        whole = (folder / name).read_bytes()
        place = chance.randrange(8 * len(whole))
        broken = bytearray(whole)
        broken[place // 8] ^= 1 << place % 8
        (folder / name).write_bytes(broken)
        with pytest.raises(DataError, match="was changed after it was published"):
            readers[name]()
        n_found += 1
        places.append(place / (8 * len(whole)))
        (folder / name).write_bytes(whole)
    assert n_found == FLIPS
    assert min(places) < 0.05
    assert max(places) > 0.95
    assert all(read() is not None for read in readers.values())
