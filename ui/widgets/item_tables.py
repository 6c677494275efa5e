"""Tables of the page of items: the items, and the schools on a knowledge point."""

import pandas as pd

from ui import formats
from ui.flag_marks import ITEM_NOTES, MASTERY_FLAGS
from ui.table_columns import Column
from ui.text import Words
from ui.vocabulary import status_words


def item_rows(items: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the items as they are listed, with the note or the reason in words."""
    return pd.DataFrame(
        {
            "item": items["item"],
            "note": [_note(row, words) for row in items.to_dict("records")],
            "difficulty": 100 * items["difficulty"],
            "se": 100 * items["se"],
            "discrimination": items["discrimination"],
            "item_rest": items["item_rest"],
            "alpha_if_dropped": items["alpha_if_dropped"],
            "full_mark": items["full_mark"],
            "n_pupils": items["n_pupils"],
            "knowledge": items["knowledge"],
        }
    )


def school_rows(rows: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the schools on a knowledge point as they are listed."""
    return pd.DataFrame(
        {
            "name": rows["name"],
            "flag": [_flag(row, words) for row in rows.to_dict("records")],
            "mastery": 100 * rows["mastery"],
            "low": 100 * rows["low"],
            "high": 100 * rows["high"],
            "difference": 100 * rows["difference"],
            "interval": [
                formats.points_interval(*ends) or None
                for ends in zip(rows["difference_low"], rows["difference_high"], strict=True)
            ],
            "q_value": rows["q_value"],
            "n_pupils": rows["n_pupils"],
        }
    )


def _note(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    mark = ITEM_NOTES[str(row["note"])]
    return f"{mark.sign} {words(mark.word)}"


def _flag(row: formats.Row, words: Words) -> str:
    mark = MASTERY_FLAGS.get(str(row["flag"]))
    if mark is None:
        return status_words(str(row["status"]), words=words)
    return f"{mark.sign} {words(mark.word)}"


def item_columns(words: Words) -> dict[str, Column]:
    """Return the columns of the items."""
    return {
        "item": Column(words("Item")),
        "note": Column(words("Note"), width=215),
        "difficulty": Column(words("Difficulty (%)"), "points"),
        "se": Column(words("SE (points of %)"), "points"),
        "discrimination": Column(words("Discrimination"), "plain"),
        "item_rest": Column(words("Item-rest r"), "plain"),
        "alpha_if_dropped": Column(words("alpha without it"), "plain"),
        "full_mark": Column(words("Full mark"), "points"),
        "n_pupils": Column(words("n"), "count"),
        "knowledge": Column(words("Knowledge points")),
    }


def school_columns(words: Words) -> dict[str, Column]:
    """Return the columns of the schools on a knowledge point."""
    return {
        "name": Column(words("School")),
        "flag": Column(words("Against the county"), width=260),
        "mastery": Column(words("Mastery (%)"), "points"),
        "low": Column(words("low"), "points"),
        "high": Column(words("high"), "points"),
        "difference": Column(words("Difference"), "points"),
        "interval": Column(words("95% interval")),
        "q_value": Column(words("q value"), "fine"),
        "n_pupils": Column(words("n"), "count"),
    }
