"""Counts as readers see them: thousands stand apart, in French by a space that does not break."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

TEMPLATE = "{% load number_tags %}{{ count|grouped }}"


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", ["0", "999", "5\xa0001", "1\xa0234\xa0567"]), ("en", ["0", "999", "5,001", "1,234,567"])],
)
def test_thousands_stand_apart(language, written):
    with override(language):
        counts = [Template(TEMPLATE).render(Context({"count": n})) for n in (0, 999, 5_001, 1_234_567)]
    assert counts == written
