"""Figures of items and knowledge points."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "alpha": Entry(
        marked("Reliability (alpha)"),
        marked("How far the total can be relied on: Cronbach's alpha with Feldt's interval."),
        "share",
        "higher",
        formula=r"\tfrac{k}{k-1}\left(1-\tfrac{\sum_q s_q^2}{s_t^2}\right)",
        page="items",
    ),
    "sem": Entry(
        marked("Standard error of a total"),
        marked("How far a single total may lie from the pupil's true one: 1.96 times this."),
        "points",
        "lower",
        formula=r"s_t\sqrt{1-\alpha}",
        page="items",
    ),
    "difficulty": Entry(
        marked("Difficulty"),
        marked("Mean of an item divided by its full mark; higher is easier."),
        "share",
        "neither",
        formula=r"\bar y_q / F_q",
        page="items",
    ),
    "discrimination": Entry(
        marked("Discrimination"),
        marked(
            "Mean of the top 27% of the pupils by total less that of the bottom 27%, divided "
            "by the full mark."
        ),
        "share",
        "higher",
        formula=r"(\bar y_{top}-\bar y_{bottom})/F_q",
        page="items",
    ),
    "item_rest": Entry(
        marked("Item-rest correlation"),
        marked("Correlation of the item with the total of the other items."),
        "share",
        "higher",
        formula=r"r(y_q,\; t-y_q)",
        page="items",
    ),
    "mastery": Entry(
        marked("Mastery"),
        marked("Points earned divided by points possible on the items of a knowledge point."),
        "rate",
        "higher",
        formula=r"\sum_q w_{qk}y_q \big/ \sum_q w_{qk}F_q",
        page="items",
    ),
}
