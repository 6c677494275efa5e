"""What a page says of targets: the finding, what it rests on, and why there are none."""

from pipeline.views import TargetsView
from ui import formats
from ui.text import Words


def targets_finding(view: TargetsView, *, words: Words) -> str:
    """Return how many targets are reached, and which one is missed."""
    known = view.rows[view.rows["verdict"].notna()]
    reached = int((known["verdict"] == "reached").sum())
    said = words.plural(
        "{reached} of {n} target of {year} reached",
        "{reached} of {n} targets of {year} reached",
        n=len(known),
        reached=reached,
        year=view.year,
    )
    missed = [
        shortfall(row, words=words)
        for row in known.to_dict("records")
        if row["verdict"] != "reached"
    ]
    return "; ".join([said, *missed]) if words.language == "en" else "；".join([said, *missed])


def shortfall(row: formats.Row, *, words: Words) -> str:
    """Return what a target lacks, in its unit and in pupils."""
    name, gap = title_of(row, words=words), formats.plain(row["gap"])
    if row["scale"] != "rate":
        return words("{name}: {gap} short", name=name, gap=gap)
    if not formats.is_number(row["pupils"]):
        return words("{name}: {gap} percentage points short", name=name, gap=gap)
    return words(
        "{name}: {gap} percentage points short, about {pupils} pupils",
        name=name,
        gap=gap,
        pupils=formats.count(row["pupils"]),
    )


def figure_and_target(row: formats.Row, *, words: Words) -> str:
    """Return what was found and what was asked for, as it stands beside a bar."""
    sign = "%" if row["scale"] == "rate" else ""
    return words(
        "{actual} (target {target}, from {baseline})",
        **{key: f"{formats.plain(row[key])}{sign}" for key in ("actual", "target", "baseline")},
    )


def title_of(row: formats.Row, *, words: Words) -> str:
    """Return the name of a target, which its file gives in both languages."""
    return words.either(english=str(row["title_en"]), chinese=str(row["title_zh"]))


def targets_notes(view: TargetsView, *, words: Words) -> tuple[str, ...]:
    """Return which version holds, how to read the bars, and what they cannot tell."""
    found = view.target_set
    version = (
        words(
            "Target set version {number}, official from {date}.",
            number=found.number,
            date=formats.day(found.valid_from, words=words),
        )
        if found is not None
        else ""
    )
    return (
        version,
        words("Bar: done so far; thick line: target of the year; whisker: 95% interval."),
        words(
            "Rates of different papers differ with how hard the papers were: a target that is "
            "reached may be an easier paper."
        ),
    )


def why_no_targets(view: TargetsView, *, words: Words) -> str:
    """Return why an exam has no targets, and what can be done about it."""
    if view.target_set is None:
        return words(
            "No target set was official on the day of this exam. Targets are proposed from a "
            "file and approved by a second person: python -m pipeline targets --help."
        )
    return words(
        "The target set (version {number}) asks for nothing in {year} for the grade and the "
        "subjects of this exam.",
        number=view.target_set.number,
        year=view.year,
    )
