"""What the dictionary knows of a figure."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["points", "rate", "sd", "share", "pupils"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure: its name, what it means, its unit, which way is good, how it is computed.

    Attributes
    ----------
    formula : str
        In LaTeX; empty where the meaning says it all.
    page : str
        Page of ``docs/methods`` that defines it, without its ending.
    """

    name: str
    meaning: str
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    formula: str
    page: str
