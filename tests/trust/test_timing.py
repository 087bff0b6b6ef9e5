"""The short form: that the proof asks, and can tell. `make trust ARGS=timing` measures."""

import random

import pytest

from tests.trust.timing import LIMIT, measure, welch


def test_r31_the_comparison_tells_what_differs_and_only_that():
    chance = random.Random(31)  # noqa: S311 - no secret
    base = [[chance.gauss(0.05, 0.005) for _number in range(500)] for _list in range(2)]
    assert abs(welch(*base)) < LIMIT
    assert welch([value + 0.003 for value in base[0]], base[1]) > LIMIT
    assert welch(base[0], [value + 0.003 for value in base[1]]) < -LIMIT


@pytest.mark.django_db
def test_r31_every_question_is_asked_and_answered(public_site):
    result = measure(public_site, times=2, seed=31, warm_up=0)
    assert set(result.found) == {"sign-in", "reset", "confirmation", "guest link"}
    assert not [fault for fault in result.faults if "was answered" in fault]
