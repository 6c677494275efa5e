"""Figures of value-added."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "value_added": Entry(
        marked("Value-added"),
        marked("School effect after allowing for prior scores, shrunken, in pupil SD."),
        "sd",
        "higher",
        formula=r"y_{ij} = x_{ij}\beta + u_j + e_{ij},\; \hat u_j = w_j (t_j - s_j\hat\beta)",
        page="value_added",
    ),
    "multiverse": Entry(
        marked("Holds in so many definitions"),
        marked(
            "In how many of the chosen definitions the school gets the verdict that is "
            "examined; those in which it is not judged are not counted."
        ),
        "pupils",
        "neither",
        formula="",
        page="multiverse",
    ),
    "fairness_gauge": Entry(
        marked("Fairness gauge"),
        marked(
            "Correlation of the estimates with the schools’ mean prior; beyond ±0.30 the "
            "comparison favours some intakes. Interval by Fisher’s transformation."
        ),
        "share",
        "neither",
        formula=r"r(\hat u_j, \bar x_j)",
        page="value_added",
    ),
    "estimator_correlation": Entry(
        marked("Correlation of two definitions"),
        marked("Over the schools that both judge: of the estimates, and of their ranks."),
        "share",
        "neither",
        formula=r"r(\hat u_j, \hat u_j')",
        page="multiverse",
    ),
}
