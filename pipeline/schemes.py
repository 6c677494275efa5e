"""Weight schemes of a county: drafts with a name and a reason, official by a second person.

A version is never changed; another one of the same name is its next version. The file of a
scheme does not say its version nor who wrote it: the catalogue does.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import tomli_w

from core.errors import SettingsError
from core.scores import TOTAL
from core.weak_schools.error_correlation import KNOWN
from core.weighting.parse import parse_scheme
from core.weighting.scheme import WeightScheme
from core.weighting.write import scheme_values
from data.policy_versions import NewPolicy, Policy, list_policies, official_policy
from data.scope import Scope
from data.store import Store
from pipeline.decide import draft_policy, make_official, submit_draft, withdraw
from pipeline.views import SchemeLabel

KIND = "weights"
_OF_CATALOGUE = ("version", "author")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A version of a scheme: where it stands, and its weights."""

    policy: Policy
    weights: WeightScheme

    @property
    def label(self) -> SchemeLabel:
        """What names the scheme under a figure."""
        own = self.policy
        return SchemeLabel(own.id, own.name, own.number, own.valid_from)


def save_scheme(
    scope: Scope, store: Store, county: str, weights: WeightScheme, *, actor: str
) -> int:
    """Save a scheme as a draft, the next version of its name; return its number.

    Raises
    ------
    SettingsError
        When the role may not, or name or reason are missing.
    """
    values = scheme_values(weights)
    kept = {key: value for key, value in values.items() if key not in _OF_CATALOGUE}
    new = NewPolicy(county, KIND, weights.name.strip(), tomli_w.dumps(kept), weights.reason)
    return draft_policy(scope, store, new, actor=actor)


def submit_scheme(scope: Scope, store: Store, number: int, *, county: str, actor: str) -> None:
    """Hand a draft in, to become the scheme that weak schools are screened by.

    Raises
    ------
    SettingsError
        When there is no such draft, the role may not, or the screening cannot go by it.
    """
    require_screenable(find_scheme(scope, store, county, number).weights)
    submit_draft(scope, store, number, actor=actor)


def approve_scheme(
    scope: Scope, store: Store, number: int, *, county: str, actor: str, valid_from: date
) -> None:
    """Make a submitted scheme official from a day on.

    Raises
    ------
    SettingsError
        When there is no such submission, the role may not, or the person wrote it.
    """
    find_scheme(scope, store, county, number)
    make_official(scope, store, number, actor=actor, valid_from=valid_from)


def withdraw_scheme(
    scope: Scope, store: Store, number: int, *, county: str, actor: str
) -> None:
    """Take a draft or a submission back for good; an official one stays.

    Raises
    ------
    SettingsError
        When there is no such scheme, it is official, or the person did not write it.
    """
    find_scheme(scope, store, county, number)
    withdraw(scope, store, number, actor=actor)


def list_schemes(scope: Scope, store: Store, county: str) -> tuple[Scheme, ...]:
    """Return all versions of all schemes, newest first."""
    return tuple(_scheme(policy) for policy in list_policies(scope, store, county, KIND))


def find_scheme(scope: Scope, store: Store, county: str, number: int) -> Scheme:
    """Return the scheme with a number of the catalogue.

    Raises
    ------
    SettingsError
        When the county has no such scheme.
    """
    policies = list_policies(scope, store, county, KIND)
    for policy in policies:
        if policy.id == number:
            return _scheme(policy)
    known = " ".join(str(policy.id) for policy in policies[::-1]) or "-"
    raise SettingsError(
        f"There is no weight scheme {number} (there are: {known}). Choose one of them.",
        f"没有编号为 {number} 的权重方案（现有：{known}）。请从中选择。",
    )


def official_scheme(scope: Scope, store: Store, county: str, *, on: date) -> Scheme | None:
    """Return the scheme that holds on a day; None where the project's default does."""
    policy = official_policy(scope, store, county, KIND, on=on)
    return None if policy is None else _scheme(policy)


def scheme_text(weights: WeightScheme) -> str:
    """Return a scheme as the text of a TOML file, which ``read_scheme`` reads again."""
    return tomli_w.dumps(scheme_values(weights))


def read_scheme(content: str, *, known: Collection[str] | None = None) -> WeightScheme:
    """Return the scheme of a TOML file.

    Parameters
    ----------
    content : str
    known : collection of str, optional
        Names of indicators that may be used; those that the file names if not given.

    Raises
    ------
    SettingsError
        When it is no TOML or no scheme.
    """
    values = read_values(content)
    return parse_scheme(values, known=_named(values) if known is None else known)


def read_values(content: str) -> dict[str, object]:
    """Return the keys of a TOML file.

    Raises
    ------
    SettingsError
        When it is no TOML.
    """
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The weight scheme is no TOML: {error}. Correct it; docs/methods/composites.md "
            "shows one.",
            f"权重方案不是 TOML 格式：{error}。请更正；示例见 docs/methods/composites.md。",
        ) from None


def require_screenable(weights: WeightScheme) -> None:
    """Refuse a scheme that the screening of weak schools cannot go by.

    The screening counts true differences between schools, so that its scale is z and its sum a
    mean; it is done for each subject alike; and it has to know how the errors of its indicators
    go together.

    Raises
    ------
    SettingsError
        Telling what stands in the way.
    """
    if (weights.normalisation, weights.aggregation) != ("z", "mean"):
        raise SettingsError(
            f"The scheme normalises by {weights.normalisation} and sums by "
            f"{weights.aggregation}. An official scheme screens weak schools by their true "
            "differences: it needs z and mean. Choose these.",
            f"方案的标准化为 {weights.normalisation}、合成为 {weights.aggregation}。"
            "正式方案按学校间的真实差异筛查薄弱学校，须为 z 与 mean。请改选。",
        )
    used = [leaf for leaf in weights.tree.leaves if leaf.weight > 0]
    other = sorted({leaf.subject for leaf in used} - {TOTAL})
    unknown = sorted({leaf.indicator for leaf in used} - set(KNOWN))
    if not other and not unknown:
        return
    choices = " ".join(KNOWN)
    named = ", ".join([*other, *unknown])
    raise SettingsError(
        f"An official scheme is applied to every subject, with the indicators {choices} of the "
        f"total (others found: {len(other) + len(unknown)}: {named}). Take them out.",
        f"正式方案对每个学科同样适用，指标须为总分的 {choices}"
        f"（其他：{len(other) + len(unknown)} 个：{named}）。请去掉这些指标。",
    )


def _scheme(policy: Policy) -> Scheme:
    weights = read_stored(policy.content)
    stood = replace(weights, version=str(policy.number), author=policy.author)
    return Scheme(policy, replace(stood, name=policy.name, reason=policy.reason))


def read_stored(content: str) -> WeightScheme:
    """Return the weights of a stored version, which says neither version nor author."""
    values = read_values(content) | dict.fromkeys(_OF_CATALOGUE, "-")
    return parse_scheme(values, known=_named(values))


def _named(values: Mapping[str, object]) -> set[str]:
    """Return the indicators that a file names, whatever they are."""

    def walk(part: object) -> Iterator[str]:
        if isinstance(part, Mapping):
            if "indicator" in part:
                yield str(part["indicator"])
            for each in part.get("parts", ()):
                yield from walk(each)

    return set(walk(values))
