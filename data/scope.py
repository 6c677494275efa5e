"""Scope: whose results a person may see; the first argument of whatever reads results."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["leadership", "township", "school", "researcher", "clerk", "administrator"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The units a person may see and what he is.

    Attributes
    ----------
    role : str
    schools : tuple of str or None
        Codes of the schools he may see, sorted; None means every school of the store.
    sees_small_groups : bool
        Whether figures of groups under the suppression limit may be shown: only to the
        operator of the store itself (command line), never in the browser.
    shows_names : bool
        Whether units are called by their names; if not, by stable codes that only this store
        can turn back, in every figure, table, sentence and address.
    """

    role: Role
    schools: tuple[str, ...] | None = None
    sees_small_groups: bool = False
    shows_names: bool = True

    def may_see(self, school: str) -> bool:
        """Whether results of this school may be shown."""
        return self.schools is None or school in self.schools


LEADERSHIP = Scope("leadership")
RESEARCHER = Scope("researcher", shows_names=False)
OPERATOR = Scope("administrator", sees_small_groups=True)
