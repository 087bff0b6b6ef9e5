"""Inviting whoever was quoted from elsewhere to reply on the page that quotes them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.elsewhere import words_before_readers
from dialogue.invitation_mail import tell_of_invitation
from dialogue.models.invitations import ReplyInvitation
from dialogue.models.pages import ConversationPage
from dialogue.permissions import PageQuotationsPermissionTester
from mail.models import SuppressedAddress
from people.models import Participant, User
from people.permissions import viewer_of
from portal.permissions import Viewer, can_read_page

INVITE_LOG = "dialogue.invite_author"


def invite_author(page: ConversationPage, block_id: str, address: str, *, by: Viewer) -> bool:
    """Invite `address` to reply to `page`, which quotes them in that block; return whether that is new.

    Once for a block and an address. The address is kept in the outbox alone. Raises `PermissionDenied` where
    `by` may not, `CommentRefused` where readers do not have the words, nobody can reply there, or nothing may
    be sent to the address.
    """
    if not PageQuotationsPermissionTester(page, by).can_invite():
        raise PermissionDenied
    refuse_where_nobody_replies(page, block_id)
    digest = ReplyInvitation.digest_of(address)
    invitations = ReplyInvitation.objects.filter(digest=digest)
    if invitations.filter(page_id=page.pk, block_id=block_id).exists():
        return False
    _refuse_unwanted(address, is_refused=invitations.exclude(refused_at=None).exists())
    with transaction.atomic():
        participant = _participant_at(address, language=page.locale.language_code)
        if not can_read_page(viewer_of(participant), page):
            raise CommentRefused(
                _("Whoever has this address may not read the page, so nothing was sent."),
                Refusal.NOT_TO_BE_ASKED,
            )
        invitation, is_new = ReplyInvitation.objects.get_or_create(
            page_id=page.pk,
            block_id=block_id,
            digest=digest,
            defaults={"invited_by": by if isinstance(by, User) else None},
        )
        if is_new:
            tell_of_invitation(invitation, participant)
            # That it was done, and by whom; never to which address.
            log(instance=page, action=INVITE_LOG, user=invitation.invited_by)
    return is_new


def refuse_where_nobody_replies(page: ConversationPage, block_id: str) -> None:
    """Raise `CommentRefused` where there is nothing to invite anybody to."""
    if words_before_readers(page, block_id) is None:
        raise CommentRefused(
            _("Readers do not have these words yet: publish the page before you invite their author."),
            Refusal.NOT_SHOWN,
        )
    if not page.commenting_state.is_open:
        raise CommentRefused(
            _("The page takes no comments now, so the author could not reply there."), Refusal.CLOSED
        )


def _refuse_unwanted(address: str, *, is_refused: bool) -> None:
    digest = SuppressedAddress.digest_of(address)
    if is_refused or SuppressedAddress.objects.filter(digest=digest).exists():
        raise CommentRefused(
            _("This address takes no such messages from us, so nothing was sent."), Refusal.NOT_TO_BE_ASKED
        )


def _participant_at(address: str, *, language: str) -> Participant:
    """Return who has the address: somebody with an account, or else a guest known by it alone."""
    account = User.objects.with_address(address).filter(is_active=True).first()
    return Participant.of(account) if account else Participant.guest_at(address, language=language)
