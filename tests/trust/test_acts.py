"""Nothing that the admin can do reaches what is closed to whoever asks for it (T19, L17, R28, R29)."""

from tests.trust import acts


def test_r29_no_act_reaches_what_is_closed(public_site, actors):
    result = acts.check(public_site, actors, spellings=acts.IN_BRIEF, is_thorough=False)
    assert not result.reached, "\n".join(result.reached[:9])
    assert result.acts > 120
