"""What the person quoted is told of a quotation, and what whoever asked is told of the answer.

Nothing is told that was overtaken: it is read when it is sent. Of what was said among fewer people than the
public, neither a word nor a title is in it, nor who said it.
"""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import consents, links
from dialogue.models.featured import FeaturedComment
from dialogue.own_quotations import OwnQuotation, OwnState, find_own, find_own_one
from dialogue.permissions import may_be_asked
from dialogue.topics import EDITS
from mail.actions import make_link, queue_mail
from mail.models import ChoicePlace, MailStatus, OutgoingMail
from mail.outbox import MailItem, MailKind, MailStop, stop_address
from people.models import Participant
from portal.permissions import Audience, PortalPagePermissionTester, audience_of
from privacy.actions import record_consent

# Of each quotation, one of a kind is sent: what is asked anew, for the public, is another question.
ASKED = {False: "dialogue.asked_to_be_quoted", True: "dialogue.asked_for_public"}
REMINDED = {False: "dialogue.reminded_of_request", True: "dialogue.reminded_for_public"}
QUOTED = "dialogue.quoted"
AGREED, DECLINED = "dialogue.author_agreed", "dialogue.author_declined"
RENAMED = "dialogue.author_renamed"

# What one click in a request stops: to be asked.
ASK_STOP, ASK_STOP_KEY = "asking", "all"


def tell_of_request(quotation: FeaturedComment) -> None:
    """Write down that the author is to be asked."""
    queue_mail(ASKED[quotation.asked_for_public], quotation.comment.participant, cause_id=quotation.pk)


def tell_of_reminder(quotation: FeaturedComment) -> None:
    """Write down that the author is to be reminded of what they were asked."""
    queue_mail(REMINDED[quotation.asked_for_public], quotation.comment.participant, cause_id=quotation.pk)


def tell_of_answer(quotation: FeaturedComment, *, is_agreed: bool) -> None:
    """Write down that whoever asked is to hear what the author said, as often as that changes."""
    if quotation.asked_by is not None:
        kind = AGREED if is_agreed else DECLINED
        queue_mail(kind, Participant.of(quotation.asked_by), cause_id=quotation.pk, again=True)


def tell_of_name(quotation: FeaturedComment) -> None:
    """Write down that whoever asked is to hear that the author, who agrees, chose another name.

    Once for each change: a message that still waits will say which name it is by then.
    """
    if quotation.asked_by is not None:
        asker = Participant.of(quotation.asked_by)
        if not asker.mail.filter(kind=AGREED, cause_id=quotation.pk, status=MailStatus.QUEUED).exists():
            queue_mail(RENAMED, asker, cause_id=quotation.pk, again=True)


def tell_of_quotations(quotations: list[FeaturedComment]) -> None:
    """Write down that the authors are to hear that they are quoted: once for each quotation, for good.

    Whoever quotes themselves knows it.
    """
    for own in find_own(FeaturedComment.objects.filter(pk__in=[one.pk for one in quotations])):
        author = own.quotation.comment.participant
        if own.is_shown and (author.user_id is None or author.user_id != own.quotation.featured_by_id):
            queue_mail(QUOTED, author, cause_id=own.quotation.pk)


# --- The person quoted ----------------------------------------------------------------------------


def read_request(mail: OutgoingMail) -> MailItem | None:
    return _ask(mail, is_reminder=False)


def read_reminder(mail: OutgoingMail) -> MailItem | None:
    return _ask(mail, is_reminder=True)


