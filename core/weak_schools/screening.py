"""Candidates for weak schools: rank with its interval, P(bottom 20 %), reasons, wrong flags."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.judgement_tables import WEAK_SCHOOLS
from core.numerics.rank import bottom_count, competition_rank
from core.numerics.rank_draws import summarise_ranks
from core.tables import INDICATORS
from core.weak_schools.composite import Composite, compose
from core.weak_schools.error_correlation import error_correlation_of
from core.weak_schools.evidence import gather_evidence
from core.weak_schools.spec import WeakSchoolSpec

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WeakSchools:
    """The screening of all groups; candidates are proposals, nothing more.

    Attributes
    ----------
    schools : DataFrame
        WEAK_SCHOOLS rows by group, best first, those without a composite last.
    groups : DataFrame
        group, n_schools (with a composite), n_candidates, expected_wrong_flags; a row each.
    indicators : DataFrame
        indicator, weight (of the composite; 0 where the schools differ by no more than
        chance), true_sd (between schools of a group, unit of the indicator), reliability (of
        a typical school); NaN where no school has it or all are equal.
    expected_wrong_flags : float
        Sum of 1 - P(bottom 20 %) over all candidates.
    """

    schools: pd.DataFrame
    groups: pd.DataFrame
    indicators: pd.DataFrame
    expected_wrong_flags: float


def compute_weak_schools(
    rows: pd.DataFrame,
    *,
    groups: pd.Series,
    spec: WeakSchoolSpec,
    rng: np.random.Generator,
    error_correlation: pd.DataFrame | None = None,
) -> WeakSchools:
    """Rank the schools of each comparison group by their composite and propose candidates.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows that hold the spec's indicators in its exams and subject; rows that
        are not ``ok`` count as missing.
    groups : Series, indexed by school
        Comparison group of each school, all of one stage: the spread of true values is taken
        as common to the groups, their means are not.
    spec : WeakSchoolSpec
    rng : numpy.random.Generator
        For the posterior draws.
    error_correlation : DataFrame, optional
        Of the errors of the indicators, by name; ``error_correlation_of()`` if not given.

    Raises
    ------
    NotEstimableError
        When in no indicator the schools of a group differ by more than chance.
    DataError
        When the correlation of errors lacks an indicator.

    Examples
    --------
    >>> from core.weak_schools.spec import WeakIndicator
    >>> z = pd.DataFrame({"unit": list("abcdef"), "estimate": [0.9, 0.5, 0.1, -0.1, -0.4, -1]})
    >>> z = z.assign(exam="E", subject="total", indicator="z", se=0.1, low=-1.0, high=1.0)
    >>> z = z.assign(n_pupils=90, reliability=float("nan"), status="ok")
    >>> found = compute_weak_schools(
    ...     z, groups=pd.Series("village", index=list("abcdef")), rng=np.random.default_rng(1),
    ...     spec=WeakSchoolSpec(exams=("E",), indicators=(WeakIndicator("z", 1.0),)))
    >>> found.schools.loc[found.schools["candidate"], ["school", "reasons"]].values.tolist()
    [['f', 'z']]
    """
    INDICATORS.require(rows)
    placed = groups.dropna().sort_index()
    code, names = pd.factorize(placed, sort=True)
    group = code.astype(np.int64)
    given = error_correlation_of() if error_correlation is None else error_correlation
    evidence = gather_evidence(
        rows, schools=placed.index, group=group, spec=spec, correlation=given
    )
    composite = compose(evidence, group=group, spec=spec)
    frames = [
        _judge_group(composite, group=group, g=g, spec=spec, rng=rng) for g in range(len(names))
    ]
    judged = pd.concat(frames).sort_index()
    hidden = np.where(evidence.is_suppressed, "suppressed", "not_estimable")
    status = judged["status"].where(judged["composite"].notna(), hidden)
    schools = (
        judged.assign(school=placed.index.astype("str"), group=placed.to_numpy(), status=status)
        .sort_values(["group", "composite"], ascending=[True, False], kind="stable")
        .reset_index(drop=True)[WEAK_SCHOOLS.names]
    )
    by_group = _of_groups(schools)
    return WeakSchools(
        schools=WEAK_SCHOOLS.require(schools),
        groups=by_group,
        indicators=_of_indicators(composite, spec=spec),
        expected_wrong_flags=float(by_group["expected_wrong_flags"].sum()),
    )


def _judge_group(
    composite: Composite,
    *,
    group: Indices,
    g: int,
    spec: WeakSchoolSpec,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the columns of WEAK_SCHOOLS of one group, indexed by place of the school."""
    place = np.flatnonzero(group == g)
    frame = pd.DataFrame(
        {
            "composite": composite.value[place],
            "se": composite.sd[place],
            "rank": np.nan,
            "rank_low": np.nan,
            "rank_high": np.nan,
            "p_bottom20": np.nan,
            "candidate": False,
            "reasons": "",
            "status": "not_judged",
        },
        index=place,
    )
    members = place[~np.isnan(composite.value[place])]
    n_bottom = bottom_count(members.size)
    if n_bottom:
        draws = composite.draws(members, group=g, n_draws=spec.n_draws, rng=rng)
        summary = summarise_ranks(draws, n_bottom=n_bottom)
        rank = competition_rank(composite.value[members])
        candidate = rank > members.size - n_bottom
        frame.loc[members, "rank"] = rank
        frame.loc[members, "rank_low"] = summary.rank_low
        frame.loc[members, "rank_high"] = summary.rank_high
        frame.loc[members, "p_bottom20"] = summary.p_bottom
        frame.loc[members, "candidate"] = candidate
        frame.loc[members[candidate], "reasons"] = _reasons(
            composite, members[candidate], spec=spec
        )
        frame.loc[members, "status"] = "ok"
    ranks = ["rank", "rank_low", "rank_high"]
    frame[ranks] = frame[ranks].astype("Int64")
    return frame


def _reasons(composite: Composite, schools: Indices, *, spec: WeakSchoolSpec) -> list[str]:
    """Name the indicators that lower each school's composite, the worst first."""
    names = np.array([spec.indicators[k].name for k in composite.looked_at])
    parts = composite.parts[schools]
    order = np.argsort(parts, axis=1, kind="stable")
    return [
        ";".join(names[k] for k in worst if part[k] < 0)
        for part, worst in zip(parts, order, strict=True)
    ]


def _of_groups(schools: pd.DataFrame) -> pd.DataFrame:
    candidate = schools["candidate"]
    counted = schools.assign(
        n_schools=schools["composite"].notna().astype("int64"),
        n_candidates=candidate.astype("int64"),
        expected_wrong_flags=(1 - schools["p_bottom20"]).where(candidate, 0.0),
    )
    columns = ["n_schools", "n_candidates", "expected_wrong_flags"]
    return counted.groupby("group", as_index=False)[columns].sum()


def _of_indicators(composite: Composite, *, spec: WeakSchoolSpec) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "indicator": [indicator.name for indicator in spec.indicators],
            "weight": 0.0,
            "true_sd": np.nan,
            "reliability": np.nan,
        }
    )
    frame.loc[composite.looked_at, "weight"] = np.abs(composite.load) * composite.true_sd
    frame.loc[composite.looked_at, "true_sd"] = composite.true_sd
    frame.loc[composite.looked_at, "reliability"] = composite.reliability
    return frame
