"""Where a pupil stands in a store: under his pupil number, and under exam numbers alone.

A file without pupil numbers is stored under its exam numbers. Those that the roster or a
release has for the pupil lead to such rows. Exam numbers are given out anew, so that a row
counts as his only by his name or, where one is not known, by a school that he went to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import pandas as pd
import pyarrow.parquet as pq

from data import lake
from data.batches import list_batches
from data.bundles import DATASET_FILE, SCORES_FILE
from data.catalogue import ExamRelease, list_releases
from data.deletion import StoredRows, datasets_of
from data.pupils import identities_of, moves_of, pupils_of
from data.roster import name_hashes, number_hashes, open_roster
from data.scope import Scope
from data.store import Store
from pipeline.drafts import draft_scores_of

Pseudonyms = frozenset[int]
_NOBODY: Pseudonyms = frozenset()
_SCHOOLS = ("school", "from_school", "to_school")


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a pupil stands.

    Attributes
    ----------
    pupil : int
        Pseudonym of his number.
    releases : mapping of int to frozenset of int
        Pseudonyms under which a release has him, by its id; those without him are no keys.
    datasets : sequence of (StoredRows, frozenset of int)
        Rows of datasets that have him, with the pseudonyms.
    drafts : list of int
        Numbers of the drafts that have him.
    doubtful : tuple of str
        Exams in which an exam number of his stands without a name, at a school that he is not
        known to have gone to: whether these rows are his cannot be told.
    """

    pupil: int
    is_in_roster: bool
    releases: Mapping[int, Pseudonyms]
    datasets: tuple[tuple[StoredRows, Pseudonyms], ...]
    drafts: list[int]
    doubtful: tuple[str, ...]

    @property
    def is_anywhere(self) -> bool:
        """Whether roster, releases or datasets have him."""
        return bool(self.is_in_roster or self.releases or self.datasets)


@dataclass(frozen=True, slots=True)
class _Person:
    """What tells that a row is his: numbers, keyed hashes of names, schools."""

    pupil: int
    number: str
    exam_numbers: frozenset[str] = frozenset()
    names: frozenset[int] = frozenset()
    schools: frozenset[str] = frozenset()

    def with_rows(self, store: Store, rows: pd.DataFrame) -> "_Person":
        """Return the person as rows of his own tell: exam_number, pupil_name, school."""
        names = rows["pupil_name"].dropna().tolist()
        return _Person(
            self.pupil,
            self.number,
            self.exam_numbers | frozenset(rows["exam_number"].dropna()) - {self.number},
            self.names | frozenset(name_hashes(store.home)(names)),
            self.schools | frozenset(rows["school"].dropna()),
        )


@dataclass(slots=True)
class _Verdicts:
    """Whose the rows under his exam numbers are, by exam."""

    his: dict[int, Pseudonyms] = field(default_factory=dict)
    others: dict[int, Pseudonyms] = field(default_factory=dict)
    doubtful: dict[str, None] = field(default_factory=dict)


def traces_of(scope: Scope, store: Store, number: str, *, county: str) -> Traces:
    """Look for a pupil everywhere; call it while nobody publishes.

    Parameters
    ----------
    scope : Scope
        An administrator's.
    number : str
        The number under which the files name him.
    """
    releases = [r for r in list_releases(scope, store) if r.county == county]
    pupil = int(number_hashes(store.home)([number]).iloc[0])
    own = [release for release in releases if (_pupils_in(store, release) == pupil).any()]
    person, is_in_roster = _from_roster(scope, store, _Person(pupil, number), county=county)
    person = reduce(
        lambda known, release: known.with_rows(store, _rows(scope, store, release, {pupil})),
        own,
        person,
    )
    found = {release.release_id: frozenset({pupil}) for release in own}
    verdicts = _Verdicts()
    aliases = _aliases(store, person)
    for release in releases if aliases else ():
        his = _judged(scope, store, release, person, aliases, verdicts)
        if his:
            found[release.release_id] = found.get(release.release_id, _NOBODY) | his
    return Traces(
        pupil,
        is_in_roster,
        found,
        tuple(_in_datasets(store, person, aliases, verdicts, county=county)),
        _in_drafts(scope, store, person, county=county),
        tuple(verdicts.doubtful),
    )


def _from_roster(
    scope: Scope, store: Store, person: _Person, *, county: str
) -> tuple[_Person, bool]:
    """Return what the roster and the recorded moves tell, and whether the roster has him."""
    pupils = pupils_of(scope, store, county)
    row = pupils[pupils["pupil"] == person.pupil]
    moves = moves_of(scope, store, county)
    moves = moves[moves["pupil"] == person.pupil]
    identity = identities_of(scope, store, county, [person.pupil])
    schools = [*row["school"], *moves["from_school"], *moves["to_school"]]
    known = identity.reindex(range(len(schools) + 1))
    known["school"] = pd.Series([*schools, None], dtype="str")
    return person.with_rows(store, known), not row.empty


