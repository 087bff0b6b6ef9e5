"""Editors are told where a quotation stands, in a sentence, and what they can do next."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from dialogue import consents
from dialogue.actions import (
    answer_quotation,
    ask_to_quote,
    cross_quotation,
    edit_comment,
    hide_comment,
    remind_of_request,
    take_back_one_quotation,
    withdraw_comment,
)
from dialogue.blocks import quotation_of
from dialogue.models import Comment, ConversationSettings, FeaturedComment
from dialogue.quotation_states import (
    SENTENCES,
    STEP_LABELS,
    NextStep,
    QuotationState,
    Standing,
    state_of,
    states_of,
)
from dialogue.selections import Selection
from mail.models import ChoicePlace
from privacy.actions import erase_participant, record_consent

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."
WEEK = timedelta(days=7)
RELATED = ("comment__page", "comment__participant__user", "revision", "page")


@pytest.fixture(autouse=True)
def _notes(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def quote(articles_fr, editor):
    def publish(*comments: Comment, parent: Page = articles_fr, **chosen) -> FeaturedComment:
        body = [quotation_of(each, Selection(each.public_id, **chosen)) for each in comments]
        page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", owner=editor)
        page.body = [("featured_comment", {"quotation": one, "why": ""}) for one in body]
        parent.add_child(instance=page)
        page.save_revision(user=editor).publish()
        return FeaturedComment.objects.filter(page_id=page.pk).first()

    return publish


@pytest.fixture
def row(article, say, quote) -> FeaturedComment:
    return quote(say(article, WORDS, may_ask=True))


def stands(row: FeaturedComment) -> Standing:
    row = FeaturedComment.objects.select_related(*RELATED).get(pk=row.pk)
    found = state_of(row, row.page)
    assert found.sentence.endswith(".")
    return found


def ask(row: FeaturedComment, editor) -> None:
    ask_to_quote(row, by=editor, answer_by=timezone.now() + WEEK)


def answer(row: FeaturedComment, *, is_agreed: bool) -> None:
    answer_quotation(row, by=row.comment.participant, is_agreed=is_agreed, place=ChoicePlace.MAIL)


class TestAsking:
    def test_it_may_be_asked(self, row):
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.TO_ASK, NextStep.ASK)
        assert found.step.label

    def test_it_may_not(self, article, say, quote):
        found = stands(quote(say(article, WORDS)))
        assert (found.state, found.step) == (QuotationState.NOT_TO_BE_ASKED, None)

    def test_asked_it_may_be_reminded_of_once(self, row, editor):
        ask(row, editor)
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.ASKED, NextStep.REMIND)
        remind_of_request(row, by=editor)
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.ASKED, None)

    def test_silence_is_a_no(self, row, editor):
        ask(row, editor)
        with time_machine.travel(timezone.now() + 2 * WEEK):
            found = stands(row)
        assert (found.state, found.step) == (QuotationState.UNANSWERED, None)

    def test_answered(self, row, editor):
        ask(row, editor)
        answer(row, is_agreed=True)
        assert stands(row).state == QuotationState.AGREED
        take_back_one_quotation(row, by=row.comment.participant, place=ChoicePlace.PAGE)
        assert stands(row).state == QuotationState.TAKEN_BACK

    def test_declined(self, row, editor):
        ask(row, editor)
        answer(row, is_agreed=False)
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.DECLINED, None)


class TestSource:
    def test_the_box_covers_it(self, article, say, quote):
        assert stands(quote(say(article, WORDS, may_quote=True))).state == QuotationState.COVERED

    @pytest.mark.parametrize("way", ["hidden", "withdrawn", "erased", "page"])
    def test_it_is_gone(self, row, way):
        comment = row.comment
        if way == "hidden":
            hide_comment(comment, by=None)
        if way == "withdrawn":
            withdraw_comment(comment, by=comment.participant)
        if way == "erased":
            erase_participant(comment.participant)
        if way == "page":
            comment.page.unpublish()
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.SOURCE_GONE, None)

    @pytest.mark.parametrize("is_pinned", [False, True])
    def test_rule03_its_words_are_new(self, article, say, quote, is_pinned):
        row = quote(say(article, WORDS, may_quote=True), is_pinned=is_pinned)
        edit_comment(row.comment, "Mieux dit.", by=row.comment.participant, may_quote=True)
        found = stands(row)
        if is_pinned:  # the editor wants no other
            assert (found.state, found.step) == (QuotationState.COVERED, None)
        else:
            assert (found.state, found.step) == (QuotationState.NEW_WORDING, NextStep.RENEW)


class TestCrossing:
    @pytest.fixture
    def row(self, internal_dialogue, say, employee, quote) -> FeaturedComment:
        comment = say(internal_dialogue, WORDS, user=employee, may_quote=True)
        record_consent(comment.participant, consents.ASK, is_given=True, place=ChoicePlace.ACCOUNT)
        return quote(comment)

    def test_rule09_the_site_does_not_allow_it(self, row):
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.CROSSING_OFF, None)

    def test_rule09_step_by_step(self, row, site, editor, administrator):
        ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})
        assert stands(row).step == NextStep.ASK
        ask(row, editor)
        assert stands(row).state == QuotationState.ASKED
        answer(row, is_agreed=True)
        found = stands(row)
        assert (found.state, found.step) == (QuotationState.AWAITS_SECOND, NextStep.APPROVE)
        cross_quotation(row, by=administrator)
        assert stands(row).state == QuotationState.AGREED


def test_every_state_and_every_step_has_its_words():
    with_a_date = {
        *(QuotationState.SOURCE_GONE, QuotationState.ASKED, QuotationState.AGREED, QuotationState.NEW_WORDING)
    }
    assert SENTENCES.keys() | with_a_date == set(QuotationState)
    assert len(set(map(str, SENTENCES.values()))) == len(SENTENCES)
    assert STEP_LABELS.keys() == set(NextStep)


def test_thirty_cost_as_many_queries_as_one(article, say, quote, count_queries):
    quote(*(say(article, f"{WORDS} {n}", may_ask=n % 2 == 0) for n in range(30)))
    rows = FeaturedComment.objects.select_related(*RELATED).order_by("pk")
    page = rows[0].page
    states_of(rows.all(), page)  # what is remembered is no query of theirs
    one = count_queries(lambda: states_of(rows.all()[:1], page))
    assert count_queries(lambda: states_of(rows.all()[:30], page)) == one
