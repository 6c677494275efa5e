"""A remark: which rule fired with which numbers; words are found elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence to be said: its code, its numbers, and the test that led to it.

    Attributes
    ----------
    code : str
        Key of the sentence.
    values : mapping of str to number or text
        What the sentence quotes; several schools are one text, separated by commas.
    test : str
        The rule, in symbols.
    is_remarkable : bool
        Whether the rule found something; False where it says that there is nothing to see.
    """

    code: str
    values: Mapping[str, float | int | str]
    test: str
    is_remarkable: bool = True
