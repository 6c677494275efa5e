"""How a school stands to its peers 相似学校, and which of them to visit.

The mean of k peers is plain; its error holds these peers as given: sqrt(sum se^2) / k. A
school is no peer of its own, so the error of its difference to that mean is the root of the
sum of both squares.
"""

import numpy as np
import pandas as pd

from core.interval import Z95, normal_interval
from core.peers import Peers
from core.survey_tables import PEER_FIGURES, VISITS
from core.tables import INDICATORS

FIGURE = ["exam", "subject", "indicator"]


def compute_peer_figures(indicators: pd.DataFrame, *, peers: Peers) -> pd.DataFrame:
    """Compute the mean of each school's peers, and the school's difference to it.

    Peers without a value are left out; with less than half of them left there is no mean.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows of schools; rows of other units, and with another status than ok, are
        not used.
    peers : Peers
        As ``compute_peers`` found them.

    Returns
    -------
    DataFrame
        PEER_FIGURES rows, in the order of the schools' rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["A", "B"], "exam": "e", "subject": "s",
    ...     "indicator": "mean", "estimate": [50.0, 60.0], "se": [3.0, 4.0], "low": 0.0,
    ...     "high": 0.0, "n_pupils": 30, "reliability": 0.9, "status": "ok"})
    >>> pairs = pd.DataFrame({"school": ["A", "B"], "peer": ["B", "A"], "place": 1,
    ...                       "distance": 0.2})
    >>> schools = pd.DataFrame({"school": ["A", "B"], "group": "g", "n_others": 1,
    ...                         "status": "ok"})
    >>> peers = Peers(pairs=pairs, schools=schools)
    >>> compute_peer_figures(rows, peers=peers)[["difference", "se"]].to_numpy().tolist()
    [[-10.0, 5.0], [10.0, 5.0]]
    """
    INDICATORS.require(indicators)
    rows, pairs = _with_peers(indicators, peers=peers)
    by_row = pairs.dropna(subset="peer_estimate").groupby("row")
    n_peers = by_row.size().reindex(rows.index, fill_value=0).to_numpy()
    listed = pairs.groupby("row").size().reindex(rows.index, fill_value=0).to_numpy()
    enough = (n_peers > 0) & (2 * n_peers >= listed)
    count = np.where(enough, n_peers, np.nan)
    sums = by_row[["peer_estimate", "peer_variance"]].sum(min_count=1).reindex(rows.index)
    # One peer without an error leaves the mean's error unknown.
    unknown = by_row["peer_variance"].count().reindex(rows.index, fill_value=0) < n_peers
    peer_mean = sums["peer_estimate"].to_numpy(float) / count
    peer_se = np.sqrt(sums["peer_variance"].mask(unknown).to_numpy(float)) / count
    own, own_se = (rows[name].to_numpy(float) for name in ("estimate", "se"))
    difference, se = own - peer_mean, np.hypot(own_se, peer_se)
    ends = normal_interval(difference, se=se)
    status = np.select([np.isnan(own), ~enough], ["not_estimable", "too_few_peers"], "ok")
    figures = rows.assign(
        n_peers=n_peers,
        peer_mean=peer_mean,
        peer_se=peer_se,
        difference=difference,
        se=np.where(np.isnan(difference), np.nan, se),
        low=ends.low,
        high=ends.high,
        status=pd.Series(status, dtype="str"),
    )
    return figures[PEER_FIGURES.names]


