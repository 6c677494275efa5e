"""Remarks on a screening for weak schools: who is proposed, and how far that can be trusted."""

import pandas as pd

from core.remarks.remark import Remark

NEAR_LINE = (0.2, 0.5)
"""P(bottom 20 %) between which a school cannot be told apart from the line."""

LASTING = 2
"""Years running from which on a candidate is named as a lasting one."""


def remark_on_weak_schools(
    schools: pd.DataFrame, *, indicators: pd.DataFrame, n_judged: int
) -> tuple[Remark, ...]:
    """Return what the screening proposes and what speaks against trusting it.

    Parameters
    ----------
    schools : DataFrame
        WEAK_SCHOOLS rows as they may be shown, with ``years_running``.
    indicators : DataFrame
        indicator and weight of the screening; 0 where it tells chance only.
    n_judged : int
        Schools in groups that are judged.
    """
    if not n_judged:
        values = {"n_schools": len(schools)}
        return (Remark("weak_not_judged", values, "n < 5", is_remarkable=False),)
    candidates = schools[schools["candidate"]]
    if candidates.empty:
        values = {"n_schools": n_judged}
        return (Remark("weak_none", values, "rank > n - n/5", is_remarkable=False),)
    by_doubt = candidates.sort_values("p_bottom20", ascending=False)
    named = _named(by_doubt) | {"n_schools": n_judged}
    remarks = [Remark("weak_candidates", named, "rank > n - n/5")]
    wrong = {
        "count": len(candidates),
        "expected": float((1 - candidates["p_bottom20"]).sum()),
    }
    remarks.append(Remark("weak_wrong_flags", wrong, "sum (1 - P)"))
    remarks += _on_doubt(by_doubt, schools)
    remarks += _on_years(by_doubt)
    return (*remarks, *_on_indicators(indicators))


def is_near_line(p_bottom20: pd.Series) -> pd.Series:
    """Whether a school cannot be told apart from the line, by its probability."""
    return p_bottom20.between(*NEAR_LINE)


def _on_doubt(candidates: pd.DataFrame, schools: pd.DataFrame) -> list[Remark]:
    """Remark on candidates that more likely do not belong there, and on others that may."""
    found = []
    doubtful = candidates[candidates["p_bottom20"] < NEAR_LINE[1]]
    if len(doubtful):
        found.append(Remark("weak_doubtful", _named(doubtful), "candidate, P < 0.5"))
    near = schools[~schools["candidate"] & is_near_line(schools["p_bottom20"])]
    if len(near):
        ordered = near.sort_values("p_bottom20", ascending=False)
        found.append(Remark("weak_near_line", _named(ordered), "no candidate, P >= 0.2"))
    return found


def _on_years(candidates: pd.DataFrame) -> list[Remark]:
    lasting = candidates[candidates["years_running"] >= LASTING]
    if lasting.empty:
        return []
    values = _named(lasting) | {"years": LASTING}
    return [Remark("weak_lasting", values, "years running >= 2")]


def _on_indicators(indicators: pd.DataFrame) -> list[Remark]:
    left_out = indicators.loc[indicators["weight"] == 0, "indicator"]
    if left_out.empty:
        return []
    values: dict[str, int | str] = {
        "count": len(left_out),
        "indicators": ",".join(left_out),
    }
    return [Remark("weak_left_out", values, "reliability < 0.05")]


def _named(schools: pd.DataFrame) -> dict[str, int | str]:
    return {"count": len(schools), "schools": ",".join(schools["school"])}
