"""Schools of like intake 相似学校: the nearest of the same comparison group.

The distance of schools a and b with intake values x_v and traits t is

    d = sqrt( sum_v w_v ((x_av - x_bv) / spread_v)^2 + sum_t w_t [t_a differs from t_b] )

with spread_v the standard deviation of the group's schools (divisor n), or the interquartile
range over 1.349. Peers are the k nearest; of equally near ones the code that comes first.

References
----------
Gower (1971). A general coefficient of similarity. Biometrics 27 (traits beside measures).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError, SettingsError
from core.survey_tables import PEER_STATUS, PEERS

Floats = NDArray[np.float64]

Kind = Literal["sd", "robust", "same"]

KINDS: tuple[Kind, ...] = ("sd", "robust", "same")

IQR_OF_NORMAL = 1.3489795003921634
"""Interquartile range of a normal law with standard deviation 1."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing in which intakes are compared.

    Attributes
    ----------
    column : str
        Column of the intake table.
    kind : {"sd", "robust", "same"}
        A number measured in standard deviations, or in robust ones; or a text that is the
        same or not.
    weight : float
        Above 0; what a squared difference of one spread, or another text, counts.

    Raises
    ------
    SettingsError
        When the kind is none of the three.
    """

    column: str
    kind: Kind
    weight: float

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            choices = " ".join(KINDS)
            raise SettingsError(
                f"Trait {self.column} is of the kind {self.kind!r}. Choose one of: {choices}.",
                f"特征 {self.column} 的类型为 {self.kind!r}，应为以下之一：{choices}。",
            )


@dataclass(frozen=True, slots=True)
class Peers:
    """The schools of like intake to every school.

    Attributes
    ----------
    pairs : DataFrame
        PEERS rows by school, then place; k for each school with status ok.
    schools : DataFrame
        PEER_STATUS rows, in order of the codes.
    """

    pairs: pd.DataFrame
    schools: pd.DataFrame


def compute_peers(intake: pd.DataFrame, *, traits: tuple[Trait, ...], k: int) -> Peers:
    """Find the k schools of the same comparison group whose intake is nearest.

    Parameters
    ----------
    intake : DataFrame
        Columns school, group and those of the traits; a school with a null among the latter
        has no peers and is none.
    traits : tuple of Trait
        What is compared; each column once.
    k : int
        Peers per school, at least 1.

    Raises
    ------
    DataError
        When columns are missing, schools repeated, or a trait that is measured has values that
        are no finite numbers.
    SettingsError
        When there are no traits, a weight is not above 0, or k is below 1.
    NotEstimableError
        When no group has k + 1 schools with a known intake.

    Examples
    --------
    >>> intake = pd.DataFrame({"school": list("ABCD"), "group": "junior",
    ...                        "prior_mean": [-1.0, -0.8, 0.1, 1.0]})
    >>> peers = compute_peers(intake, traits=(Trait("prior_mean", "sd", 1.0),), k=1)
    >>> peers.pairs["peer"].tolist()
    ['B', 'A', 'B', 'C']
    """
    _require_intake(intake, traits=traits, k=k)
    rows = intake.sort_values("school", ignore_index=True)
    known = rows[[trait.column for trait in traits]].notna().all(axis=1).to_numpy(bool)
    code, names = pd.factorize(rows["group"])
    groups = [np.flatnonzero(known & (code == g)) for g in range(len(names))]
    n_others = np.zeros(len(rows), dtype=np.int64)
    for place in groups:
        n_others[place] = place.size - 1
    if not (n_others >= k).any():
        raise _too_few(int(n_others.max(initial=0)) + 1, k=k)
    pairs = [
        _nearest(rows.iloc[place], traits=traits, k=k) for place in groups if place.size > k
    ]
    status = np.select([~known, n_others < k], ["no_intake", "too_few_peers"], "ok")
    schools = rows[["school", "group"]].astype("str")
    schools = schools.assign(n_others=n_others, status=pd.Series(status, dtype="str"))
    return Peers(
        pairs=pd.concat(pairs).sort_values(["school", "place"], ignore_index=True),
        schools=schools[PEER_STATUS.names],
    )


def _nearest(schools: pd.DataFrame, *, traits: tuple[Trait, ...], k: int) -> pd.DataFrame:
    """Return the PEERS rows of one group, whose schools stand in order of their codes."""
    n = len(schools)
    square = np.zeros((n, n))
    for trait in traits:
        square += trait.weight * _square_difference(schools[trait.column], kind=trait.kind)
    # Rounded, because distances that are equal on paper may differ in their last digit.
    distance = np.round(np.sqrt(square), 9)
    np.fill_diagonal(distance, np.inf)
    place = np.argsort(distance, axis=1, kind="stable")[:, :k]
    code = schools["school"].astype("str").reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "school": code.take(np.repeat(np.arange(n), k)).reset_index(drop=True),
            "peer": code.take(place.ravel()).reset_index(drop=True),
            "place": np.tile(np.arange(1, k + 1), n),
            "distance": np.take_along_axis(distance, place, axis=1).ravel(),
        }
    )
    return rows[PEERS.names]


def _square_difference(column: pd.Series, *, kind: str) -> Floats:
    if kind == "same":
        code, _ = pd.factorize(column)
        return np.not_equal.outer(code, code).astype(np.float64)
    value = column.to_numpy(float)
    spread = float(value.std())
    if kind == "robust":
        quarter, three = np.quantile(value, [0.25, 0.75])
        # More than half of the schools alike: the robust spread is 0 although they differ.
        spread = (three - quarter) / IQR_OF_NORMAL or spread
    scaled = value / spread if spread > 0 else np.zeros(value.size)
    square: Floats = np.subtract.outer(scaled, scaled) ** 2
    return square


def _require_intake(intake: pd.DataFrame, *, traits: tuple[Trait, ...], k: int) -> None:
    columns = [trait.column for trait in traits]
    if not traits or len(set(columns)) < len(columns) or k < 1 or not _weights_fit(traits):
        raise SettingsError(
            f"Likeness of schools needs traits, each once, with weights above 0, and at least "
            f"one peer (traits {len(traits)}, different {len(set(columns))}, peers {k}). "
            f"Correct the settings.",
            f"相似学校需要至少一项特征（不重复、权重大于 0）和至少 1 所相似学校（特征 "
            f"{len(traits)} 项，不同的 {len(set(columns))} 项，相似学校 {k} 所）。请更正设置。",
        )
    missing = [name for name in ("school", "group", *columns) if name not in intake]
    repeated = 0 if missing else int(intake["school"].duplicated().sum())
    if missing or repeated:
        raise DataError(
            f"The intake table is not complete: missing columns {', '.join(missing) or '-'}, "
            f"repeated schools {repeated}. Give one row per school.",
            f"生源表不完整：缺少列 {'、'.join(missing) or '-'}，重复的学校 {repeated} 所。"
            f"每所学校应占一行。",
        )
    for trait in traits:
        if trait.kind != "same":
            _require_finite(intake[trait.column])


def _require_finite(column: pd.Series) -> None:
    value = pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan)
    wrong = int((~np.isfinite(value) & column.notna()).sum())
    if wrong:
        raise DataError(
            f"Values of the trait {column.name} that are no finite numbers: {wrong} of "
            f"{len(value)}. Correct them, or leave the cell empty where nothing is known.",
            f"特征 {column.name} 中不是有限数的值：{wrong} 个，共 {len(value)} 个。"
            "请更正；未知的请留空。",
        )


def _weights_fit(traits: tuple[Trait, ...]) -> bool:
    return all(0 < trait.weight < np.inf for trait in traits)


def _too_few(largest: int, *, k: int) -> NotEstimableError:
    return NotEstimableError(
        f"No comparison group has {k + 1} schools with a known intake, which {k} peers each "
        f"need (the largest has {largest}). Ask for fewer peers, or widen the groups.",
        f"没有比较组具有 {k + 1} 所生源已知的学校，无法为每校找到 {k} 所相似学校（最大的组有 "
        f"{largest} 所）。请减少相似学校数或扩大比较组。",
    )
