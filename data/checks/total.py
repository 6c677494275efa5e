"""The column 总分 must equal the sum of the subjects where all of them are present."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.mark_text import read_marks
from data.checks.places import grouped

_WORDS = (
    "“{column}”与各科之和不一致：{n} 行（{rows}）。总分按各科重新计算，不用文件中的；"
    "请核对这些行的成绩。",
    "{column} does not equal the sum of the subjects: {n} ({rows}). Totals are computed from "
    "the subjects; check the scores in these rows.",
)
_NO_LIMIT = 100_000_000


def check_total(draft: Draft) -> list[Finding]:
    """Warn of rows whose total is not the sum of their subjects."""
    if draft.totals is None or not len(draft.totals):
        return []
    subject = draft.totals.assign(subject="total")
    totals = read_marks(subject, full_marks={"total": _NO_LIMIT}).dropna(subset="value")
    sums = draft.read.groupby("row")["value"].agg(["sum", "count"])
    own = sums.reindex(totals["row"])
    is_whole = (own["count"] == len(draft.subjects)).to_numpy(bool)
    differs = own["sum"].to_numpy() != totals["value"].to_numpy()
    places = totals[is_whole & pd.array(differs, dtype="boolean").fillna(False).to_numpy(bool)]
    return grouped(
        places.rename(columns={"text": "value", "value": "hundredths"}),
        check="total",
        words=_WORDS,
        severity="warning",
    )
