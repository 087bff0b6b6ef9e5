"""What is left of a limit is what its windows say, to the second (R34)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from people.limits import Limit, as_limits, wait_after
from portal.settings.env import read_limit

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
limits = st.lists(
    st.builds(Limit, st.integers(1, 6), st.integers(1, 90).map(lambda minutes: timedelta(minutes=minutes))),
    min_size=1,
    max_size=3,
).map(tuple)
seconds_ago = st.lists(st.integers(0, 100 * 60), max_size=12).map(sorted)


def fits(sent: list[datetime], limits: tuple[Limit, ...], at: datetime) -> bool:
    """Whether one more may be sent at that moment, counted as a reader of the promise would."""
    return all(sum(moment > at - limit.window for moment in sent) < limit.count for limit in limits)


@given(seconds_ago, limits)
def test_r34_there_is_room_when_it_is_said_and_not_a_second_before(ago, limits):
    sent = [NOW - timedelta(seconds=seconds) for seconds in ago]
    wait = wait_after(sent, limits, NOW)
    assert fits(sent, limits, NOW + timedelta(seconds=wait))
    assert wait == 0 or not fits(sent, limits, NOW + timedelta(seconds=wait - 1))


@pytest.mark.parametrize(
    ("ago", "wait"),
    [
        ([], 0),
        ([0], 0),
        ([0, 0], 600),
        ([0, 10], 590),
        ([0, 10, 20], 86_400 - 20),
        ([599, 599], 1),
        ([600, 600], 0),
        ([1, 599], 1),
        ([1, 700], 0),
        ([1, 700, 800], 86_400 - 800),  # the day's limit, where there is room in ten minutes
        ([86_400, 86_400, 86_400], 0),
    ],
)
def test_r34_the_longest_of_the_waits_counts(ago, wait):
    assert wait_after([NOW - timedelta(seconds=seconds) for seconds in ago], as_limits((2, 3)), NOW) == wait


@pytest.mark.parametrize(
    ("written", "read"), [("6 60", (6, 60)), (" 7  70 ", (7, 70)), ("1 999999", (1, 999_999))]
)
def test_r34_a_limit_is_a_setting(monkeypatch, written, read):
    monkeypatch.setenv("PARLEY_PERSON_COMMENTS", written)
    assert read_limit("PARLEY_PERSON_COMMENTS", "6 60") == read


@pytest.mark.parametrize("written", ["6", "6 60 600", "0 60", "-1 60", "six 60", "6,60", "6 1000000", "٦ 60"])
def test_r34_a_limit_that_makes_no_sense_is_refused_with_what_to_write(monkeypatch, written):
    monkeypatch.setenv("PARLEY_PERSON_COMMENTS", written)
    with pytest.raises(ImproperlyConfigured, match="whole numbers from 1 to 999999"):
        read_limit("PARLEY_PERSON_COMMENTS", "6 60")
