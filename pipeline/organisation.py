"""Organisation units that an exam file names: created or matched by their code."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from core.findings import Finding
from core.tables import UNITS
from data.checks.draft import Draft
from data.dataset_kinds.school_book import codes_of_name, school_book, shared_name

# Codes of units above the schools carry their level, so that no school code can meet them.
LOCAL_COUNTY = "local"
_LOCAL_COUNTY_NAME = "本县"
_TOWNSHIP = "township/"


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
    root, townships = county_code(county), sorted(set(scores["township"].dropna()))
    schools = scores.drop_duplicates("school_code").sort_values("school_code")
    classes = (
        scores[["school_code", "class_name"]]
        .dropna()
        .drop_duplicates()
        .sort_values(["school_code", "class_name"])
    )
    units = [
        _units([root], [_LOCAL_COUNTY_NAME], "county", [None]),
        _units(_township(townships), townships, "township", [root] * len(townships)),
        _units(
            schools["school_code"],
            schools["school_name"].fillna(schools["school_code"]),
            "school",
            _township(schools["township"]).fillna(root),
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


def county_code(county: str) -> str:
    """Return the code of the unit that is the root of a county's schools."""
    return f"county/{county}"


def with_known_codes(draft: Draft, units: pd.DataFrame) -> tuple[Draft, list[Finding]]:
    """Return the draft with the codes of the schools that it calls by a name of the county.

    A name is a school's only where no other has it; shared ones are asked. Names that the
    county does not know stay as they are.
    """
    book, given = school_book(units), draft.entries["school_code"]
    found = {text: codes_of_name(str(text), book) for text in given.dropna().unique()}
    shared = [text for text, codes in found.items() if len(codes) > 1]
    named = {text: codes[0] for text, codes in found.items() if len(codes) == 1}
    column = draft.header("school_code")
    findings = []
    if shared:
        rows = draft.entries["row"][given.isin(shared)]
        findings.append(shared_name(len(shared), rows, column))
    if not named:
        return draft, findings
    entries = draft.entries.assign(school_code=given.replace(named).array)
    return replace(draft, entries=entries), [*findings, _by_name(len(named), column)]


def _by_name(n: int, column: str) -> Finding:
    return Finding(
        "note", "school_by_name", None, column, str(n),
        f"“{column}”列中有 {n} 所学校写的是名称，已按全称对应到库中的学校代码。",
        f"Schools in {column} that are given by name: {n}. Each has the code of the school of "
        "this full name in the store.",
    )  # fmt: skip


def school_words(units: pd.DataFrame) -> list[str]:
    """Return the codes and names of the schools among units, which messages may quote."""
    schools = units[units["level"] == "school"]
    return [*schools["code"], *schools["name"]]


def check_known_schools(units: pd.DataFrame, known: pd.DataFrame) -> list[Finding]:
    """Warn of schools that the catalogue knows under another name, code or township."""
    new, old = (t[t["level"] == "school"][["code", "name", "parent"]] for t in (units, known))
    both = new.merge(old, on="code", suffixes=("", "_known"))
    renamed = both[both["name"] != both["name_known"]]
    is_moved = both["parent"] != both["parent_known"]
    # A file without townships says of no school where it belongs.
    moved = both[is_moved & both["parent"].str.startswith(_TOWNSHIP)]
    recoded = new[~new["code"].isin(old["code"])].merge(old, on="name", suffixes=("", "_known"))
    return [
        *(
            _renamed(*row)
            for row in renamed[["code", "name_known", "name"]].to_numpy().tolist()
        ),
        *(_moved(*row) for row in moved[["code", "name"]].to_numpy().tolist()),
        *(
            _recoded(*row)
            for row in recoded[["name", "code_known", "code"]].to_numpy().tolist()
        ),
    ]


def _renamed(code: str, old: str, new: str) -> Finding:
    return _warning(
        "school_renamed",
        str(new),
        f"学校代码 {code} 在库中名为“{old}”，文件写作“{new}”。沿用库中名称；"
        "若代码有误请改正后重新导入。",
        f"School code {code} is known as {old!r}, the file says {new!r}. The known name is "
        "kept; if the code is wrong, correct it and import again.",
    )


def _moved(code: str, name: str) -> Finding:
    return _warning(
        "school_moved",
        str(name),
        f"学校 {code}（{name}）在库中属于另一个乡镇。沿用库中的隶属关系；若文件有误请改正。",
        f"School {code} ({name}) stands under another township in the store. That is kept; if "
        "the file is wrong, correct it.",
    )


def _recoded(name: str, old: str, new: str) -> Finding:
    return _warning(
        "school_recoded",
        str(name),
        f"学校“{name}”在库中的代码是 {old}，文件用 {new}，将成为另一所学校，"
        f"与以前的考试对不上。若是同一所学校，请在学校代码列填写 {old} 后重新导入。",
        f"School {name!r} is known with code {old}; the file uses {new}, which makes it "
        f"another school without a past. If it is the same, fill in {old} as its code and "
        "import again.",
    )


def _warning(check: str, value: str, message_zh: str, message_en: str) -> Finding:
    return Finding("warning", check, None, None, value, message_zh, message_en)


def _township(names: Iterable[str]) -> pd.Series:
    return _TOWNSHIP + pd.Series(names, dtype="str")


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
