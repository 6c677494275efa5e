"""Warnings: bands, candidates, and what may be wrong among them."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "warning_band": Entry(
        marked("Warning band"),
        marked(
            "Proposal from the level × change grid and named signals; blue = watch, yellow = "
            "caution, red = serious. It holds when a person has confirmed it."
        ),
        "share",
        "neither",
        formula="",
        page="warning_bands",
    ),
    "status_grid": Entry(
        marked("Level × change"),
        marked(
            "Level: fifth of the comparison group by mean z. Change: z now less z before; "
            "within 1.96 standard errors it counts as no change, from 0.20 SD on as large."
        ),
        "sd",
        "higher",
        formula=r"\Delta = z_{now} - z_{before},\; |\Delta| \ge 1.96\,SE",
        page="warning_bands",
    ),
    "wrong_flags": Entry(
        marked("Flags that may be wrong"),
        marked(
            "Candidates: sum of the probabilities of not being in the bottom 20%. "
            "Value-added: how many would lie beyond ±2 if all schools were equal. Subjects: at "
            "most 5% of the flags."
        ),
        "share",
        "lower",
        formula=r"\sum_j (1 - P_j)",
        page="weak_schools",
    ),
    "counterfactual": Entry(
        marked("What if a place reached its peers"),
        marked(
            "All scores of a school in a subject are raised by its gap to the mean of schools "
            "of like intake; nothing else changes. Arithmetic, not a forecast."
        ),
        "share",
        "neither",
        formula=r"y_i \mapsto \min(y_i + (\bar m_{peers} - m_j),\, F)",
        page="counterfactual",
    ),
    "rebound": Entry(
        marked("Gain beyond rebound"),
        marked(
            "A school that was picked because it was low gains by chance alone; only what lies "
            "beyond that counts."
        ),
        "sd",
        "higher",
        formula=r"(a-b) - (1-r)(-b),\; r=\tau^2/(\tau^2+s_b^2)",
        page="rebound",
    ),
    "funnel": Entry(
        marked("Funnel"),
        marked(
            "Limits around the county's rate: of equal schools 95% and 99.8% lie inside, "
            "small ones further out. They are widened by how much the schools differ anyway."
        ),
        "rate",
        "neither",
        formula=r"t \pm z_q\sqrt{t(1-t)/n + \tau^2}",
        page="funnel",
    ),
}
