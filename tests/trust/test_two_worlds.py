"""With and without hidden things, the answers are the same (L01–L09, L13–L16, L18, L20, L22, T07)."""

from tests.trust import worlds


def test_nobody_outside_can_tell_two_worlds_apart(public_site, actors):
    result = worlds.compare(public_site, actors, is_thorough=False)
    assert not result.differences, "\n".join(result.differences)
    assert result.requests > 100
