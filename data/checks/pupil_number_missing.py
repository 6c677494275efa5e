"""Every row needs a pupil number."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, listed

_WORDS = {
    "": (
        "第 {line} 行缺少{column}。没有它就不能与其它考试对应；请填写，或删除该行。",
        "Row {line} has no pupil number in {column}. Fill it in, or delete the row.",
    )
}


def find_pupil_number_missing(draft: Draft) -> pd.DataFrame:
    """Return the rows without a pupil number."""
    mask = draft.clean.frame["pupil_number"].isna().to_numpy(bool)
    return entry_places(draft, mask, "pupil_number")


def check_pupil_number_missing(draft: Draft) -> list[Finding]:
    """Refuse rows without a pupil number."""
    places = find_pupil_number_missing(draft)
    return listed(places, check="pupil_number_missing", words=_WORDS)
