"""A small demonstration store for tests of pages and browser, built by the pipeline."""

from pathlib import Path

from core.simulation.spec import CountySpec
from data.home import Home
from data.store import open_store_at
from pipeline.demo import build_demonstration

SMALL_COUNTY = CountySpec(n_primary=0, n_junior=12, n_years=3)


def build_small_demonstration(folder: Path) -> None:
    """Fill the empty store in ``folder`` with a small county and the public data."""
    store = open_store_at(Home(folder))
    build_demonstration(store, spec=SMALL_COUNTY)
