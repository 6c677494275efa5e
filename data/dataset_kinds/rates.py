"""Rates as bureaus write them: 85%, 0.85 or 85; never guessed where a file mixes them.

A percent sign, or (%) in the header, is clear by itself. Numbers without a sign are judged
together over all such columns of the file: shares if none is above 1, per cent if none lies
between 0 and 1; else nobody can know whether 0.9 is 90% or 0.9%, and the file is asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.places import rows_en, rows_zh
from data.dataset_kinds.cells import (
    FULL_WIDTH,
    Column,
    Format,
    Parsed,
    plain_decimal,
    read_cells,
)
from data.importers.remarks import remark

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, eq=False)
class RateCells:
    """Cells of one column of rates; ``is_percent`` says that its header states per cent."""

    header: str
    text: pd.Series
    kind: pd.Series
    rows: pd.Series
    is_percent: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Columns of rates as shares 0 to 1, in the order they were given; nothing if refused."""

    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]
    refused: set[int]


def read_rates(cells: Sequence[RateCells]) -> Rates:
    """Read all columns of rates of a file."""
    signed = [_is_signed(own) for own in cells]
    findings, refused = _mixed_columns(cells, signed)
    plain = [
        _plain_numbers(own, where)
        for own, where in zip(cells, signed, strict=True)
        if not own.is_percent
    ]
    numbers = pd.concat(plain) if plain else pd.Series(dtype="float64")
    is_share = not (numbers > 1).any()
    if not is_share:
        odd = numbers[(numbers > 0) & (numbers < 1)]
        if len(odd):
            findings.append(_mixed_file(odd, n_above=int((numbers > 1).sum())))
            refused |= set(odd.index)
    columns = tuple(
        _column(own, divisor=Decimal(1) if is_share and not own.is_percent else _HUNDRED)
        for own in cells
    )
    return Rates(columns, tuple(findings), refused)


def _column(cells: RateCells, *, divisor: Decimal) -> Column:
    def parse(text: str) -> Parsed:
        is_signed = text.endswith("%")
        value = plain_decimal(text.removesuffix("%").strip())
        share = None if value is None else value / (_HUNDRED if is_signed else divisor)
        is_right = share is not None and 0 <= share <= 1
        return (float(share), "") if is_right and share is not None else (None, "wrong")

    form = Format(parse, "float64", "0 到 100% 的比率", "a rate from 0 to 100%")
    return read_cells(cells.text, cells.kind, rows=cells.rows, header=cells.header, form=form)


def _is_signed(cells: RateCells) -> NDArray[np.bool_]:
    return cells.text.str.strip().str.endswith(("%", "％"), na=False).to_numpy(bool)


def _plain_numbers(cells: RateCells, signed: NDArray[np.bool_]) -> "pd.Series[float]":
    """Return the numbers without a percent sign, by Excel row."""
    own = cells.text.where(~signed)
    values = own.map(
        {t: plain_decimal(str(t).strip().translate(FULL_WIDTH)) for t in own.dropna().unique()}
    )
    numbers = pd.Series(values.to_numpy(dtype=object), index=cells.rows.to_numpy()).dropna()
    return numbers.astype("float64")


def _mixed_columns(
    cells: Sequence[RateCells], signed: Sequence[NDArray[np.bool_]]
) -> tuple[list[Finding], set[int]]:
    findings, refused = [], set()
    for own, where in zip(cells, signed, strict=True):
        plain = own.text.notna().to_numpy(bool) & ~where
        if not (where.any() and plain.any()) or own.is_percent:
            continue
        rows = own.rows[plain if plain.sum() < where.sum() else where]
        refused |= {int(row) for row in rows}
        findings.append(_mixed_column(own.header, rows, n=int(where.sum())))
    return findings, refused


def _mixed_column(header: str, rows: "pd.Series[int]", *, n: int) -> Finding:
    return remark(
        "error", "rate_form",
        f"“{header}”列有的带百分号（{n} 个），有的不带（{rows_zh(rows)}），无法判断。"
        "请统一成百分数格式。",
        f"Some cells of {header} have a percent sign ({n}), others have none ({rows_en(rows)})."
        " Write them all alike, best as per cent.",
        row=int(rows.iloc[0]), column=header)  # fmt: skip


def _mixed_file(odd: "pd.Series[float]", *, n_above: int) -> Finding:
    rows = pd.Series(sorted(set(odd.index)))
    return remark(
        "error", "rate_form",
        f"比率没有百分号，且有 {n_above} 个大于 1、{len(odd)} 个在 0 和 1 之间"
        f"（{rows_zh(rows)}），无法判断 0.9 是 90% 还是 0.9%。"
        "请把单元格设为百分比格式，或在表头注明（%）。",
        f"Rates without a percent sign: {n_above} are above 1 and {len(odd)} lie between 0 and "
        f"1 ({rows_en(rows)}), so nobody can tell whether 0.9 is 90% or 0.9%. Format the "
        "cells as per cent, or write (%) in the header.",
        row=int(rows.iloc[0]))  # fmt: skip
