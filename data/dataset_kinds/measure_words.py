"""Words for what is wrong with a file of measures."""

from collections.abc import Mapping

from core.findings import Finding
from data.dataset_kinds.measure_dictionary import unit_word
from data.importers.column_words import shown_header
from data.importers.remarks import plain, remark

_LISTED = 20


def unknown_measures(headers: Mapping[int, str], *, line: int) -> list[Finding]:
    """Refuse columns that neither the dictionary nor a unit explains."""
    if not headers:
        return []
    names = [shown_header(text, i) for i, text in headers.items()][:_LISTED]
    listed = "、".join(names)
    return [remark(
        "error", "unknown_measure",
        f"第 {line} 行表头有 {len(headers)} 列不是已知的指标，也没有注明单位：{listed}。"
        "请在表头注明单位，如 证书数(本)、参与率(%)；或改成已知的指标名称；或删除该列。",
        f"Header row {line}: columns that are no known measure and state no unit: "
        f"{len(headers)} ({listed}). Write the unit into the header, such as 证书数(本) or "
        "参与率(%), or use the name of a known measure, or delete the column.",
        row=line)]  # fmt: skip


def unknown_names(names: Mapping[int, str]) -> list[Finding]:
    """Refuse names of a long file that neither the dictionary nor a unit explains."""
    if not names:
        return []
    shown = list(names.values()) if len(names) <= _LISTED else []
    listed = "、".join(plain(name) for name in shown)
    return [remark(
        "error", "unknown_measure",
        f"有 {len(names)} 个指标未知，也没有单位{f'：{listed}' if listed else ''}。"
        "请在“计量单位”列填写单位（分钟、小时、%、人、个 等），或改成已知的指标名称。",
        f"Measures that are not known and have no unit: {len(names)}"
        f"{f' ({listed})' if listed else ''}. Fill in the column 计量单位 (minutes, hours, %, "
        "pupils, ..), or use the name of a known measure.",
    )]  # fmt: skip


def no_measures(line: int) -> Finding:
    """Refuse a file without a column of a measure."""
    return remark(
        "error", "no_data",
        f"第 {line} 行表头有 0 列可以读取的指标。请至少有一列，如 作业时长(分钟)。",
        f"Header row {line} has 0 columns of measures that can be read. At least one is "
        "required, such as 作业时长(分钟).",
        row=line)  # fmt: skip


def other_unit(header: str, unit: str) -> Finding:
    """Refuse a unit that cannot be turned into the measure's own."""
    return remark(
        "error", "unit",
        f"“{header}”的单位与该指标的单位（{unit_word(unit)}）不符，不能换算。请改用该单位。",
        f"The unit of {header} is not that of the measure ({unit_word(unit)}) and cannot be "
        "converted. Use that unit.",
        column=header)  # fmt: skip
