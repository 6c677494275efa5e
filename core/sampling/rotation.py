"""Rotation of contents over the years of a cycle: each is sampled once, years are even."""

from collections.abc import Sequence

import pandas as pd

from core.errors import SettingsError
from core.findings import Finding
from core.survey_tables import ROTATION


def rotate_contents(contents: Sequence[str], *, first_year: int, n_years: int) -> pd.DataFrame:
    """Return the year of each content, in the order given, as evenly as it goes.

    Content i of k falls into year i n / k, rounded down: the years differ by at most one
    content. With fewer contents than years, some years have none.

    Parameters
    ----------
    contents : sequence of str
        Each once.
    first_year : int
        First year of the cycle.
    n_years : int
        Years of the cycle; five in the scheme of 临沂.

    Returns
    -------
    DataFrame
        ROTATION rows.

    Raises
    ------
    SettingsError
        When contents are repeated or missing, or the cycle has no year.

    Examples
    --------
    >>> plan = rotate_contents(["moral", "academic", "arts"], first_year=2026, n_years=2)
    >>> plan["year"].tolist()
    [2026, 2026, 2027]
    """
    k, repeated = len(contents), len(contents) - len(set(contents))
    if not k or repeated or n_years < 1:
        raise SettingsError(
            f"A sample cycle needs contents, each once, and at least one year (contents {k}, "
            f"repeated {repeated}, years {n_years}). Correct the list.",
            f"抽样周期需要至少一年，且每项内容只列一次（内容 {k} 项，重复 {repeated} 项，"
            f"年数 {n_years}）。请更正。",
        )
    year = [first_year + i * n_years // k for i in range(k)]
    return pd.DataFrame({"content": pd.Series(list(contents), dtype="str"), "year": year})


def check_rotation(
    rotation: pd.DataFrame, *, contents: Sequence[str], first_year: int, n_years: int
) -> tuple[Finding, ...]:
    """Return what is wrong with a cycle that a person has changed; empty when it is sound.

    Parameters
    ----------
    rotation : DataFrame
        ROTATION rows.
    contents : sequence of str
        What the cycle must cover, each once.
    first_year, n_years : int
        The cycle.

    Examples
    --------
    >>> plan = rotate_contents(["arts", "moral"], first_year=2026, n_years=5)
    >>> [f.check for f in check_rotation(plan, contents=["arts", "moral", "burden"],
    ...                                  first_year=2026, n_years=5)]
    ['sample_rotation_missing']
    """
    ROTATION.require(rotation)
    inside = rotation["year"].between(first_year, first_year + n_years - 1)
    seen = rotation.loc[inside, "content"].value_counts()
    per_year = rotation.loc[inside, "year"].value_counts()
    load = per_year.reindex(range(first_year, first_year + n_years), fill_value=0)
    missing = [content for content in contents if content not in seen.index]
    several = sorted(str(content) for content in seen.index[seen > 1])
    outside = sorted({str(year) for year in rotation.loc[~inside, "year"]})
    uneven = load.max() - load.min() > 1
    findings = [
        _finding("missing", missing, zh="未覆盖的内容", en="contents that are not covered"),
        _finding("repeated", several, zh="重复的内容", en="contents covered more than once"),
        _finding("outside", outside, zh="周期之外的年份", en="years outside the cycle"),
        _finding(
            "uneven",
            [f"{year}: {n}" for year, n in load.items()] if uneven else [],
            zh="各年内容数不均",
            en="years with uneven numbers of contents",
        ),
    ]
    return tuple(finding for finding in findings if finding is not None)


def _finding(kind: str, values: list[str], *, zh: str, en: str) -> Finding | None:
    if not values:
        return None
    return Finding(
        severity="warning",
        check=f"sample_rotation_{kind}",
        row=None,
        column=None,
        value=", ".join(values),
        message_zh=f"抽样周期有问题，{zh}（{len(values)}）：{'、'.join(values)}。"
        f"每项内容应在一个周期内抽测一次，各年内容数相差不超过 1。请调整。",
        message_en=f"The sample cycle has {en} ({len(values)}): {', '.join(values)}. Each "
        f"content is sampled once in a cycle; years differ by at most one. Change the plan.",
    )
