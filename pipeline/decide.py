"""Decide: what people decide about judgements, policies and cases, and who may do it.

The rules of each line of work (nothing overwritten, second person, legal transitions) are kept
by the data layer inside the transaction; here stand the roles, the scope, and what a text must
be.
"""

import unicodedata
from datetime import date

from core.errors import SettingsError
from data.cases import NewCase, NewStep, add_case, add_step
from data.decisions import NewDecision, add_decision
from data.policy_versions import (
    NewPolicy,
    add_policy,
    approve_policy,
    retire_policy,
    submit_policy,
    withdraw_policy,
)
from data.scope import Role, Scope
from data.store import Store
from data.unit_scope import visible_units

_DECIDE: tuple[Role, ...] = ("leadership", "township", "administrator")
_WORK_ON_CASES: tuple[Role, ...] = (*_DECIDE, "school")
_DRAFT: tuple[Role, ...] = ("leadership", "researcher", "administrator")
_APPROVE: tuple[Role, ...] = ("leadership", "administrator")
_LONGEST_REASON, _LONGEST_TITLE, _LONGEST_TEXT = 400, 200, 4000


def record_decision(scope: Scope, store: Store, new: NewDecision, *, actor: str) -> int:
    """Record what a person decided about a judgement; return the decision's number.

    Raises
    ------
    SettingsError
        When the role may not decide, the unit is not his, the reason is missing, or another
        decision was made since he looked.
    """
    _require_role(scope, _DECIDE, "decide on judgements", "对研判结果作出决定")
    _require_unit(scope, store, new.county, new.unit)
    _require_text(new.reason, "The reason", "理由", most=_LONGEST_REASON)
    return add_decision(store, new, actor=actor)


def draft_policy(scope: Scope, store: Store, new: NewPolicy, *, actor: str) -> int:
    """Propose the next version of a policy; return its number in the catalogue.

    Raises
    ------
    SettingsError
        When the role may not, or a text is missing.
    """
    _require_role(scope, _DRAFT, "draft policies", "起草政策")
    _require_text(new.name, "The name", "名称", most=120)
    _require_text(new.content, "The content", "内容", most=None)
    _require_text(new.reason, "The reason", "理由", most=_LONGEST_REASON)
    return add_policy(store, new, actor=actor)


def submit_draft(scope: Scope, store: Store, policy_id: int, *, actor: str) -> None:
    """Hand a draft in for approval.

    Raises
    ------
    SettingsError
        When the role may not, or the version is no draft.
    """
    _require_role(scope, _DRAFT, "submit policies", "提交政策")
    submit_policy(store, policy_id, actor=actor)


def make_official(
    scope: Scope, store: Store, policy_id: int, *, actor: str, valid_from: date
) -> None:
    """Approve a submitted version, which holds from a day on.

    Raises
    ------
    SettingsError
        When the role may not, the person wrote it, or it was not submitted.
    """
    _require_role(scope, _APPROVE, "approve policies", "批准政策")
    approve_policy(store, policy_id, actor=actor, valid_from=valid_from)


def withdraw(scope: Scope, store: Store, policy_id: int, *, actor: str) -> None:
    """Take an own draft or submission back.

    Raises
    ------
    SettingsError
        When the role may not, another person wrote it, or it is official or retired.
    """
    _require_role(scope, _DRAFT, "withdraw policies", "撤回政策")
    withdraw_policy(store, policy_id, actor=actor)


def retire(scope: Scope, store: Store, policy_id: int, *, actor: str) -> None:
    """Take a version of a policy out of use.

    Raises
    ------
    SettingsError
        When the role may not, or the version is retired already.
    """
    _require_role(scope, _APPROVE, "retire policies", "废止政策")
    retire_policy(store, policy_id, actor=actor)


def open_case(scope: Scope, store: Store, new: NewCase, *, actor: str) -> int:
    """Put a problem into the ledger; return the number of the case.

    Raises
    ------
    SettingsError
        When the role may not, the unit is not his, a text is missing, or the decision that it
        names is on another unit.
    """
    _require_role(scope, _DECIDE, "open cases", "立项")
    _require_unit(scope, store, new.county, new.unit)
    _require_text(new.title, "The title", "标题", most=_LONGEST_TITLE)
    _require_text(new.text, "The description", "说明", most=_LONGEST_TEXT)
    return add_case(store, new, actor=actor)


def move_case(scope: Scope, store: Store, case_id: int, step: NewStep, *, actor: str) -> None:
    """Move a case on, or note something on it.

    A school works on its cases; only who may decide closes and reopens them.

    Raises
    ------
    SettingsError
        When the role may not, the case is not his, the text is missing, the step is illegal,
        another one was made since he looked, or he would close his own case.
    """
    roles = _DECIDE if step.status in ("closed", "reopened") else _WORK_ON_CASES
    _require_role(scope, roles, f"move a case to {step.status}", f"将台账改为 {step.status}")
    _require_text(step.text, "The description", "说明", most=_LONGEST_TEXT)
    add_step(scope, store, case_id, step, actor=actor)


def _require_role(scope: Scope, roles: tuple[Role, ...], what: str, what_zh: str) -> None:
    if scope.role not in roles:
        raise SettingsError(
            f"The role {scope.role} may not {what}; these may: {', '.join(roles)}. Ask one of "
            "them.",
            f"角色 {scope.role} 无权{what_zh}，可由以下角色办理：{'、'.join(roles)}。",
        )


def _require_unit(scope: Scope, store: Store, county: str, unit: str) -> None:
    """Refuse units that do not exist and those the scope may not see in the same words."""
    with store.read() as session:
        if unit in visible_units(scope, session, county):
            return
    raise SettingsError(
        f"There is no unit {unit!r} here. Choose one of the list.",
        f"此处没有单位“{unit}”。请从列表中选择。",
    )


def _require_text(text: str, what: str, what_zh: str, *, most: int | None) -> None:
    control = sum(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text)
    if not text.strip() or control or (most is not None and len(text) > most):
        limit = f"1 to {most}" if most else "at least 1"
        limit_zh = f"1–{most} 个" if most else "至少 1 个"
        raise SettingsError(
            f"{what} has {len(text.strip())} signs, {control} of them control characters; "
            f"{limit} are required, without control characters. Correct it and try again.",
            f"{what_zh}有 {len(text.strip())} 个字符，其中控制字符 {control} 个；"
            f"须为{limit_zh}字符且不含控制字符。请修改后重试。",
        )
