"""The proofs are able to fail: `make trust` makes each of these mistakes and asks which one notices."""

from tests.trust.mutants import MUTANTS, SHORT_FORMS


def test_there_are_mistakes_for_every_proof():
    assert len(MUTANTS) >= 25
    assert {each.noticed_by for each in MUTANTS.values()} == set(SHORT_FORMS)
