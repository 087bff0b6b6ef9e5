"""Our own rules, one thought to a module. What each weighs is its own policy, and says why."""

from moderation.rules import addresses, capitals, forms, history, learned, links, measures, repeats, terms
from moderation.screening.registry import ScreeningRule


def rules() -> list[ScreeningRule]:
    """Return them, those that cost least first."""
    modules = (forms, links, capitals, addresses, terms, history, measures, repeats, learned)
    return [rule for module in modules for rule in module.RULES]
