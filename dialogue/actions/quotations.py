"""Starting an article from a comment; no longer being quoted; and noticing what readers no longer see."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from dialogue.actions.consents import has_quote_consent, record_quote_consent
from dialogue.actions.events import AUTHOR, record_event
from dialogue.actions.locks import lock_comment
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.models.comments import Comment
from dialogue.models.events import EventKind
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import (
    AuthorPermissionTester,
    CommentPermissionTester,
    FeaturedCommentPermissionTester,
)
from dialogue.quotation_mail import tell_of_loss
from dialogue.request_mail import QUOTED, tell_of_quotations
from mail.models import ChoicePlace, MailStatus, OutgoingMail
from people.models import Participant
from portal.permissions import Viewer, current_viewer, load_restrictions
from portal.visibility import Change, visibility_changed


def feature_comment(comment: Comment, *, by: Viewer) -> Page:
    """Start a draft article around `comment` and return it.

    What an article is, a higher app knows: it registers on the hook `start_article`. Raises
    `PermissionDenied` where `by` may not feature the comment, `CommentRefused` where nobody can start one.
    """
    if not CommentPermissionTester(comment, by).can_feature():
        raise PermissionDenied
    for start_article in hooks.get_hooks("start_article"):
        page = start_article(comment, by=by)
        if page is not None:
            return page
    raise CommentRefused(
        _("There is no article section in this language in which you may write."), Refusal.NO_SECTION
    )


def agree_to_quotation(comment: Comment, *, by: Participant, place: ChoicePlace) -> bool:
    """Let an author agree to be quoted with a comment as it reads now. Return whether that is new.

    A quotation that they had taken back stays taken back. Raises `CommentRefused` where the comment is not
    there to be quoted, `PermissionDenied` for one of somebody else.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        current = lock_comment(comment)
        if current.quote_consented_at is not None:
            return False
        if current.status not in AuthorPermissionTester.QUOTABLE:
            raise CommentRefused(_("This comment is not there to be quoted."), Refusal.NOT_QUOTABLE)
        record_quote_consent(current, is_given=True, place=place)
        record_event(current, EventKind.QUOTATION_AGREED, AUTHOR)
    comment.refresh_from_db()
    return True


def take_back_quotation(comment: Comment, *, by: Participant, place: ChoicePlace) -> bool:
    """Let an author no longer be quoted with a comment: at once, in every page. Return whether that is new.

    What they agreed to for one page goes with it. Raises `PermissionDenied` for a comment of somebody else.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        current = lock_comment(comment)
        if not has_quote_consent(current):
            return False
        record_quote_consent(current, is_given=False, place=place)
        record_event(current, EventKind.QUOTATION_TAKEN_BACK, AUTHOR)
    comment.refresh_from_db()
    return True


def compare_quotations(change: Change) -> None:
    """Notice what readers see no longer of the quotations in pages that change, or of what is said there.

    Of comments this is told before they change: they are compared when they are saved (`dialogue.signals`).
    """
    which = Q(page__in=change.pages) | Q(comment__page__in=change.pages)
    for path in change.trees:
        which |= Q(page__path__startswith=path) | Q(comment__page__path__startswith=path)
    if not change.is_of_comments:
        notice_withheld(Q() if change.is_everything else which)


def date_quotations(page: Page, *, at: datetime) -> None:
    """Let the quotations of an imported page have been made, and stood before its readers, since then.

    Nobody is told that they are quoted: it is no news.
    """
    visibility_changed(Change(quoted_in=frozenset({page.pk})))
    quotations = FeaturedComment.objects.filter(page_id=page.pk)
    quotations.update(featured_at=at)
    untold = OutgoingMail.objects.filter(kind=QUOTED, cause_id__in=quotations.values("pk"))
    untold.filter(status=MailStatus.QUEUED).delete()
    quotations.exclude(placed_at=None).update(placed_at=at)


def notice_withheld(which: Q) -> None:
    """Compare what readers see of these quotations with what they saw, and let losses be told.

    Called within the transaction of whatever may have changed it; who asked for that is not told. One loss is
    told once; a quotation that is shown again and lost again, again.
    """
    lost, shown_again = [], []
    restrictions = None
    for quotation in FeaturedComment.objects.filter(which).before_readers().without_words():
        # Read with the first quotation: most changes touch none.
        restrictions = load_restrictions() if restrictions is None else restrictions
        is_shown = FeaturedCommentPermissionTester(quotation, quotation.page, restrictions).can_be_shown()
        if is_shown and quotation.withheld_since:
            shown_again.append(quotation)
        elif not is_shown and not quotation.withheld_since:
            lost.append(quotation)
    if shown_again:
        keys = [quotation.pk for quotation in shown_again]
        FeaturedComment.objects.filter(pk__in=keys).update(withheld_since=None)
        tell_of_quotations(shown_again)  # those who were never told, for it was hidden from the first
    for page in {quotation.page_id: quotation.page for quotation in lost}.values():
        tell_of_loss(page, by=current_viewer())
    if lost:
        # After the message: it tells what is lost from the moment on at which it was written down.
        gone = FeaturedComment.objects.filter(pk__in=[quotation.pk for quotation in lost])
        gone.update(withheld_since=timezone.now())