def _aliases(store: Store, person: _Person) -> Pseudonyms:
    return frozenset(number_hashes(store.home)(sorted(person.exam_numbers)).tolist())


def _pupils_in(store: Store, release: ExamRelease) -> "pd.Series[int]":
    path = f"{release.bundle}/{SCORES_FILE}"
    lake.verify(store.home, path, sha256=release.scores_sha256)
    rows: pd.DataFrame = pq.read_table(store.home.lake / path, columns=["pupil"]).to_pandas()
    return rows["pupil"]


def _rows(
    scope: Scope, store: Store, release: ExamRelease, pupils: Iterable[int]
) -> pd.DataFrame:
    """Return pupil, school, exam_number, pupil_name of these pupils of a release."""
    path = store.home.lake / release.bundle / SCORES_FILE
    wide: pd.DataFrame = pq.read_table(path, columns=["pupil", "school"]).to_pandas()
    named = open_roster(scope, store.home, release.bundle, digest=release.roster_digest)
    return wide[wide["pupil"].isin(list(pupils))].merge(named, on="pupil", how="left")


def _judged(
    scope: Scope,
    store: Store,
    release: ExamRelease,
    person: _Person,
    aliases: Pseudonyms,
    verdicts: _Verdicts,
) -> Pseudonyms:
    """Return which rows of a release under his exam numbers are his; note the verdicts."""
    there = aliases & frozenset(_pupils_in(store, release))
    if not there:
        return _NOBODY
    rows = _rows(scope, store, release, there)
    verdict = _verdicts(store, rows, person)
    his = frozenset(rows.loc[verdict == "his", "pupil"].tolist())
    other = frozenset(rows.loc[verdict == "other", "pupil"].tolist())
    exam = release.exam_id
    verdicts.his[exam] = verdicts.his.get(exam, _NOBODY) | his
    verdicts.others[exam] = verdicts.others.get(exam, _NOBODY) | other
    if (verdict == "doubtful").any():
        verdicts.doubtful[release.name] = None
    return his


def _verdicts(store: Store, rows: pd.DataFrame, person: _Person) -> "pd.Series[str]":
    """Say whose rows under his exam numbers are: the name decides, else the school."""
    verdict = pd.Series("doubtful", index=rows.index, dtype="str")
    verdict[rows["school"].isin(person.schools)] = "his"
    named = rows["pupil_name"].notna()
    if person.names and named.any():
        hashes = name_hashes(store.home)(rows.loc[named, "pupil_name"].tolist())
        is_his = hashes.isin(person.names).to_numpy(bool)
        verdict[named] = pd.Series(is_his).map({True: "his", False: "other"}).array
    return verdict


def _in_datasets(
    store: Store, person: _Person, aliases: Pseudonyms, verdicts: _Verdicts, *, county: str
) -> Iterable[tuple[StoredRows, Pseudonyms]]:
    """Give the rows of datasets that have him, with the pseudonyms."""
    for stored in datasets_of(store, county):
        path = f"{stored.bundle}/{DATASET_FILE}"
        lake.verify(store.home, path, sha256=stored.sha256)
        names = set(pq.read_schema(store.home.lake / path).names)
        if "pupil" not in names:
            continue
        columns = ["pupil", *names.intersection(_SCHOOLS)]
        rows = pq.read_table(store.home.lake / path, columns=columns).to_pandas()
        schools = rows.reindex(columns=_SCHOOLS).isin(person.schools).any(axis=1)
        exam = -1 if stored.exam_id is None else stored.exam_id
        his = aliases & frozenset(rows.loc[schools, "pupil"])
        his -= verdicts.others.get(exam, _NOBODY)
        his |= verdicts.his.get(exam, _NOBODY) | {person.pupil}
        if his := his & frozenset(rows["pupil"].dropna()):
            yield stored, his


def _in_drafts(scope: Scope, store: Store, person: _Person, *, county: str) -> list[int]:
    """Return the drafts that have him."""
    numbers = [person.number, *person.exam_numbers]
    found = []
    drafts = list_batches(scope, store, statuses=("draft",))
    for batch in (draft for draft in drafts if draft.county == county):
        scores = draft_scores_of(store, batch)
        rows = scores[scores["pupil_number"].isin(numbers)]
        is_his = (rows["pupil_number"] == person.number).to_numpy(bool)
        verdict = _verdicts(store, rows.rename(columns={"school_code": "school"}), person)
        if (is_his | (verdict == "his").to_numpy(bool)).any():
            found.append(batch.id)
    return found
