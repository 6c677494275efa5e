"""Figures of one subject over all schools: gaps, false flags, schools of like intake."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "gap": Entry(
        marked("Subject gap"),
        marked(
            "The school's subject less its own mean over subjects, less the same of its "
            "comparison group; shrunken, in pupil SD."
        ),
        "sd",
        "higher",
        formula=r"(z_{js}-\bar z_{j\cdot}) - (z_{Gs}-\bar z_{G\cdot})",
        page="subject_gaps",
    ),
    "q_value": Entry(
        marked("q value"),
        marked(
            "If all gaps with at most this q are flagged, so large a share of the flags is "
            "expected to be false (Benjamini-Hochberg over all schools and subjects)."
        ),
        "share",
        "neither",
        formula=r"q_{(i)} = \min_{k\ge i}\tfrac{m}{k}\,p_{(k)}",
        page="subject_gaps",
    ),
    "reference_gap": Entry(
        marked("County's subject against a year before"),
        marked(
            "The subject's score rate less the mean over subjects, less the same of the exam "
            "of that grade a year before; two papers may differ in difficulty."
        ),
        "rate",
        "higher",
        formula=r"(v_s-\bar v) - (v'_s-\bar v')",
        page="subject_gaps",
    ),
    "peers": Entry(
        marked("Schools of like intake"),
        marked(
            "The five schools of the stage that are nearest in their pupils' prior mean, in "
            "size and in type."
        ),
        "share",
        "neither",
        formula=r"d=\sqrt{\sum_v w_v\left(\tfrac{x_{av}-x_{bv}}{s_v}\right)^2}",
        page="peers",
    ),
}
