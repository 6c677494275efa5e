"""Figures of the diagnostics of value-added."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "pupil_residuals": Entry(
        marked("Residuals of pupils"),
        marked(
            "Score less what the line and the school's effect lead to expect, by groups of "
            "like prior score; a mean away from 0 is a bend, unequal SDs are a fan."
        ),
        "sd",
        "neither",
        formula=r"e_{ij} = y_{ij} - x_{ij}\hat\beta - \hat u_j",
        page="value_added_diagnostics",
    ),
    "school_normality": Entry(
        marked("Normality of the schools' effects"),
        marked(
            "Effects over their SD under the model, against normal quantiles; the band holds "
            "95 of 100 normal values at each place."
        ),
        "sd",
        "neither",
        formula=r"\hat u_j / \sqrt{\hat\sigma_u^2 \lambda_j}",
        page="value_added_diagnostics",
    ),
    "cook_distance": Entry(
        marked("Cook's distance of a school"),
        marked(
            "How far all coefficients move, in terms of their errors, when the school is left "
            "out and the variances are held."
        ),
        "sd",
        "neither",
        formula=(
            r"D_j = (\hat\beta - \hat\beta_{(j)})^\top \mathrm{Var}(\hat\beta)^{-1} "
            r"(\hat\beta - \hat\beta_{(j)}) / p"
        ),
        page="value_added_diagnostics",
    ),
    "school_leverage": Entry(
        marked("Hold on the line"),
        marked(
            "Leverage of a school as a share of that of all: how much of the line's "
            "coefficients rests on where its pupils started, whatever they reached."
        ),
        "rate",
        "neither",
        formula=r"h_j / p,\quad h_j = \mathrm{tr}\,(A^{-1} A_j)",
        page="value_added_diagnostics",
    ),
    "prior_reliability": Entry(
        marked("Reliability of the prior"),
        marked(
            "The model with the prior's error taken out, for each reliability that the test "
            "could have, and the verdicts that are others than at 0.85."
        ),
        "share",
        "neither",
        formula=r"\mathrm{Var}(m) = (1 - \rho)\,\mathrm{Var}(x)",
        page="value_added_diagnostics",
    ),
}
