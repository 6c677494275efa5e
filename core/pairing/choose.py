"""Choose base schools and pair weak subjects with them, at the least cost within the limits.

Solved exactly by HiGHS (``scipy.optimize.milp``). Where nothing meets the limits, each family
of limits is made elastic in turn: the ones that free it are told, and how far is enough.

References
----------
Huangfu & Hall (2018). Parallelizing the dual revised simplex method. Mathematical Programming
Computation 10, 119-142 (HiGHS). Brown & Dell (2007). Formulating integer linear programs.
INFORMS Transactions on Education 7(2), 153-159 (elastic constraints).
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from core.errors import DataError, SettingsError
from core.pairing.limits import BaseLimits
from core.pairing.model import Model, build_model
from core.pairing.tables import BASES, CANDIDATES, PAIRS, SCHOOL_MAP, TAUGHT, WEAK_SUBJECTS

Floats = NDArray[np.float64]

FAMILIES = {
    "city_bases": ("city bases for each subject and stage", "每学科每学段市级基地数"),
    "region_bases": (
        "region bases for each region, subject and stage",
        "各区域每学科每学段基地数",
    ),
    "subjects_per_school": ("subjects of one school", "每校承担学科数"),
    "overlap": ("no region base that is a city base", "区域基地与市级基地不重复"),
    "district_cover": ("bases in each district", "每学区基地数"),
    "weak_per_base": ("weak schools for each base", "每基地帮扶学校数"),
    "all_paired": ("a base for every weak subject", "每个薄弱学科都有基地"),
}
"""Families of limits in words."""


NEAR = 0.3
"""Share by which the way to give may be above the least, whose proof takes far longer."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Bases and pairs at the least cost; a proposal.

    Attributes
    ----------
    bases : DataFrame
        BASES rows.
    pairs : DataFrame
        PAIRS rows, one for every weak subject.
    cost : float
        Sum of the costs of the bases and of the pairs.
    """

    bases: pd.DataFrame
    pairs: pd.DataFrame
    cost: float


def choose_bases(
    candidates: pd.DataFrame,
    *,
    weak: pd.DataFrame,
    schools: pd.DataFrame,
    taught: pd.DataFrame,
    pair_cost: pd.DataFrame,
    limits: BaseLimits,
) -> Pairing:
    """Choose bases among the candidates, and one of them for every weak subject.

    Parameters
    ----------
    candidates : DataFrame
        CANDIDATES rows. A school is no base of a subject in which it is weak.
    weak : DataFrame
        WEAK_SUBJECTS rows.
    schools : DataFrame
        SCHOOL_MAP rows of the whole city.
    taught : DataFrame
        TAUGHT rows: where bases are wanted.
    pair_cost : DataFrame, weak schools x base schools
        Such as distance, or difference of intake; null where a pair is out of the question.
        In the unit of the candidates' costs: all of it is added up.
    limits : BaseLimits

    Raises
    ------
    DataError
        When a table is not as declared, or names schools that are not on the map.
    SettingsError
        When the limits cannot be met, with the families of limits that conflict and how far
        to widen them is enough.

    Examples
    --------
    >>> from core.pairing.limits import DEFAULT_LIMITS, base_limits_of
    >>> codes = list("ABCDE")
    >>> schools = pd.DataFrame({"school": codes, "stage": "junior", "region": "R"})
    >>> named = schools[["school", "stage"]].assign(subject="math")
    >>> pairing = choose_bases(
    ...     named.assign(city_cost=[1.0, 2, 3, 9, 9], region_cost=[9.0, 9, 9, 4, 5]),
    ...     weak=named[4:],
    ...     schools=schools.assign(district="D"),
    ...     taught=named[["stage", "subject"]].drop_duplicates(),
    ...     pair_cost=pd.DataFrame([[8.0, 8, 8, 2]], index=["E"], columns=codes[:4]),
    ...     limits=base_limits_of(DEFAULT_LIMITS),
    ... )
    >>> "".join(pairing.bases["school"]), pairing.pairs["base"].tolist(), pairing.cost
    ('ABD', ['D'], 9.0)
    """
    for table, frame in (
        (CANDIDATES, candidates),
        (WEAK_SUBJECTS, weak),
        (SCHOOL_MAP, schools),
        (TAUGHT, taught),
    ):
        table.require(frame)
    _require_on_map(candidates, weak, schools=schools)
    model = build_model(
        candidates,
        weak=weak,
        schools=schools,
        taught=taught,
        pair_cost=pair_cost,
        limits=limits,
    )
    chosen = _solve(model, elastic=())
    if chosen is None:
        raise _conflict(model, n_candidates=len(candidates), n_weak=len(weak))
    return _pairing(model, chosen=np.round(chosen).astype(bool), weak=weak)


def _require_on_map(*frames: pd.DataFrame, schools: pd.DataFrame) -> None:
    known = pd.MultiIndex.from_frame(schools[["school", "stage"]])
    for frame in frames:
        found = pd.MultiIndex.from_frame(frame[["school", "stage"]])
        strange = found[~found.isin(known)]
        if len(strange):
            first = "; ".join(" ".join(pair) for pair in strange[:5])
            raise DataError(
                f"Schools and stages that are not on the map: {len(strange)} of {len(frame)} "
                f"(first: {first}). Add them to the map, or correct the codes.",
                f"名单中有 {len(strange)}/{len(frame)} 个学校与学段不在学校表中"
                f"（如：{first}）。请补入学校表或更正代码。",
            )


def _solve(model: Model, *, elastic: Collection[str]) -> Floats | None:
    """Return the columns at the least cost; None where the limits cannot be met.

    With elastic families, what is short in their rows takes the place of the cost; it stands
    after the columns, twice for each row: what is missing, what is too much.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import

    n_columns = model.cost.size
    if not model.rows:
        return np.zeros(n_columns)
    soft = np.array([row.family in elastic for row in model.rows])
    slack = sparse.csr_array(sparse.diags_array(soft.astype(float)))
    matrix = sparse.hstack([model.matrix(), slack, -slack], format="csr")
    n_slack = 2 * soft.size
    low, high = (np.array([getattr(row, end) for row in model.rows]) for end in ("low", "high"))
    cost = np.zeros(n_columns) if elastic else model.cost
    result = milp(
        np.concatenate([cost, np.full(n_slack, 1.0 if elastic else 0.0)]),
        integrality=np.ones(n_columns + n_slack, dtype=np.int64),
        bounds=Bounds(0, np.concatenate([np.ones(n_columns), np.full(n_slack, np.inf)])),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": NEAR if elastic else 0.0},
    )
    found: Floats | None = result.x
    return found


