"""The tables of pairing: where schools lie, who may be a base, who is weak, who helps whom."""

from core.table import Table, integer, number, text

SCHOOL_MAP = Table(
    "SCHOOL_MAP",
    "where each school lies; one that has two stages has two rows",
    ("school", "stage"),
    (
        text("school", "school code"),
        text("stage", "primary junior senior"),
        text("region", "county or district of the city: limits of region bases hold in each"),
        text("district", "学区: each needs a base of every subject"),
    ),
)

TAUGHT = Table(
    "TAUGHT",
    "subjects that have bases, by stage",
    ("stage", "subject"),
    (text("stage", "primary junior senior"), text("subject", "subject code")),
)

CANDIDATES = Table(
    "CANDIDATES",
    "schools nominated as base of a subject; a cost is lower where the school is better",
    ("school", "stage", "subject"),
    (
        text("school", "school code"),
        text("stage", "primary junior senior"),
        text("subject", "subject code"),
        number("city_cost", "cost as a city base; null where not nominated for it"),
        number("region_cost", "cost as a region base; null where not nominated for it"),
    ),
)

BASES = Table(
    "BASES",
    "base schools",
    ("school", "stage", "subject", "level"),
    (
        text("school", "school code"),
        text("stage", "primary junior senior"),
        text("subject", "subject code"),
        text("level", "city region"),
    ),
)

WEAK_SUBJECTS = Table(
    "WEAK_SUBJECTS",
    "schools that are to be helped in a subject",
    ("school", "stage", "subject"),
    (
        text("school", "school code"),
        text("stage", "primary junior senior"),
        text("subject", "subject code"),
    ),
)

PAIRS = Table(
    "PAIRS",
    "which base helps whom",
    WEAK_SUBJECTS.key,
    (
        *WEAK_SUBJECTS.columns,
        text("base", "school code of the base"),
        number("cost", "cost of the pair, as given", nullable=False),
    ),
)

BASE_LOADS = Table(
    "BASE_LOADS",
    "teachers that a base took in or was paired with",
    ("school", "stage", "subject", "kind", "period"),
    (
        text("school", "school code of the base"),
        text("stage", "primary junior senior"),
        text("subject", "subject code"),
        text("kind", "trainees (of one term) pairs (of one school year)"),
        text("period", "term or school year"),
        integer("n", "teachers of weak subjects"),
    ),
)
