"""Which table of the command line each chart and table of a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCHOOL, TOWNSHIP = "J003", "T01"
ENDS = {"estimate": ("estimate",), "low": ("low",), "high": ("high",)}


@dataclass(frozen=True)
class Case:
    """Where a table of a page comes from.

    Attributes
    ----------
    key : str
        Of the chart or table on the page.
    call : tuple of str
        View, table and options of the command.
    columns : dict
        Column of the sheet, with the columns of the command's rows whose numbers it holds.
    percent : tuple of str
        Columns of the command's rows that are shares, which the page writes in per cent.
    only : dict
        Which rows of the command's table the page shows here.
    """

    page: str
    key: str
    call: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    address: dict[str, str] = field(default_factory=dict)
    percent: tuple[str, ...] = ()
    only: dict[str, object] = field(default_factory=dict)


SHARES = ("estimate", "low", "high")
MATH = {"subject": "math"}
OF_SCHOOL = ("--school", SCHOOL)
GROUP = "junior/镇初中"
WEIGHTS = '[["total.z",30],["total.value_added",40],["total.low_rate",30]]'
BENCH = {"group": GROUP, "weights": WEIGHTS}
METHODS = ("random_intercept", "reliability_corrected", "prior_group", "growth_percentile")
ESTIMATORS = ("--method", "contextual", "--against", *METHODS, "z_change",
              "--priors", "own", "total")  # fmt: skip
OF_PAIR = {
    name: (name,)
    for name in ("n", "hits", "by_lot", "false_alarms", "misses", "quiet", "unknown")
}
CASES = [
    Case(
        "leadership",
        "school_table",
        ("leadership", "schools"),
        {
            "estimate": ("estimate",),
            "interval": ("low", "high"),
            "n": ("n",),
            "coverage": ("coverage",),
            "z": ("z",),
            "z_interval": ("z_low", "z_high"),
            "n_sat": ("n_sat",),
        },
        {"look": "caterpillar"},
        ("coverage",),
    ),
    Case("leadership", "school_table", ("leadership", "schools"), {"z": ("z",)},
         {"look": "quadrant"}),
    Case("leadership", "flags", ("briefing", "flags"),
         {"n_flagged": ("n_flagged",), "expected": ("expected",), "n_judged": ("n_judged",)},
         {"look": "flags"}),
    Case("leadership", "spread_trend", ("briefing", "gap.figures"),
         {**ENDS, "n": ("n_pupils",)}, {"look": "gap"}),
    Case("leadership", "places", ("briefing", "places.best"),
         {"mean": ("mean",), "peer_mean": ("peer_mean",), "interval": ("low", "high"),
          "n": ("n_pupils",)}, {"look": "places"}),
    Case("leadership", "rebound", ("briefing", "rebound.rows"),
         {"gap": ("gap",), "expected": ("expected",), "gain": ("gain",),
          "beyond": ("beyond",), "interval": ("low", "high")}, {"look": "rebound"}),
    Case("leadership", "status_grid", ("status_grid", "schools"),
         {"status": ("status",), "change": ("change",)}, {"look": "grid"}),
    Case("leadership", "funnel", ("funnel", "units", "--rate", "low_rate"),
         {"estimate": ("estimate",), "n": ("n_pupils",)},
         {"look": "funnel", "rate": "low_rate"}, ("estimate",)),
    Case("leadership", "target_bullets", ("targets", "rows"),
         {"estimate": ("way",), "low": ("way_low",), "high": ("way_high",),
          "n": ("n_pupils",)}, {"look": "targets"}, ("way", "way_low", "way_high")),
    Case("leadership", "target_table", ("targets", "rows"),
         {"actual": ("actual",), "interval": ("low", "high"), "target": ("target",),
          "gap": ("gap",), "pupils": ("pupils",), "baseline": ("baseline",),
          "final": ("final",), "final_year": ("final_year",), "slope": ("slope",),
          "n_pupils": ("n_pupils",)}, {"look": "targets"}),
    Case("warning_board", "signals", ("warning_reasons", "signals", *OF_SCHOOL),
         {"n": ("n_pupils",)}, {"school": SCHOOL}),
    Case("weak_schools", "weak_candidates", ("weak_schools", "schools"),
         {"p": ("p_bottom20",), "rank": ("rank", "rank_low", "rank_high"),
          "estimate": ("estimate",), "interval": ("low", "high")},
         {"measure": "rank"}, ("p_bottom20",), {"candidate": True}),
    Case("weak_schools", "weak_doubt", ("weak_schools", "schools"), ENDS,
         {"measure": "composite"},
        (),
        {"group": "junior/县直"},
    ),
    Case("weak_schools", "bottom20", ("weak_schools", "bottom20"),
         {**ENDS, "n": ("n_pupils",)}, {}, SHARES, {"subject": "total"}),
    Case("weak_schools", "class_bottom20", ("class_shares", "shares", *OF_SCHOOL),
         {**ENDS, "n": ("n_pupils",)}, {"lowest": "classes", "school": SCHOOL}, SHARES,
         {"subject": "total"}),
    Case("weights", "weights_ranks",
         ("composite", "units", "--group", GROUP, "--weights", WEIGHTS),
         {"estimate": ("rank",), "low": ("rank_low",), "high": ("rank_high",)},
         BENCH, (), {"status": "ok"}),
    Case("weights", "weights_effective",
         ("composite", "weights", "--group", GROUP, "--weights", WEIGHTS),
         {"nominal": ("nominal",), "effective": ("effective",)}, BENCH,
         ("nominal", "effective")),
    Case("value_added", "estimators_intake",
         ("estimators", "definitions", "--subject", "math", *ESTIMATORS),
         {"estimate": ("fairness_r",), "low": ("low",), "high": ("high",), "n": ("n_schools",)},
         {**MATH, "priors": "own,total", "look": "intake"}),
    Case("value_added", "estimators_facts",
         ("estimators", "definitions", "--subject", "math", *ESTIMATORS),
         {"n_pupils": ("n_pupils",), "coverage": ("coverage",), "n_schools": ("n_schools",),
          "icc": ("icc",), "fairness_r": ("fairness_r",)},
         {**MATH, "priors": "own,total", "look": "facts"}, ("coverage", "icc")),
    Case("value_added", "estimators_pairs_table",
         ("estimators", "pairs", "--subject", "math", *ESTIMATORS),
         {"n_schools": ("n_schools",), "spearman": ("spearman",), "pearson": ("pearson",),
          "n_same_verdict": ("n_same_verdict",)},
         {**MATH, "priors": "own,total", "look": "pairs"}),
    Case("weak_schools", "weak_indicators", ("weak_schools", "indicators"),
         {"nominal": ("nominal",), "weight": ("weight",), "true_sd": ("true_sd",),
          "reliability": ("reliability",)}, {}, ("nominal", "weight")),
    Case("subject", "standing", ("subject", "schools", "--subject", "math"),
         {**ENDS, "n": ("n_pupils",)}, MATH),
    Case("subject", "standing",
         ("subject", "schools", "--subject", "math", "--measure", "value_added"),
         {**ENDS, "n": ("n_pupils",)}, {**MATH, "measure": "value_added"}),
    Case("subject", "gap_table", ("subject", "gaps", "--subject", "math"),
         {"gap": ("gap",), "interval": ("low", "high"), "q_value": ("q_value",),
          "raw_gap": ("raw_gap",), "n_pupils": ("n_pupils",)}, MATH),
    Case("subject", "shares", ("subject", "shares", "--subject", "math"),
         {**ENDS, "n": ("n_pupils",)}, MATH, SHARES),
    Case("subject", "share_trend", ("subject", "share_trend", "--subject", "math"),
         {**ENDS, "n": ("n_pupils",)}, MATH, SHARES),
    Case("subject", "visit_table",
         ("visits", "peers", "--subject", "math", "--school", SCHOOL),
         {"difference": ("difference",), "interval": ("difference_low", "difference_high"),
          "estimate": ("estimate",), "n_pupils": ("n_pupils",), "start": ("start",)},
         {**MATH, "school": SCHOOL}),
    Case("items", "item_table", ("items", "items", "--subject", "math"),
         {"difficulty": ("difficulty",), "se": ("se",), "n_pupils": ("n_pupils",),
          "discrimination": ("discrimination",), "item_rest": ("item_rest",)},
         MATH, ("difficulty", "se")),
    Case("items", "points", ("items", "points", "--subject", "math"),
         {"estimate": ("mastery",), "low": ("low",), "high": ("high",), "n": ("n_pupils",)},
         MATH, ("mastery", "low", "high")),
    Case("township", "township_schools", ("township", "schools", "--township", TOWNSHIP),
         {"estimate": ("estimate",), "interval": ("low", "high"), "n": ("n",), "z": ("z",),
          "z_interval": ("z_low", "z_high"), "n_sat": ("n_sat",)}, {"township": TOWNSHIP}),
    Case("township", "township_sample", ("township", "schools", "--township", TOWNSHIP),
         {"matched": ("n",), "joined": ("joined",), "left": ("left",),
          "coverage": ("coverage",)}, {"township": TOWNSHIP}, ("coverage",)),
    Case("township", "township_levels", ("township", "gaps", "--township", TOWNSHIP),
         {"z": ("z",), "z_interval": ("z_low", "z_high"), "n": ("n_pupils",),
          "gap": ("gap", "low", "high")}, {"township": TOWNSHIP}),
    Case("township", "township_bottom20", ("township", "bottom20", "--township", TOWNSHIP),
         {**ENDS, "n": ("n_pupils",)}, {"township": TOWNSHIP}, SHARES,
         {"subject": "total"}),
    Case("school", "subject_effects", ("school", "value_added", *OF_SCHOOL),
         {**ENDS, "n": ("n",)}, {"school": SCHOOL}),
    Case("school", "starts", ("school", "starts", *OF_SCHOOL), {**ENDS, "n": ("n",)},
         {"school": SCHOOL}),
    Case("school", "frames", ("school", "frames", *OF_SCHOOL),
         {name: (name,) for name in ("lowest", "q1", "median", "q3", "highest", "own")},
         {"school": SCHOOL}, (), {"status": "ok"}),
    Case("school", "trend", ("school_past", "trend", *OF_SCHOOL),
         {**ENDS, "n": ("n_pupils",)}, {"school": SCHOOL}),
    Case("school", "subject_value_added", ("school", "value_added", *OF_SCHOOL),
         {"Value-added (SD)": ("estimate",), "95% interval": ("low", "high"),
          "n linked": ("n",), "Coverage": ("coverage",)},
         {"school": SCHOOL, "adds": "table"}, ("coverage",)),
    Case("school", "profile", ("school", "profile", *OF_SCHOOL), {**ENDS, "n": ("n",)},
         {"school": SCHOOL, "stands": "profile"}),
    Case("school", "peers", ("school_peers", "figures", *OF_SCHOOL), {**ENDS, "n": ("n",)},
         {"school": SCHOOL, "stands": "peers"}),
    Case("grade_class", "class_levels",
         ("grade_class", "gaps", "--subject", "math", *OF_SCHOOL), {**ENDS, "n": ("n",)},
         {**MATH, "school": SCHOOL}, (), {"subject": "math"}),
    Case("grade_class", "class_progress_table",
         ("grade_class", "progress", "--subject", "math", *OF_SCHOOL),
         {"before": ("z_before",), "now": ("z_now",), "adds": ("estimate",),
          "interval": ("low", "high"), "n": ("n",), "coverage": ("coverage",)},
         {**MATH, "school": SCHOOL}, ("coverage",)),
    Case("grade_class", "balance_table",
         ("grade_class", "balance", "--subject", "math", *OF_SCHOOL),
         {"spread": ("spread",), "chance": ("chance_low", "chance_high"),
          "share": ("share", "share_low", "share_high"), "n": ("n_pupils",)},
         {**MATH, "school": SCHOOL, "balance": "table"},
         ("share", "share_low", "share_high")),
    Case("replay", "replay_exams", ("rule_replay", "exams"),
         {f"n_{band}": (f"n_{band}",)
          for band in ("red", "yellow", "blue", "none", "insufficient")}),
    Case("replay", "replay_pairs", ("rule_replay", "counts.pairs"), OF_PAIR),
    Case("replay", "replay_outcomes",
         ("rule_replay", "counts.pairs", "--later", "year", "--alarm-from", "blue"), OF_PAIR,
         {"later": "year", "alarm": "blue"}),
    Case("replay", "replay_exams", ("scheme_replay", "exams"),
         {"n": ("n",), "n_tried": ("n_tried",), "n_held": ("n_held",), "n_same": ("n_same",),
          "n_entered": ("n_entered",), "n_left": ("n_left",), "n_unknown": ("n_unknown",)},
         {"replayed": "scheme"}),
    Case("replay", "replay_pairs", ("scheme_replay", "counts.pairs"), OF_PAIR,
         {"replayed": "scheme"}, (), {"whose": "tried"}),
]  # fmt: skip
VIEWS = sorted({(case.page, tuple(sorted(case.address.items()))) for case in CASES})
