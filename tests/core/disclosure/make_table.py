"""Made tables of counts: schools of townships by score bands."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.disclosure.linear_table import LinearTable, cross_table

Counts = NDArray[np.int64]


def make_county(counts: Counts, *, n_towns: int = 0, prefix: str = "") -> LinearTable:
    """Return the table of schools (rows) by bands (columns), in so many townships.

    Without townships, every school stands directly below the county.
    """
    schools = [f"s{i}" for i in range(len(counts))]
    bands = [f"b{k}" for k in range(counts.shape[1])]
    frame = pd.DataFrame(counts, index=schools, columns=bands)
    town = {s: f"t{i * n_towns // len(schools)}" for i, s in enumerate(schools)}
    above = pd.Series(town if n_towns else dict.fromkeys(schools, "county"))
    towns = frame.groupby(above).sum() if n_towns else frame.iloc[:0]
    county = frame.sum().to_frame("county").T
    above = pd.concat([above, pd.Series(dict.fromkeys(towns.index, "county"), dtype="str")])
    whole = pd.concat([frame, towns, county])
    return cross_table(whole, parent=above, total="roll", prefix=prefix)


def draw_counts(seed: int, *, n_schools: int, n_bands: int, sizes: tuple[int, ...]) -> Counts:
    """Return invented pupils by school and band."""
    rng = np.random.default_rng(seed)
    return np.array(
        [
            rng.multinomial(rng.choice(sizes), rng.dirichlet(np.full(n_bands, 2.0)))
            for _ in range(n_schools)
        ]
    )
