"""What whoever looks after a page is told when readers no longer see what it quotes."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from dialogue.models.featured import FeaturedComment, FeaturedCommentQuerySet
from dialogue.permissions import FeaturedCommentPermissionTester, Withheld
from dialogue.topics import EDITS
from mail.actions import queue_mail
from mail.models import OutgoingMail
from mail.outbox import MailItem, MailKind
from people.models import Participant, User
from portal.permissions import Audience, PortalPagePermissionTester, Viewer, audience_of, load_restrictions

LOST = "dialogue.lost_quotation"
DELAY = timedelta(minutes=15)  # what is lost in this time is told in the same message
LOOKED_AT = 200  # quotations on pages of one's own, and as many on those of others, the latest first
TOLD_AT_ONCE = 10  # in one message; of the rest, how many

Loss = tuple[FeaturedComment, Withheld]


def tell_of_loss(page: Page, *, by: Viewer | None) -> None:
    """Write down that whoever looks after `page` is to hear of it, unless it was they who did it."""
    for person in caretakers_of(page):
        if person != by:
            queue_mail(LOST, Participant.of(person), delay=DELAY, collapse=True)


def caretakers_of(page: Page) -> list[User]:
    """Return who looks after `page`: its owner or, where they cannot be asked, those who may publish it.

    Where none of these can be asked either, administrators.
    """
    if page.owner is not None and _can_care(page.owner, page):
        return [page.owner]
    people = PagePermissionPolicy(Page).users_with_permission_for_instance("publish", page)
    able = [person for person in people if _can_care(person, page)]
    return [person for person in able if not person.is_superuser] or able


def losses_of(user: User, quotations: FeaturedCommentQuerySet) -> list[Loss]:
    """Return which of these quotations readers do not see now, on pages that `user` looks after, and why."""
    restrictions = load_restrictions()
    people = {user.pk: user}  # each of whom is asked once what they may do

    @cache
    def publishers() -> list[User]:
        found = PagePermissionPolicy(Page).users_with_permission("publish")
        return [people.setdefault(person.pk, person) for person in found if not person.is_superuser]

    latest = quotations.withheld().without_words().order_by("-withheld_since", "-pk")
    # Apart, so that many losses of others do not push one's own beyond what is looked at.
    own, of_others = latest.filter(page__owner=user), latest.exclude(page__owner=user)
    found = []
    for quotation in [*own[:LOOKED_AT], *of_others[:LOOKED_AT]]:
        page = quotation.page
        page.owner = people.setdefault(page.owner_id, page.owner)
        reason = FeaturedCommentPermissionTester(quotation, page, restrictions).why_withheld()
        if reason is not None and _looks_after(user, page, publishers):
            found.append((quotation, reason))
    return found


def read_losses(mail: OutgoingMail) -> MailItem | None:
    """Return what was lost since the message was written down and is not shown again by now.

    Nothing of what was said is in it, nor who said it; of an internal page, not even the title.
    """
    user = mail.participant.user
    since = FeaturedComment.objects.filter(withheld_since__gte=mail.queued_at)
    losses = losses_of(user, since) if user else []
    if not losses:
        return None
    lines = [_line_on(loss) for loss in losses[:TOLD_AT_ONCE]]
    more = len(losses) - len(lines)
    if more:
        lines.append(ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more})
    pages = {quotation.page_id for quotation, _reason in losses}
    if len(pages) == 1:
        sentence = _(
            "A page that you look after quotes comments, and readers no longer see all of them there."
        )
        rest = _("The rest of the page is as it was. See whether it can stay that way.")
        link_label = _("Open the page in the editor")
    else:
        sentence = _("Pages that you look after quote comments, and readers no longer see all of them there.")
        rest = _("The rest of these pages is as it was. See whether they can stay that way.")
        link_label = _("See which pages")
    return MailItem(
        subject=ngettext(
            "Readers do not see a quotation of yours",
            "Readers do not see some quotations of yours",
            len(losses),
        ),
        sentence=sentence,
        details=(*lines, rest),
        url=_address_of(pages),
        link_label=link_label,
    )


def _line_on(loss: Loss) -> str:
    quotation, reason = loss
    if audience_of(quotation.page) == Audience.INTERNAL:
        return _("An internal page: %(reason)s.") % {"reason": reason.reason}
    return _("“%(title)s”: %(reason)s.") % {"title": quotation.page.title, "reason": reason.reason}


def _address_of(pages: Iterable[int]) -> str:
    first, *others = pages
    return reverse("wagtailadmin_home") if others else reverse("wagtailadmin_pages:edit", args=[first])


def _looks_after(user: User, page: Page, publishers: Callable[[], list[User]]) -> bool:
    """Whether `user` is among the caretakers of `page`, asked without a query for each page."""
    if page.owner is not None and _can_care(page.owner, page):
        return page.owner == user
    if not _can_publish(user, page):
        return False
    return not (user.is_superuser and any(_can_publish(person, page) for person in publishers()))


def _can_publish(user: User, page: Page) -> bool:
    return _can_care(user, page) and PortalPagePermissionTester(user, page).can_publish()


def _can_care(user: User, page: Page) -> bool:
    return user.is_active and user.has_address and PortalPagePermissionTester(user, page).can_edit()


KINDS = (
    MailKind(
        LOST,
        gettext_lazy("a quotation that readers no longer see"),
        read_losses,
        because=EDITS,
    ),
)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS
