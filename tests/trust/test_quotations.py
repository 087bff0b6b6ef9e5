"""Whatever is done in whichever order, pages show of quotations what the rules allow, and all of it."""

from tests.samples import so_many
from tests.trust import quotations

STEPS = so_many(40, whole=400)
SEED = 2026


def test_t10_quotations_show_what_the_rules_allow(public_site, actors):
    result = quotations.walk(public_site, actors, steps=STEPS, seed=SEED)
    assert not result.faults, "\n".join(result.faults[:9])
    assert result.steps == STEPS
