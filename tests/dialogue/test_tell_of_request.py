"""Rules 4 and 7 by mail: asked, reminded once, told of the publication; and whoever asked, of the answer."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue import consents
from dialogue.actions import (
    answer_quotation,
    ask_to_quote,
    date_quotations,
    hide_comment,
    remind_in_time,
    remind_of_request,
    restore_comment,
    take_back_one_quotation,
)
from dialogue.models import Comment, ConversationSettings, FeaturedComment
from dialogue.request_mail import AGREED, ASKED, DECLINED, QUOTED, REMINDED, RENAMED
from mail.actions import find_stop, process_mail
from mail.models import ChoicePlace, MailLink, OutgoingMail
from people.models import User
from privacy.actions import erase_participant, has_consented, record_consent

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("in_french")]

ADDRESS = "camille@example.org"
WORDS = "Les bancs manquent. On attend debout, au vent."
TITLE = "La parole à Camille"
DAYS = 9
TWO_THIRDS = timedelta(days=6)


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Camille Roy", email=ADDRESS, may_ask=True)


@pytest.fixture
def row(quoting_draft, comment) -> FeaturedComment:
    return quoting_draft(comment, ranges=[[0, 19]], removals=[[4, 9, "personal"]])


@pytest.fixture
def asked(row, editor) -> FeaturedComment:
    ask(row, editor)
    return row


def ask(row: FeaturedComment, editor: User) -> None:
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))


def publish(row: FeaturedComment) -> None:
    page = BlogPage.objects.get(pk=row.page_id)
    page.save_revision().publish()


def say_yes(row: FeaturedComment, **more) -> None:
    answer_quotation(row, by=row.comment.participant, is_agreed=True, place=ChoicePlace.MAIL, **more)


def say_no(row: FeaturedComment) -> None:
    answer_quotation(row, by=row.comment.participant, is_agreed=False, place=ChoicePlace.MAIL)


def queued(*kinds: str) -> list[str]:
    rows = OutgoingMail.objects.filter(kind__in=kinds) if kinds else OutgoingMail.objects.all()
    return list(rows.order_by("pk").values_list("kind", flat=True))


def sent(to: str = "") -> list:
    """The messages that leave now."""
    mail.outbox.clear()
    process_mail()
    return [message for message in mail.outbox if not to or message.to == [to]]


def all_of(message) -> str:
    html = message.alternatives[0][0]
    return f"{message.subject}\n{message.body}\n{html}"


def link_in(message) -> str:
    return re.search(r"https?://[^/\s]+(/\w\w/conversation/quotation/\w+/)", message.body)[1]


class TestAsk:
    def test_rule07_the_author_is_asked_with_all_that_they_decide_on(self, asked):
        [message] = sent(ADDRESS)
        text = message.body
        assert "Les [retiré" in text or "Les [removed" in text
        assert "On attend debout" not in text  # it is not in the excerpt
        assert "[…]" in text
        for told in (TITLE, "Camille Roy", str(timezone.localtime(asked.answer_by).year)):
            assert told in text
        assert TITLE in message.subject
        assert "Les " in message.alternatives[0][0]
        assert link_in(message)

    def test_i3_it_is_written_down_with_the_request(self, row, editor, monkeypatch):
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(OutgoingMail, "save", fail)
        with pytest.raises(RuntimeError):
            ask(row, editor)
        row.refresh_from_db()
        assert row.asked_at is None

    def test_rule07_it_speaks_of_a_draft_under_the_headline_that_it_has_now(self, asked):
        page = BlogPage.objects.get(pk=asked.page_id)
        page.title = "Un autre titre"
        page.save_revision()
        [message] = sent(ADDRESS)
        assert "Un autre titre" in message.subject

    def test_rule06_the_name_is_as_it_would_be_shown(self, quoting_draft, comment, editor):
        ask(quoting_draft(comment, name_form="initials"), editor)
        [message] = sent(ADDRESS)
        assert "C. R." in message.body
        assert "Camille" not in message.body.replace(TITLE, "").replace(ADDRESS, "")

    @pytest.mark.parametrize("way", ["hidden", "answered", "too late", "not to be asked", "erased"])
    def test_rule07_nothing_is_sent_of_what_was_overtaken(self, asked, way):
        later = timezone.now()
        if way == "hidden":
            hide_comment(asked.comment, by=None)
        elif way == "answered":
            say_yes(asked)
        elif way == "too late":
            later += timedelta(days=DAYS + 1)
        elif way == "erased":
            erase_participant(asked.comment.participant)
        else:
            record_consent(asked.comment.participant, consents.ASK, is_given=False, place=ChoicePlace.PAGE)
        with time_machine.travel(later):
            assert sent(ADDRESS) == []

    def test_rule09_of_an_internal_comment_no_word_leaves(self, inside, quoting_draft, editor):
        row = quoting_draft(inside)
        ask(row, editor)
        [message] = sent(inside.participant.address)
        text = all_of(message)
        for hidden in ("bancs", "debout", TITLE, inside.page.title, inside.author_name, "quotation/"):
            assert hidden not in text
        assert reverse("account_login") in text
        assert reverse("answer_own_quotation", args=[row.pk]) in unquote(text)

    def test_rule09_asked_anew_for_the_public_it_is_told_anew(
        self, inside, quoting_draft, editor, articles_fr, site
    ):
        ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})
        row = quoting_draft(inside)
        ask(row, editor)
        say_yes(row)
        PageViewRestriction.objects.filter(page=articles_fr).delete()
        row = FeaturedComment.objects.get(pk=row.pk)
        ask(row, editor)
        assert queued(*ASKED.values()) == [ASKED[False], ASKED[True]]

    def test_of_a_page_that_is_closed_to_them_they_learn_no_title(self, row, editor):
        PageViewRestriction.objects.create(page=row.page, restriction_type="login")
        ask(row, editor)
        [message] = sent(ADDRESS)
        assert TITLE not in all_of(message)
        assert "manquent." in message.body

    def test_rule07_one_click_lets_nobody_ask_any_more(self, asked, client):
        [message] = sent(ADDRESS)
        stop = re.search(r"/mail/stop/([^/]+)/", message.extra_headers["List-Unsubscribe"])[1]
        address = reverse("unsubscribe", args=[stop])
        assert client.get(address).status_code == 200
        assert has_consented(asked.comment.participant, consents.ASK)
        client.post(address)
        assert not has_consented(asked.comment.participant, consents.ASK)
        assert find_stop(stop).describe()
        client.post(address)  # the second time changes nothing
        asked.refresh_from_db()
        assert asked.declined_at is None

    def test_no_token_stands_in_the_database(self, asked):
        [message] = sent(ADDRESS)
        token = link_in(message).rstrip("/").rpartition("/")[2]
        link = MailLink.objects.get(purpose="quotation")
        assert (link.cause, link.participant) == (str(asked.pk), asked.comment.participant)
        assert token not in str(link.__dict__)


class TestRemind:
    def test_rule07_the_portal_reminds_after_two_thirds_of_the_time(self, asked):
        sent()
        with time_machine.travel(timezone.now() + TWO_THIRDS - timedelta(minutes=1)):
            assert sent(ADDRESS) == []
        with time_machine.travel(timezone.now() + TWO_THIRDS + timedelta(minutes=1)):
            [message] = sent(ADDRESS)
            assert TITLE in message.subject
            assert link_in(message)
        asked.refresh_from_db()
        assert asked.reminded_at

    def test_rule07_never_twice(self, asked, editor):
        assert remind_of_request(asked, by=editor)
        with time_machine.travel(timezone.now() + TWO_THIRDS + timedelta(hours=1)):
            assert remind_in_time() == 0
            assert not remind_of_request(asked, by=editor)
        assert queued(*REMINDED.values()) == [REMINDED[False]]

    @pytest.mark.parametrize("way", ["hidden", "answered", "too late", "not to be asked"])
    def test_rule07_nobody_is_reminded_of_what_was_overtaken(self, asked, way, count_queries):
        later = timezone.now() + TWO_THIRDS + timedelta(hours=1)
        if way == "hidden":
            hide_comment(asked.comment, by=None)
        elif way == "answered":
            say_no(asked)
        elif way == "too late":
            later += timedelta(days=DAYS)
        else:
            record_consent(asked.comment.participant, consents.ASK, is_given=False, place=ChoicePlace.PAGE)
        with time_machine.travel(later):
            assert remind_in_time() == 0
        asked.refresh_from_db()
        assert asked.reminded_at is None

    def test_looking_for_what_is_due_costs_one_query_and_no_lock(self, asked, count_queries):
        assert count_queries(remind_in_time) == 1


class TestTellOfPublication:
    def test_rule07_the_author_hears_that_they_are_quoted_and_where(self, asked):
        say_yes(asked, name_form="own", own_name="Une passagère")
        sent()
        publish(asked)
        [message] = sent(ADDRESS)
        page = Page.objects.get(pk=asked.page_id)
        assert page.url in message.body
        assert TITLE in message.subject
        assert "Une passagère" in message.body
        assert link_in(message)  # to take it back

    def test_once_for_each_quotation(self, asked):
        say_yes(asked)
        publish(asked)
        hide_comment(asked.comment, by=None)
        restore_comment(asked.comment, by=None)
        publish(asked)
        assert queued(QUOTED) == [QUOTED]

    def test_whoever_is_covered_by_the_box_hears_it_too(self, article, say, quoting_draft):
        row = quoting_draft(say(article, WORDS, email=ADDRESS, may_quote=True))
        publish(row)
        assert len(sent(ADDRESS)) == 1

    def test_nobody_hears_of_what_no_reader_sees(self, asked):
        publish(asked)  # nobody has agreed
        assert queued(QUOTED) == []

    def test_what_is_taken_back_meanwhile_is_not_told(self, asked):
        say_yes(asked)
        publish(asked)
        take_back_one_quotation(asked, by=asked.comment.participant, place=ChoicePlace.PAGE)
        assert sent(ADDRESS) == []

    def test_what_was_hidden_when_it_was_published_is_told_once_it_is_seen(self, asked):
        say_yes(asked)
        hide_comment(asked.comment, by=None)
        publish(asked)
        assert queued(QUOTED) == []
        restore_comment(asked.comment, by=None)
        assert queued(QUOTED) == [QUOTED]

    def test_whoever_quotes_themselves_knows_it(self, article, say, quoting_draft, editor):
        publish(quoting_draft(say(article, WORDS, user=editor, may_quote=True)))
        assert queued(QUOTED) == []

    def test_what_was_published_long_ago_elsewhere_is_no_news(self, asked):
        say_yes(asked)
        publish(asked)
        page = BlogPage.objects.get(pk=asked.page_id)
        date_quotations(page, at=timezone.now() - timedelta(days=400))
        assert queued(QUOTED) == []

    def test_rule09_of_an_internal_comment_no_word_leaves(self, inside, quoting_draft, editor):
        row = quoting_draft(inside)
        ask(row, editor)
        say_yes(row)
        sent()
        publish(row)
        [message] = sent(inside.participant.address)
        for hidden in ("bancs", TITLE, inside.page.title, inside.author_name):
            assert hidden not in all_of(message)


class TestTellWhoAsked:
    def test_of_a_yes_under_the_name_proposed(self, asked, editor):
        say_yes(asked)
        [message] = sent(editor.email)
        assert TITLE in message.body
        assert "Camille Roy" in message.body
        assert queued(AGREED, DECLINED) == [AGREED]

    def test_of_a_yes_under_another_name(self, asked, editor):
        say_yes(asked, name_form="own", own_name="Une passagère")
        [message] = sent(editor.email)
        assert "Une passagère" in message.body

    def test_of_a_no(self, asked, editor):
        say_no(asked)
        [message] = sent(editor.email)
        assert TITLE in message.body
        assert queued(AGREED, DECLINED) == [DECLINED]

    def test_of_another_answer_in_its_place_and_no_longer_of_the_first(self, asked, editor):
        say_yes(asked)
        say_no(asked)
        assert queued(AGREED, DECLINED) == [AGREED, DECLINED]
        assert len(sent(editor.email)) == 1

    def test_not_twice(self, asked, editor):
        say_yes(asked)
        say_yes(asked)
        say_yes(asked, name_form="first")
        [message] = sent(editor.email)  # it says what holds when it leaves
        assert "Camille." in message.body
        assert queued(AGREED, DECLINED, RENAMED) == [AGREED]

    def test_of_each_change_of_the_name_once(self, asked, editor):
        say_yes(asked)
        sent()
        for names in (["Une passagère"], ["Une habituée", "Une riveraine"]):
            for name in names:
                say_yes(asked, name_form="own", own_name=name)
                say_yes(asked, name_form="own", own_name=name)
            [message] = sent(editor.email)
            assert names[-1] in message.body
        assert queued(AGREED, RENAMED) == [AGREED, RENAMED, RENAMED]

    def test_of_no_name_that_was_taken_back_before_it_left(self, asked, editor):
        say_yes(asked)
        sent()
        say_yes(asked, name_form="own", own_name="Une passagère")
        say_no(asked)
        [message] = sent(editor.email)
        assert "Une passagère" not in message.body

    def test_of_a_yes_after_a_no_anew(self, asked, editor):
        for answer in (say_yes, say_no, say_yes):
            answer(asked)
            assert len(sent(editor.email)) == 1

    def test_whoever_may_no_longer_edit_the_page_hears_nothing(self, asked, editor):
        say_yes(asked)
        editor.groups.clear()
        assert sent(editor.email) == []

    def test_of_what_is_internal_no_word_and_no_name_leaves(self, inside, quoting_draft, editor):
        row = quoting_draft(inside)
        ask(row, editor)
        for own_name in ("Une passagère", "Une habituée"):
            say_yes(row, name_form="own", own_name=own_name)
            [message] = sent(editor.email)
            for hidden in ("bancs", TITLE, inside.page.title, inside.author_name, own_name):
                assert hidden not in all_of(message)
