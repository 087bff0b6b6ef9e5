"""Rule 13: the person quoted has a short reply stand with the quotation, screened like anything they say."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue import links
from dialogue.actions import (
    REJOINDER_LENGTH,
    CommentRefused,
    Refusal,
    answer_quotation,
    ask_to_quote,
    edit_comment,
    hide_comment,
    publish_comment,
    reject_comment,
    rejoin_quotation,
    restore_comment,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.forms import RejoinderForm
from dialogue.models import Comment, ConversationSettings, FeaturedComment
from dialogue.origins import Origin
from mail.actions import make_link
from mail.models import ChoicePlace
from moderation.actions import Justification, Scope, lift_measure, take_measure
from moderation.models import MeasureKind, Reach
from people.models import User
from privacy.actions import erase_participant, export_person
from privacy.models import Consent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_french")]

ADDRESS = "camille@example.org"
REPLY = "Depuis, on nous a promis six bancs."
MARK = "voice__rejoinder"
SEE_OTHER, UNPROCESSABLE = HTTPStatus.SEE_OTHER, HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, "Les bancs manquent.", name="Camille Roy", email=ADDRESS, may_quote=True)


@pytest.fixture
def row(quoting_draft, comment) -> FeaturedComment:
    """A quotation that readers see."""
    row = quoting_draft(comment)
    publish(row)
    return FeaturedComment.objects.get(pk=row.pk)


@pytest.fixture
def link(row) -> str:
    token = make_link(row.comment.participant, links.QUOTATION, cause=str(row.pk))
    return reverse("answer_quotation", args=[token])


def publish(row: FeaturedComment) -> None:
    BlogPage.objects.get(pk=row.page_id).save_revision().publish()


def rejoin(row: FeaturedComment, text: str = REPLY) -> Comment:
    return rejoin_quotation(row, text, by=row.comment.participant)


def held(row: FeaturedComment, text: str = REPLY) -> Comment:
    """Reply in a way that screening holds."""
    signals = frozenset({"too_fast"})
    return rejoin_quotation(row, text, by=row.comment.participant, origin=Origin(signals=signals))


def published(row: FeaturedComment, text: str = REPLY) -> Comment:
    reply = rejoin(row, text)
    publish_comment(reply, by=None)
    return reply


def seen(client: Client, row: FeaturedComment) -> str:
    return client.get(Page.objects.get(pk=row.page_id).url).content.decode()


def code(act) -> Refusal:
    with pytest.raises(CommentRefused) as refused:
        act()
    return refused.value.code


class TestRejoin:
    def test_rule13_it_is_a_reply_to_their_own_comment_under_its_name(self, row):
        reply = rejoin(row)
        assert (reply.parent_id, reply.author_name, reply.participant) == (
            row.comment_id,
            "Camille Roy",
            row.comment.participant,
        )
        assert FeaturedComment.objects.get(pk=row.pk).rejoinder == reply
        assert Consent.objects.get(kind="publish", cause_id=reply.pk).is_given

    def test_rule13_it_is_screened_and_stands_there_once_it_is_published(self, row, client):
        reply = held(row)
        assert reply.status == "held"
        assert REPLY not in seen(client, row)
        publish_comment(reply, by=None)
        body = seen(client, row)
        assert MARK in body
        assert REPLY in body

    @pytest.mark.parametrize("way", ["hidden", "withdrawn", "erased", "closed", "quotation taken back"])
    def test_rule13_it_goes_where_it_may_no_longer_be_read(self, row, client, way):
        reply = published(row)
        assert REPLY in seen(client, row)
        if way == "hidden":
            hide_comment(reply, by=None)
        elif way == "withdrawn":
            withdraw_comment(reply, by=reply.participant)
        elif way == "erased":
            erase_participant(reply.participant)
        elif way == "closed":
            PageViewRestriction.objects.create(page=row.comment.page, restriction_type="login")
        else:
            take_back_quotation(row.comment, by=reply.participant, place=ChoicePlace.PAGE)
        assert REPLY not in seen(client, row)

    def test_rule13_it_comes_back_with_its_restoration(self, row, client):
        reply = published(row)
        hide_comment(reply, by=None)
        restore_comment(reply, by=None)
        assert REPLY in seen(client, row)

    def test_rule13_also_where_the_conversation_is_closed(self, row, client):
        article = BlogPage.objects.get(pk=row.comment.page_id)
        article.comments_close_at = timezone.now() - timedelta(days=1)
        article.save()
        published(row)
        assert REPLY in seen(client, row)

    def test_rule13_one_stands_with_a_quotation(self, row):
        reply = held(row)
        assert rejoin(row) == reply  # the same again changes nothing
        assert code(lambda: rejoin(row, "Encore ceci.")) == Refusal.SAID_ALREADY
        reject_comment(reply, by=None)
        assert code(lambda: rejoin(row, "Encore ceci.")) == Refusal.SAID_ALREADY
        assert Comment.objects.filter(parent=row.comment).count() == 1

    def test_rule13_another_may_take_the_place_of_one_that_was_withdrawn(self, row):
        first = rejoin(row)
        withdraw_comment(first, by=first.participant)
        second = rejoin(row, "Encore ceci.")
        assert FeaturedComment.objects.get(pk=row.pk).rejoinder == second

    @pytest.mark.parametrize(
        ("text", "refusal"), [("", "no_words"), (" ", "no_words"), ("a" * 301, "too_long")]
    )
    def test_rule13_it_is_short(self, row, text, refusal):
        assert code(lambda: rejoin(row, text)) == refusal
        assert rejoin(row, "a" * 300)

    def test_rule13_it_stays_short_when_it_is_changed(self, row):
        reply = rejoin(row)
        assert code(lambda: edit_comment(reply, "a" * 301, by=reply.participant)) == Refusal.TOO_LONG
        assert edit_comment(reply, "Autrement dit.", by=reply.participant)

    def test_rule13_nobody_replies_to_what_nobody_sees(self, row, quoting_draft, comment):
        draft = quoting_draft(comment, title="Pas encore")
        assert code(lambda: rejoin(draft)) == Refusal.CLOSED
        take_back_quotation(row.comment, by=row.comment.participant, place=ChoicePlace.PAGE)
        assert code(lambda: rejoin(FeaturedComment.objects.get(pk=row.pk))) == Refusal.CLOSED

    def test_rule13_not_while_moderators_keep_them_from_commenting(self, row, comment, moderator):
        why, scope = Justification("personal_attack"), Scope(Reach.PUBLIC)
        measure = take_measure(comment, MeasureKind.BAN, by=moderator, scope=scope, why=why)
        assert code(lambda: rejoin(row)) == Refusal.SILENCED
        lift_measure(measure, by=moderator)
        assert rejoin(row).text == REPLY

    def test_rule13_nobody_else_replies(self, row, article, say):
        other = say(article, "Moi aussi.", email="autre@example.org").participant
        with pytest.raises(PermissionDenied):
            rejoin_quotation(row, REPLY, by=other)

    def test_rule09_what_is_said_inside_never_stands_before_the_public(
        self, inside, quoting_draft, editor, articles_fr, site, client
    ):
        ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})
        row = quoting_draft(inside)
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=9))
        answer_quotation(row, by=inside.participant, is_agreed=True, place=ChoicePlace.ACCOUNT)
        publish(row)
        row = FeaturedComment.objects.get(pk=row.pk)
        published(row)
        PageViewRestriction.objects.filter(page=articles_fr).delete()
        FeaturedComment.objects.filter(pk=row.pk).update(
            agreed_for_public=True, crossed_at=timezone.now(), crossed_by=editor
        )
        assert REPLY not in seen(client, row)
        row = FeaturedComment.objects.get(pk=row.pk)
        withdraw_comment(row.rejoinder, by=inside.participant)
        assert code(lambda: rejoin(FeaturedComment.objects.get(pk=row.pk), "Encore.")) == Refusal.CLOSED

    def test_it_is_theirs_to_take_along(self, row):
        reply = rejoin(row)
        [quotation] = export_person(row.comment.participant)["quotations"]
        assert quotation["rejoinder__public_id"] == reply.public_id


class TestOnThePage:
    def test_the_form_says_how_long_it_may_be(self):
        with override("en"):
            assert str(REJOINDER_LENGTH) in str(RejoinderForm.base_fields["text"].help_text)

    def test_rule13_the_link_leads_to_the_form_while_readers_see_the_quotation(self, row, link, client):
        assert 'value="reply"' in client.get(link).content.decode()
        take_back_quotation(row.comment, by=row.comment.participant, place=ChoicePlace.PAGE)
        assert 'value="reply"' not in client.get(link).content.decode()

    def test_rule13_a_reply_is_sent_and_where_it_stands_is_said(self, row, link, client):
        answer = client.post(link, {"answer": "reply", "text": REPLY})
        assert (answer.status_code, answer["Location"]) == (SEE_OTHER, f"{link}?done=reply")
        body = client.get(answer["Location"]).content.decode()
        assert REPLY in body
        assert 'role="status"' in body
        assert 'value="reply"' not in body
        [reply] = Comment.objects.filter(parent=row.comment)
        assert FeaturedComment.objects.get(pk=row.pk).rejoinder == reply

    @pytest.mark.parametrize("text", ["", "a" * 301])
    def test_what_will_not_do_stays_in_the_form(self, row, link, client, text):
        answer = client.post(link, {"answer": "reply", "text": text})
        assert answer.status_code == UNPROCESSABLE
        assert text in answer.content.decode()
        assert 'id="id_text_error"' in answer.content.decode()
        assert not Comment.objects.filter(parent=row.comment).exists()

    def test_the_second_time_nothing_more_is_sent(self, row, link, client):
        for _time in range(2):
            assert client.post(link, {"answer": "reply", "text": REPLY}).status_code == SEE_OTHER
        assert Comment.objects.filter(parent=row.comment).count() == 1

    def test_looking_sends_nothing(self, row, link, client):
        client.get(link, {"answer": "reply", "text": REPLY})
        assert not Comment.objects.filter(parent=row.comment).exists()

    def test_rule13_an_employee_replies_on_their_page(
        self, inside, quoting_draft, editor, employee: User, signed_in
    ):
        row = quoting_draft(inside)
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=9))
        answer_quotation(row, by=inside.participant, is_agreed=True, place=ChoicePlace.ACCOUNT)
        publish(row)
        browser = signed_in(employee)
        here = reverse("answer_own_quotation", args=[row.pk])
        assert browser.post(here, {"answer": "reply", "text": REPLY}).status_code == SEE_OTHER
        [reply] = Comment.objects.filter(parent=inside)
        publish_comment(reply, by=None)
        assert REPLY in seen(browser, row)
