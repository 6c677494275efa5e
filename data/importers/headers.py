"""What a column header means: one table of synonyms, Chinese and English."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Role = Literal["field", "subject", "total", "long", "ignored", "unknown"]

# Fields of ENTRIES; within a field an earlier synonym wins over a later one.
FIELDS: dict[str, tuple[str, ...]] = {
    "pupil_number": (
        "学籍号", "全国学籍号", "学籍号码", "学籍编号", "学生学籍号", "学籍辅号", "学号",
        "学生编号", "学生号", "pupilnumber", "pupilno", "pupilid", "studentid",
        "studentnumber", "studentno",
    ),
    "exam_number": (
        "考号", "准考证号", "准考证", "准考证号码", "考生号", "考生编号", "考试号", "考籍号",
        "examnumber", "examno", "examid", "candidatenumber", "candidateno",
    ),
    "school_code": (
        "学校代码", "学校标识码", "学校编码", "学校编号", "学校号", "校代码", "单位代码",
        "schoolcode", "schoolid", "schoolno", "schoolnumber",
    ),
    "school_name": (
        "学校名称", "学校", "学校全称", "学校简称", "毕业学校", "就读学校", "所在学校", "校名",
        "单位", "单位名称", "school", "schoolname",
    ),
    "township": (
        "乡镇", "学区", "镇街", "街道", "乡镇街道", "片区", "中心校", "学区名称", "所属学区",
        "所属乡镇", "township", "town", "schooldistrict",
    ),
    "class_name": (
        "班级", "班级名称", "班", "班别", "班号", "班级号", "班级代码", "行政班", "所在班级",
        "class", "classname", "classno", "form",
    ),
    "pupil_name": (
        "姓名", "学生姓名", "考生姓名", "学生", "名字", "name", "pupilname", "studentname",
        "fullname", "pupil", "student",
    ),
    "sex": ("性别", "sex", "gender"),
    "grade": ("年级", "所在年级", "年级名称", "grade", "gradelevel", "yeargroup"),
}  # fmt: skip

SUBJECTS: dict[str, tuple[str, ...]] = {
    "chinese": ("语文", "语", "chinese"),
    "math": ("数学", "数", "math", "maths", "mathematics"),
    "english": ("英语", "外语", "英", "外", "english"),
    "physics": ("物理", "物理学", "physics"),
    "chemistry": ("化学", "chemistry"),
    "politics": ("政治", "道德与法治", "道法", "思想品德", "思品", "思想政治", "品德与社会",
                 "politics"),
    "history": ("历史", "history"),
    "geography": ("地理", "geography"),
    "biology": ("生物", "生物学", "biology"),
    "science": ("科学", "science"),
    "comprehensive": ("综合", "comprehensive"),
}  # fmt: skip

_TOTALS = ("总分", "总成绩", "合计", "总计", "总分数", "各科总分", "total", "totalscore", "sum")
LONG: dict[str, tuple[str, ...]] = {
    "subject": ("科目", "学科", "科目名称", "学科名称", "课程", "subject"),
    "score": ("分数", "成绩", "得分", "考试成绩", "卷面分", "原始分", "score", "mark", "marks",
              "points"),
    "full_mark": ("满分", "满分值", "卷面满分", "fullmark", "fullscore", "maxscore"),
}  # fmt: skip
_IGNORED = (
    "序号", "编号", "行号", "no", "number", "index", "id", "备注", "说明", "remark", "remarks",
    "note", "notes", "comment", "考场", "考场号", "座位号", "座号", "考点", "seat", "room",
    "身份证号", "身份证号码", "身份证件号", "民族", "出生日期", "出生年月", "联系电话", "电话",
    "手机号", "家长电话", "家庭住址", "住址", "户口所在地", "是否住校", "是否寄宿", "学段",
    "学年", "学期", "考试名称", "考试", "考试时间", "exam", "年份", "year", "平均分", "均分",
    "average", "mean", "县区", "县", "区县", "市", "county", "班主任", "任课教师", "教师",
    "teacher",
)  # fmt: skip
_IGNORED_END = re.compile(
    r"(等级|等第|名次|排名|排序|位次|班次|级次|校次|区次|县次|班排|级排|校排|区排|县排|标准分|t分|赋分|进退步?|升降|"
    r"rank|ranking|level|percentile|zscore)$"
)
_SCORE_END = re.compile(r"(考试成绩|成绩|分数|得分|原始分|卷面分|总?分|score|marks?|result)$")
_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_FULL_MARK = re.compile(
    r"(?:满分|full|max)?[:=]?(\d{1,4}(?:\.\d{1,2})?)(?:分|points)?(?:制|满分)?"
)
_EMPTY_REMARK = {"", "分", "必填", "选填", "文本", "required", "text", "points"}


@dataclass(frozen=True, slots=True)
class Header:
    """Meaning of one header.

    Attributes
    ----------
    role : str
        field, subject, total, long (科目 or 分数 of a long file), ignored or unknown.
    name : str
        Field, subject code or long column; the header's own text where unknown.
    rank : int
        Place of the synonym in its list; the lowest wins where two columns mean the same.
    full_mark : str or None
        Full mark that the header states, as in 数学(120分).
    """

    role: Role
    name: str
    rank: int = 0
    full_mark: str | None = None


def _by_synonym(table: dict[str, tuple[str, ...]], role: Role) -> dict[str, Header]:
    return {
        synonym: Header(role, name, rank)
        for name, synonyms in table.items()
        for rank, synonym in enumerate(synonyms)
    }


_KNOWN: dict[str, Header] = {
    **{name: Header("ignored", name) for name in _IGNORED},
    **{name: Header("total", "total", rank) for rank, name in enumerate(_TOTALS)},
    **_by_synonym(LONG, "long"),
    **_by_synonym(SUBJECTS, "subject"),
    **_by_synonym(FIELDS, "field"),
}


def squeezed(text: str) -> str:
    """Return a header without spaces, width, case, and the signs around a name.

    Examples
    --------
    >>> squeezed(" 姓 名* "), squeezed("Ｓchool Code")
    ('姓名', 'schoolcode')
    """
    narrow = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in narrow if c.isprintable() and not c.isspace())
    return kept.strip("*:,.#_-").replace("_", "").replace("-", "")


def subject_code(name: str) -> str:
    """Return the code of a subject's name, or the name itself where it is not known.

    Examples
    --------
    >>> subject_code("数学成绩"), subject_code("math"), subject_code("信息科技")
    ('math', 'math', '信息科技')
    """
    plain, _ = _without_brackets(squeezed(name))
    found = _subject(plain)
    return found.name if found else name.strip()


def subject_title(code: str) -> str:
    """Return the usual Chinese name of a subject's code, or the code where it has none.

    Examples
    --------
    >>> subject_title("math"), subject_title("信息科技")
    ('数学', '信息科技')
    """
    return SUBJECTS[code][0] if code in SUBJECTS else code


def meaning(header: str, *, declared: frozenset[str]) -> Header:
    """Say what a header means.

    Parameters
    ----------
    header : str
        As the file writes it.
    declared : frozenset of str
        Subject codes or names that the user declared; they win over the table.

    Examples
    --------
    >>> meaning("数学(120分)", declared=frozenset())
    Header(role='subject', name='math', rank=0, full_mark='120')
    """
    plain, full_mark = _without_brackets(squeezed(header))
    for name in declared:
        if plain in {squeezed(name), _SCORE_END.sub("", squeezed(name))}:
            return Header("subject", subject_code(name), 0, full_mark)
    found = _KNOWN.get(plain) or _declared_score(plain, declared) or _subject(plain)
    if found:
        return Header(found.role, found.name, found.rank, full_mark)
    if _IGNORED_END.search(plain):
        return Header("ignored", plain)
    return Header("unknown", header.strip())


def _declared_score(plain: str, declared: frozenset[str]) -> Header | None:
    stem = _SCORE_END.sub("", plain)
    name = next((name for name in declared if squeezed(name) == stem), None)
    return Header("subject", subject_code(name), 1) if name else None


def _subject(plain: str) -> Header | None:
    found = _KNOWN.get(plain) or _KNOWN.get(_SCORE_END.sub("", plain))
    return found if found and found.role == "subject" else None


def _without_brackets(plain: str) -> tuple[str, str | None]:
    """Take full marks out of brackets; any other remark stays, since it changes the meaning."""
    full_mark: str | None = None
    kept = plain
    for match in _BRACKETS.finditer(plain):
        inner = match[1].strip()
        stated = _FULL_MARK.fullmatch(inner)
        if stated:
            full_mark = stated[1]
        if stated or inner in _EMPTY_REMARK:
            kept = kept.replace(match[0], "")
        else:
            kept = kept.replace(match[0], inner)
    return kept.strip("*:,.#"), full_mark
