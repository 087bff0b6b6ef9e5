"""How a message is written when it is sent: kinds of mail, their items, and the message that holds them.

An app that has something to tell registers its kinds on the hook `mail_kinds`. They are asked at the moment
of sending: what was hidden or erased meanwhile, or may no longer be read, is not sent. What one click in a
message can stop beside its topic, an app registers on `mail_stops`; what it has to tell to many, it writes
down on `prepare_mail`, which is called before mail is sent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from wagtail import hooks
from wagtail.models import Site

from mail.models import MailRequest, OutgoingMail
from mail.topics import MailTopic, mail_topics
from people.models import Participant
from portal.models import PortalSettings
from portal.sites import whole_address

UNSUBSCRIBE_SALT = "mail.unsubscribe"
SUBJECT_MAX_LENGTH = 120
KEY_SIGN = "~"  # between the name of a stop and its key; in no topic, and in no key
ABOUT_ONES_OWN = gettext_lazy("You get this because it is about a comment of yours.")
ADDRESS_WAS_TYPED = gettext_lazy("You get this because somebody typed this address on our site.")
INK_ON_DARK = "#e9eaf2"  # of words in a message on a dark sheet; see `templates/mail/message.css`


@dataclass(frozen=True)
class MailEntry:
    """One line of a list in a message: where, how long ago in words, and how somebody's words begin."""

    title: str
    age: str
    words: str = ""
    language: str = ""


@dataclass(frozen=True)
class MailItem:
    """One thing that a message tells: a sentence, the words of somebody else, and where to read on.

    `url` is an address of the portal that begins with a slash, and so is `more_url`, to something else that
    can be done. `stop_url` is where one click ends messages about this very thing, and `stop_label` says so;
    without, they end with their topic alone.
    """

    subject: str
    sentence: str
    url: str
    link_label: str
    details: tuple[str, ...] = ()
    entries: tuple[MailEntry, ...] = ()
    quotation: str = ""
    quoted_name: str = ""
    quoted_language: str = ""
    more_url: str = ""
    more_label: str = ""
    stop_url: str = ""
    stop_label: str = ""


def known_guest(request: MailRequest) -> Participant | None:
    """Return the guest whose address was typed; None for an address that nobody has here."""
    return Participant.objects.filter(user=None, email=request.address).first()


@dataclass(frozen=True)
class MailKind:
    """One kind of message: `read` returns what there is to tell now, or None where nothing is left to tell.

    A kind with a `topic` is sent to those who agreed to it, and may be stopped by one click. A kind without
    answers what somebody did. Only a kind `for_unverified` goes to an address that nobody has confirmed.
    Where a message is asked for by an address alone, `answer` returns whom to send it to, or None. `because`
    says why somebody gets what has no topic, or nobody's consent to it.
    """

    name: str
    label: str | Promise
    read: Callable[[OutgoingMail], MailItem | None]
    topic: MailTopic | None = None
    for_unverified: bool = False
    answer: Callable[[MailRequest], Participant | None] = known_guest
    because: str | Promise = ABOUT_ONES_OWN

    @property
    def reason(self) -> str:
        """Why somebody gets it, in a sentence."""
        if self.topic is None:
            return str(self.because)
        asked = _("You get this because you asked to hear about: %(topic)s.")
        return str(self.topic.because) or asked % {"topic": self.topic.label}


@dataclass(frozen=True)
class MailStop:
    """Something smaller than a topic that one click in a message ends, for the participant who got it.

    `describe` says what, or returns an empty string where there is no such thing; `stop` ends it. Both get
    the participant and the key that was signed.
    """

    name: str
    describe: Callable[[Participant, str], str]
    stop: Callable[[Participant, str], None]


@dataclass(frozen=True)
class FoundStop:
    """What the link in one message stops, and for whom."""

    participant: Participant
    describe: Callable[[], str]
    stop: Callable[[], None]


def mail_kinds() -> dict[str, MailKind]:
    """Return every kind that an app has registered, by its name."""
    return {kind.name: kind for offer in hooks.get_hooks("mail_kinds") for kind in offer()}


def find_kind(name: str) -> MailKind:
    """Return the kind of that name; raises `LookupError` for one that nobody registered."""
    return mail_kinds()[name]


