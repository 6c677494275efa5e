"""Remarks of the rules as sentences; codes and values come from ``core.remarks``.

One module for each level of oversight, with the sentence of each code.
"""

from collections.abc import Mapping

from core.remarks import Remark
from ui.remark_words import county, grade_class, items, school, subject, township, weak_schools
from ui.remark_words.parts import Sentence
from ui.text import Words

SENTENCES: dict[str, Sentence] = {
    **county.SENTENCES,
    **township.SENTENCES,
    **weak_schools.SENTENCES,
    **items.SENTENCES,
    **subject.SENTENCES,
    **grade_class.SENTENCES,
    **school.SENTENCES,
}


def remark_sentence(remark: Remark, *, names: Mapping[str, str], words: Words) -> str:
    """Return one remark as Markdown text.

    Parameters
    ----------
    names : mapping of str to str
        School code to name; a code without a name names itself.
    """
    return SENTENCES[remark.code](remark.values, names, words)
