"""What a worksheet is called in a message: its name, unless that may be a person's."""

import re

from data.importers.remarks import plain

# The surnames of most people; sheets of one pupil each are named by them.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃"
    "武钱戴严莫孔向常汤康易乔赖文温樊葛兰申梅殷童霍洪翟柳"
)
_COMPOUND = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|司徒|端木|南宫|独孤|宇文|长孙"
)
_HAN = "\u3400-\u9fff·"
_PERSON = re.compile(
    rf"(?:(?:{_COMPOUND})[{_HAN}]{{1,2}}|[{_SURNAMES}][{_HAN}]{{1,2}})[\s0-9_.()（）-]*"
)
_NO_PERSON = re.compile(
    r"[表册班级届校学科分绩考镇乡区县村庄庙店桥沟山河一二三四五六七八九中小]$"
)


def sheet_label(name: str, position: int) -> str:
    """Return the name of a sheet fit for a message, or its place among the sheets.

    Parameters
    ----------
    position : int
        From 1, in the order of the tabs.

    Examples
    --------
    >>> sheet_label("八年级", 1), sheet_label("城关一中", 2), sheet_label("欧阳星海", 3)
    ('八年级', '城关一中', '#3')
    """
    bare = name.strip()
    is_person = _PERSON.fullmatch(bare) and not _NO_PERSON.search(bare)
    return f"#{position}" if is_person else plain(name)
