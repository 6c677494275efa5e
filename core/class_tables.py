"""STATISTICS of classes: sums and counts; histograms come from one school's rows, on demand."""

from core.table import Table, integer, text

CLASS_MOMENTS = Table(
    "CLASS_MOMENTS",
    "scores of each class with at least one, summed; the sums of a school are their sum",
    ("subject", "school", "class_name"),
    (
        text("subject", "subject code"),
        text("school", "school code"),
        text("class_name", "班级; null for pupils without one", nullable=True),
        integer("n", "pupils with a score"),
        integer("y", "sum of the scores, hundredths"),
        integer("y_y", "sum of squared scores"),
        integer("lowest", "lowest score, hundredths"),
        integer("highest", "highest score, hundredths"),
        integer("n_excellent", "pupils at or above the excellent line"),
        integer("n_good", "pupils at or above the good line"),
        integer("n_pass", "pupils at or above the pass line"),
        integer("n_low", "pupils below the low line"),
    ),
)

LINKED_CLASS_MOMENTS = Table(
    "LINKED_CLASS_MOMENTS",
    "MOMENTS of the classes of the current exam; further columns x1.. xp, xi_xj, xi_y, xi_all",
    ("subject", "school", "class_name"),
    (
        text("subject", "subject code of the current exam"),
        text("school", "school code of the current exam"),
        text(
            "class_name", "班级 of the current exam; null for pupils without one", nullable=True
        ),
        integer("n", "matched: current score and all prior scores present"),
        integer("n_sat", "current score present"),
        integer("n_prior", "all prior scores present, of those in the current exam"),
        integer("y", "sum of current scores over the matched, hundredths"),
        integer("y_y", "sum of squared current scores over the matched"),
    ),
)

CLASS_TABLES = (CLASS_MOMENTS, LINKED_CLASS_MOMENTS)
