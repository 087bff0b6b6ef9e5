"""Whatever is done in whichever order, no copy says what may no longer be read (T10, L10)."""

from tests.samples import so_many
from tests.trust import states

STEPS = so_many(8, whole=60)
SEED = 2026


def test_t10_no_copy_says_what_may_no_longer_be_read(public_site, actors):
    result = states.walk(public_site, actors, steps=STEPS, seed=SEED)
    assert not result.faults, "\n".join(result.faults[:9])
    assert result.steps == STEPS
