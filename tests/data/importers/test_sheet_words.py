"""Sheets are called by their names, those of persons by their place."""

import pytest

from data.importers.sheet_words import sheet_label

PERSONS = ("欧阳星海", "李小明", "王芳", "欧阳星海2", "陈静(1)")
PLACES = ("成绩", "Sheet1", "一中", "说明", "实验", "白水镇", "高中", "王村", "高三1班", "数学")


@pytest.mark.parametrize("name", PERSONS)
def test_a_sheet_that_may_be_called_like_a_person_is_told_by_its_place(name: str) -> None:
    assert sheet_label(name, 3) == "#3"


@pytest.mark.parametrize("name", PLACES)
def test_other_sheets_are_told_by_their_names(name: str) -> None:
    assert sheet_label(name, 3) == name
