"""Full marks that a call declares: by subject code, and against the subjects of the file."""

from collections.abc import Mapping

from core.errors import SettingsError
from core.findings import Finding
from data.importers.headers import meaning, subject_code
from data.importers.layout import LaidOut


def full_marks_of(declared: Mapping[str, int]) -> dict[str, int]:
    """Return the declared full marks by subject code.

    Raises
    ------
    SettingsError
        When a name is no subject (the total is computed), or a subject is named twice.
    """
    codes = {name: subject_code(name) for name in declared}
    odd = [
        name
        for name in codes
        if meaning(name, declared=frozenset()).role not in ("subject", "unknown")
    ]
    twice = [name for name, code in codes.items() if list(codes.values()).count(code) > 1]
    if odd or twice:
        names = ", ".join([*odd, *twice])
        raise SettingsError(
            f"--full-mark cannot be given for: {names}. Name each subject of the file once; "
            "the total is computed from them.",
            f"--full-mark 不能这样给出：{names}。文件中的每个科目只写一次；总分由各科计算。",
        )
    return {code: declared[name] for name, code in codes.items()}


def check_declared(laid_out: LaidOut, full_marks: Mapping[str, int]) -> list[Finding]:
    """Refuse full marks for subjects that the file does not have."""
    if laid_out.marks is None:
        return []
    inside = "、".join(laid_out.subjects.values())
    return [
        Finding(
            "error",
            "declared_subject",
            None,
            None,
            name,
            f"--full-mark 给出的科目“{name}”不在文件中。文件中的科目：{inside}。"
            "请改正科目名称。",
            f"--full-mark names {name!r}, which the file does not have. Its subjects: "
            f"{inside}. Correct the name.",
        )
        for name in sorted(full_marks)
        if subject_code(name) not in laid_out.subjects
    ]
