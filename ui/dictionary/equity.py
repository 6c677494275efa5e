"""Figures of how far schools lie apart."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "icc": Entry(
        marked("Share between schools"),
        marked(
            "Share of the variance of scores that lies between schools; "
            "national reference line 0.15."
        ),
        "share",
        "lower",
        formula=r"\sigma_u^2 / (\sigma_u^2 + \sigma_e^2)",
        page="between_schools",
    ),
    "between_cv_weighted": Entry(
        marked("Gap between schools (CV)"),
        marked("Spread of the schools' means, weighted by pupils, divided by the mean."),
        "share",
        "lower",
        formula=r"\frac1M\sqrt{\sum_j \tfrac{n_j}{N}(m_j - M)^2}",
        page="between_schools",
    ),
}
