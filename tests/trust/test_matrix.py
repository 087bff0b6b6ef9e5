"""Every address of the resolver is declared with its answers to the nine who ask (T01, T04, T19)."""

import pytest

from tests.trust import matrix
from tests.trust.actors import ACTORS
from tests.trust.addresses import Address, addresses, routes
from tests.trust.planting import plant, plant_crews


@pytest.fixture
def found(public_site, actors):
    planting = plant(public_site)
    plant_crews(planting)
    return addresses(planting)


def test_what_is_answered_is_what_is_declared(found, actors):
    result = matrix.check(actors, found, ["GET"], matrix.in_brief)
    assert not result.undeclared, "\n\n".join(result.undeclared)
    assert not result.deviations, "\n".join(result.deviations)
    assert result.patterns == len(routes())
    # Of one that nobody has declared it is told what to write.
    result = matrix.check(actors, [Address("<language>/nowhere/", "", "/fr/nowhere/")], ["GET"])
    [message] = result.undeclared
    assert "<language>/nowhere/" in message
    assert "tests/trust/matrix.toml" in message
    assert "rule" in message


def test_every_rule_answers_each_of_the_nine_to_every_method():
    for rule in matrix.read_rules():
        assert set(rule.answers) == set(matrix.METHODS), rule.about
        assert all(len(line) == len(ACTORS) for line in rule.answers.values()), rule.about