def _ask(mail: OutgoingMail, *, is_reminder: bool) -> MailItem | None:
    """Return the question, if it still waits for an answer, and they may still be asked."""
    own = find_own_one(mail.cause_id or 0, mail.participant)
    if own is None or own.state != OwnState.WAITING or not may_be_asked(mail.participant):
        return None
    until = _("Until %(until)s you may answer. If you do not, that is a no, and nobody quotes you.") % {
        "until": date_format(localtime(own.quotation.answer_by), "DATETIME_FORMAT")
    }
    stop = {
        "stop_url": stop_address(mail.participant, ASK_STOP, ASK_STOP_KEY),
        "stop_label": _("Do not ask me any more"),
    }
    if own.is_internal:
        sentence = _("We would like to quote a comment of yours that you wrote in an internal dialogue.")
        return MailItem(
            subject=_("Reminder: may we quote you?") if is_reminder else _("May we quote you?"),
            sentence=sentence,
            details=(until,),
            url=address_inside(own),
            link_label=_("See what, and answer (sign-in)"),
            **stop,
        )
    return MailItem(
        subject=_subject_of_request(own, is_reminder=is_reminder),
        sentence=_sentence_of_request(own),
        details=(
            _("It can be read there by: %(readers)s.") % {"readers": own.readers},
            until,
            _("These are the words, under this name; you may choose another:"),
        ),
        quotation=own.plain,
        quoted_name=own.signature,
        quoted_language=own.language,
        url=_link_to(own),
        link_label=_("Answer yes or no"),
        **stop,
    )


def _subject_of_request(own: OwnQuotation, *, is_reminder: bool) -> str:
    if not own.headline:
        return _("Reminder: may we quote you?") if is_reminder else _("May we quote you?")
    subject = (
        _("Reminder: may we quote you in “%(title)s”?")
        if is_reminder
        else _("May we quote you in “%(title)s”?")
    )
    return subject % {"title": own.headline}


def _sentence_of_request(own: OwnQuotation) -> str:
    if not own.headline:
        return _("We would like to quote words of yours on a page that is not open to you.")
    return _("We would like to quote words of yours on the page “%(title)s”.") % {"title": own.headline}


def read_quoted(mail: OutgoingMail) -> MailItem | None:
    """Return that they are quoted, and where, while readers see it."""
    own = find_own_one(mail.cause_id or 0, mail.participant)
    if own is None or not own.is_shown:
        return None
    back = _("You can take it back at any time: it goes at once.")
    if own.is_internal or not own.url:
        return MailItem(
            subject=_("You are quoted on a page"),
            sentence=_("A page now quotes one of your comments."),
            details=(back,),
            url=address_inside(own) if own.is_internal else _link_to(own),
            link_label=_("See it (sign-in)") if own.is_internal else _("See it, or take it back"),
        )
    return MailItem(
        subject=_("You are quoted in “%(title)s”") % {"title": own.headline},
        sentence=_("The page “%(title)s” now quotes you.") % {"title": own.headline},
        details=(back,),
        quotation=own.plain,
        quoted_name=own.signature,
        quoted_language=own.language,
        url=own.url,
        link_label=_("Read it on the page"),
        more_url=_link_to(own),
        more_label=_("Take it back, or reply to it"),
    )


def address_inside(own: OwnQuotation) -> str:
    """Return where somebody with an account sees a quotation of theirs, once they have signed in."""
    here = reverse("answer_own_quotation", args=[own.quotation.pk])
    return f"{reverse('account_login')}?{urlencode({'next': here})}"


def _link_to(own: OwnQuotation) -> str:
    person = own.quotation.comment.participant
    token = make_link(person, links.QUOTATION, cause=str(own.quotation.pk))
    return reverse("answer_quotation", args=[token])


# --- Whoever asked --------------------------------------------------------------------------------


def read_agreement(mail: OutgoingMail) -> MailItem | None:
    """Return that the author agrees, under which name, and what remains to be done."""
    quotation = _agreed(mail)
    if quotation is None:
        return None
    details = _name_agreed(quotation)
    if quotation.agreed_for_public and quotation.crossed_at is None:
        details.append(_("Before everybody sees it, a second person here must approve it."))
    return _answer_to(
        quotation,
        _("The author of a comment agrees to be quoted"),
        _("You asked whether a comment may be quoted. Its author agrees."),
        details,
    )


