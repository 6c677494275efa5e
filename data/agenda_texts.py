"""What may stand on an agenda: names of some letters, and addresses of this program only."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from core.errors import SettingsError

LONGEST_NAME, LONGEST_ACTOR = 80, 60
LONGEST_VALUE, LONGEST_ADDRESS = 200, 4000


@dataclass(frozen=True, slots=True)
class Known:
    """What an address of this program can consist of: codes of pages, keys of the query."""

    pages: Collection[str]
    keys: Collection[str]


@dataclass(frozen=True, slots=True)
class NewView:
    """A view that is put on an agenda; ``address`` holds the values of its query by key."""

    title: str
    page: str
    address: Mapping[str, str]


def checked_name(text: str, what: str = "The name", what_zh: str = "名称") -> str:
    """Return a name or title without blanks around it; refuse an empty or overlong one."""
    return _text(text, what, what_zh, most=LONGEST_NAME)


def checked_actor(text: str) -> str:
    """Return the name of who makes a change; refuse an empty or overlong one."""
    return _text(text, "Your own name", "您的姓名", most=LONGEST_ACTOR)


def _text(text: str, what: str, what_zh: str, *, most: int) -> str:
    found, control = text.strip(), _n_control(text)
    if not 1 <= len(found) <= most or control:
        raise SettingsError(
            f"{what} has {len(found)} letters, {control} of them control characters; 1 to "
            f"{most} are required, without control characters. Correct it and try again.",
            f"{what_zh}有 {len(found)} 个字符，其中控制字符 {control} 个；"
            f"须为 1–{most} 个字符且不含控制字符。请修改后重试。",
        )
    return found


def checked_address(new: NewView, known: Known) -> str:
    """Return the query of a view; refuse what is no address of this program."""
    foreign = sorted(set(new.address) - set(known.keys))
    if new.page not in known.pages or foreign:
        named = ", ".join(foreign) or "-"
        raise SettingsError(
            f"The view is no address of this program (page {new.page!r}, unknown keys: "
            f"{named}). It was not added. Open a page of results and add what it shows.",
            f"该视图不是本系统的地址（页面“{new.page}”，未知参数：{named}），未加入。"
            "请打开结果页面，再加入其显示的视图。",
        )
    address = urlencode(new.address)
    longest = max(map(len, new.address.values()), default=0)
    n_control = sum(map(_n_control, new.address.values()))
    if longest > LONGEST_VALUE or len(address) > LONGEST_ADDRESS or n_control:
        raise SettingsError(
            f"The address has {len(address)} signs and a value of {longest}, {n_control} of "
            f"them control characters; at most {LONGEST_ADDRESS} and {LONGEST_VALUE} are "
            "possible, without control characters. It was not added. Choose less on the page.",
            f"地址有 {len(address)} 个字符，最长的参数值有 {longest} 个字符，其中控制字符 "
            f"{n_control} 个；最多分别为 {LONGEST_ADDRESS} 和 {LONGEST_VALUE} 个，"
            "且不得含控制字符。未加入。请在页面上减少选择。",
        )
    return address


def _n_control(text: str) -> int:
    return sum(unicodedata.category(sign) == "Cc" for sign in text)
