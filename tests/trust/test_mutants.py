"""The proofs are able to fail: `make trust` makes each of these mistakes and asks which one notices."""

from unittest.mock import patch

import pytest

from tests.trust.mutants import MUTANTS
from tests.trust.mutation import PROOFS, Mutant


def test_r29_there_are_mistakes_for_every_proof_and_each_says_how_it_is_found():
    assert len(MUTANTS) >= 50
    assert {each.proof for each in MUTANTS.values()} == set(PROOFS)
    assert all(each.sign for each in MUTANTS.values())


@pytest.mark.parametrize("name", MUTANTS)
def test_r29_what_a_mistake_changes_is_still_there(name):
    try:
        MUTANTS[name].make()
    finally:
        patch.stopall()


@pytest.mark.parametrize(
    ("fault", "is_find"),
    [
        ("anonymous: GET /fr/search/?query=quais tells H1, H6", True),
        ("anonymous: GET /fr/search/?query=quais tells H6", False),
        ("H15 crews: tag: editor may read it and never saw it", False),
    ],
)
def test_r29_only_what_a_mistake_breaks_is_a_find(fault, is_find):
    each = Mutant("search_forgets", lambda: None, "worlds", "/search/", r"tells H1\b")
    assert each.is_told_by(fault) is is_find
