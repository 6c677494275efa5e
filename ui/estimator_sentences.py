"""Definitions of value-added in words, and what their comparison finds."""

import pandas as pd

from core.verdict import SIDE
from pipeline.views import EstimatorsView
from ui import formats
from ui.text import Words, marked
from ui.vocabulary import METHODS, subject_name

PRIOR_SETS: dict[str, str] = {
    "own": marked("the subject’s own prior"),
    "total": marked("total of the baseline"),
    "own_total": marked("own prior and total"),
    "all": marked("all subjects of the baseline"),
}
TRAITS: dict[str, str] = {
    "locale": marked("town and country"),
    "school_type": marked("type of school"),
}
_MOST_TOLD = 9
"""Definitions that a note names one by one."""

_FEW = 0.5
"""Share of the definitions below which a verdict is said to hang on the method."""


def definition_names(view: EstimatorsView, *, words: Words) -> dict[str, str]:
    """Return what each definition is called, by its code, the main one first."""
    return {
        str(row["definition"]): _name(row, words) for row in view.definitions.to_dict("records")
    }


def numbers_of(view: EstimatorsView) -> dict[str, int]:
    """Return the number of each definition, by its code; the main one is 1."""
    return {code: place for place, code in enumerate(view.definitions["definition"], start=1)}


def definitions_note(view: EstimatorsView, *, words: Words) -> str:
    """Return which definition each number stands for, or where that is told."""
    called, numbers = definition_names(view, words=words), numbers_of(view)
    if len(numbers) > _MOST_TOLD:
        return words("The definitions by their numbers stand under “what each rests on”.")
    return "; ".join(f"{number}: {called[code]}" for code, number in numbers.items())


def judged_by_several(view: EstimatorsView) -> pd.DataFrame:
    """Return the schools with a verdict by the main definition and by another."""
    schools = view.schools
    return schools[(schools["status"] == "ok") & (schools["n_definitions"] > 1)]


def multiverse_finding(view: EstimatorsView, *, words: Words) -> str:
    """Return how many verdicts hold in all definitions, and how many hang on the method."""
    judged = view.schools[
        (view.schools["status"] == "ok") & (view.schools["n_definitions"] > 1)
    ]
    if judged.empty:
        return words("No school has a verdict by two definitions: there is nothing to compare")
    all_ = int((judged["n_same"] == judged["n_definitions"]).sum())
    few = int((judged["n_same"] < _FEW * judged["n_definitions"]).sum())
    return words(
        "{all} of {schools} have the same verdict by every definition, {few} by fewer than "
        "half; {both} stand above by one and below by another",
        all=all_,
        schools=words.plural("{n} school", "{n} schools", n=len(judged)),
        few=few,
        both=len(on_both_sides(view)),
    )


def on_both_sides(view: EstimatorsView) -> set[str]:
    """Return the schools that are above expectation by one definition, below by another."""
    judged = view.effects[view.effects["status"] == "ok"]
    sides = judged["verdict"].map(SIDE)
    return set(judged.loc[sides == "above", "school"]) & set(
        judged.loc[sides == "below", "school"]
    )


def order_finding(rows: pd.DataFrame, spearman: object, *, words: Words) -> str:
    """Return how many schools change their verdict from one definition to another.

    Parameters
    ----------
    rows : DataFrame
        mark ("same" where the verdict is); one row for each school that both judge.
    """
    changed = int((rows["mark"] != "same").sum())
    if not formats.is_number(spearman):
        return words(
            "{changed} of {schools} get another verdict by the second definition",
            changed=changed,
            schools=words.plural("{n} school", "{n} schools", n=len(rows)),
        )
    return words(
        "{changed} of {schools} get another verdict by the second definition; rank "
        "correlation {r}",
        changed=changed,
        schools=words.plural("{n} school", "{n} schools", n=len(rows)),
        r=formats.plain(spearman, digits=2),
    )


def pairs_finding(view: EstimatorsView, *, words: Words) -> str:
    """Return which two definitions order the schools least alike."""
    known = view.pairs.dropna(subset=["spearman"])
    if known.empty:
        return words("No two definitions can be compared: fewer than five schools are judged")
    least = known.sort_values("spearman").iloc[0]
    numbers = numbers_of(view)
    return words(
        "Rank correlations lie between {least} and {most}; least alike are definitions "
        "{first} and {second}",
        least=formats.plain(float(known["spearman"].min()), digits=2),
        most=formats.plain(float(known["spearman"].max()), digits=2),
        first=numbers[str(least["first"])],
        second=numbers[str(least["second"])],
    )


def gauges_finding(view: EstimatorsView, *, words: Words) -> str:
    """Return how many definitions go along with intake beyond the limit."""
    known = view.definitions.dropna(subset=["fairness_r"])
    if known.empty:
        return words("The fairness gauge is undefined: too few schools, or no spread")
    unfair = known[known["warns"].astype(bool)]
    numbers = numbers_of(view)
    if unfair.empty:
        return words(
            "None of {n} definitions goes along with the schools’ intake beyond ±0.30",
            n=len(known),
        )
    return words(
        "{unfair} of {n} definitions go along with the schools’ intake beyond ±0.30: "
        "no. {which}",
        unfair=len(unfair),
        n=len(known),
        which=", ".join(str(numbers[str(code)]) for code in unfair["definition"]),
    )


def _name(row: formats.Row, words: Words) -> str:
    parts = [words(METHODS[str(row["method"])])]
    priors = [p for p in str(row["priors"]).split(";") if p]
    if len(priors) > 2:
        parts.append(words("{n} subjects as priors", n=len(priors)))
    elif priors:
        names = " + ".join(subject_name("", name, words=words) for name in priors)
        parts.append(words("prior {names}", names=names))
    parts += [words(TRAITS[t]) for t in str(row["traits"]).split(";") if t]
    parts.append(words("coverage {share}", share=f"{100 * row['min_coverage']:.0f}%"))
    return " · ".join(parts)
