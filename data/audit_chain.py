"""The chain of the audit trail: what an event's digest is, and where a chain is broken.

    digest_i = HMAC-SHA256(key, digest_(i-1) + content_i)

Before the first digest stands the HMAC of all events that are older than the chain.
"""

import hmac
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple


class ChainedEvent(NamedTuple):
    """An event of the catalogue; its digest covers all that stands before it.

    ``bound`` is what it says of the records that it made or changed; None in older events.
    """

    id: int
    at: datetime
    actor: str
    action: str
    object: str
    detail: str
    bound: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a walk along the chain found.

    Attributes
    ----------
    n_events, n_older : int
        All events, and those of them older than the chain.
    broken : tuple of int
        Numbers of the events whose digest does not follow from what stands before them.
    head_id, head_digest : int, str
        The newest event; 0 and an empty text for an empty trail.
    digests : dict of int to str
        Digests of those events that were asked for and exist.
    """

    n_events: int
    n_older: int
    broken: tuple[int, ...]
    head_id: int
    head_digest: str
    digests: dict[int, str]


def link(key: bytes, previous: str, event: ChainedEvent) -> str:
    """Return the digest of an event that follows the digest ``previous``."""
    return _link(hmac.new(key, digestmod="sha256"), previous, event)


def first_link(key: bytes, older: Iterable[ChainedEvent]) -> str:
    """Return what the first digest of a chain follows: the seal of all older events."""
    seal = hmac.new(key, digestmod="sha256")
    for event in older:
        # A canonical event holds no line break, so that the events stay apart.
        seal.update(_canonical(event) + b"\n")
    return seal.hexdigest()


def check_chain(
    key: bytes, events: Iterable[ChainedEvent], *, asked: Collection[int] = ()
) -> ChainCheck:
    """Walk along the chain from the first event to the newest.

    Parameters
    ----------
    events : iterable of ChainedEvent
        All events of the catalogue in the order of their numbers.
    asked : collection of int
        Numbers of the events whose digests are wanted.
    """
    seed = hmac.new(key, digestmod="sha256")
    older: list[ChainedEvent] = []
    broken: list[int] = []
    digests: dict[int, str] = {}
    previous = ""
    n_events = head_id = 0
    for event in events:
        n_events, head_id = n_events + 1, event.id
        if event.digest is None and not previous:
            older.append(event)
            continue
        if event.digest != _link(seed, previous or first_link(key, older), event):
            broken.append(head_id)
        # Go on from what stands there, so that each break is counted once.
        previous = event.digest or "-"
        if head_id in asked:
            digests[head_id] = previous
    return ChainCheck(n_events, len(older), tuple(broken), head_id, previous, digests)


def _link(seed: hmac.HMAC, previous: str, event: ChainedEvent) -> str:
    code = seed.copy()
    code.update(previous.encode() + _canonical(event))
    return code.hexdigest()


def _canonical(event: ChainedEvent) -> bytes:
    """Return the event as one line of JSON in ASCII, without its digest."""
    number, at, actor, action, what, detail, bound, _ = event
    try:
        texts = f"{quoted(actor)},{quoted(action)},{quoted(what)},{quoted(detail)}"
        last = "" if bound is None else f",{quoted(bound)}"
        return f'[{number},"{at.isoformat()}",{texts}{last}]'.encode()
    except (TypeError, AttributeError):
        # Another hand may have put a value of any type there: it has to differ, not to fail.
        return json.dumps(event[:-1], default=repr).encode()
