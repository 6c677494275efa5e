"""Nothing that the sampling package says speaks of everybody: a sample is a sample."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted((ROOT / "core" / "sampling").glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_message_claims_a_census(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"census|普查|统考|全县学生|全体学生|所有学生", text, re.IGNORECASE) == []
