"""Target sets of a county: proposed as a file, made official by a second person."""

import tomllib
from dataclasses import dataclass
from datetime import date

from core.errors import SettingsError
from core.targets.target_set import SetTarget, parse_target_set
from data.policy_versions import NewPolicy, Policy, list_policies, official_policy
from data.scope import Scope
from data.store import Store
from pipeline.decide import draft_policy, submit_draft

KIND, NAME = "targets", "county"


@dataclass(frozen=True, slots=True)
class OfficialTargets:
    """The version that holds, and what it asks for."""

    policy: Policy
    targets: tuple[SetTarget, ...]


def propose_targets(
    scope: Scope, store: Store, county: str, content: str, *, reason: str, actor: str
) -> int:
    """Hand in a target set for another person to approve; return its number.

    Raises
    ------
    SettingsError
        When the content is no target set, the role may not, or the reason is missing.
    """
    read_targets(content)
    new = NewPolicy(county, KIND, NAME, content, reason)
    number = draft_policy(scope, store, new, actor=actor)
    submit_draft(scope, store, number, actor=actor)
    return number


def list_target_sets(scope: Scope, store: Store, county: str) -> tuple[Policy, ...]:
    """Return the versions of the county's target set, newest first."""
    return list_policies(scope, store, county, KIND, name=NAME)


def official_targets(
    scope: Scope, store: Store, county: str, *, on: date
) -> OfficialTargets | None:
    """Return the target set that holds on a day; None where none does.

    Raises
    ------
    DataError
        When its content is not what was sealed with it.
    """
    policy = official_policy(scope, store, county, KIND, name=NAME, on=on)
    return None if policy is None else OfficialTargets(policy, read_targets(policy.content))


def read_targets(content: str) -> tuple[SetTarget, ...]:
    """Return the targets of a file's content.

    Raises
    ------
    SettingsError
        When it is no TOML, or no target set.
    """
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The target set is no TOML: {error}. Correct it; `targets --help` shows one.",
            f"目标文件不是 TOML 格式：{error}。请更正；`targets --help` 中有示例。",
        ) from None
    return parse_target_set(values)