def _conflict(model: Model, *, n_candidates: int, n_weak: int) -> SettingsError:
    """Return the error that names the limits that conflict."""
    freeing = {family: _short(model, families=[family]) for family in FAMILIES}
    lone = {family: short[family] for family, short in freeing.items() if short}
    told = lone or _short(model, families=list(FAMILIES))
    en = "; ".join(f"{FAMILIES[family][0]} (by {n} is enough)" for family, n in told.items())
    zh = "；".join(f"{FAMILIES[family][1]}（放宽 {n} 即可）" for family, n in told.items())
    head = (
        f"Bases cannot be chosen within the limits (candidates {n_candidates}, weak {n_weak})"
    )
    head_zh = f"在各项限制内无法选出基地（候选 {n_candidates} 个，薄弱 {n_weak} 个）"
    if lone:
        return SettingsError(
            f"{head}. Widening one of these limits alone would free it: {en}. Widen one, "
            "or nominate more candidates.",
            f"{head_zh}。单独放宽以下任一项即有解：{zh}。请放宽其中一项，或增加候选学校。",
        )
    return SettingsError(
        f"{head}. No single limit is the reason; widening these together would free it: {en}. "
        "Widen them, or nominate more candidates.",
        f"{head_zh}。并非单独一项所致，一并放宽以下各项方有解：{zh}。请一并放宽，或增加候选学校。",
    )


def _short(model: Model, *, families: Collection[str]) -> dict[str, int]:
    """Return by family how far these have to give way; empty if that frees nothing."""
    found = _solve(model, elastic=families)
    if found is None:
        return {}
    n_rows = len(model.rows)
    slack = found[-2 * n_rows :].reshape(2, n_rows).sum(axis=0)
    of_row = pd.Series(slack).groupby([row.family for row in model.rows]).sum().round()
    return {family: int(of_row[family]) for family in families if of_row.get(family, 0) > 0}


def _pairing(model: Model, *, chosen: NDArray[np.bool_], weak: pd.DataFrame) -> Pairing:
    n_options, n_columns = len(model.options), model.cost.size
    bases = model.options[chosen[:n_options]]
    links = model.links[chosen[n_options:n_columns]]
    pairs = weak[WEAK_SUBJECTS.names].reset_index(drop=True)
    own = links.set_index("weak").reindex(pairs.index)
    return Pairing(
        bases=BASES.require(bases[BASES.names].reset_index(drop=True)),
        pairs=PAIRS.require(pairs.assign(base=own["school"].astype("str"), cost=own["cost"])),
        cost=float(model.cost[chosen[:n_columns]].sum()),
    )
