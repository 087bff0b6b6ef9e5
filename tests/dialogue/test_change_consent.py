"""The tick "you may quote me" counts when one's own comment is changed, whether or not its words are."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from demo.factories.people import verify_guest
from dialogue import consents, links
from dialogue.actions import edit_comment
from dialogue.models import Comment, CommentStatus, ConversationSettings
from mail.actions import make_link
from mail.models import ChoicePlace
from people.models import Participant, User
from privacy.models import Consent
from tests.speech import browser_of

pytestmark = pytest.mark.django_db

BEFORE, WAITING, AFTER = "Les bans manquent.", "Les bancs manquaient.", "Les bancs manquent."
ADDRESS = "camille@example.org"
STATES = ("unverified", "held", "published", "changed")


def open_page(guest: Participant) -> Client:
    client = Client()
    client.post(reverse("open_personal_page", args=[make_link(guest, links.PERSONAL)]))
    return client


@pytest.fixture
def desks(employee: User, signed_in: Callable) -> dict[str, tuple[Client, str, dict]]:
    """Where somebody changes what they said: the browser, the address, and who they are."""
    guest = verify_guest("Camille Roy", ADDRESS)
    theirs = {"name": "Camille Roy", "email": ADDRESS}
    browser = browser_of(guest)
    sent = {**theirs, "device": guest.devices.get()}
    return {
        "personal page": (open_page(guest), "edit_own_comment", theirs),
        "browser that sent it": (browser, "edit_own_comment", sent),
        "account": (signed_in(employee), "edit_own_comment", {"user": employee}),
    }


def each_change() -> Iterator[tuple[str, str, bool, bool, str]]:
    """Every desk and state, ticked and not before and after, with the same words and with others."""
    desks = ("personal page", "browser that sent it", "account")
    for desk, state, *more in product(desks, STATES, (False, True), (False, True), (BEFORE, AFTER)):
        if (desk, state) != ("account", "unverified"):
            yield desk, state, *more


def test_r12_each_tick_counts_from_each_form_and_goes_into_the_register(article, site, say, desks):
    ConversationSettings.objects.update_or_create(site=site, defaults={"policy": "hold_all"})
    cases = list(each_change())
    assert len(cases) == 88
    for case in cases:
        desk, state, was_ticked, is_ticked, words = case
        client, name, who = desks[desk]
        is_published = state in {"published", "changed"}
        comment = say(article, BEFORE, is_published=is_published, may_quote=was_ticked, **who)
        if state == "unverified":
            Comment.objects.filter(pk=comment.pk).update(status=CommentStatus.UNVERIFIED)
        elif state == "changed":
            edit_comment(comment, WAITING, by=comment.participant, may_quote=was_ticked)
        rows = Consent.objects.filter(kind=consents.QUOTE.name, cause_id=comment.pk).order_by("pk")
        before = rows.count()
        sent = {"text": words, **({"may_quote": "on"} if is_ticked else {})}
        assert client.post(reverse(name, args=[comment.public_id]), sent).status_code == 303, case
        comment.refresh_from_db()
        is_agreed = comment.quote_consented_at is not None
        if is_published and words == AFTER:
            assert comment.waiting_revision.may_quote == is_ticked, case
            assert is_agreed == (was_ticked and is_ticked), case
        else:
            assert (comment.text, is_agreed) == (words, is_ticked), case
        last = rows.last()
        assert bool(last and last.is_given) == is_agreed, case
        if is_agreed != was_ticked:
            assert rows.count() == before + 1, case
            assert last.place == ChoicePlace.CHANGE, case
        Comment.objects.filter(pk=comment.pk).update(submitted_at=comment.submitted_at - timedelta(days=2))


def test_r12_the_same_words_are_no_new_version_and_are_not_screened_again(article, receive):
    comment = receive(article, BEFORE, email=ADDRESS)
    assert edit_comment(comment, BEFORE, by=comment.participant, may_quote=True) is True
    assert edit_comment(comment, BEFORE, by=comment.participant, may_quote=True) is False
    assert (comment.version, comment.quote_consent_version) == (1, 1)
    assert (comment.revisions.count(), comment.decisions.count()) == (1, 1)
