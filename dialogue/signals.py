"""What the conversation does when a page changes, and how internal dialogues stay internal."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move, pre_page_move

from dialogue.actions.quotations import notice_withheld
from dialogue.models import Comment, ConversationPage, FeaturedComment, InternalDialogueIndexPage
from dialogue.models.featured import place_quotations
from people.groups import EMPLOYEES
from portal.editions import move_edition
from portal.permissions import current_viewer, readers_stay_within


@receiver(page_published)
def remember_placed_quotations(instance: Any, **kwargs: Any) -> None:
    """Remember which quotations readers have before them from now on."""
    if isinstance(instance, ConversationPage):
        place_quotations(instance)
    notice_in_tree(instance)


@receiver(page_unpublished)
def notice_in_tree(instance: Page, **kwargs: Any) -> None:
    """What is said under a page, and what is quoted in it, may be seen by others than before."""
    _notice(Q(page_id=instance.pk) | Q(comment__page_id=instance.pk))


@receiver(post_page_move)
def notice_after_move(instance: Page, **kwargs: Any) -> None:
    move_edition()  # so that view restrictions are looked up anew
    path = Page.objects.get(pk=instance.pk).path
    _notice(Q(page__path__startswith=path) | Q(comment__page__path__startswith=path))


def notice_everywhere() -> None:
    """A view restriction was added, changed or lifted: it may cover any page that is quoted or quotes."""
    move_edition()
    _notice(Q())


def _notice(which: Q) -> None:
    notice_withheld(FeaturedComment.objects.filter(which), by=current_viewer())


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
    move_edition()
    return True


def takes_comments_to_new_readers(page: Page, destination: Page) -> bool:
    """Whether `page`, moved below `destination`, would show comments to people who may not read them now."""
    has_comments = Comment.objects.filter(page__path__startswith=page.path).exists()
    return has_comments and not readers_stay_within(page, destination)


@receiver(post_save, sender=Comment)
def move_edition_with_quotation(instance: Comment, created: bool, **kwargs: Any) -> None:
    """Pages do not remember comments, but those that quote this one remember the quotation."""
    if not created and instance.featured.exists():
        move_edition()
        _notice(Q(comment=instance))


@receiver(post_save, sender=FeaturedComment)
def notice_own_change(instance: FeaturedComment, **kwargs: Any) -> None:
    _notice(Q(pk=instance.pk))


@receiver(post_save, sender=InternalDialogueIndexPage)
def close_new_section(instance: InternalDialogueIndexPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        close_internal_section(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def keep_restriction(
    instance: PageViewRestriction, raw: bool = False, origin: Model | QuerySet | None = None, **kwargs: Any
) -> None:
    if raw or _deletes_the_page(origin):
        return
    _keep_closed(instance)
    notice_everywhere()


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def keep_groups(instance: PageViewRestriction | Group, action: str, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, PageViewRestriction):
        _keep_closed(instance)
        notice_everywhere()
    else:
        close_internal_sections()


@receiver(post_delete, sender=Group)
def close_internal_sections(**kwargs: Any) -> None:
    """Close every internal section, to everybody where the group of employees is gone."""
    for section in InternalDialogueIndexPage.objects.all():
        close_internal_section(section)
    notice_everywhere()


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


def _deletes_the_page(origin: Model | QuerySet | None) -> bool:
    """Whether a restriction goes because its page does: then there is nothing left to close."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    return origin is not None and not issubclass(model, PageViewRestriction)
