"""Warning bands of the schools: a proposal for every school x subject, with its evidence.

Each signal gives a band of its own by its entry lines, and keeps the band that it stood at
itself as long as the exit line of that band, which is better, is not passed. The rule set says
how many signals have to agree. What cannot be judged is ``insufficient``: neither a colour nor
none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.change import compute_change
from core.errors import DataError
from core.judgement_tables import JUDGEMENTS, SIGNALS
from core.scores import TOTAL
from core.warning.evidence import UNKNOWN, Evidence, signal_evidence
from core.warning.figures import (
    ExamFigures,
    Figure,
    change_figure,
    gap_figure,
    level_figure,
    require_figures,
    value_added_figure,
)
from core.warning.grid import grid_evidence
from core.warning.rules import BANDS, INSUFFICIENT, RuleSet, SignalRule
from core.warning.signal_kinds import CHANGE, SIGNAL_KINDS

Indices = NDArray[np.int64]
Words = NDArray[np.str_]

_WORDS = np.array([*BANDS, INSUFFICIENT])  # so that place -1 is "insufficient"


@dataclass(frozen=True, slots=True)
class Bands:
    """Proposed bands; they hold when a person has confirmed them.

    Attributes
    ----------
    judgements : DataFrame
        JUDGEMENTS rows, one for each school and subject of the exam; ``reason`` tells why a
        judgement is insufficient, else ``ok``.
    signals : DataFrame
        SIGNALS rows of everything that was looked at; ``reason`` likewise.
    """

    judgements: pd.DataFrame
    signals: pd.DataFrame


def judge_bands(
    current: pd.DataFrame,
    *,
    previous: pd.DataFrame | None = None,
    value_added: Mapping[str, pd.DataFrame] | None = None,
    gaps: pd.DataFrame | None = None,
    groups: pd.Series,
    rules: RuleSet,
    standing: pd.DataFrame | None = None,
) -> Bands:
    """Judge the warning band of every school in every subject.

    Parameters
    ----------
    current : DataFrame
        INDICATORS rows of one exam.
    previous : DataFrame, optional
        INDICATORS rows of the exam before; without them no change is known.
    value_added : mapping of str to DataFrame, optional
        SCHOOL_EFFECTS rows by subject.
    gaps : DataFrame, optional
        SUBJECT_GAPS rows.
    groups : Series, indexed by unit
        Comparison group of each school. Units that are not in it are not judged.
    rules : RuleSet
    standing : DataFrame, optional
        SIGNALS rows that stood before, one for each school, subject and signal: the last that
        was not insufficient. Exit lines hold each signal at its own band in them, whatever
        the judgement that it was part of.

    Raises
    ------
    DataError
        When a table is not as declared, the rows are of several exams, or a school has two
        groups or a signal two standing bands.

    Examples
    --------
    >>> from core.warning.default_rules import DEFAULT_RULES
    >>> from core.warning.rules import rule_set_of
    >>> rows = pd.DataFrame({"unit": list("abcde"), "estimate": [-0.9, -0.2, 0, 0.2, 0.9]})
    >>> rows = rows.assign(exam="期末", subject="math", indicator="z", se=0.1, low=None)
    >>> rows = rows.assign(high=None, n_pupils=60, reliability=None, status="ok")
    >>> groups = pd.Series("junior", index=list("abcde"))
    >>> bands = judge_bands(rows, groups=groups, rules=rule_set_of(DEFAULT_RULES))
    >>> bands.judgements["band"].tolist()
    ['yellow', 'blue', 'none', 'none', 'none']
    """
    figures = ExamFigures(current, previous, value_added or {}, gaps)
    exam = require_figures(figures)
    cells = _cells(current, groups=_single(groups, what=("groups", "比较组")))
    evidence = _evidence(figures, rules=rules, cells=cells, groups=groups)
    before = _standing(standing, cells=cells, signals=[one.signal for one in evidence])
    judged = _judged(evidence, rules=rules, standing=before)
    keys = cells.to_frame(index=False).astype("str")
    keys.insert(1, "exam", pd.Series([exam] * len(keys), dtype="str"))
    return Bands(
        judgements=JUDGEMENTS.require(_judgements(keys, judged, rules=rules)),
        signals=SIGNALS.require(_signals(keys, evidence, standing=before)),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """The band of each cell, the signals that fired, and why where there is no band."""

    band: Indices
    fired: list[str]
    reason: Words


def _single(keyed: pd.Series, *, what: tuple[str, str]) -> pd.Series:
    repeated = int(keyed.index.duplicated().sum())
    if repeated:
        raise DataError(
            f"Schools with several {what[0]}: {repeated}. Each school needs one. Take out the "
            "others.",
            f"有 {repeated} 处学校重复的{what[1]}，每校只能有一个。请删去多余的。",
        )
    return keyed


def _cells(current: pd.DataFrame, *, groups: pd.Series) -> pd.MultiIndex:
    """Return every school with a group x subject that the exam has, in order of the rows."""
    judged = current["unit"].isin(groups.dropna().index)
    pairs = current.loc[judged, ["unit", "subject"]].drop_duplicates()
    return pd.MultiIndex.from_frame(pairs)


def _standing(
    standing: pd.DataFrame | None, *, cells: pd.MultiIndex, signals: Sequence[str]
) -> dict[str, Indices]:
    """Return for each signal the place of the band that it stood at itself, 0 without one."""
    if standing is None:
        return {code: np.zeros(len(cells), dtype=np.int64) for code in signals}
    SIGNALS.require(standing)
    stood = standing.set_index(["signal", "unit", "subject"])["band"]
    _single(stood, what=("standing bands of one signal", "同一信号的既有预警"))
    place = stood.map({word: place for place, word in enumerate(BANDS)})  # insufficient: null
    return {
        code: place[standing["signal"].to_numpy() == code]
        .droplevel("signal")
        .reindex(cells)
        .fillna(0)
        .to_numpy()
        .astype(np.int64)
        for code in signals
    }


def _evidence(
    figures: ExamFigures, *, rules: RuleSet, cells: pd.MultiIndex, groups: pd.Series
) -> list[Evidence]:
    """Return the evidence of the grid, its change axis and the signals, in this order."""
    before = figures.current.iloc[:0] if figures.previous is None else figures.previous
    changes = compute_change(figures.current, previous=before)
    name = rules.grid.indicator
    status = level_figure(figures.current, name, cells=cells, worse=-1)
    moved = change_figure(changes, status, indicator=name, cells=cells)
    group = groups.reindex(cells.get_level_values("unit")).to_numpy()
    of_group = [group, cells.get_level_values("subject").to_numpy()]
    family = pd.MultiIndex.from_arrays(of_group).factorize()[0]
    found = [*grid_evidence(rules.grid, status, moved, family=family)]
    subject = cells.get_level_values("subject").to_numpy()
    for rule in rules.signals:
        is_gap = SIGNAL_KINDS[rule.code].source == "gap"
        figure = _figure(rule, figures, changes=changes, cells=cells, rules=rules)
        applies = (subject != TOTAL) | (not is_gap)
        found.append(signal_evidence(rule, figure, applies=applies))
    return found


def _figure(
    rule: SignalRule,
    figures: ExamFigures,
    *,
    changes: pd.DataFrame,
    cells: pd.MultiIndex,
    rules: RuleSet,
) -> Figure:
    kind = SIGNAL_KINDS[rule.code]
    if kind.source == "value_added":
        return value_added_figure(
            figures.value_added, cells=cells, min_coverage=rules.min_coverage
        )
    if kind.source == "gap":
        return gap_figure(figures.gaps, cells=cells)
    level = level_figure(figures.current, kind.indicator, cells=cells, worse=kind.worse)
    if kind.source == "indicator":
        return level
    return change_figure(changes, level, indicator=kind.indicator, cells=cells)


def _judged(
    evidence: Sequence[Evidence], *, rules: RuleSet, standing: Mapping[str, Indices]
) -> _Judged:
    """Combine the bands of the signals as the rule set says; the first is the grid's."""
    counted = [one for one in evidence if one.signal != CHANGE]
    own = [np.where(one.applies, one.band(standing[one.signal]), 0) for one in counted]
    bands = np.stack(own)
    band = np.zeros(bands.shape[1], dtype=np.int64)
    for place, need in enumerate(rules.needs, start=1):
        band[(bands >= place).sum(axis=0) >= need] = place
    if rules.grid_alone:
        band = np.maximum(band, bands[0])
    reason = np.full(band.size, "ok", dtype=object)
    for one in reversed(counted):
        if one.signal in rules.required:
            missing = one.applies & (one.enter == UNKNOWN)
            band[missing], reason[missing] = UNKNOWN, one.reason[missing]
    fired = np.full(band.size, "", dtype=object)
    for place in range(len(BANDS) - 1, 0, -1):
        for one, alone in zip(counted, bands, strict=True):
            fired = fired + np.where(alone == place, one.signal + ";", "")
    return _Judged(band, [codes.rstrip(";") for codes in fired], reason.astype(np.str_))


def _judgements(keys: pd.DataFrame, judged: _Judged, *, rules: RuleSet) -> pd.DataFrame:
    columns = {
        "rule": [rules.id] * len(keys),
        "version": [rules.version] * len(keys),
        "band": _WORDS[judged.band],
        "signals": judged.fired,
        "reason": judged.reason,
    }
    return keys.assign(**{name: pd.Series(x, dtype="str") for name, x in columns.items()})


def _signals(
    keys: pd.DataFrame, evidence: Sequence[Evidence], *, standing: Mapping[str, Indices]
) -> pd.DataFrame:
    """Lay the evidence out, the signals of one school and subject together."""
    frames = []
    for one in evidence:
        stood = standing[one.signal]
        rows = keys.assign(
            signal=pd.Series([one.signal] * len(keys), dtype="str"),
            value=one.value,
            threshold=one.threshold(stood),
            n_pupils=pd.Series(one.n_pupils).astype("Int64"),
            band=pd.Series(_WORDS[one.band(stood)], dtype="str"),
            reason=pd.Series(one.reason, dtype="str"),
        )
        frames.append(rows[one.applies])
    return pd.concat(frames).sort_index(kind="stable").reset_index(drop=True)
