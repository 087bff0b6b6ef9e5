"""What those who write and review pages hear of a review: one message for one event, written when it is sent.

Wagtail's own are switched off (`portal.wagtail_patches.review_mail`).
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from mail.actions import queue_mail
from mail.models import OutgoingMail
from mail.outbox import MailItem, MailKind
from people.models import Participant, User
from portal.permissions import Audience, audience_of, is_closed_in_admin

SUBMITTED, APPROVED, REJECTED = "home.submitted", "home.approved", "home.rejected"


def tell_reviewers(state: TaskState, by: User | None) -> None:
    """Write down that whoever may approve a page hears that it was submitted, but for who submitted it."""
    task = state.task.specific
    if isinstance(task, GroupApprovalTask):
        _tell(SUBMITTED, _reviewers(task), "submitted_notifications", state.pk, by)


def tell_of_approval(state: WorkflowState, by: User | None) -> None:
    """Write down that whoever submitted a page hears that it was approved, unless by themselves."""
    _tell(APPROVED, [state.requested_by], "approved_notifications", state.pk, by)


def tell_of_rejection(state: WorkflowState, by: User | None) -> None:
    """The same where it was sent back."""
    _tell(REJECTED, [state.requested_by], "rejected_notifications", state.current_task_state_id, by)


def _reviewers(task: GroupApprovalTask) -> QuerySet[User]:
    people = User.objects.filter(Q(groups__in=task.groups.all()) | Q(is_superuser=True))
    return people.filter(is_active=True).distinct().order_by("pk")


def _tell(kind: str, people: Iterable[User | None], wish: str, cause_id: int, by: User | None) -> None:
    """Write it down for each who wishes to hear of it, which is chosen in the account of the admin."""
    for person in people:
        if person is None or (by is not None and person.pk == by.pk):
            continue
        if getattr(UserProfile.get_for_user(person), wish):
            queue_mail(kind, Participant.of(person), cause_id=cause_id)


def _page_of(state: WorkflowState, mail: OutgoingMail) -> Page | None:
    """Return the page, where its title may leave by mail: what is internal is found in the admin alone."""
    page, user = state.content_object, mail.participant.user
    if not isinstance(page, Page) or user is None or audience_of(page) == Audience.INTERNAL:
        return None
    return None if is_closed_in_admin(user, page) else page


def read_submitted(mail: OutgoingMail) -> MailItem | None:
    """Return that a page waits for approval; nothing once somebody has decided on it."""
    state = TaskState.objects.filter(pk=mail.cause_id, status=TaskState.STATUS_IN_PROGRESS).first()
    page = _page_of(state.workflow_state, mail) if state else None
    if state is None or page is None:
        return None
    title, author = page.get_admin_display_title(), state.workflow_state.requested_by
    said = _("%(name)s has submitted “%(title)s”. It waits for your approval.")
    return MailItem(
        subject=_("“%(title)s” waits for approval") % {"title": title},
        sentence=said % {"name": author.display_name, "title": title}
        if author
        else _("“%(title)s” was submitted. It waits for your approval.") % {"title": title},
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        link_label=_("Open the draft"),
        more_url=reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id]),
        more_label=_("See it as a page"),
    )


def read_approved(mail: OutgoingMail) -> MailItem | None:
    """Return that a page was approved."""
    state = WorkflowState.objects.filter(pk=mail.cause_id, status=WorkflowState.STATUS_APPROVED).first()
    page = _page_of(state, mail) if state else None
    if page is None:
        return None
    title = page.get_admin_display_title()
    # A page may wait for its day, or be taken down again.
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    return MailItem(
        subject=_("“%(title)s” is approved") % {"title": title},
        sentence=_("“%(title)s”, which you submitted, is approved.") % {"title": title},
        url=(page.live and page.get_url()) or draft,
        link_label=_("Read the page"),
    )


def read_rejected(mail: OutgoingMail) -> MailItem | None:
    """Return that a page was sent back, by whom, and what they wrote."""
    state = TaskState.objects.filter(pk=mail.cause_id, status=TaskState.STATUS_REJECTED).first()
    page = _page_of(state.workflow_state, mail) if state else None
    if state is None or page is None:
        return None
    title = page.get_admin_display_title()
    said = _("“%(title)s”, which you submitted, was not approved. You can change it and submit it again.")
    return MailItem(
        subject=_("“%(title)s” comes back to you") % {"title": title},
        sentence=said % {"title": title},
        quotation=state.comment,
        quoted_name=state.finished_by.display_name if state.comment and state.finished_by else "",
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        link_label=_("Open the draft"),
    )


WORKS_HERE = gettext_lazy("You get this because you work on pages here.")


def mail_kinds() -> tuple[MailKind, ...]:
    return (
        MailKind(
            SUBMITTED, gettext_lazy("a page that waits for approval"), read_submitted, because=WORKS_HERE
        ),
        MailKind(APPROVED, gettext_lazy("a page that was approved"), read_approved, because=WORKS_HERE),
        MailKind(REJECTED, gettext_lazy("a page that was sent back"), read_rejected, because=WORKS_HERE),
    )
