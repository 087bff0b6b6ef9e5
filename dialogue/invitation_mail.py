"""What somebody quoted from elsewhere is told: that they are, where, and that they may reply there.

It is read when it is sent: nothing of a page that is not public any more, or that quotes them no longer.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue.elsewhere import words_before_readers
from dialogue.models.invitations import ReplyInvitation
from mail.actions import queue_mail
from mail.models import OutgoingMail
from mail.outbox import MailItem, MailKind, MailStop, stop_address
from people.models import Participant
from people.permissions import viewer_of
from portal.permissions import Audience, audience_of, can_read_page

INVITED = "dialogue.invited_to_reply"

# What one click in an invitation stops: all of them.
INVITATION_STOP, INVITATION_STOP_KEY = "invitations", "all"


def tell_of_invitation(invitation: ReplyInvitation, participant: Participant) -> None:
    """Write down that whoever was quoted from elsewhere is to be invited."""
    queue_mail(INVITED, participant, cause_id=invitation.pk)


def read_invitation(mail: OutgoingMail) -> MailItem | None:
    """Return the invitation while the page quotes them, they may read it, and it takes comments."""
    # To the address that was typed, and no other that an account may have by now.
    digest = ReplyInvitation.digest_of(mail.participant.address)
    waiting = ReplyInvitation.objects.filter(pk=mail.cause_id, digest=digest, refused_at=None)
    invitation = waiting.select_related("page").first()
    page = invitation.page.specific if invitation else None
    words = words_before_readers(page, invitation.block_id) if invitation and page else None
    if page is None or words is None or not page.commenting_state.is_open:
        return None
    if not can_read_page(viewer_of(mail.participant), page):
        return None
    where = f"{page.get_url()}#comment-form"
    stop = {
        "stop_url": stop_address(mail.participant, INVITATION_STOP, INVITATION_STOP_KEY),
        "stop_label": _("Send me no more invitations"),
    }
    may = _("You may reply there, under your own name: write below the page, as any reader does.")
    # Whose page is internal, of them nothing leaves the house.
    if audience_of(page) == Audience.INTERNAL:
        return MailItem(
            subject=_("You are quoted on an internal page"),
            sentence=_("An internal page quotes words of yours that you said elsewhere."),
            details=(may,),
            url=where,
            link_label=_("Read it, and reply (sign-in)"),
            **stop,
        )
    return MailItem(
        subject=_("You are quoted in “%(title)s”") % {"title": page.title},
        sentence=_("The page “%(title)s” quotes words of yours that you said elsewhere.")
        % {"title": page.title},
        details=(
            _("It says where they come from: %(source)s.") % {"source": words["source"].rstrip(".")},
            may,
            _("If the words are not yours, or you do not want them there, tell us."),
        ),
        quotation=words["text"],
        quoted_name=words["name"],
        quoted_language=page.locale.language_code,
        url=where,
        link_label=_("Read it on the page, and reply"),
        **stop,
    )


def describe_invitations(participant: Participant, key: str) -> str:
    return _("invitations to reply where you are quoted") if key == INVITATION_STOP_KEY else ""


def refuse_invitations(participant: Participant, key: str) -> None:
    """Let nobody invite this address any more; the rows keep a digest of it, and the first date."""
    digest = ReplyInvitation.digest_of(participant.address)
    ReplyInvitation.objects.filter(digest=digest, refused_at=None).update(refused_at=timezone.now())


KINDS = (
    MailKind(
        INVITED,
        gettext_lazy("an invitation to reply to a quotation"),
        read_invitation,
        for_unverified=True,
        because=gettext_lazy("You get this because words of yours from elsewhere are quoted here."),
    ),
)
STOPS = (MailStop(INVITATION_STOP, describe_invitations, refuse_invitations),)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS


def mail_stops() -> tuple[MailStop, ...]:
    return STOPS
