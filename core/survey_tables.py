"""The tables of items, samples, comprehensive evaluation and likeness of schools."""

from core.table import Table, flag, integer, number, text

ITEMS = Table(
    "ITEMS",
    "how each item of a test measured, over all pupils of the exam",
    ("item",),
    (
        text("item", "item code, such as 1 or 21(2)"),
        number("full_mark", "most points possible, points", nullable=False),
        integer("n_pupils", "pupils whose points on the item are present"),
        number("difficulty", "难度: mean / full mark, 0 to 1; higher is easier"),
        number("se", "standard error of the difficulty"),
        number("low", "lower end of the 95 % interval of the difficulty"),
        number("high", "upper end of the 95 % interval of the difficulty"),
        number("discrimination", "区分度: (top 27 % mean - bottom 27 % mean) / full mark"),
        number("item_rest", "correlation with the total of the other items, -1 to 1"),
        number("alpha_if_dropped", "Cronbach's alpha of the other items"),
        text("status", "ok no_spread (all pupils equal) not_estimable"),
    ),
)

TWO_WAY = Table(
    "TWO_WAY",
    "two-way table 双向细目表: which item tests which knowledge point",
    ("item", "knowledge_point"),
    (
        text("item", "item code"),
        text("knowledge_point", "knowledge point 知识点"),
        number("weight", "share of the item's points, above 0 to 1", nullable=False),
    ),
)

MASTERY = Table(
    "MASTERY",
    "mastery of knowledge points by school, and against the county",
    ("school", "knowledge_point"),
    (
        text("school", "school code"),
        text("knowledge_point", "knowledge point 知识点"),
        integer("n_items", "items that test it"),
        integer("n_pupils", "pupils with a present item of it; null if hidden", nullable=True),
        number("mastery", "掌握率: points earned / points possible, 0 to 1"),
        number("se", "standard error of the mastery"),
        number("low", "lower end of the 95 % interval of the mastery"),
        number("high", "upper end of the 95 % interval of the mastery"),
        number("county", "mastery of all pupils of the county, this school's among them"),
        number("difference", "mastery less the county's"),
        number("difference_se", "its standard error, the school being part of the county"),
        number("difference_low", "lower end of the 95 % interval of the difference"),
        number("difference_high", "upper end of the 95 % interval of the difference"),
        text("status", "ok too_few suppressed (protects a smaller one) not_estimable"),
    ),
)

SAMPLE_FRAME = Table(
    "SAMPLE_FRAME",
    "the schools that a sample is drawn from; further columns name the strata",
    ("school",),
    (
        text("school", "school code"),
        integer("n_pupils", "pupils of the grade, at least 1"),
    ),
)

SAMPLE_PLAN = Table(
    "SAMPLE_PLAN",
    "every school of the frame with its chance, and what was drawn",
    ("school",),
    (
        text("stratum", "values of the stratum columns, joined by /"),
        text("school", "school code"),
        integer("n_pupils", "pupils of the grade in the frame"),
        number("p_school", "chance of the school to be drawn, above 0 to 1", nullable=False),
        flag("is_certain", "so large that it is in every sample"),
        flag("is_drawn", "in this sample"),
        integer("n_drawn", "pupils to draw in it; 0 if not drawn"),
        number("p_pupil", "chance of its pupils once it is drawn", nullable=False),
        number("weight", "1 / (p_school p_pupil): pupils that each of its pupils stands for"),
    ),
)

SAMPLE_WEIGHTS = Table(
    "SAMPLE_WEIGHTS",
    "drawn schools that took part, with weights after nonresponse",
    ("school",),
    (
        text("stratum", "stratum of the plan"),
        text("school", "school code"),
        integer("n_responded", "its pupils with a result, at least 1"),
        number("weight", "pupils that each of them stands for", nullable=False),
        text("variance_stratum", "stratum of the jackknife, collapsed where it had to be"),
        flag("is_certain", "always in the sample: its pupils are the units of the jackknife"),
        number("fpc", "share of the units of the variance stratum that was drawn, 0 to 1"),
    ),
)

ROTATION = Table(
    "ROTATION",
    "which year of a cycle samples which content",
    ("content", "year"),
    (
        text("content", "content, subject or block of items"),
        integer("year", "year in which the sample covers it; again after each cycle"),
    ),
)

SCALES = Table(
    "SCALES",
    "how well the answers of each scale hang together",
    ("indicator",),
    (
        text("indicator", "indicator code that the scale measures"),
        integer("n_items", "questions of the scale"),
        integer("n_pupils", "pupils who answered at least half of them"),
        integer("n_complete", "pupils who answered all; alpha rests on them"),
        number("alpha", "Cronbach's alpha"),
        number("low", "lower end of its 95 % interval"),
        number("high", "upper end of its 95 % interval"),
        text("status", "ok not_estimable"),
    ),
)

NORMS = Table(
    "NORMS",
    "values that indicators are compared with, such as the province's",
    ("indicator", "norm"),
    (
        text("indicator", "indicator code"),
        text("norm", "name of the norm, such as last_cycle province"),
        number("value", "on the scale 0 to 100", nullable=False),
        number("se", "its standard error; null if it was typed in without one"),
    ),
)

