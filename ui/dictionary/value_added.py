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
    "growth_percentile": Entry(
        marked("Growth percentile"),
        marked(
            "How many in 100 pupils of the county with the same prior score have a lower "
            "current score; a group has the mean of its pupils. It ranks, and says nothing of "
            "causes."
        ),
        "points",
        "higher",
        formula=r"\hat Q_\tau(y \mid x) = b_{0\tau} + B(x)' b_\tau",
        page="growth_percentile",
    ),
    "growth_chart": Entry(
        marked("Growth chart"),
        marked(
            "The current score that 10, 25, 50, 75 and 90 in 100 pupils of the county stay "
            "below, by prior score; on it the group's median in each fifth of the county's "
            "prior scores (its mean, where it has under 20 pupils there)."
        ),
        "points",
        "higher",
        formula=r"\tfrac12\left(\hat Q_{(p-0.5)/100} + \hat Q_{(p+0.5)/100}\right)",
        page="growth_percentile",
    ),
    "growth_bands": Entry(
        marked("Bands of growth"),
        marked(
            "Shares of the group's pupils with growth percentiles 1–20, 21–40, 41–60, 61–80 "
            "and 81–99; of all pupils of the county about a fifth lies in each."
        ),
        "share",
        "neither",
        formula="",
        page="growth_percentile",
    ),
    "start_gap": Entry(
        marked("Low minus high starts"),
        marked(
            "The school's mean residual in its lowest fifth of starts less that in its "
            "highest, as found, less the same of all schools together; flagged by "
            "Benjamini-Hochberg over all schools."
        ),
        "sd",
        "neither",
        formula=r"(d_{j1} - d_{jQ}) - \bar g,\; SE_j^2 = SE_{j1}^2 + SE_{jQ}^2",
        page="differential_effectiveness",
    ),
}
