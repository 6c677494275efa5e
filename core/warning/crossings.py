"""Which schools crossed a line: the bands of one exam beside those of the exam before."""

import pandas as pd

from core.judgement_tables import JUDGEMENTS
from core.table import Table, text
from core.warning.rules import BANDS

BAND_CHANGES = Table(
    "BAND_CHANGES",
    "bands of what was judged in both of two exams",
    ("unit", "subject"),
    (
        text("unit", "code of the organisation unit"),
        text("subject", "subject code"),
        text("before", "none blue yellow red: band in the exam before"),
        text("band", "none blue yellow red: band in this exam"),
        text("way", "worse better same"),
        text("signals", "codes of the signals that fired in this exam, joined by ;"),
    ),
)


def compute_band_changes(current: pd.DataFrame, *, previous: pd.DataFrame) -> pd.DataFrame:
    """Compare the bands of two exams where both are known.

    Parameters
    ----------
    current, previous : DataFrame
        JUDGEMENTS rows of one exam each. What is insufficient in one of them has not crossed
        anything and is left out.

    Returns
    -------
    DataFrame
        BAND_CHANGES rows, gravest band of this exam first, then the gravest before.

    Examples
    --------
    >>> now = pd.DataFrame({"unit": ["A", "B"], "exam": "end", "subject": "math", "rule": "r",
    ...     "version": "1", "band": ["red", "none"], "signals": ["grid", ""], "reason": "ok"})
    >>> then = now.assign(exam="mid", band=["blue", "insufficient"])
    >>> compute_band_changes(now, previous=then)[["unit", "before", "way"]].values.tolist()
    [['A', 'blue', 'worse']]
    """
    JUDGEMENTS.require(current)
    JUDGEMENTS.require(previous)
    key = ["unit", "subject"]
    pair = current[[*key, "band", "signals"]].merge(
        previous[[*key, "band"]].rename(columns={"band": "before"}), on=key, validate="1:1"
    )
    pair = pair[pair["band"].isin(BANDS) & pair["before"].isin(BANDS)]
    now, then = (pair[name].map(BANDS.index).astype("int64") for name in ("band", "before"))
    way = pd.Series("same", index=pair.index, dtype="str")
    way = way.mask(now > then, "worse").mask(now < then, "better")
    placed = pair.assign(way=way, now=now, then=then).sort_values(
        ["now", "then", *key], ascending=[False, False, True, True], ignore_index=True
    )
    return BAND_CHANGES.require(placed[BAND_CHANGES.names])
