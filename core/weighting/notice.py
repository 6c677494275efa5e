"""A notice: something a reader of weights or composites must know, in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; it stops nothing.

    Attributes
    ----------
    code : str
        Name of the rule that gave it.
    message, message_zh : str
        What was found, with the number, and what to do.
    """

    code: str
    message: str
    message_zh: str
