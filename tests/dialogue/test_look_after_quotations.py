"""An editor takes each quotation of a page from the draft to print, on one page and without a script."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import (
    answer_quotation,
    ask_to_quote,
    edit_comment,
    feature_comment,
    hide_comment,
    keep_wording,
    withdraw_comment,
)
from dialogue.blocks import quotation_of
from dialogue.forms.requests import LAST_DAY, USUAL_WAIT
from dialogue.models import Comment, CommentEvent, ConversationSettings, FeaturedComment
from dialogue.models.bindings import quotations_in
from dialogue.models.events import EventKind
from dialogue.quotation_states import QuotationState, state_of
from dialogue.selections import Selection
from mail.models import ChoicePlace
from people.groups import EDITORS
from people.models import User

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."
NEW_WORDS = "Les bancs manquent toujours. On attend debout, au vent."
WEEK = timedelta(days=7)


@pytest.fixture
def draft(articles_fr, editor) -> Callable[..., BlogPage]:
    """Write a draft that quotes the given comments, each as it is `chosen`."""

    def write(*comments: Comment, parent: Page = articles_fr, is_live: bool = False, **chosen) -> BlogPage:
        rows = [quotation_of(one, Selection(one.public_id, **chosen)) for one in comments]
        page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", owner=editor, live=False)
        parent.add_child(instance=page)
        page.body = [("featured_comment", {"quotation": row, "why": "Pour les bancs."}) for row in rows]
        revision = page.save_revision(user=editor)
        if is_live:
            revision.publish()
        return BlogPage.objects.get(pk=page.pk)

    return write


@pytest.fixture
def comment(article, say) -> Comment:
    """A published comment whose author has not agreed, and may be asked."""
    return say(article, WORDS, name="Sylvain Ross", may_ask=True)


@pytest.fixture
def agreed(article, say) -> Comment:
    return say(article, WORDS, name="Sylvain Ross", may_quote=True)


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def address_of(page: Page) -> str:
    return reverse("dialogue_page_quotations", args=[page.pk])


def row_of(page: Page) -> FeaturedComment:
    return FeaturedComment.objects.filter(page_id=page.pk).order_by("pk").last()


def take(client: Client, row: FeaturedComment, step: str, **data: str):
    return client.post(reverse("dialogue_act_on_quotation", args=[row.page_id, row.pk, step]), data)


def stands(row: FeaturedComment) -> QuotationState:
    row.refresh_from_db()
    return state_of(row, row.page).state


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


class TestLook:
    def test_each_is_shown_as_readers_will_see_it(self, browser, draft, comment):
        page = draft(comment, ranges=[[0, 19]], name_form="initials")
        body = browser.get(address_of(page)).content.decode()
        assert "Les bancs manquent." in body
        assert "[…]" in body
        assert "debout" not in body
        assert "S. R." in body
        assert "Sylvain" not in body
        assert "Pour les bancs." in body

    def test_it_says_where_it_stands_and_what_is_next(self, browser, draft, comment, agreed):
        page = draft(comment, agreed)
        answer = browser.get(address_of(page))
        first, second = answer.context["in_draft"]
        assert (first.placement.standing.state, first.steps) == (QuotationState.TO_ASK, ["ask"])
        assert (second.placement.standing.state, second.steps) == (QuotationState.COVERED, [])
        assert answer.context["stops"] == 1
        body = answer.content.decode()
        for shown in (first, second):
            assert shown.placement.standing.sentence in body.replace("&#x27;", "'")

    def test_a_link_leads_to_each_that_keeps_the_page_from_being_published(
        self, browser, draft, comment, agreed
    ):
        body = browser.get(address_of(draft(comment, agreed))).content.decode()
        stops, other = (
            FeaturedComment.objects.get(comment=comment),
            FeaturedComment.objects.get(comment=agreed),
        )
        assert f'href="#quotation-{stops.pk}"' in body
        assert f'id="quotation-{stops.pk}"' in body
        assert f'href="#quotation-{other.pk}"' not in body

    def test_what_readers_have_and_the_draft_no_longer_is_told_apart(self, browser, draft, agreed, comment):
        page = draft(agreed, is_live=True)
        page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        page.save_revision()
        context = browser.get(address_of(page)).context
        assert [one.quotation.comment for one in context["in_draft"]] == [comment]
        assert [one.quotation.comment for one in context["replaced"]] == [agreed]
        assert not context["in_draft"][0].placement.is_before_readers

    def test_a_page_that_quotes_nobody_says_so(self, browser, article):
        answer = browser.get(address_of(article))
        assert answer.status_code == HTTPStatus.OK
        assert "</form>" not in answer.content.decode().split("page-quotations")[-1].split("</main>")[0]

    def test_the_way_leads_there_from_the_editor_and_the_explorer(self, browser, draft, comment):
        page = draft(comment)
        places = [
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        ]
        for place in places:
            assert f'href="{address_of(page)}"' in browser.get(place).content.decode()

    def test_one_query_more_or_less_is_not_for_each(self, browser, draft, article, say, count_cold_queries):
        one = draft(say(article, WORDS, may_ask=True))
        many = draft(*(say(article, f"Mot {n}", may_ask=True) for n in range(12)))
        for page in (one, many):
            browser.get(address_of(page))
        assert count_cold_queries(lambda: browser.get(address_of(many))) <= count_cold_queries(
            lambda: browser.get(address_of(one))
        )

    def test_new_wordings_cost_no_more_each(self, browser, draft, article, say, count_cold_queries):
        pages = [
            draft(*(say(article, f"Mot {n} de {size}", may_quote=True) for n in range(size)), is_live=True)
            for size in (1, 12)
        ]
        for row in FeaturedComment.objects.select_related("comment"):
            # Changed past the editor: the former wording is covered, and the new one is there to be proposed.
            edit_comment(row.comment, f"{row.comment.text}!", by=row.comment.participant, may_quote=True)
        for page in pages:
            shown = browser.get(address_of(page)).context["in_draft"]
            assert all(one.proposal is not None for one in shown)
        costs = [count_cold_queries(lambda page=page: browser.get(address_of(page))) for page in pages]
        assert costs[1] <= costs[0]


class TestWho:
    @pytest.mark.parametrize("who", ["moderator", "answerer"])
    def test_whoever_does_not_edit_the_page_is_refused(self, request, signed_in, draft, comment, who):
        client = signed_in(request.getfixturevalue(who))
        page = draft(comment)
        for answer in (client.get(address_of(page)), take(client, row_of(page), "ask", until=in_days(7))):
            assert answer.status_code in {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN}
        assert stands(row_of(page)) == QuotationState.TO_ASK

    def test_a_stranger_is_led_to_the_sign_in(self, client, draft, comment):
        answer = client.get(address_of(draft(comment)))
        assert answer.status_code == HTTPStatus.FOUND

    def test_an_editor_who_does_not_feature_comments_is_refused(self, browser, draft, comment, editor):
        page = draft(comment)
        group = Group.objects.get(profile__key=EDITORS)
        group.permissions.remove(*group.permissions.filter(codename="feature_comment"))
        assert browser.get(address_of(page)).status_code == HTTPStatus.FOUND

    def test_a_page_that_is_closed_to_them_is_not_found(self, browser, draft, agreed, administrator):
        page = draft(agreed, is_live=True)
        closed = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        closed.groups.set([Group.objects.create(name="Mécaniciens")])
        row = row_of(page)
        assert browser.get(address_of(page)).status_code == HTTPStatus.NOT_FOUND
        assert take(browser, row, "ask", until=in_days(7)).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("unknown", ["page", "quotation", "step", "other page"])
    def test_what_is_not_there_is_not_found(self, browser, draft, comment, article, dialogue, unknown):
        row = row_of(draft(comment))
        args = {
            "page": [999999, row.pk, "ask"],
            "quotation": [row.page_id, 999999, "ask"],
            "step": [row.page_id, row.pk, "erase"],
            "other page": [article.pk, row.pk, "ask"],
        }[unknown]
        answer = browser.post(reverse("dialogue_act_on_quotation", args=args), {"until": in_days(7)})
        assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_nothing_is_done_by_looking(self, browser, draft, comment):
        row = row_of(draft(comment))
        answer = browser.get(reverse("dialogue_act_on_quotation", args=[row.page_id, row.pk, "ask"]))
        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert stands(row) == QuotationState.TO_ASK

    def test_rule11_neither_words_nor_name_of_what_they_may_not_read(self, browser, draft, article, say):
        secret = say(article, "Canari jaune.", name="Odile Canari", may_quote=True)
        page = draft(secret)
        closed = PageViewRestriction.objects.create(page=article, restriction_type="groups")
        closed.groups.set([Group.objects.create(name="Mécaniciens")])
        answer = browser.get(address_of(page))
        assert answer.status_code == HTTPStatus.OK
        assert "anari" not in answer.content.decode()
        [shown] = answer.context["in_draft"]
        assert shown.steps == []
        refused = take(browser, row_of(page), "ask", until=in_days(7))
        assert refused.status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("lose", [hide_comment, withdraw_comment], ids=["hidden", "withdrawn"])
    def test_nor_of_what_was_taken_away_but_for_who_decides_on_it(
        self, browser, signed_in, administrator, draft, agreed, lose
    ):
        page = draft(agreed)
        lose(agreed, by=agreed.participant if lose is withdraw_comment else None)
        body = browser.get(address_of(page)).content.decode()
        for said in ("bancs", "Ross"):
            assert said not in body.replace("Pour les bancs.", "")
        assert "debout" in signed_in(administrator).get(address_of(page)).content.decode()


class TestAsk:
    def test_rule07_the_author_is_asked_until_the_end_of_a_day(self, browser, draft, comment, editor):
        row = row_of(draft(comment))
        answer = take(browser, row, "ask", until=in_days(10))
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert answer["Location"] == f"{address_of(row.page)}#quotation-{row.pk}"
        assert stands(row) == QuotationState.ASKED
        assert row.asked_by == editor
        assert timezone.localtime(row.answer_by).date().isoformat() == in_days(10)
        assert (timezone.localtime(row.answer_by) + timedelta(seconds=1)).date().isoformat() == in_days(11)
        assert CommentEvent.objects.filter(kind=EventKind.QUOTATION_ASKED).count() == 1

    def test_two_weeks_are_proposed(self, browser, draft, comment):
        [shown] = browser.get(address_of(draft(comment))).context["in_draft"]
        assert shown.form["until"].initial == timezone.localdate() + USUAL_WAIT

    def test_the_last_day_that_is_offered_is_taken_at_any_hour(self, browser, draft, comment):
        row = row_of(draft(comment))
        with time_machine.travel(timezone.localtime().replace(hour=0, minute=1), tick=False):
            take(browser, row, "ask", until=(timezone.localdate() + LAST_DAY).isoformat())
            assert stands(row) == QuotationState.ASKED

    @pytest.mark.parametrize("until", ["", "demain", "2026-02-31", "0001-01-01", "9999-12-31"])
    def test_another_day_is_refused_and_what_was_sent_is_there(self, browser, draft, comment, until):
        row = row_of(draft(comment))
        answer = take(browser, row, "ask", until=until)
        assert answer.status_code in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT}
        assert stands(row) == QuotationState.TO_ASK
        [shown] = answer.context["in_draft"]
        assert shown.refusal or shown.form.errors
        assert shown.form["until"].value() == until

    def test_a_second_time_is_refused_in_a_sentence(self, browser, draft, comment):
        row = row_of(draft(comment))
        take(browser, row, "ask", until=in_days(7))
        answer = take(browser, row, "ask", until=in_days(9))
        assert answer.status_code == HTTPStatus.CONFLICT
        [shown] = answer.context["in_draft"]
        assert shown.refusal in answer.content.decode().replace("&#x27;", "'")

    def test_it_says_what_they_will_get_and_that_a_title_is_missing(
        self, browser, draft, comment, editor, articles_fr
    ):
        page = draft(comment)
        assert page.title in browser.get(address_of(page)).content.decode()
        assert not browser.get(address_of(page)).context["draft"].is_untitled
        started = feature_comment(comment, by=editor)
        answer = browser.get(address_of(started))
        assert answer.context["draft"].is_untitled
        assert "help-warning" in answer.content.decode()

    def test_rule07_after_a_no_nobody_is_asked_again(self, browser, draft, comment):
        row = row_of(draft(comment))
        take(browser, row, "ask", until=in_days(7))
        answer_quotation(row, by=comment.participant, is_agreed=False, place=ChoicePlace.MAIL)
        [shown] = browser.get(address_of(row.page)).context["in_draft"]
        assert shown.steps == []
        assert take(browser, row, "ask", until=in_days(7)).status_code == HTTPStatus.CONFLICT


class TestRemind:
    def test_once(self, browser, draft, comment, editor):
        row = row_of(draft(comment))
        ask_to_quote(row, by=editor, answer_by=timezone.now() + WEEK)
        [shown] = browser.get(address_of(row.page)).context["in_draft"]
        assert shown.steps == ["remind"]
        for _time in range(2):
            assert take(browser, row, "remind").status_code == HTTPStatus.SEE_OTHER
        row.refresh_from_db()
        assert row.reminded_at
        assert CommentEvent.objects.filter(kind=EventKind.QUOTATION_REMINDED).count() == 1
        assert browser.get(address_of(row.page)).context["in_draft"][0].steps == []

    def test_before_anybody_asked_it_is_refused(self, browser, draft, comment):
        row = row_of(draft(comment))
        assert take(browser, row, "remind").status_code == HTTPStatus.CONFLICT


class TestApprove:
    @pytest.fixture
    def row(self, site, article, say, draft, employee, editor) -> FeaturedComment:
        """An internal comment in a page before the public, to which its author agreed."""
        ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})
        comment = say(article, WORDS, user=employee, may_ask=True)
        PageViewRestriction.objects.create(page=article, restriction_type="login")
        row = row_of(draft(comment))
        ask_to_quote(row, by=editor, answer_by=timezone.now() + WEEK)
        answer_quotation(row, by=comment.participant, is_agreed=True, place=ChoicePlace.MAIL)
        return row

    def test_rule09_not_by_whoever_asked(self, browser, row):
        [shown] = browser.get(address_of(row.page)).context["in_draft"]
        assert (shown.placement.standing.state, shown.steps) == (QuotationState.AWAITS_SECOND, [])
        answer = take(browser, row, "approve")
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert answer.context["in_draft"][0].refusal
        assert stands(row) == QuotationState.AWAITS_SECOND

    def test_rule09_by_a_second_person(self, signed_in, administrator: User, row):
        client = signed_in(administrator)
        [shown] = client.get(address_of(row.page)).context["in_draft"]
        assert shown.steps == ["approve"]
        for _time in range(2):
            assert take(client, row, "approve").status_code == HTTPStatus.SEE_OTHER
        assert stands(row) == QuotationState.AGREED
        assert row.crossed_by == administrator
        assert CommentEvent.objects.filter(kind=EventKind.QUOTATION_CROSSED).count() == 1

    def test_before_the_author_agreed_it_is_refused(self, signed_in, administrator, draft, comment):
        row = row_of(draft(comment))
        assert take(signed_in(administrator), row, "approve").status_code == HTTPStatus.CONFLICT


class TestNewWording:
    @pytest.fixture
    def row(self, draft, agreed) -> FeaturedComment:
        row = row_of(draft(agreed, is_live=True))
        edit_comment(agreed, NEW_WORDS, by=agreed.participant, may_quote=True)
        return row

    def test_rule03_both_wordings_are_shown_and_neither_changes_alone(self, browser, client, row):
        answer = browser.get(address_of(row.page))
        [shown] = answer.context["in_draft"]
        assert shown.steps == ["renew", "keep"]
        assert shown.proposal.plain == NEW_WORDS
        assert "<ins>" in answer.content.decode()
        assert WORDS in client.get(row.page.url).content.decode()

    def test_rule03_it_is_another_row_of_the_draft(self, browser, client, row):
        take(browser, row, "renew")
        page = BlogPage.objects.get(pk=row.page_id)
        [value] = quotations_in(page.get_latest_revision_as_object().body)
        assert value["quotation"].plain == NEW_WORDS
        assert value["quotation"] != row
        assert value["why"] == "Pour les bancs."
        assert WORDS in client.get(page.url).content.decode()
        # Readers still have the former one, of which nothing is to be drafted.
        context = browser.get(address_of(page)).context
        assert [one.quotation for one in context["replaced"]] == [row]
        assert context["replaced"][0].steps == []

    def test_a_second_time_nothing_is_changed(self, browser, row):
        revisions = row.page.revisions.count()
        for _time in range(2):
            take(browser, row, "renew")
        assert row.page.revisions.count() == revisions + 1

    def test_rule03_kept_no_other_is_proposed_and_nothing_changes(self, browser, client, row):
        for _time in range(2):
            assert take(browser, row, "keep").status_code == HTTPStatus.SEE_OTHER
        row.refresh_from_db()
        assert row.is_pinned
        [shown] = browser.get(address_of(row.page)).context["in_draft"]
        assert (shown.quotation, shown.steps) == (row, [])
        assert WORDS in client.get(row.page.url).content.decode()

    def test_an_agreement_stays_with_what_is_kept(self, draft, comment, editor):
        row = row_of(draft(comment))
        ask_to_quote(row, by=editor, answer_by=timezone.now() + WEEK)
        answer_quotation(row, by=comment.participant, is_agreed=True, place=ChoicePlace.MAIL)
        edit_comment(comment, NEW_WORDS, by=comment.participant)
        assert stands(row) == QuotationState.NEW_WORDING
        assert keep_wording(row, by=editor)
        assert not keep_wording(row, by=editor)
        assert stands(row) == QuotationState.AGREED

    def test_an_excerpt_that_no_longer_stands_there_is_chosen_anew(self, browser, draft, agreed):
        row = row_of(draft(agreed, is_live=True, ranges=[[0, 19]]))
        edit_comment(agreed, "Tout autre chose.", by=agreed.participant, may_quote=True)
        answer = browser.get(address_of(row.page))
        [shown] = answer.context["in_draft"]
        assert shown.proposal is None
        refused = take(browser, row, "renew")
        assert refused.status_code == HTTPStatus.CONFLICT
        assert refused.context["in_draft"][0].refusal

    def test_a_locked_draft_is_left_alone(self, browser, row, administrator):
        Page.objects.filter(pk=row.page_id).update(
            locked=True, locked_by=administrator, locked_at=timezone.now()
        )
        assert browser.get(address_of(row.page)).context["in_draft"][0].steps == []
        for step in ("renew", "keep"):
            assert take(browser, row, step).status_code == HTTPStatus.FORBIDDEN
