"""Check base schools against the limits: one finding for every limit that is broken."""

from collections.abc import Iterator

import pandas as pd

from core.findings import Finding
from core.pairing.limits import BaseLimits, Cover, Overlap, Span
from core.pairing.tables import BASE_LOADS, BASES, SCHOOL_MAP, TAUGHT

SUBJECT_KEY = ["stage", "subject"]


def check_bases(
    bases: pd.DataFrame, *, schools: pd.DataFrame, taught: pd.DataFrame, limits: BaseLimits
) -> tuple[Finding, ...]:
    """Return what is wrong with a list of base schools; nothing where every limit holds.

    Parameters
    ----------
    bases : DataFrame
        BASES rows.
    schools : DataFrame
        SCHOOL_MAP rows of the whole city.
    taught : DataFrame
        TAUGHT rows: where bases are wanted.
    limits : BaseLimits

    Raises
    ------
    DataError
        When a table is not as declared.

    Examples
    --------
    >>> from core.pairing.limits import DEFAULT_LIMITS, base_limits_of
    >>> schools = pd.DataFrame({"school": list("ABCD"), "stage": "junior", "region": "R"})
    >>> taught = pd.DataFrame({"stage": ["junior"], "subject": ["math"]})
    >>> bases = pd.DataFrame({"school": list("ABCD"), "stage": "junior", "subject": "math"})
    >>> found = check_bases(
    ...     bases.assign(level="city"),
    ...     schools=schools.assign(district="D"),
    ...     taught=taught,
    ...     limits=base_limits_of(DEFAULT_LIMITS),
    ... )
    >>> [finding.check for finding in found]
    ['city_bases', 'region_bases', 'district_cover']
    """
    SCHOOL_MAP.require(schools)
    TAUGHT.require(taught)
    BASES.require(bases)
    placed = bases.merge(schools, on=["school", "stage"], how="left")
    wanted = wanted_keys(schools, taught=taught)
    return (
        *_strangers(placed, taught=taught),
        *_counts(placed[placed["level"] == "city"], SUBJECT_KEY, wanted, limits.city, _CITY),
        *_counts(
            placed[placed["level"] == "region"],
            ["region", *SUBJECT_KEY],
            wanted,
            limits.region,
            _REGION,
        ),
        *_crowded(placed, limits=limits),
        *_overlaps(placed, overlap=limits.overlap),
        *_bare_districts(placed, wanted=wanted, limits=limits),
    )


def check_loads(loads: pd.DataFrame, *, limits: BaseLimits) -> tuple[Finding, ...]:
    """Return where a base took in, or was paired with, too many or too few teachers.

    Parameters
    ----------
    loads : DataFrame
        BASE_LOADS rows; one with n = 0 tells that nobody came.
    limits : BaseLimits

    Examples
    --------
    >>> from core.pairing.limits import DEFAULT_LIMITS, base_limits_of
    >>> loads = pd.DataFrame({"school": ["A"], "stage": "junior", "subject": "math", "n": 4})
    >>> loads = loads.assign(kind="pairs", period="2025")
    >>> check_loads(loads, limits=base_limits_of(DEFAULT_LIMITS))[0].value
    'A junior math 2025'
    """
    BASE_LOADS.require(loads)
    spans = {"trainees": limits.trainees, "pairs": limits.pairs}
    words = {"trainees": ("of one term", "每学期接收"), "pairs": ("of one year", "每学年结对")}
    return tuple(
        _finding(
            kind,
            " ".join([*key, str(period)]),
            f"{kind} {words[str(kind)][0]}: {n}; {spans[str(kind)]} are required",
            f"{words[str(kind)][1]} {n} 人，应为 {spans[str(kind)]} 人",
        )
        for *key, kind, period, n in loads[BASE_LOADS.names].itertuples(index=False)
        if kind in spans and not spans[str(kind)].holds(int(n))
    )


def wanted_keys(schools: pd.DataFrame, *, taught: pd.DataFrame) -> pd.DataFrame:
    """Return every school x subject that its stage teaches, with region and district."""
    return schools.merge(taught, on="stage")


