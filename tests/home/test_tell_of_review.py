"""Of a review each hears once, in their own language; what is internal leaves by no mail."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, TaskState
from wagtail.users.models import UserProfile

from blog.models import BlogPage
from mail.actions import process_mail
from people.groups import WRITERS, the_group
from people.models import User

pytestmark = pytest.mark.django_db

TITLE = "Le quai du soir"


@pytest.fixture
def writer(employee) -> User:
    employee.groups.add(the_group(WRITERS))
    return employee


@pytest.fixture
def draft(articles_fr, writer) -> BlogPage:
    page = BlogPage(title=TITLE, introduction="<p>Voici.</p>", owner=writer, live=False)
    articles_fr.add_child(instance=page)
    page.save_revision(user=writer)
    return page


@pytest.fixture
def submit(draft, writer) -> Callable[[], TaskState]:
    def start() -> TaskState:
        draft.get_workflow().start(draft, writer)
        return TaskState.objects.latest("pk")

    return start


def decide(signed_in, editor, page: Page, state: TaskState, verb: str, **data: str) -> None:
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, verb, state.pk])
    assert signed_in(editor).post(address, data).status_code in {200, 302}


def sent() -> dict[str, object]:
    """Send what waits, and return the messages by their recipients: more than one to somebody is a fault."""
    mail.outbox.clear()
    process_mail()
    recipients = [message.to[0] for message in mail.outbox]
    assert len(recipients) == len(set(recipients))
    return dict(zip(recipients, mail.outbox, strict=True))


def both_parts(message) -> tuple[str, str]:
    return message.body, message.alternatives[0].content


def test_whoever_may_approve_hears_once_and_nobody_else(
    draft, submit, editor, administrator, writer, moderator
):
    submit()
    assert set(sent()) == {editor.email, administrator.email}
    assert sent() == {}


def test_it_is_written_in_the_language_of_each(draft, submit, editor, administrator, writer):
    for user, language in ((editor, "fr"), (administrator, "en")):
        user.language = language
        user.save()
    submit()
    messages = sent()
    for part in both_parts(messages[administrator.email]):
        assert TITLE in part
        assert "waits for your approval" in part
        assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in part
    assert '<html lang="fr">' in both_parts(messages[editor.email])[1]


def test_what_was_decided_meanwhile_is_not_told(signed_in, draft, submit, editor, writer):
    state = submit()
    decide(signed_in, editor, draft, state, "approve")
    assert set(sent()) == {writer.email}


def test_whoever_submitted_it_hears_that_it_is_approved(signed_in, draft, submit, editor, writer):
    decide(signed_in, editor, draft, submit(), "approve")
    draft.refresh_from_db()
    for part in both_parts(sent()[writer.email]):
        assert TITLE in part
        assert draft.get_url() in part


def test_or_that_it_comes_back_with_what_was_written(signed_in, draft, submit, editor, writer):
    state = submit()
    sent()
    decide(signed_in, editor, draft, state, "reject", comment="Il manque <une> date.")
    text, html = both_parts(sent()[writer.email])
    assert "Il manque <une> date." in text
    assert "Il manque &lt;une&gt; date." in html
    assert editor.display_name in text


def test_nobody_is_told_of_what_they_did_themselves(signed_in, draft, editor):
    draft.get_workflow().start(draft, editor)
    assert editor.email not in sent()
    decide(signed_in, editor, draft, TaskState.objects.latest("pk"), "approve")
    assert sent() == {}


def test_whoever_does_not_wish_to_hear_of_it_does_not(draft, submit, editor):
    profile = UserProfile.get_for_user(editor)
    profile.submitted_notifications = False
    profile.save()
    submit()
    assert editor.email not in sent()


def test_l11_what_is_closed_by_the_time_it_is_sent_leaves_by_no_mail(draft, submit):
    submit()
    PageViewRestriction.objects.create(page=draft, restriction_type="login")
    assert sent() == {}
