"""Organisation units that an exam file names: created or matched by their code."""

import pandas as pd

from core.findings import Finding
from core.tables import UNITS

LOCAL_COUNTY = "local"
_LOCAL_COUNTY_NAME = "本县"


def units_named_by(
    scores: pd.DataFrame, *, county: str, stage: str, cohort: int
) -> pd.DataFrame:
    """Return the UNITS that checked scores name: county, townships, schools, classes.

    Parameters
    ----------
    scores : DataFrame
        Checked scores with school_code, school_name, township and class_name.
    county : str
        Code of the county, root of the tree.
    """
    townships = sorted(set(scores["township"].dropna()))
    schools = scores.drop_duplicates("school_code").sort_values("school_code")
    classes = (
        scores[["school_code", "class_name"]]
        .dropna()
        .drop_duplicates()
        .sort_values(["school_code", "class_name"])
    )
    units = [
        _units([county], [_LOCAL_COUNTY_NAME], "county", [None]),
        _units(townships, townships, "township", [county] * len(townships)),
        _units(
            schools["school_code"],
            schools["school_name"].fillna(schools["school_code"]),
            "school",
            schools["township"].fillna(county),
            stage=stage,
        ),
        _units(
            classes["school_code"] + f"/{cohort}/" + classes["class_name"],
            classes["class_name"],
            "class",
            classes["school_code"],
        ),
    ]
    return UNITS.require(pd.concat(units, ignore_index=True))


def check_known_schools(units: pd.DataFrame, known: pd.DataFrame) -> list[Finding]:
    """Warn of schools whose name differs from the one the catalogue knows."""
    schools = units[units["level"] == "school"].merge(
        known[known["level"] == "school"][["code", "name"]], on="code", suffixes=("", "_known")
    )
    changed = schools[schools["name"] != schools["name_known"]]
    return [
        Finding(
            "warning",
            "school_renamed",
            None,
            None,
            str(new),
            f"学校代码 {code} 在库中名为“{old}”，文件写作“{new}”。"
            "沿用库中名称；若代码有误请改正后重新导入。",
            f"School code {code} is known as {old!r}, the file says {new!r}. The known name is "
            "kept; if the code is wrong, correct it and import again.",
        )
        for code, new, old in zip(
            changed["code"], changed["name"], changed["name_known"], strict=True
        )
    ]


def _units(
    codes: object, names: object, level: str, parents: object, *, stage: str | None = None
) -> pd.DataFrame:
    """Return UNITS rows of one level."""
    frame = pd.DataFrame(
        {
            "code": pd.Series(codes, dtype="str").array,
            "name": pd.Series(names, dtype="str").array,
            "parent": pd.Series(parents, dtype="str").array,
        }
    )
    for column, value in (
        ("level", level),
        ("stage", stage),
        ("school_type", None),
        ("locale", None),
    ):
        frame[column] = pd.Series([value] * len(frame), dtype="str")
    return frame[UNITS.names]
