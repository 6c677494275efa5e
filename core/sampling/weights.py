"""Weights of a sample after nonresponse, and the strata that its errors are made from.

A pupil's weight is 1 / (chance of the school x chance of the pupil). Where a drawn school gave
no results, the schools of its stratum carry its pupils; where a drawn pupil gave none, the
pupils of its school do. The weights so sum to what all drawn schools stood for.
"""

from dataclasses import dataclass

import pandas as pd

from core.errors import DataError, NotEstimableError
from core.findings import Finding
from core.survey_tables import SAMPLE_PLAN, SAMPLE_WEIGHTS


@dataclass(frozen=True, slots=True)
class SampleWeights:
    """Weights of the schools that took part.

    Attributes
    ----------
    schools : DataFrame
        SAMPLE_WEIGHTS rows by stratum, then school.
    findings : tuple of Finding
        Strata that were collapsed, because one school cannot show how schools differ.
    school_response, pupil_response : float
        Share of the drawn schools that took part, and of their drawn pupils, 0 to 1.
    """

    schools: pd.DataFrame
    findings: tuple[Finding, ...]
    school_response: float
    pupil_response: float


def compute_weights(plan: pd.DataFrame, *, n_responded: pd.Series) -> SampleWeights:
    """Compute the weights of the pupils with results, by school.

    A stratum that is left with one school, or none, is collapsed with the next in order of
    text (the last one with the one before), and a finding says so.

    Parameters
    ----------
    plan : DataFrame
        SAMPLE_PLAN rows.
    n_responded : Series, indexed by school
        Pupils with a result; drawn schools that are missing or 0 did not take part.

    Raises
    ------
    DataError
        When a school was not drawn, or has more results than pupils drawn.
    NotEstimableError
        When no school took part.

    Examples
    --------
    >>> plan = pd.DataFrame({"stratum": ["a"] * 3, "school": list("ABC"), "n_pupils": 60,
    ...     "p_school": 2 / 3, "is_certain": False, "is_drawn": [True, True, False],
    ...     "n_drawn": [20, 20, 0], "p_pupil": 1 / 3, "weight": 4.5})
    >>> fit = compute_weights(plan, n_responded=pd.Series({"A": 20, "B": 15}))
    >>> fit.schools["weight"].tolist()
    [4.5, 6.0]
    """
    SAMPLE_PLAN.require(plan)
    drawn = plan[plan["is_drawn"]].sort_values(["stratum", "school"], ignore_index=True)
    _check_responses(n_responded, drawn=drawn)
    drawn["n_responded"] = drawn["school"].map(n_responded).fillna(0).astype("int64")
    if not drawn["n_responded"].any():
        raise NotEstimableError(
            f"No school of the sample has results (schools drawn {len(drawn)}). Enter the "
            f"results of the schools that took part.",
            f"抽样学校都没有结果（抽取 {len(drawn)} 所）。请录入参加学校的结果。",
        )
    groups = _collapsed(drawn)
    merged = {stratum: "+".join(group) for group in groups for stratum in group}
    drawn["variance_stratum"] = drawn["stratum"].map(merged).astype("str")
    here = drawn["n_responded"] > 0
    carried = drawn["weight"] * drawn["n_drawn"]  # pupils that the school stands for
    cell = drawn["variance_stratum"]
    factor = carried.groupby(cell).sum() / carried[here].groupby(cell[here]).sum()
    drawn["weight"] = carried * cell.map(factor) / drawn["n_responded"]
    taken = drawn[here].assign(is_certain=drawn["is_certain"] & (drawn["n_responded"] > 1))
    taken["fpc"] = _sampled_share(taken, frame=plan.assign(cell=plan["stratum"].map(merged)))
    taken.loc[taken["is_certain"], "variance_stratum"] = "school " + taken["school"]
    return SampleWeights(
        schools=taken[SAMPLE_WEIGHTS.names].reset_index(drop=True),
        findings=tuple(_finding(group) for group in groups if len(group) > 1),
        school_response=len(taken) / len(drawn),
        pupil_response=float(taken["n_responded"].sum() / taken["n_drawn"].sum()),
    )


def _check_responses(n_responded: pd.Series, *, drawn: pd.DataFrame) -> None:
    allowed = drawn.set_index("school")["n_drawn"]
    strangers = int((~n_responded.index.isin(allowed.index)).sum())
    too_many = int((n_responded.reindex(allowed.index).fillna(0) > allowed).sum())
    if strangers or too_many or (n_responded < 0).any():
        raise DataError(
            f"The results do not fit the sample: schools that were not drawn {strangers}, "
            f"schools with more results than pupils drawn {too_many}. Give counts of drawn "
            f"pupils, 0 or more, for drawn schools only.",
            f"结果与抽样方案不符：未抽中的学校 {strangers} 所，结果多于抽取人数的学校 "
            f"{too_many} 所。请只填写抽中学校、抽中学生的人数（不小于 0）。",
        )


def _collapsed(drawn: pd.DataFrame) -> list[list[str]]:
    """Return the strata in groups that each have a school, and two where chance chose."""
    took_part, by_chance = drawn["n_responded"] > 0, ~drawn["is_certain"]
    counts = (
        drawn.assign(here=took_part, chosen=by_chance, chosen_here=took_part & by_chance)
        .groupby("stratum", sort=True)[["here", "chosen", "chosen_here"]]
        .sum()
    )
    groups: list[list[str]] = []
    current: list[str] = []
    for stratum in counts.index:
        current.append(str(stratum))
        here, chosen, chosen_here = counts.loc[current].sum()
        if here and (chosen_here >= 2 or not chosen):
            groups.append(current)
            current = []
    if current and groups:
        groups[-1] += current
    elif current:
        groups.append(current)
    return groups


def _sampled_share(taken: pd.DataFrame, *, frame: pd.DataFrame) -> pd.Series:
    """Return which share of the units of its variance stratum was drawn, for each school."""
    in_frame = frame[~frame["is_certain"]].groupby("cell").size()
    by_chance = taken[~taken["is_certain"]].groupby("variance_stratum").size()
    share = taken["variance_stratum"].map(by_chance / in_frame).clip(upper=1.0).fillna(1.0)
    return share.where(~taken["is_certain"], taken["n_responded"] / taken["n_pupils"])


def _finding(group: list[str]) -> Finding:
    names = " + ".join(group)
    return Finding(
        severity="warning",
        check="sample_stratum_collapsed",
        row=None,
        column=None,
        value=names,
        message_zh=f"抽样层已合并：{names}。每层至少需要 2 所有结果的学校才能估计误差；"
        f"下次抽样请增加学校或减少分层。",
        message_en=f"Strata of the sample were collapsed: {names}. A stratum needs two schools "
        f"with results to show its error; draw more schools or use fewer strata next time.",
    )
