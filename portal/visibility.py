"""The one path on which it is told that others may see something from now on, or no longer.

Whoever changes that calls `visibility_changed`: within the transaction of the change, once what it changes is
locked, with the least that it touches. What shows, keeps or remembers anything registers on the hook
`visibility_changed`, a function that is given the `Change` (decision 32).

Nothing else is called for it: the page store, the edition and quotations listen, each where it is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail import hooks

if TYPE_CHECKING:  # a name for the checker: models ask here in their own making
    from wagtail.models import Page


@dataclass(frozen=True)
class Change:
    """What others may see from now on, or no longer; what is below a path of `trees` goes with it."""

    comments: frozenset[int] = frozenset()
    conversations: frozenset[int] = frozenset()  # the pages under which these comments stand
    quoted_in: frozenset[int] = frozenset()  # the pages that quote them, drafts too
    pages: frozenset[int] = frozenset()
    trees: frozenset[str] = frozenset()
    is_everything: bool = False

    @property
    def is_of_comments(self) -> bool:
        """Whether only what was said changes, and no page."""
        return not (self.pages or self.trees or self.is_everything)


# A restriction, a group, a setting: it may stand before any page.
EVERYTHING = Change(is_everything=True)


def of_page(page: "Page") -> Change:
    """Return the change of one page without those below it."""
    return Change(pages=frozenset({page.pk}))


def of_tree(page: "Page") -> Change:
    """Return the change of a page and of all below it; its path is taken as it stands in `page`."""
    return Change(trees=frozenset({page.path}))


def visibility_changed(change: Change) -> None:
    """Let everybody who shows, keeps or remembers what changes forget it.

    Listeners are called at once, in the transaction: in the order of their registration, which is that of
    their locks. One that must wait for the commit says so itself (`transaction.on_commit`).
    """
    # For whoever calls outside of a transaction. No savepoint: where a listener fails, the whole act does.
    with transaction.atomic(savepoint=False):
        for forget in hooks.get_hooks("visibility_changed"):
            forget(change)
