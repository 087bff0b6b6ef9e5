"""What people are sent about their own account. Written when it is sent."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.models import MailRequest, OutgoingMail
from mail.outbox import ADDRESS_WAS_TYPED, MailItem, MailKind
from people.models import Participant, User

PASSWORD = "mail.password"  # noqa: S105 - the name of a kind


def find_account(request: MailRequest) -> Participant | None:
    """Return whose account has the address that was typed; None where nobody may choose a password by it."""
    user = User.objects.with_address(request.address).first()
    return Participant.of(user) if user and chooses_password(user) else None


def chooses_password(user: User) -> bool:
    """Whether somebody signs in here by a password: not a disabled account, nor one that a provider opens."""
    return settings.LOCAL_SIGN_IN and user.is_active and not user.signs_in_by_provider


def read_password_link(mail: OutgoingMail) -> MailItem | None:
    """Return a new link by which somebody chooses a password; it works once, like every earlier one."""
    user = mail.participant.user
    if user is None or not chooses_password(user):
        return None
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    address = {"uidb36": user_pk_to_url_str(user), "key": key}
    return MailItem(
        subject=_("A new password"),
        sentence=_("Somebody asked for a new password for your account. If it was you, choose one here."),
        details=(
            _(
                "The link works once, for three days. If it was not you, do nothing: your password stays as "
                "it is."
            ),
            _("Your user name is %(username)s.") % {"username": user.username},
        ),
        url=reverse("account_reset_password_from_key", kwargs=address),
        link_label=_("Choose a new password"),
    )


def mail_kinds() -> tuple[MailKind, ...]:
    label = gettext_lazy("a link to choose a password")
    return (MailKind(PASSWORD, label, read_password_link, answer=find_account, because=ADDRESS_WAS_TYPED),)
