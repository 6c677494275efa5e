"""Figures of the bench of weights."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "weighted_composite": Entry(
        marked("Composite by weights"),
        marked(
            "Weighted sum of the indicators after they were put on one scale inside the "
            "comparison group; the figures are those that are shown, taken as exact."
        ),
        "sd",
        "higher",
        formula=r"c_j = \sum_k w_k v_{jk}",
        page="composites",
    ),
    "weight_range": Entry(
        marked("Range of the rank over weights"),
        marked(
            "Ranks between which the school lies in 90% of weights drawn around the chosen "
            "ones; a sensitivity range, not a confidence interval."
        ),
        "pupils",
        "lower",
        formula=r"w' \sim \mathrm{Dirichlet}(\kappa w)",
        page="weight_sensitivity",
    ),
    "effective_weight": Entry(
        marked("Effective weight"),
        marked(
            "Share of the composite’s variance over the schools that an indicator brings: what "
            "it decides, beside what it is said to count."
        ),
        "rate",
        "neither",
        formula=r"\mathrm{cov}(w_k v_k, c)\,/\,\mathrm{var}(c)",
        page="composites",
    ),
    "flip_path": Entry(
        marked("Path across the line"),
        marked(
            "Smallest change of one weight, the others in proportion, that takes a school into "
            "or out of the bottom 20% of its comparison group."
        ),
        "rate",
        "neither",
        formula=r"c_j(t) = t\,v_{jk} + (1 - t)\,R_j",
        page="weight_sensitivity",
    ),
    "acceptability": Entry(
        marked("Acceptability of a rank"),
        marked(
            "Share of all possible weights under which a school takes certain places (SMAA)."
        ),
        "rate",
        "neither",
        formula=r"w' \sim \mathrm{U}\{w \ge 0,\ \textstyle\sum w = 1\}",
        page="weight_sensitivity",
    ),
    "central_weights": Entry(
        marked("Central weights"),
        marked("Mean of the weights that bring a school to certain places; the typical ones."),
        "rate",
        "neither",
        formula=r"\mathrm{E}[\,w' \mid \mathrm{rank}_j(w') \in R\,]",
        page="weight_sensitivity",
    ),
    "rank_agreement": Entry(
        marked("Agreement of two orders"),
        marked(
            "Kendall’s tau: pairs of schools that both schemes order alike less those that "
            "they order otherwise, as a share of all pairs; 1 is the same order."
        ),
        "share",
        "neither",
        formula=r"\tau = (C - D) / \tbinom{n}{2}",
        page="weight_sensitivity",
    ),
}