_CITY = ("city_bases", "city bases", "市级基地")
_REGION = ("region_bases", "region bases", "区域基地")


def _counts(
    bases: pd.DataFrame,
    key: list[str],
    wanted: pd.DataFrame,
    span: Span,
    words: tuple[str, str, str],
) -> Iterator[Finding]:
    """Tell every group of ``key`` in which the number of bases is out of its span."""
    groups = wanted[key].drop_duplicates().sort_values(key)
    n_bases = bases.groupby(key).size()
    for group in groups.itertuples(index=False, name=None):
        n = int(n_bases.get(group, 0))
        if not span.holds(n):
            yield _finding(
                words[0],
                " ".join(group),
                f"{words[1]}: {n}; {span} are required",
                f"{words[2]} {n} 所，应为 {span} 所",
            )


def _strangers(placed: pd.DataFrame, *, taught: pd.DataFrame) -> Iterator[Finding]:
    """Tell bases in no known school, and of subjects that want none."""
    known = pd.MultiIndex.from_frame(taught[SUBJECT_KEY])
    is_taught = pd.MultiIndex.from_frame(placed[SUBJECT_KEY]).isin(known)
    is_strange = placed["region"].isna()
    for row, strange, teaches in zip(placed.itertuples(), is_strange, is_taught, strict=True):
        where = f"{row.school} {row.stage} {row.subject}"
        if strange:
            yield _finding(
                "unknown_school", where, "no such school and stage", "学校与学段不在名单中"
            )
        elif not teaches:
            yield _finding(
                "not_taught", where, "no base is wanted there", "该学段不设此学科基地"
            )


def _crowded(placed: pd.DataFrame, *, limits: BaseLimits) -> Iterator[Finding]:
    most = limits.subjects_per_school
    own = placed.drop_duplicates(["school", *SUBJECT_KEY])
    for school, rows in own.groupby("school"):
        if len(rows) > most:
            subjects = " ".join(rows["subject"])
            yield _finding(
                "subjects_per_school",
                str(school),
                f"subjects: {len(rows)} ({subjects}); at most {most} are allowed",
                f"承担 {len(rows)} 个学科（{subjects}），至多 {most} 个",
            )


def _overlaps(placed: pd.DataFrame, *, overlap: Overlap) -> Iterator[Finding]:
    key = ["school"] if overlap is Overlap.SCHOOL else ["school", *SUBJECT_KEY]
    city = pd.MultiIndex.from_frame(placed.loc[placed["level"] == "city", key])
    region = placed[placed["level"] == "region"]
    both = region[pd.MultiIndex.from_frame(region[key]).isin(city)]
    for row in both.itertuples():
        yield _finding(
            "overlap",
            f"{row.school} {row.stage} {row.subject}",
            "a region base that is a city base as well",
            "区域基地与市级基地重复",
        )


def _bare_districts(
    placed: pd.DataFrame, *, wanted: pd.DataFrame, limits: BaseLimits
) -> Iterator[Finding]:
    counted = placed if limits.cover is Cover.ANY else placed[placed["level"] == "region"]
    n_bases = counted.groupby(["district", "subject"]).size()
    pairs = wanted[["district", "subject"]].drop_duplicates()
    for group in pairs.sort_values(["district", "subject"]).itertuples(index=False, name=None):
        n = int(n_bases.get(group, 0))
        if n < limits.per_district:
            yield _finding(
                "district_cover",
                " ".join(group),
                f"bases of the district: {n}; at least {limits.per_district} is required",
                f"学区内基地 {n} 所，至少应有 {limits.per_district} 所",
            )


def _finding(check: str, where: str, found: str, found_zh: str) -> Finding:
    return Finding(
        severity="error",
        check=check,
        row=None,
        column=None,
        value=where,
        message_zh=f"{where}：{found_zh}。请调整名单。",
        message_en=f"{where}: {found}. Change the list.",
    )
