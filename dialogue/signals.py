"""What the conversation does when a page changes, and how internal dialogues stay internal.

What others may see afterwards is told by `portal.signals`, whose receivers come after these.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, pre_page_move

from dialogue.actions import tell_of_comments
from dialogue.actions.quotations import notice_withheld
from dialogue.models import Comment, ConversationPage, FeaturedComment, InternalDialogueIndexPage
from dialogue.models.bindings import place_quotations
from dialogue.request_mail import tell_of_quotations
from people.groups import EMPLOYEES
from portal.permissions import goes_with_its_page, readers_stay_within
from portal.visibility import EVERYTHING, visibility_changed


@receiver(page_published)
def remember_placed_quotations(instance: Any, **kwargs: Any) -> None:
    """Remember which quotations readers have before them from now on, and tell whoever is quoted."""
    if isinstance(instance, ConversationPage) and (placed := place_quotations(instance)):
        tell_of_quotations(placed)


def close_internal_section(section: Page) -> bool:
    """Close `section` to all but employees, if it is not: whoever opened it, and however.

    Where the group of employees is gone, it is closed to everybody. Returns whether anything was changed.
    """
    employees = Group.objects.filter(profile__key=EMPLOYEES)
    if any(_admits_only(restriction, employees) for restriction in section.view_restrictions.all()):
        return False
    restriction = section.view_restrictions.first() or PageViewRestriction.objects.create(
        page=section, restriction_type=BaseViewRestriction.GROUPS
    )
    # Written past `save`, whose signal leads back here.
    section.view_restrictions.filter(pk=restriction.pk).update(
        restriction_type=BaseViewRestriction.GROUPS, password=""
    )
    restriction.groups.set(employees)
    visibility_changed(EVERYTHING)
    return True


def takes_comments_to_new_readers(page: Page, destination: Page) -> bool:
    """Whether `page`, moved below `destination`, would show comments to people who may not read them now."""
    has_comments = Comment.objects.filter(page__path__startswith=page.path).exists()
    return has_comments and not readers_stay_within(page, destination)


@receiver(post_save, sender=Comment)
def compare_quotations_of_comment(instance: Comment, created: bool, **kwargs: Any) -> None:
    """Its lock has told that it changes; how readers see it where it is quoted is known now."""
    # No page quotes what has just been written.
    if created:
        return
    # None: it was saved without `lock_comment`, so nobody has told. Late is better than never.
    if tell_of_comments([instance]) if instance.quoted_in is None else instance.quoted_in:
        notice_withheld(Q(comment=instance))


@receiver(post_save, sender=FeaturedComment)
def compare_quotation(instance: FeaturedComment, **kwargs: Any) -> None:
    notice_withheld(Q(pk=instance.pk))


@receiver(post_save, sender=InternalDialogueIndexPage)
def close_new_section(instance: InternalDialogueIndexPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        close_internal_section(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def keep_restriction(
    instance: PageViewRestriction, raw: bool = False, origin: Model | QuerySet | None = None, **kwargs: Any
) -> None:
    if not (raw or goes_with_its_page(origin)):
        _keep_closed(instance)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def keep_groups(instance: PageViewRestriction | Group, action: str, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, PageViewRestriction):
        _keep_closed(instance)
    else:
        # Changed from the side of a group, which may be among those of any section.
        close_internal_sections()


@receiver(post_delete, sender=Group)
def close_internal_sections(**kwargs: Any) -> None:
    """Close every internal section, to everybody where the group of employees is gone."""
    for section in InternalDialogueIndexPage.objects.all():
        close_internal_section(section)


@receiver(pre_page_move)
def keep_comments_with_their_readers(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Nobody commented for these readers. The admin says so in a sentence before it comes to this."""
    if takes_comments_to_new_readers(instance, parent_page_after):
        raise PermissionDenied


def _keep_closed(restriction: PageViewRestriction) -> None:
    section = InternalDialogueIndexPage.objects.filter(pk=restriction.page_id).first()
    if section:
        close_internal_section(section)


def _admits_only(restriction: PageViewRestriction, groups: QuerySet[Group]) -> bool:
    admitted = set(restriction.groups.all())
    return restriction.restriction_type == BaseViewRestriction.GROUPS and admitted == set(groups)
