"""Figures of classes: level, progress, balance, and pupils by level and near a line."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "class_gap": Entry(
        marked("Class against its grade"),
        marked(
            "Mean z of the class less that of all pupils in the classes of the grade; flags "
            "by q over all classes and subjects of the county."
        ),
        "sd",
        "higher",
        formula=r"z_{cs} - \sum_k \tfrac{n_{ks}}{N_s} z_{ks}",
        page="classes",
    ),
    "class_profile": Entry(
        marked("Strong and weak subjects of a class"),
        marked(
            "A subject's z less the class's mean over subjects, less the same of its grade."
        ),
        "sd",
        "higher",
        formula=r"(z_{cs} - \bar z_c) - (z_{gs} - \bar z_g)",
        page="classes",
    ),
    "class_progress": Entry(
        marked("What a class adds"),
        marked(
            "Class effect of the model of schools and classes: scores beside what earlier "
            "scores and the school led to expect, shrunken."
        ),
        "sd",
        "higher",
        formula=r"y_{ijc} = x_{ijc}\beta + u_j + v_{jc} + e_{ijc}",
        page="nested_model",
    ),
    "class_balance": Entry(
        marked("Balance of the classes"),
        marked(
            "Standard deviation of the class means, beside what pupils drawn into classes by "
            "lot would give in 95 of 100 cases."
        ),
        "sd",
        "lower",
        formula=r"\sqrt{MS_{between} / n_0},\quad MS_{between}/MS_{within} \sim F",
        page="classes",
    ),
    "level_counts": Entry(
        marked("Pupils by level"),
        marked(
            "Six levels by the county's scores: best 5% A+, up to 25% A, 50% B+, 75% B, "
            "95% C+, the others C; equal scores have the better level."
        ),
        "pupils",
        "neither",
        formula="",
        page="classes",
    ),
    "near_line": Entry(
        marked("Pupils just under a line"),
        marked(
            "Pupils whose score lies under the line by no more than the distance. Counts of 1 "
            "to 9, and those that would give one back, are not shown."
        ),
        "pupils",
        "neither",
        formula=r"\#\{L - d \le y_i < L\}",
        page="classes",
    ),
}
