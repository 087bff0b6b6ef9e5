"""Signals of the frame."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done, post_page_move

from portal.editions import is_shown, move_edition


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


@receiver(post_save)
def move_edition_after_saving(sender: type[Model], created: bool, **kwargs: Any) -> None:
    """What was remembered counts no more, unless no page shows what has changed."""
    if is_shown(sender, is_added=created):
        move_edition()


@receiver(post_delete)
def move_edition_after_deleting(sender: type[Model], **kwargs: Any) -> None:
    if is_shown(sender):
        move_edition()


@receiver(m2m_changed)
def move_edition_after_linking(sender: type[Model], action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and is_shown(sender):
        move_edition()


@receiver(post_page_move)
def move_edition_after_moving(**kwargs: Any) -> None:
    """Pages are moved past the models."""
    move_edition()
