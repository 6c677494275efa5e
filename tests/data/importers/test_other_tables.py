"""Summaries and item scores are recognised; files of pupils never are."""

import pytest

from data.importers.layout import lay_out
from tests.data.importers.sheets import make_sheet


def check_of(text: str) -> tuple[list[str], str]:
    laid = lay_out(make_sheet(text), declared_subjects=frozenset())
    said = "".join(finding.message_zh + finding.message_en for finding in laid.findings)
    return [finding.check for finding in laid.findings], said


@pytest.mark.parametrize(
    "text",
    [
        "学校,参考人数,平均分,优秀率,及格率,低分率\n一中,120,80.5,30,90,1\n",
        "标题\n学校名称,学科,实考人数,均分,合格率(%),最高分\n一中,语文,120,80,90,99\n",
        "学校,语文,,,数学,,\n,参考人数,平均分,及格率,参考人数,平均分,及格率\n一中,1,2,3,4,5,6\n",
        "school,candidates,average,pass rate,max\nA,1,2,3,4\n".replace("max", "excellent rate"),
    ],
)
def test_a_summary_by_school_is_refused_with_the_command(text: str) -> None:
    found, said = check_of(text)
    assert found == ["summary_table"]
    assert "dataset summary" in said


@pytest.mark.parametrize(
    "text",
    [
        "学校,考号,姓名,1,2,3,4\n一中,E1,甲,3,2,0,1\n",
        "考号,姓名,第1题,第2题,第3题\nE1,甲,3,2,1\n",
        "学校,学籍号,1,2(1),2(2),3,总分\n一中,P1,3,2,1,3,9\n",
        "学籍号,T1,T2,T3\nP1,3,2,1\n",
        "考号,姓名,选择题,填空题,解答题\nE1,甲,30,20,10\n",
        "考号,姓名,语文,,\n,,1,2,3\nE1,甲,3,2,1\n",
    ],
)
def test_scores_by_item_are_refused_with_the_command(text: str) -> None:
    found, said = check_of(text)
    assert found == ["item_table"]
    assert "dataset items" in said


@pytest.mark.parametrize(
    "text",
    [
        "学校,学籍号,姓名,语文,数学,英语\n一中,P1,甲,1,2,3\n一中,P2,乙,1,2,3\n",
        "参考人数,500,平均分,80,及格率,60%\n学校,学籍号,语文,数学\n一中,P1,80,90\n",
        "学校,学籍号,语文,数学,英语\n一中,P1,80,90,70\n平均分,,80,90,70\n",
        "学校,学籍号,语文,数学,英语\n平均分,,1,2,3\n一中,P1,80,90,70\n",
        "乡镇,学籍号,学校,语文,数学,英语\n中心校,P1,中心校,1,2,3\n",
        "学校,学籍号,语文,数学,平均分\n一中,P1,80,90,85\n",
    ],
)
def test_a_file_of_pupils_is_neither(text: str) -> None:
    found, _ = check_of(text)
    assert not {"summary_table", "item_table"} & set(found)
