"""The tables of judgement: what the machine proposes, for a person to decide."""

from core.table import Table, flag, integer, number, text

WEAK_SCHOOLS = Table(
    "WEAK_SCHOOLS",
    "screening of one comparison group for weak schools; candidates are proposals",
    ("school",),
    (
        text("school", "school code"),
        text("group", "comparison group, stage and school type"),
        number("composite", "weighted mean of the shrunken indicators; higher is better"),
        number("se", "posterior standard deviation of the composite"),
        integer("rank", "competition rank inside the group, 1 is best", nullable=True),
        integer("rank_low", "best end of the 90 % rank interval", nullable=True),
        integer("rank_high", "worst end of the 90 % rank interval", nullable=True),
        number("p_bottom20", "probability to be in the bottom 20 %, 0 to 1"),
        flag("candidate", "in the bottom 20 % of a group that is judged"),
        text("reasons", "indicators that moved it there, worst first, joined by ;"),
        text("status", "ok not_judged (group under 5) suppressed not_estimable"),
    ),
)

JUDGEMENTS = Table(
    "JUDGEMENTS",
    "proposed band of a school in a subject or the total, with what it rests on",
    ("unit", "exam", "subject"),
    (
        text("unit", "code of the organisation unit"),
        text("exam", "name of the exam"),
        text("subject", "subject code"),
        text("rule", "id of the rule set"),
        text("version", "version of the rule set"),
        text("band", "none blue yellow red insufficient"),
        text("signals", "codes of the signals that fired, gravest first, joined by ;"),
        text("reason", "ok, or why it is insufficient"),
    ),
)

SIGNALS = Table(
    "SIGNALS",
    "every signal that was looked at for a judgement, fired or not",
    ("unit", "exam", "subject", "signal"),
    (
        text("unit", "code of the organisation unit"),
        text("exam", "name of the exam"),
        text("subject", "subject code"),
        text("signal", "code of the signal"),
        number("value", "what was found, unit of its indicator"),
        number("threshold", "from where it fires, same unit"),
        integer("n_pupils", "pupils that the value rests on", nullable=True),
        text("band", "none blue yellow red insufficient: what it alone would give"),
        text("reason", "ok, or why it is insufficient"),
    ),
)