PROFILE = Table(
    "PROFILE",
    "a unit's indicators one by one against each norm; in the framework's order",
    ("unit", "indicator", "norm"),
    (
        text("unit", "school code"),
        text("aspect", "aspect of the framework", nullable=True),
        text("indicator", "indicator code"),
        integer("n_pupils", "pupils with a score; null if hidden", nullable=True),
        number("score", "mean score, 0 to 100; 100 is the most favourable"),
        number("se", "standard error of the score"),
        number("low", "lower end of the 95 % interval of the score"),
        number("high", "upper end of the 95 % interval of the score"),
        text("norm", "county, or a name of NORMS"),
        number("norm_value", "value of the norm"),
        number("norm_se", "its standard error; null if taken as exact"),
        number("difference", "score less norm"),
        number("difference_se", "its standard error"),
        number("difference_low", "lower end of the 95 % interval of the difference"),
        number("difference_high", "upper end of the 95 % interval of the difference"),
        text("status", "ok too_few suppressed (protects a smaller one) not_estimable"),
    ),
)

PEERS = Table(
    "PEERS",
    "the schools of like intake to each school, nearest first",
    ("school", "peer"),
    (
        text("school", "school code"),
        text("peer", "school code of the same comparison group"),
        integer("place", "1 is the nearest"),
        number("distance", "weighted distance of their intakes, spreads", nullable=False),
    ),
)

PEER_STATUS = Table(
    "PEER_STATUS",
    "whether peers could be found for each school",
    ("school",),
    (
        text("school", "school code"),
        text("group", "comparison group"),
        integer("n_others", "other schools of the group with a known intake"),
        text("status", "ok too_few_peers no_intake"),
    ),
)

PEER_FIGURES = Table(
    "PEER_FIGURES",
    "each figure of a school beside the mean of its peers",
    ("unit", "exam", "subject", "indicator"),
    (
        text("unit", "school code"),
        text("exam", "name of the exam"),
        text("subject", "subject code"),
        text("indicator", "name of METHODS"),
        number("estimate", "the school's own value"),
        integer("n_peers", "peers with a value"),
        number("peer_mean", "plain mean of the peers' values"),
        number("peer_se", "its standard error"),
        number("difference", "estimate less peer mean"),
        number("se", "its standard error"),
        number("low", "lower end of the 95 % interval of the difference"),
        number("high", "upper end of the 95 % interval of the difference"),
        text("status", "ok too_few_peers not_estimable"),
    ),
)

VISITS = Table(
    "VISITS",
    "peers that are clearly better in a figure: whom to visit",
    ("school", "exam", "subject", "indicator", "peer"),
    (
        text("school", "school code"),
        text("exam", "name of the exam"),
        text("subject", "subject code"),
        text("indicator", "name of METHODS"),
        text("peer", "peer that is clearly better"),
        integer("place", "how near its intake is, 1 is the nearest"),
        number("estimate", "the school's own value", nullable=False),
        number("peer_estimate", "the peer's value", nullable=False),
        number("difference", "the peer's value less the own", nullable=False),
        number("se", "its standard error", nullable=False),
    ),
)

COUNTERFACTUAL = Table(
    "COUNTERFACTUAL",
    "what the county would be if one school reached its peer mean in one subject and grade",
    ("school", "subject", "grade"),
    (
        text("school", "school code"),
        text("subject", "subject code"),
        integer("grade", "grade"),
        integer("n_pupils", "pupils with a score"),
        number("mean", "mean now, points"),
        number("peer_mean", "mean of its peers, points"),
        number("mean_after", "mean after the shift, capped at the full mark, points"),
        number("score_rate", "change of the county's mean score rate"),
        number("low_rate", "change of the county's share below the low line"),
        number("between_cv_weighted", "change of the coefficient between schools"),
        text("status", "ok not_below_peers no_peer_mean"),
    ),
)

GOALS = Table(
    "GOALS",
    "the county before and after the three best places of each goal",
    ("goal",),
    (
        text("goal", "score_rate low_rate between_cv_weighted"),
        number("before", "value of the county now"),
        number("after", "value with the three places at their peer mean"),
        number("change", "after less before"),
        text("search", "exact (no other three do more) or greedy (checked on the best 40)"),
    ),
)

GOAL_PLACES = Table(
    "GOAL_PLACES",
    "the places that move each goal most together, in three schools",
    ("goal", "place"),
    (
        text("goal", "score_rate low_rate between_cv_weighted"),
        integer("place", "1 to 3, in order of what each does alone"),
        text("school", "school code"),
        text("subject", "subject code"),
        integer("grade", "grade"),
        number("change", "what it does alone"),
    ),
)

SURVEY_TABLES = (
    ITEMS,
    TWO_WAY,
    MASTERY,
    SAMPLE_FRAME,
    SAMPLE_PLAN,
    SAMPLE_WEIGHTS,
    ROTATION,
    SCALES,
    NORMS,
    PROFILE,
    PEERS,
    PEER_STATUS,
    PEER_FIGURES,
    VISITS,
    COUNTERFACTUAL,
    GOALS,
    GOAL_PLACES,
)
