"""Figures of the screening for weak schools, and of the county's lowest 20%."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "weak_composite": Entry(
        marked("Composite of the screening"),
        marked(
            "Weighted mean of the indicators, shrunken together; −1 is about one typical true "
            "difference below the mean of the comparison group."
        ),
        "sd",
        "higher",
        formula=r"\mathrm{E}\left[\sum_k w_k d_k\, u_{jk}/\tau_k \mid x_j\right]",
        page="weak_schools",
    ),
    "p_bottom20": Entry(
        marked("Probability to be in the bottom 20%"),
        marked(
            "Share of draws from what is known of all schools in which the school is among the "
            "lowest fifth of its comparison group."
        ),
        "share",
        "lower",
        formula=r"P(\mathrm{rank}_j > n - \lfloor 0.2\,n \rfloor)",
        page="weak_schools",
    ),
    "rank_interval": Entry(
        marked("Rank interval"),
        marked("Ranks between which the school lies with 90% probability; 1 is best."),
        "pupils",
        "lower",
        formula=r"[\,q_{0.05},\; q_{0.95}\,]",
        page="rank_intervals",
    ),
    "bottom20_share": Entry(
        marked("Share of the county's lowest 20%"),
        marked(
            "Share of a unit's pupils who score below the county's 20th percentile. Ties make "
            "the county's own share a little less than 20%."
        ),
        "rate",
        "lower",
        formula=r"\#\{y_i < P_{20}\} / n",
        page="attainment",
    ),
}
