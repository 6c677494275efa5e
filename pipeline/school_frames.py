"""A school among others: the county, its own township, schools of like intake; first target."""

from collections.abc import Collection, Mapping

import pandas as pd

from core.peer_figures import compute_peer_figures
from core.peers import Peers
from core.value_added import ValueAdded
from data.scope import Scope
from data.store import Store
from pipeline.compute_peers import exam_peers
from pipeline.compute_value_added import indicator_rows
from pipeline.rounded import SD, rounded
from pipeline.school_parts import township_of
from pipeline.shown_judgements import Why
from pipeline.view_parts import Setting

FEWEST_SCHOOLS = 5
"""Schools of a frame whose distribution is told: of fewer each would be told by itself."""

_DISTRIBUTION = {"lowest": 0.0, "q1": 0.25, "median": 0.5, "q3": 0.75, "highest": 1.0}
_FRAMES = ["frame", "indicator", "n_schools", *_DISTRIBUTION, "own", "status"]
_TARGET = ["indicator", "own", "peer_mean", "estimate", "low", "high", "n_peers", "status"]
_AGAINST = [
    *("subject", "name", "n", "n_peers", "own", "peer_mean", "estimate", "low", "high"),
    "status",
]


def peers_of_school(
    scope: Scope, store: Store, setting: Setting, school: str
) -> tuple[pd.DataFrame, Why | None]:
    """Return the schools of like intake in the chosen subject, or why there are none."""
    nothing = pd.DataFrame(columns=["school", "name", "place"])
    if setting.baseline is None:
        return nothing, None
    found = exam_peers(scope, store, setting.exam, setting.baseline, setting.subject)
    if isinstance(found, tuple):
        return nothing, found
    own = found.pairs[found.pairs["school"] == school].sort_values("place")
    names = setting.units.set_index("code")["name"]
    visible = own["peer"].map(scope.may_see).astype(bool)
    return pd.DataFrame(
        {
            "school": own["peer"].where(visible, "").to_numpy(),
            "name": own["peer"].map(names).where(visible, "").to_numpy(),
            "place": own["place"].to_numpy(),
        }
    ), None


def frames(
    scope: Scope,
    store: Store,
    setting: Setting,
    indicators: pd.DataFrame,
    value_added: ValueAdded | None,
    *,
    school: str,
) -> pd.DataFrame:
    """Return where the school stands in each frame, in attainment and in value-added."""
    members = _members(scope, store, setting, school)
    figures = {"z": _z(indicators, setting), "value_added": _effects(value_added)}
    rows = [
        _frame(frame, indicator, values=values, school=school, schools=schools)
        for indicator, values in figures.items()
        for frame, schools in members.items()
    ]
    table = pd.DataFrame(rows, columns=_FRAMES)
    numbers = [*_DISTRIBUTION, "own"]
    return table.assign(**{name: table[name].astype("float64").round(SD) for name in numbers})


def against_peers(
    scope: Scope, store: Store, setting: Setting, indicators: pd.DataFrame, *, school: str
) -> pd.DataFrame:
    """Return the school's z of every subject less the mean of its peers in that subject."""
    rows = []
    for subject, name in setting.names.items():
        own = _peer_figures(
            scope, store, setting, _of(indicators, subject, ["z"]), subject, school=school
        )
        rows.append(own.assign(name=name, subject=subject))
    table = rounded(pd.concat(rows, ignore_index=True).reindex(columns=_AGAINST))
    return table.assign(**{name: table[name].round(SD) for name in ("own", "peer_mean")})


def target(
    scope: Scope,
    store: Store,
    setting: Setting,
    indicators: pd.DataFrame,
    value_added: ValueAdded | None,
    *,
    school: str,
) -> pd.DataFrame:
    """Return the mean of the peers in the chosen subject beside the school's own figures."""
    rows = _of(indicators, setting.subject, ["mean", "z"])
    if value_added is not None:
        rows = pd.concat([rows, indicator_rows(value_added, exam=setting.exam.name)])
    own = _peer_figures(scope, store, setting, rows, setting.subject, school=school)
    table = rounded(own.reindex(columns=_TARGET))
    digits = [1 if code == "mean" else SD for code in table["indicator"]]
    return table.assign(
        **{
            name: [round(value, d) for value, d in zip(table[name], digits, strict=True)]
            for name in ("own", "peer_mean")
        }
    )


def _peer_figures(
    scope: Scope,
    store: Store,
    setting: Setting,
    rows: pd.DataFrame,
    subject: str,
    *,
    school: str,
) -> pd.DataFrame:
    """Return the school's rows with the mean of its peers; none without peers."""
    peers: Peers | Why = ("", "")
    if setting.baseline is not None:
        peers = exam_peers(scope, store, setting.exam, setting.baseline, subject)
    if isinstance(peers, tuple) or rows.empty:
        return pd.DataFrame()
    like = set(peers.pairs.loc[peers.pairs["school"] == school, "peer"])
    found = compute_peer_figures(rows[rows["unit"].isin({school, *like})], peers=peers)
    own = found[found["unit"] == school].drop(columns="se")
    n_pupils = rows[rows["unit"] == school].set_index("indicator")["n_pupils"]
    named = own.rename(columns={"difference": "estimate", "estimate": "own"})
    return named.assign(n=named["indicator"].map(n_pupils)).reset_index(drop=True)


def _members(
    scope: Scope, store: Store, setting: Setting, school: str
) -> Mapping[str, Collection[str] | str]:
    """Return the schools of each frame, or why there is none."""
    units = setting.units
    schools = units.loc[units["level"] == "school", "code"]
    township = township_of(units, schools)
    own = township[schools == school].iloc[0]
    peers: Peers | Why = ("", "")
    if setting.baseline is not None:
        peers = exam_peers(scope, store, setting.exam, setting.baseline, setting.subject)
    like: Collection[str] | str = "no_peers"
    if not isinstance(peers, tuple):
        pairs = peers.pairs
        like = list(pairs.loc[pairs["school"] == school, "peer"]) or "no_peers"
    return {
        "county": list(schools),
        "township": "no_township" if pd.isna(own) else list(schools[township == own]),
        "peers": like,
    }


def _frame(
    frame: str,
    indicator: str,
    *,
    values: pd.Series,
    school: str,
    schools: Collection[str] | str,
) -> dict[str, object]:
    own = values.get(school)
    row: dict[str, object] = {"frame": frame, "indicator": indicator, "own": own}
    if isinstance(schools, str):
        return {**row, "status": schools}
    among = values[values.index.isin(list(schools))]
    row["n_schools"] = len(among)
    if own is None:
        return {**row, "status": "no_figure"}
    if len(among) < FEWEST_SCHOOLS:
        return {**row, "status": "few_schools"}
    shares = {name: float(among.quantile(share)) for name, share in _DISTRIBUTION.items()}
    return {**row, **shares, "status": "ok"}


def _z(indicators: pd.DataFrame, setting: Setting) -> pd.Series:
    rows = _of(indicators, setting.subject, ["z"])
    return rows[rows["status"] == "ok"].set_index("unit")["estimate"]


def _effects(value_added: ValueAdded | None) -> pd.Series:
    if value_added is None:
        return pd.Series(dtype="float64")
    schools = value_added.schools
    known = schools[(schools["status"] == "ok") & schools["estimate"].notna()]
    return known.set_index("school")["estimate"]


def _of(indicators: pd.DataFrame, subject: str, names: list[str]) -> pd.DataFrame:
    is_asked = (indicators["subject"] == subject) & indicators["indicator"].isin(names)
    return indicators[is_asked].reset_index(drop=True)
