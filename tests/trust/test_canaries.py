"""No word of what is hidden is read by whoever may not, and every one by somebody who may (L01–L22)."""

from tests.trust import canaries


def test_each_word_stays_with_its_readers(public_site, actors):
    result = canaries.look(public_site, actors, is_thorough=False)
    assert not result.outside, "\n".join(result.outside)
    assert result.planted > 80