def offered_topics(participant: Participant) -> list[MailTopic]:
    """Return the topics of which this participant may be told: those of which there is something to tell."""
    told = {kind.topic for kind in mail_kinds().values()}
    return [topic for topic in mail_topics().values() if topic in told and topic.is_offered_to(participant)]


def compose(messages: Iterable[OutgoingMail]) -> EmailMultiAlternatives | None:
    """Write the one message that tells a participant all of `messages`; None where nothing is left to tell.

    Messages that came to nothing are passed over. It is written in the participant's language.
    """
    messages = list(messages)
    first = messages[0]
    with override(first.participant.mail_language):
        items = [item for mail in messages if (item := find_kind(mail.kind).read(mail)) is not None]
        if not items:
            return None
        kind = find_kind(first.kind)
        subject = items[0].subject if len(items) == 1 else _subject_of_digest(len(items))
        portal = _portal()
        context = {
            "subject": subject,
            "items": items,
            "organisation": portal.name,
            "accent": portal.accent,
            "accent_on_dark": portal.accent_on_dark or INK_ON_DARK,
            "voice": portal.voice,
            "base_url": settings.WAGTAILADMIN_BASE_URL,
            "language": first.participant.mail_language,
            "stop_url": unsubscribe_address(first.participant, kind.topic) if kind.topic else "",
            "reason": kind.reason,
            "is_of_no_list": not kind.topic and not any(item.stop_url for item in items),
        }
        # A mail program's own button ends what all of the message is about; or else the topic.
        narrow = {item.stop_url for item in items}
        one_click = narrow.pop() if len(narrow) == 1 else ""
        message = EmailMultiAlternatives(
            subject=one_line(subject),
            from_email=formataddr((one_line(portal.name), settings.DEFAULT_FROM_EMAIL)),
            body=render_to_string("mail/message.txt", context),
            to=[first.participant.address],
            headers=_headers(first, one_click or context["stop_url"]),
        )
        message.attach_alternative(render_to_string("mail/message.html", context), "text/html")
        return message


def unsubscribe_address(participant: Participant, topic: MailTopic) -> str:
    """Return the address that stops a topic for a participant, without a sign-in and without an end."""
    return _signed_address(participant, topic.name)


def stop_address(participant: Participant, name: str, key: str) -> str:
    """Return the address that ends, for a participant, what the `MailStop` of that name knows by `key`."""
    return _signed_address(participant, f"{name}{KEY_SIGN}{key}")


def read_unsubscribe_token(token: str) -> tuple[Participant, str] | None:
    """Return whose mail the token stops, and what: a topic, or the name of a stop with its key.

    None for a token that is not ours.
    """
    try:
        mail_key, what = Signer(salt=UNSUBSCRIBE_SALT).unsign(token).rsplit(".", 1)
    except (BadSignature, ValueError):
        return None
    participant = Participant.objects.filter(mail_key=mail_key).first()
    return (participant, what) if participant else None


def mail_stops() -> dict[str, MailStop]:
    """Return every stop that an app has registered, by its name."""
    return {stop.name: stop for offer in hooks.get_hooks("mail_stops") for stop in offer()}


def _signed_address(participant: Participant, what: str) -> str:
    token = Signer(salt=UNSUBSCRIBE_SALT).sign(f"{participant.mail_key}.{what}")
    return whole_address(reverse("unsubscribe", args=[token]))


def message_id(mail: OutgoingMail) -> str:
    """Return the Message-ID of a message: the same however often it is sent."""
    return f"<{mail.public_id}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}>"


def one_line(text: str) -> str:
    """Return the text as a header may hold it: on one line, and not endless."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= SUBJECT_MAX_LENGTH else line[: SUBJECT_MAX_LENGTH - 1].rstrip() + "…"


def _subject_of_digest(count: int) -> str:
    return ngettext("%(count)d piece of news", "%(count)d pieces of news", count) % {"count": count}


def _portal() -> PortalSettings:
    site = Site.objects.filter(is_default_site=True).first()
    return PortalSettings.for_site(site) if site else PortalSettings()


def _headers(mail: OutgoingMail, stop_url: str) -> dict[str, str]:
    headers = {"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"}
    if stop_url:
        # RFC 8058: a mail program stops the topic by one POST, without a cookie and without a question.
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
