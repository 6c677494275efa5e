"""Figures of one school: by start, among others, over the years."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "start_value_added": Entry(
        marked("Value-added by start"),
        marked(
            "Value-added estimated within each fifth of the county's prior scores: for pupils "
            "who started low, and for those who started high."
        ),
        "sd",
        "higher",
        formula=r"y_{ij} = \beta_{0q} + \beta_{1q} x_{ij} + u_{jq} + e_{ij},\; q = 1..5",
        page="differential_effectiveness",
    ),
    "frames": Entry(
        marked("Three frames"),
        marked(
            "The school's figure among the schools of the county, of its township, and of like "
            "intake: lowest, quartiles, highest. Fewer than 5 schools are no frame."
        ),
        "sd",
        "neither",
        formula="",
        page="peers",
    ),
    "school_profile": Entry(
        marked("Strong and weak subjects"),
        marked(
            "A subject's z less the school's mean over subjects, less the same of its "
            "comparison group; drawn toward 0 as far as chance asks for."
        ),
        "sd",
        "higher",
        formula=r"(z_{js} - \bar z_j) - (z_{gs} - \bar z_g)",
        page="subject_gaps",
    ),
    "peer_difference": Entry(
        marked("Difference to like schools"),
        marked(
            "The school's z less the plain mean of the schools of like intake in the subject."
        ),
        "sd",
        "higher",
        formula=r"z_j - \frac1k\sum_{p} z_p",
        page="peers",
    ),
    "several_years": Entry(
        marked("Several school years"),
        marked(
            "Weighted mean of the value-added of the same grade in this and earlier school "
            "years, the latest counting most (3:2:1)."
        ),
        "sd",
        "higher",
        formula=r"\sum_k w_k \hat u_{jk} / \sum_k w_k",
        page="several_years",
    ),
}