def compare_with_peers(
    indicators: pd.DataFrame, *, peers: Peers, lower_is_better: frozenset[str]
) -> pd.DataFrame:
    """Compare each figure of a school with the same one of each of its peers.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows.
    peers : Peers
        As ``compute_peers`` found them.
    lower_is_better : frozenset of str
        Indicators such as low_rate.

    Returns
    -------
    DataFrame
        Columns of VISITS, and low, high (95 % interval of the difference) and is_better: by
        more than 1.96 standard errors. Rows by school, exam, subject and indicator, the
        nearest peer first; a peer without a value has no difference and is not better.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["A", "B"], "exam": "e", "subject": "s",
    ...     "indicator": "mean", "estimate": [50.0, 60.0], "se": [3.0, 4.0], "low": 0.0,
    ...     "high": 0.0, "n_pupils": 30, "reliability": 0.9, "status": "ok"})
    >>> pairs = pd.DataFrame({"school": ["A", "B"], "peer": ["B", "A"], "place": 1,
    ...                       "distance": 0.2})
    >>> schools = pd.DataFrame({"school": ["A", "B"], "group": "g", "n_others": 1,
    ...                         "status": "ok"})
    >>> peers = Peers(pairs=pairs, schools=schools)
    >>> pairs = compare_with_peers(rows, peers=peers, lower_is_better=frozenset())
    >>> pairs[["school", "peer", "difference", "is_better"]].to_numpy().tolist()
    [['A', 'B', 10.0, True], ['B', 'A', -10.0, False]]
    """
    INDICATORS.require(indicators)
    rows, pairs = _with_peers(indicators, peers=peers)
    own = rows.loc[pairs["row"], ["school", *FIGURE, "estimate", "se"]].reset_index(drop=True)
    difference = pairs["peer_estimate"].to_numpy(float) - own["estimate"].to_numpy(float)
    se = np.sqrt(pairs["peer_variance"].to_numpy(float) + own["se"].to_numpy(float) ** 2)
    ends = normal_interval(difference, se=se)
    sign = np.where(own["indicator"].isin(lower_is_better), -1.0, 1.0)
    compared = own.assign(
        peer=pairs["peer"].to_numpy(),
        place=pairs["place"].to_numpy(),
        peer_estimate=pairs["peer_estimate"].to_numpy(),
        difference=difference,
        se=se,
        low=ends.low,
        high=ends.high,
        is_better=sign * difference > Z95 * se,
    )
    order = ["school", *FIGURE, "place"]
    columns = [*VISITS.names, "low", "high", "is_better"]
    result: pd.DataFrame = compared[columns].sort_values(order, ignore_index=True)
    return result


def compute_visits(
    indicators: pd.DataFrame, *, peers: Peers, lower_is_better: frozenset[str]
) -> pd.DataFrame:
    """Compute whom to visit: peers that are better by more than 1.96 standard errors.

    Of peers that are equal in truth, one in forty looks better by chance.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows.
    peers : Peers
        As ``compute_peers`` found them.
    lower_is_better : frozenset of str
        Indicators such as low_rate.

    Returns
    -------
    DataFrame
        VISITS rows by school, exam, subject and indicator; the nearest peer first.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["A", "B"], "exam": "e", "subject": "s",
    ...     "indicator": "mean", "estimate": [50.0, 60.0], "se": [3.0, 4.0], "low": 0.0,
    ...     "high": 0.0, "n_pupils": 30, "reliability": 0.9, "status": "ok"})
    >>> pairs = pd.DataFrame({"school": ["A", "B"], "peer": ["B", "A"], "place": 1,
    ...                       "distance": 0.2})
    >>> schools = pd.DataFrame({"school": ["A", "B"], "group": "g", "n_others": 1,
    ...                         "status": "ok"})
    >>> peers = Peers(pairs=pairs, schools=schools)
    >>> visits = compute_visits(rows, peers=peers, lower_is_better=frozenset())
    >>> visits[["school", "peer", "difference"]].to_numpy().tolist()
    [['A', 'B', 10.0]]
    """
    compared = compare_with_peers(indicators, peers=peers, lower_is_better=lower_is_better)
    clear: pd.DataFrame = compared.loc[compared["is_better"], VISITS.names]
    return clear.reset_index(drop=True)


def _with_peers(indicators: pd.DataFrame, *, peers: Peers) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the schools' rows, and one row per such row and peer with the peer's value."""
    rows = indicators[indicators["unit"].isin(peers.schools["school"])]
    rows = rows.assign(school=rows["unit"]).reset_index(drop=True)
    sound = rows["status"] == "ok"
    rows[["estimate", "se"]] = rows[["estimate", "se"]].where(sound)
    value = pd.DataFrame(
        {
            "peer": rows["unit"],
            **{name: rows[name] for name in FIGURE},
            "peer_estimate": rows["estimate"],
            "peer_variance": rows["se"] ** 2,
        }
    )
    own = rows[["school", *FIGURE]].assign(row=rows.index)
    pairs = own.merge(peers.pairs, on="school").merge(value, on=["peer", *FIGURE], how="left")
    return rows, pairs.sort_values(["row", "place"], ignore_index=True)
