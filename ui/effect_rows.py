"""Effects with intervals as rows of a chart: what each row is called, its mark, its hover."""

from collections.abc import Sequence

import pandas as pd

from ui import formats
from ui.flags import UNSURE
from ui.text import Words
from ui.theme import UNJUDGED, VERDICTS, Mark

VERDICT_MARKS: dict[str, Mark] = {**VERDICTS, UNSURE: UNJUDGED}


def verdict_names(words: Words) -> dict[str, str]:
    """Return how the verdicts are called in a legend."""
    return {code: words(mark.word) for code, mark in VERDICT_MARKS.items()}


def effect_rows(
    table: pd.DataFrame,
    *,
    codes: Sequence[str],
    names: Sequence[str],
    mark: str,
    words: Words,
) -> pd.DataFrame:
    """Return code, name, estimate, low, high, mark and hover of each row.

    Parameters
    ----------
    table : DataFrame
        estimate, low, high, n, status, and the column that holds the verdict or flag.
    mark : str
        Name of that column.
    """
    judged = (table["status"] == "ok") & table[mark].notna()
    rows = pd.DataFrame(
        {
            "code": list(codes),
            "name": list(names),
            **{end: table[end].to_numpy() for end in ("estimate", "low", "high")},
            "mark": table[mark].where(judged, UNSURE).to_numpy(),
            "n": table["n"].to_numpy() if "n" in table else None,
        }
    )
    return rows.assign(hover=[_hover(row, words) for row in rows.to_dict("records")])


def _hover(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["estimate"]):
        return ""
    ends = formats.signed_interval(row["low"], row["high"])
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        f"{formats.signed(row['estimate'])} {ends}".rstrip(),
    ]
    if formats.is_number(row["n"]):
        lines.append(words("{n} pupils", n=formats.count(row["n"])))
    return "<br>".join(lines)