def read_new_name(mail: OutgoingMail) -> MailItem | None:
    """Return under which name the author wants to be quoted by now."""
    quotation = _agreed(mail)
    if quotation is None:
        return None
    elsewhere = _("Please look whether the page names them anywhere else.")
    return _answer_to(
        quotation,
        _("The author of a comment chose another name"),
        _("You asked whether a comment may be quoted. Its author still agrees, under another name."),
        [*_name_agreed(quotation), elsewhere],
    )


def read_refusal(mail: OutgoingMail) -> MailItem | None:
    """Return that the author said no."""
    quotation = _asked_for(mail)
    if quotation is None or not (quotation.declined_at or quotation.withdrawn_at):
        return None
    details = [_("The same words are not asked for again on this page.")]
    return _answer_to(
        quotation,
        _("The author of a comment does not want to be quoted"),
        _("You asked whether a comment may be quoted. Its author says no."),
        details,
    )


def _agreed(mail: OutgoingMail) -> FeaturedComment | None:
    """Return the quotation that the recipient asked for, while its author agrees."""
    quotation = _asked_for(mail)
    is_agreed = quotation is not None and quotation.agreed_at is not None and quotation.withdrawn_at is None
    return quotation if is_agreed else None


def _name_agreed(quotation: FeaturedComment) -> list[str]:
    """Return under which name the author agreed; of somebody who spoke inside, nothing."""
    if audience_of(quotation.comment.page) != Audience.PUBLIC:
        return []
    name = _("Under the name that you proposed: %(name)s.")
    if quotation.agreed_form != quotation.name_form:
        name = _("Under another name than you proposed: %(name)s.")
    return [name % {"name": quotation.attribution}]


def _asked_for(mail: OutgoingMail) -> FeaturedComment | None:
    """Return the quotation that the recipient asked for, while they work on its page."""
    user = mail.participant.user
    related = FeaturedComment.objects.select_related("comment__page", "page__locale", "revision")
    quotation = related.filter(pk=mail.cause_id or 0, asked_by=user).first() if user else None
    if not user or quotation is None or not PortalPagePermissionTester(user, quotation.page).can_edit():
        return None
    return quotation


def _answer_to(quotation: FeaturedComment, subject: str, sentence: str, details: list[str]) -> MailItem:
    page = quotation.page
    where = _("It is for the page “%(title)s”.") % {"title": page.draft_title}
    if Audience.INTERNAL in {audience_of(page), audience_of(quotation.comment.page)}:
        where = _("It is about something internal: more is said where you open the page.")
    return MailItem(
        subject=subject,
        sentence=sentence,
        details=(where, *details),
        url=reverse("dialogue_page_quotations", args=[page.pk]),
        link_label=_("Open the quotations of the page"),
    )


# --- To be asked no more --------------------------------------------------------------------------


def describe_asking(participant: Participant, key: str) -> str:
    return _("questions whether we may quote you") if key == ASK_STOP_KEY else ""


def stop_asking(participant: Participant, key: str) -> None:
    """Let nobody ask any more whether they may be quoted; what was asked can still be answered."""
    record_consent(participant, consents.ASK, is_given=False, place=ChoicePlace.MAIL)


KINDS = (
    *(MailKind(name, gettext_lazy("a request to quote"), read_request) for name in ASKED.values()),
    *(MailKind(name, gettext_lazy("a reminder of a request"), read_reminder) for name in REMINDED.values()),
    MailKind(QUOTED, gettext_lazy("a quotation that is published"), read_quoted),
    MailKind(AGREED, gettext_lazy("an author who agrees to be quoted"), read_agreement, because=EDITS),
    MailKind(RENAMED, gettext_lazy("an author who chose another name"), read_new_name, because=EDITS),
    MailKind(DECLINED, gettext_lazy("an author who does not want to be quoted"), read_refusal, because=EDITS),
)
STOPS = (MailStop(ASK_STOP, describe_asking, stop_asking),)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS


def mail_stops() -> tuple[MailStop, ...]:
    return STOPS
