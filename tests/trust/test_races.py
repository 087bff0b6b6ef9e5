"""The short form; `make trust` lets two moderators race a thousand times."""

import pytest

from tests.trust.races import Result, race

pytestmark = pytest.mark.database

RACES = 24


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(site):
    result = race(RACES)
    assert result.faults == [], result.line
    assert result.line == f"races: {RACES}, winners {RACES}, conflicts told {RACES}"


def test_whoever_does_not_win_or_is_not_told_is_a_fault():
    assert Result(2, winners=1, told=2).faults == ["1 winners of 2"]
    assert Result(2, winners=2, told=1).faults == ["1 conflicts told of 2"]
    assert Result(2, winners=2, told=2).faults == []
