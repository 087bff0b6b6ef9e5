"""Signals of the frame."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done, post_page_move

from portal.permissions import forget_doors


@receiver(copy_for_translation_done)
def close_translation_like_original(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A translated page has the same doors of its own as the page it was made from."""
    if not isinstance(source_obj, Page) or target_obj.view_restrictions.exists():
        return
    for door in source_obj.view_restrictions.all():
        copy = target_obj.view_restrictions.create(
            restriction_type=door.restriction_type, password=door.password
        )
        copy.groups.set(door.groups.all())


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
@receiver(post_page_move)
def read_doors_anew(**kwargs: Any) -> None:
    """Whoever asks later in the same request is answered by the doors as they are now."""
    forget_doors()
