"""Signals of the frame: what Wagtail and the models say of themselves is told on the one path.

The apps above stand before `portal` in `INSTALLED_APPS`, so that their receivers come first: what they do
about a change (close an internal section again, note what is quoted) is done when it is told.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, post_page_move

from portal.editions import is_shown, move_edition
from portal.permissions import goes_with_its_page
from portal.visibility import EVERYTHING, of_page, of_tree, visibility_changed

# One row of these may decide who sees any page or file, or where.
DECIDE_ALL = (BaseViewRestriction, Collection, Site, Locale, BaseSiteSetting)
ADMITTED = (PageViewRestriction.groups.through, CollectionViewRestriction.groups.through)


@receiver(copy_for_translation_done)
def close_translation_like_original(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A translated page has the same view restrictions of its own as the page it was made from."""
    if not isinstance(source_obj, Page) or target_obj.view_restrictions.exists():
        return
    for restriction in source_obj.view_restrictions.all():
        copy = target_obj.view_restrictions.create(
            restriction_type=restriction.restriction_type, password=restriction.password
        )
        copy.groups.set(restriction.groups.all())


# --- Pages -----------------------------------------------------------------------------------------


@receiver([page_published, page_unpublished])
def tell_of_page(instance: Page, **kwargs: Any) -> None:
    visibility_changed(of_page(instance))


@receiver(post_page_move)
def tell_of_move(instance: Page, **kwargs: Any) -> None:
    visibility_changed(of_tree(instance))


# Pages of all kinds: with each, Django deletes and announces its row of `Page`. A save is announced for the
# kind alone, which is why `tell_after_saving` takes no sender.
@receiver(pre_delete, sender=Page)
def tell_before_deleting(instance: Page, **kwargs: Any) -> None:
    """A page that is live is unpublished first, which is told; of a draft, what it quotes is locked later."""
    if not instance.live:
        visibility_changed(of_page(instance))


# --- Rows of all models ----------------------------------------------------------------------------


@receiver(post_save)
def tell_after_saving(
    sender: type[Model], instance: Model, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """What was remembered counts no more, unless no page shows what has changed."""
    if not is_shown(sender, is_added=created):
        return
    # A fixture (`raw`) comes row by row, and what a listener would look up may not be there yet.
    if issubclass(sender, DECIDE_ALL) and not raw:
        visibility_changed(EVERYTHING)
    elif isinstance(instance, Page) and created and instance.live:
        visibility_changed(of_page(instance))  # a copy or an alias: nobody publishes it
    else:
        move_edition()


@receiver(post_delete)
def tell_after_deleting(sender: type[Model], origin: Model | QuerySet | None = None, **kwargs: Any) -> None:
    if not is_shown(sender):
        return
    if issubclass(sender, (*DECIDE_ALL, Group)) and not goes_with_its_page(origin):
        visibility_changed(EVERYTHING)
    else:
        move_edition()


@receiver(m2m_changed)
def tell_after_linking(sender: type[Model], action: str, **kwargs: Any) -> None:
    if not action.startswith("post_") or not is_shown(sender):
        return
    if sender in ADMITTED:
        visibility_changed(EVERYTHING)
    else:
        move_edition()
