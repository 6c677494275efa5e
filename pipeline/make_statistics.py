"""STATISTICS: made by the engine when a release is published, and for each linked pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from core.scores import TOTAL, own_prior
from core.tables import (
    JOINT_HISTOGRAM,
    LINKED_SUBJECT_MOMENTS,
    MOMENTS,
    SCORE_HISTOGRAM,
    STATE_COUNT,
    SUBJECT_MOMENTS,
)
from data.engine import statistics as sql
from data.engine.engine import Engine
from data.engine.statistics import LinkedSubject


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A release's wide Parquet file and its SUBJECTS."""

    path: Path
    subjects: pd.DataFrame

    def position(self, subject: str) -> int:
        """Return the position of a subject's columns."""
        return self.codes.index(subject) + 1

    @property
    def codes(self) -> list[str]:
        """The subject codes in the order of their positions."""
        return list(self.subjects["subject"])


def score_histogram(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the SCORE_HISTOGRAM of a release."""
    text = sql.score_histogram(list(release.subjects["position"]))
    found = engine.run(text, {"scores": release.path})
    return _named(found, release, SCORE_HISTOGRAM.key)


def state_count(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the STATE_COUNT of a release."""
    text = sql.state_count(list(release.subjects["position"]))
    found = engine.run(text, {"scores": release.path})
    return _named(found, release, STATE_COUNT.key)


def subject_moments(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the SUBJECT_MOMENTS of a release, of every two subjects but the total."""
    pairs = list(combinations([code for code in release.codes if code != TOTAL], 2))
    if not pairs:
        return pa.Table.from_pandas(SUBJECT_MOMENTS.empty(), preserve_index=False)
    places = [(release.position(x), release.position(y)) for x, y in pairs]
    found = engine.run(sql.subject_moments(places), {"scores": release.path})
    return _named_pairs(found, pairs, SUBJECT_MOMENTS.key)


def linked_subject_moments(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table:
    """Return the LINKED_SUBJECT_MOMENTS of every two subjects but the total, own priors."""
    links = {
        code: LinkedSubject(current.position(code), (baseline.position(prior),))
        for code in current.codes
        if code != TOTAL and (prior := own_prior(code, baseline.codes)) is not None
    }
    pairs = list(combinations(links, 2))
    if not pairs:
        return pa.Table.from_pandas(LINKED_SUBJECT_MOMENTS.empty(), preserve_index=False)
    text = sql.linked_subject_moments([(links[x], links[y]) for x, y in pairs])
    found = engine.run(text, {"current": current.path, "baseline": baseline.path})
    return _named_pairs(found, pairs, LINKED_SUBJECT_MOMENTS.key)


def own_moments(engine: Engine, current: ReleaseFile, baseline: ReleaseFile) -> pa.Table | None:
    """Return the MOMENTS of every subject with its default prior; None without any."""
    linked = _own_links(current, baseline)
    return (
        _linked(engine, sql.moments(linked), MOMENTS.key, current, baseline) if linked else None
    )


def own_joint_histogram(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table | None:
    """Return the JOINT_HISTOGRAM of every subject with its default prior; None without any."""
    linked = _own_links(current, baseline)
    if not linked:
        return None
    return _linked(engine, sql.joint_histogram(linked), JOINT_HISTOGRAM.key, current, baseline)


def statistics_with(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile, *, priors: Sequence[str]
) -> dict[str, pa.Table | None]:
    """Return MOMENTS of every subject with the same named priors.

    With one prior the JOINT_HISTOGRAM comes with them; of several it would be as long as the
    list of pupils.
    """
    positions = tuple(baseline.position(prior) for prior in priors)
    linked = [LinkedSubject(int(k), positions) for k in current.subjects["position"]]
    made: dict[str, pa.Table | None] = {
        "moments": _linked(engine, sql.moments(linked), MOMENTS.key, current, baseline)
    }
    if len(priors) == 1:
        text = sql.joint_histogram(linked)
        made["joint_histogram"] = _linked(engine, text, JOINT_HISTOGRAM.key, current, baseline)
    return made


def _own_links(current: ReleaseFile, baseline: ReleaseFile) -> list[LinkedSubject]:
    pairs = [(code, own_prior(code, baseline.codes)) for code in current.codes]
    return [
        LinkedSubject(current.position(code), (baseline.position(prior),))
        for code, prior in pairs
        if prior is not None
    ]


def _linked(
    engine: Engine, text: str, key: Sequence[str], current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table:
    found = engine.run(text, {"current": current.path, "baseline": baseline.path})
    return _named(found, current, key)


def _named_pairs(
    found: pa.Table, pairs: Sequence[tuple[str, str]], key: Sequence[str]
) -> pa.Table:
    """Replace the numbers of pairs by their two subject codes and sort."""
    place = found["position"]
    named = found.drop_columns("position")
    for k, column in enumerate(("subject", "other")):
        codes = pa.array([pair[k] for pair in pairs], pa.string())
        named = named.add_column(k, column, codes.take(place))
    return named.sort_by([(column, "ascending") for column in key])


def _named(found: pa.Table, release: ReleaseFile, key: Sequence[str]) -> pa.Table:
    """Replace positions by subject codes and sort, so that equal content is equal bytes."""
    names = pa.array(release.codes, pa.string())
    subject = names.take(pc.subtract(found["position"], 1))
    named = found.drop_columns("position").add_column(0, "subject", subject)
    return named.sort_by([(column, "ascending") for column in key])
