"""Schools by verdict, best first, so that every legend has the same order and marks."""

from collections.abc import Iterator

import pandas as pd

from ui.theme import VERDICTS, Mark, mark_of


def judged_groups(schools: pd.DataFrame) -> Iterator[tuple[Mark, pd.DataFrame]]:
    """Yield the mark and the rows of each verdict that occurs."""
    for code in VERDICTS:
        group = schools[schools["verdict"] == code]
        if len(group):
            yield mark_of(code), group
