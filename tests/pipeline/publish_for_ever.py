"""Publish one exam after the other until killed: the process that the kill test kills."""

import itertools
import sys
from datetime import date, timedelta
from pathlib import Path

from data.home import Home
from data.store import open_store_at
from pipeline.publish import publish
from tests.builders import make_submission


def main(root: Path, tag: str) -> None:
    """Publish exams of one cohort, named by the tag; print each name once it stands."""
    store = open_store_at(Home(root))
    print("ready", flush=True)  # noqa: T201
    for i in itertools.count():
        day = date(2025, 9, 1) + timedelta(days=i % 300)
        publish(store, make_submission(f"{tag}-{i}", day=day, seed=i), actor="test")
        print(f"{tag}-{i}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
