"""The chain's format: stored digests must stay valid in every later version of the program."""

import hashlib
import hmac
import json
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from data.audit_chain import ChainedEvent, check_chain, first_link, link

KEY = bytes(range(32))
AT = datetime(2026, 6, 28, 8, 30, 0, 250)
EVENT = ChainedEvent(7, AT, "王老师", "publish", "期末", 'release 1, "rows" 36')


def test_a_digest_is_the_hmac_of_the_digest_before_and_one_line_of_json() -> None:
    line = json.dumps([7, "2026-06-28T08:30:00.000250", *EVENT[2:6]], separators=(",", ":"))
    expected = hmac.new(KEY, b"ab12" + line.encode(), hashlib.sha256).hexdigest()
    assert link(KEY, "ab12", EVENT) == expected
    assert expected == "9fd105990162e756975477c5da3aad22e9fec699d98448eab68e234576bd400c"


TEXTS = st.text(max_size=5)
EVENTS = st.builds(
    ChainedEvent,
    st.integers(1, 99),
    st.datetimes(),
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    bound=st.none() | TEXTS,
    digest=st.none(),
)


@given(EVENTS, EVENTS)
def test_two_events_share_a_digest_only_when_they_are_equal(
    one: ChainedEvent, two: ChainedEvent
) -> None:
    assert (link(KEY, "", one) == link(KEY, "", two)) is (one == two)
    assert (first_link(KEY, [one]) == first_link(KEY, [two])) is (one == two)


@given(st.lists(EVENTS, max_size=5), st.integers(0, 5))
def test_a_chain_that_was_linked_event_by_event_is_whole(
    events: list[ChainedEvent], n_older: int
) -> None:
    chained, digest = events[:n_older], first_link(KEY, events[:n_older])
    for event in events[n_older:]:
        digest = link(KEY, digest, event)
        chained = [*chained, event._replace(digest=digest)]
    found = check_chain(KEY, chained)
    assert found.broken == ()
    assert (found.n_events, found.n_older) == (len(events), min(n_older, len(events)))
    if len(events) > n_older:
        assert found.head_digest == digest
        assert len(check_chain(b"another key" * 3, chained).broken) == len(events) - n_older
