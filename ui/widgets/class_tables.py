"""Classes as rows of tables in the reader's words: level, progress, balance."""

import pandas as pd

from core.verdict import NO_DIFFERENCE
from pipeline.views import GradeClassView
from ui import formats
from ui.charts.balance import MARKS
from ui.flags import flag_mark
from ui.table_columns import Column
from ui.text import Words
from ui.theme import mark_of
from ui.vocabulary import status_words, subject_name, verdict_words


def progress_table(rows: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return one row per class in words: before, now, what it adds, who is compared."""
    return pd.DataFrame(
        {
            "name": rows["name"],
            "before": rows["z_before"],
            "now": rows["z_now"],
            "adds": rows["estimate"],
            "interval": [
                formats.signed_interval(low, high) or None
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
            "verdict": [_verdict(row, words) for row in rows.to_dict("records")],
            "n": rows["n"],
            "coverage": 100 * rows["coverage"].astype("float64"),
        }
    )


def balance_table(rows: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the balance in words, one row for each subject and moment."""
    moments = {"now": words("now"), "start": words("at the start")}
    return pd.DataFrame(
        {
            "name": rows["name"],
            "moment": rows["moment"].map(moments),
            "spread": rows["spread"],
            "chance": [
                formats.interval(*(formats.plain(end, digits=2) for end in ends))
                for ends in zip(rows["chance_low"], rows["chance_high"], strict=True)
            ],
            "verdict": [
                f"{MARKS[code].sign} {words(MARKS[code].word)}" for code in rows["verdict"]
            ],
            "share": [_share(row) for row in rows.to_dict("records")],
            "n": rows["n_pupils"],
        }
    )


def gap_table(view: GradeClassView, *, words: Words) -> tuple[pd.DataFrame, dict[str, Column]]:
    """Return classes by subjects: sign of the flag and the difference, with the columns."""
    gaps = view.gaps
    cells = [_gap(row, words) for row in gaps.to_dict("records")]
    wide = (
        gaps.assign(cell=cells)
        .pivot_table(index="class_", columns="subject", values="cell", aggfunc="first")
        .reindex(
            index=list(view.classes["class_"]), columns=list(dict.fromkeys(gaps["subject"]))
        )
    )
    names = dict(zip(gaps["subject"], gaps["subject_name"], strict=True))
    rows = wide.reset_index(drop=True)
    rows.insert(0, "name", list(view.classes["name"]))
    rows.insert(1, "n", list(view.classes["n"]))
    columns = {"name": Column(words("Class")), "n": Column(words("n"), "count")}
    columns |= {str(c): Column(subject_name(str(c), n, words=words)) for c, n in names.items()}
    return rows, columns


def _gap(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["estimate"]):
        return status_words(str(row["status"]), words=words)
    return f"{flag_mark(row['flag']).sign} {formats.signed(row['estimate'])}"


def _verdict(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    if row["verdict"] == NO_DIFFERENCE:
        return words("○ no class differences found")
    mark = mark_of(row["verdict"])
    return verdict_words(mark.sign, mark.word, words=words)


def _share(row: formats.Row) -> str:
    ends = [row["share_low"], row["share_high"]]
    text = formats.rate(row["share"])
    if all(formats.is_number(end) for end in ends):
        text += " " + formats.interval(*(formats.rate(end) for end in ends))
    return text


def progress_columns(words: Words) -> dict[str, Column]:
    """Return the headings of ``progress_table``."""
    return {
        "name": Column(words("Class")),
        "before": Column(words("z at the start"), "signed"),
        "now": Column(words("z now"), "signed"),
        "adds": Column(words("Adds (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        "verdict": Column(words("Verdict"), width=190),
        "n": Column(words("n linked"), "count"),
        "coverage": Column(words("Coverage (%)"), "points"),
    }


def balance_columns(words: Words) -> dict[str, Column]:
    """Return the headings of ``balance_table``."""
    return {
        "name": Column(words("Subject")),
        "moment": Column(words("When")),
        "spread": Column(words("SD of class means"), "plain"),
        "chance": Column(words("By chance")),
        "verdict": Column(words("Verdict"), width=160),
        "share": Column(words("Share between classes"), width=190),
        "n": Column(words("n"), "count"),
    }
