"""An author appeals once against a decision, and somebody else answers."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from demo.factories.people import verify_guest
from dialogue import links
from dialogue.actions import CommentRefused, withdraw_comment
from dialogue.models import Comment
from dialogue.models.words import TEXT_MAX_LENGTH
from mail.actions import make_link, process_mail
from mail.models import OutgoingMail
from moderation.actions import (
    Justification,
    OwnDecision,
    ReasonRequired,
    Seen,
    appeal_decision,
    carry_out_due,
    decide_later,
    decide_on_comments,
    hide_comment,
    publish_comment,
    reject_comment,
    restore_comment,
    tell_moderators,
    uphold_decision,
)
from moderation.actions.conflicts import DecisionConflict
from moderation.actions.notices import DELAY
from moderation.mail import WAITING, appeal_address, count_waiting, waiting_sentence
from moderation.models import Appeal, Decision, ModerationSettings, Verb, WaitingNotice
from people.groups import MODERATORS, the_group
from people.models import GroupSection
from privacy.actions import erase_participant, export_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = "moderation_comments:list_comments"
ADDRESS = "camille@example.org"
WORDS = "J’ai vu les bancs moi-même : c’est bien de la page qu’il s’agit."
ANSWER = "Les bancs sont au parc, et la page parle du quai."
DAYS = timedelta(days=30)


def review_url(comment: Comment) -> str:
    return reverse("moderation_comments:review_comment", args=[comment.public_id])


def decide(browser: Client, comment: Comment, verb: str, **fields):
    comment.refresh_from_db()
    seen = {"version": comment.version, "status": comment.status, **fields}
    url = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])
    return browser.post(url, seen)


def appeal(comment: Comment, text: str = WORDS) -> Appeal:
    comment = Comment.objects.get(pk=comment.pk)
    return appeal_decision(comment, text, by=comment.participant)


def status_of(comment: Comment) -> str:
    return Comment.objects.values_list("status", flat=True).get(pk=comment.pk)


def says(answer, sentence: str) -> bool:
    """Whether the page says the sentence, in its own language."""
    with translation.override("fr"):
        return escape(_(sentence)) in answer.content.decode()


def messages_to(address: str) -> list:
    return [message for message in mail.outbox if message.to == [address]]


@pytest.fixture
def rejected(article, receive, moderator) -> Comment:
    """A comment of Camille's that Fanny rejected; nobody is to be told any more that it waited."""
    comment = receive(article, "Et les bancs ?", "Camille Roy", email=ADDRESS)
    WaitingNotice.objects.all().delete()
    reject_comment(
        comment,
        by=moderator,
        reason_code="off_topic",
        reason_text="La page parle du quai.",
        note="Troisième.",
    )
    return comment


@pytest.fixture
def appealed(rejected) -> Comment:
    appeal(rejected)
    rejected.refresh_from_db()
    return rejected


@pytest.fixture
def guest_page() -> Client:
    """Camille's window, whose page is open by the mailed link."""
    guest, window = verify_guest("Camille Roy", ADDRESS), Client()
    window.post(reverse("open_personal_page", args=[make_link(guest, links.PERSONAL)]))
    return window


class TestAct:
    """Who may appeal, when, and in which words."""

    def test_it_is_written_with_the_decision_that_it_is_against(self, rejected, moderator):
        made = appeal(rejected, f"{WORDS}\r\n")
        assert (made.text, made.outcome, made.comment) == (WORDS, None, rejected)
        assert (made.decision.verb, made.decision.by) == (Verb.REJECT, moderator)
        assert status_of(rejected) == "rejected"

    def test_the_second_time_nothing_changes(self, rejected):
        first = appeal(rejected)
        assert appeal(rejected, "Autre chose.") == first
        assert Appeal.objects.get().text == WORDS

    def test_each_time_that_it_is_hidden_there_may_be_one(self, rejected, moderator, outside_moderator):
        publish_comment(rejected, by=moderator)
        for number in (1, 2):
            hide_comment(rejected, by=moderator, reason_code="off_topic")
            appeal(rejected)
            assert Appeal.objects.count() == number
            restore_comment(rejected, by=outside_moderator)
        assert Appeal.objects.filter(decision__verb=Verb.HIDE).answered().count() == 2

    @pytest.mark.parametrize("text", ["", "  \n", "x" * (TEXT_MAX_LENGTH + 1)], ids=["none", "blank", "long"])
    def test_words_are_needed_and_limited_as_those_of_a_comment(self, rejected, text):
        with pytest.raises(CommentRefused):
            appeal(rejected, text)
        assert not Appeal.objects.exists()

    def test_nobody_else_may(self, rejected, receive, article):
        with pytest.raises(PermissionDenied):
            appeal_decision(rejected, WORDS, by=receive(article).participant)

    def test_there_must_be_a_decision_of_a_person_that_is_in_force(self, held, moderator):
        with pytest.raises(PermissionDenied):
            appeal(held)
        publish_comment(held, by=moderator)
        with pytest.raises(PermissionDenied):
            appeal(held)

    def test_what_was_withdrawn_since_is_nobodys_to_bring_back(self, rejected):
        withdraw_comment(rejected, by=rejected.participant)
        with pytest.raises(PermissionDenied):
            appeal(rejected)

    def test_it_is_too_late_after_the_days_of_the_setting(self, rejected, site):
        with time_machine.travel(timezone.now() + DAYS + timedelta(minutes=1)), pytest.raises(CommentRefused):
            appeal(rejected)
        ModerationSettings.objects.update_or_create(site=site, defaults={"appeal_days": 0})
        with pytest.raises(CommentRefused):
            appeal(rejected)
        with time_machine.travel(timezone.now() + DAYS):
            ModerationSettings.objects.update_or_create(site=site, defaults={"appeal_days": 31})
            assert appeal(rejected)

    def test_nobody_appeals_where_they_may_not_read_any_more(self, held_inside, moderator, employee):
        reject_comment(held_inside, by=moderator, reason_code="off_topic")
        employee.groups.clear()
        with pytest.raises(PermissionDenied):
            appeal(held_inside)


class TestForm:
    """From the page of one's own comments, and behind the address in the message."""

    def test_a_guest_appeals_by_the_address_in_the_message(self, rejected):
        process_mail()
        [message] = messages_to(ADDRESS)
        url = appeal_address(rejected)
        assert url in message.body
        stranger = Client(enforce_csrf_checks=True)
        form = stranger.get(url)
        assert form.status_code == HTTPStatus.OK
        assert "hors sujet" in form.content.decode()
        assert not form.cookies
        sent = stranger.post(url, {"text": WORDS}, follow=True)
        assert sent.redirect_chain[0][1] == HTTPStatus.SEE_OTHER
        assert Appeal.objects.get().text == WORDS
        assert says(sent, "We have your appeal")

    def test_a_guest_appeals_on_their_page(self, rejected, guest_page):
        url = reverse("appeal_own_comment", args=[rejected.public_id])
        assert url in guest_page.get(reverse("personal_page")).content.decode()
        page = guest_page.post(url, {"text": WORDS}, follow=True)
        assert says(page, "We have your appeal")
        assert url not in page.content.decode()
        assert Appeal.objects.get().comment == rejected

    def test_somebody_with_an_account_does_so_too(self, article, receive, moderator, employee, signed_in):
        comment = receive(article, user=employee)
        reject_comment(comment, by=moderator, reason_code="off_topic")
        url = reverse("appeal_own_comment", args=[comment.public_id])
        assert signed_in(employee).post(url, {"text": WORDS}).status_code == HTTPStatus.SEE_OTHER
        assert Appeal.objects.get().comment == comment

    @pytest.mark.parametrize("text", ["", "  ", "long " * 1_100], ids=["none", "blank", "too long"])
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, rejected, text):
        answer = Client().post(appeal_address(rejected), {"text": text})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert text.strip() in answer.content.decode()
        assert not Appeal.objects.exists()

    def test_what_comes_too_late_keeps_the_words(self, rejected):
        with time_machine.travel(timezone.now() + DAYS + timedelta(minutes=1)):
            answer = Client().post(appeal_address(rejected), {"text": WORDS})
            assert Client().get(appeal_address(rejected)).status_code == HTTPStatus.SEE_OTHER
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert WORDS in answer.content.decode()

    def test_the_second_time_it_leads_to_where_the_first_stands(self, appealed):
        answer = Client().post(appeal_address(appealed), {"text": "Encore."})
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert Appeal.objects.get().text == WORDS

    def test_another_site_cannot_send_it(self, rejected):
        answer = Client().post(
            appeal_address(rejected), {"text": WORDS}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not Appeal.objects.exists()

    def test_a_stranger_and_the_wrong_person_find_nothing(self, rejected, employee, signed_in):
        url = reverse("appeal_own_comment", args=[rejected.public_id])
        assert signed_in(employee).post(url, {"text": WORDS}).status_code == HTTPStatus.NOT_FOUND
        assert Client().get(url).url == reverse("personal_page")
        assert Client().get(reverse("appeal_by_status", args=["x" * 20])).status_code == HTTPStatus.NOT_FOUND
        assert not Appeal.objects.exists()

    def test_there_is_no_form_where_nothing_was_decided(self, held):
        assert Client().get(appeal_address(held)).status_code == HTTPStatus.NOT_FOUND


class TestAnswer:
    """Somebody else upholds or overturns, and the author is told."""

    def test_upholding_leaves_the_comment_and_tells_why(self, appealed, outside_moderator):
        process_mail()
        mail.outbox.clear()
        decision = uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER, note="D’accord.")
        made = Appeal.objects.get()
        assert (made.outcome, made.is_overturned) == (decision, False)
        assert (decision.verb, decision.by, decision.event) == (Verb.UPHOLD, outside_moderator, None)
        assert status_of(appealed) == "rejected"
        process_mail()
        [message] = messages_to(ADDRESS)
        assert ANSWER in message.body
        assert "D’accord." not in message.body
        assert outside_moderator.last_name not in message.body
        assert appeal_address(appealed) not in message.body

    @pytest.mark.parametrize("is_hidden", [False, True], ids=["rejected", "hidden"])
    def test_overturning_is_the_ordinary_act(self, rejected, moderator, outside_moderator, is_hidden):
        if is_hidden:
            publish_comment(rejected, by=moderator)
            hide_comment(rejected, by=moderator, reason_code="off_topic")
        appeal(rejected)
        process_mail()
        mail.outbox.clear()
        act = restore_comment if is_hidden else publish_comment
        decision = act(Comment.objects.get(pk=rejected.pk), by=outside_moderator)
        made = Appeal.objects.get()
        assert (made.outcome, made.is_overturned) == (decision, True)
        assert status_of(rejected) == "published"
        process_mail()
        [message] = messages_to(ADDRESS)
        with translation.override("fr"):
            # In a subject every space is a plain one.
            told = " ".join(_("Your appeal: your comment is published").split())
        assert told in " ".join(message.subject.split())

    def test_upholding_needs_words(self, appealed, outside_moderator):
        with pytest.raises(ReasonRequired):
            uphold_decision(appealed, by=outside_moderator, reason_text="  ")
        assert Appeal.objects.get().outcome is None

    def test_the_second_time_nothing_is_written(self, appealed, outside_moderator):
        assert uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER)
        assert uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER) is None
        assert Decision.objects.filter(verb=Verb.UPHOLD).count() == 1

    def test_whoever_decided_answers_by_no_way(self, appealed, moderator):
        with pytest.raises(OwnDecision):
            uphold_decision(appealed, by=moderator, reason_text=ANSWER)
        with pytest.raises(OwnDecision):
            publish_comment(appealed, by=moderator)
        with pytest.raises(OwnDecision):
            decide_on_comments(Verb.PUBLISH, [Seen(appealed)], by=moderator)
        why = Justification("", ANSWER)
        for verb in (Verb.PUBLISH, Verb.UPHOLD):
            with pytest.raises(OwnDecision):
                decide_later(verb, [Seen(appealed)], by=moderator, why=why)
        assert status_of(appealed) == "rejected"
        assert Appeal.objects.get().outcome is None

    def test_an_administrator_may_unless_they_decided(self, appealed, administrator, receive, article):
        assert uphold_decision(appealed, by=administrator, reason_text=ANSWER)
        own = receive(article)
        reject_comment(own, by=administrator, reason_code="off_topic")
        appeal(own)
        with pytest.raises(OwnDecision):
            uphold_decision(own, by=administrator, reason_text=ANSWER)

    def test_colleagues_and_moderators_of_elsewhere_may_not(self, appealed, editor, employee, stranger):
        for person in (editor, employee, stranger):
            with pytest.raises(PermissionDenied):
                uphold_decision(appealed, by=person, reason_text=ANSWER)

    def test_what_is_internal_is_not_for_moderators_of_the_public_sections(
        self, held_inside, moderator, outside_moderator, outside_desk
    ):
        reject_comment(held_inside, by=moderator, reason_code="off_topic")
        appeal(held_inside, "SECRET de l’appel")
        with pytest.raises(PermissionDenied):
            uphold_decision(held_inside, by=outside_moderator, reason_text=ANSWER)
        assert decide(outside_desk, held_inside, "uphold", reason_text=ANSWER).status_code == 404
        shown = outside_desk.get(reverse(LIST), {"status": "appealed"})
        assert "SECRET" not in shown.content.decode()
        assert count_waiting(outside_moderator) == (0, 0, 0)

    def test_of_two_the_second_is_told(self, appealed, outside_moderator, administrator):
        seen = Appeal.objects.get().pk
        uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER, appeal=seen)
        with pytest.raises(DecisionConflict) as conflict:
            publish_comment(appealed, by=administrator, version=1, status="rejected", appeal=seen)
        assert "Odile" in str(conflict.value)
        assert status_of(appealed) == "rejected"

    def test_no_second_appeal_against_the_same_decision(self, appealed, outside_moderator):
        uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER)
        assert appeal(appealed, "Encore !").text == WORDS
        page = Client().get(reverse("comment_status", args=[appeal_address(appealed).split("/")[-3]]))
        assert ANSWER in page.content.decode()

    def test_it_waits_ten_seconds_as_every_decision(self, appealed, outside_moderator, settings):
        settings.UNDO_SECONDS = 10
        seen = Seen(appealed, 1, "rejected", Appeal.objects.get().pk)
        assert decide_later(Verb.UPHOLD, [seen], by=outside_moderator, why=Justification("", ANSWER)).count
        assert Appeal.objects.get().outcome is None
        with time_machine.travel(timezone.now() + timedelta(seconds=11)):
            assert carry_out_due() == 1
        assert Appeal.objects.get().outcome.verb == Verb.UPHOLD


class TestDesk:
    """The tab of the queue, its cards, and who is told that an appeal waits."""

    def test_the_tab_shows_all_that_is_needed_to_decide(self, appealed, outside_desk):
        shown = outside_desk.get(reverse(LIST), {"status": "appealed"})
        html = shown.content.decode()
        [card] = shown.context["cards"]
        assert [choice.verb for choice in card.choices] == ["publish", "uphold"]
        for words in (WORDS, "Fanny Poirier", "La page parle du quai.", "Troisième."):
            assert words in html
        [tab] = [one for one in shown.context["tabs"] if one.is_current]
        assert tab.count == 1

    def test_whoever_decided_sees_that_somebody_else_answers(self, appealed, desk):
        for url in (f"{reverse(LIST)}?status=appealed", review_url(appealed)):
            shown = desk.get(url)
            card = shown.context["card"] if "card" in shown.context else shown.context["cards"][0]
            assert card.is_own_decision
            assert card.choices == []
            assert WORDS in shown.content.decode()
        assert decide(desk, appealed, "uphold", reason_text=ANSWER).status_code == 409
        assert decide(desk, appealed, "publish").status_code == 409
        assert status_of(appealed) == "rejected"

    def test_once_answered_it_stands_with_the_decisions(self, appealed, outside_moderator, desk):
        uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER)
        html = desk.get(review_url(appealed)).content.decode()
        for words in (WORDS, ANSWER, "Odile Dehors"):
            assert words in html

    def test_among_many_it_says_which_one_is_for_somebody_else(self, appealed, desk):
        tick = f"{appealed.public_id}:{appealed.version}:rejected"
        url = reverse("moderation_comments:decide_on_comments")
        answer = desk.post(
            url, {"verb": "publish", "comment": [tick], "next": f"{reverse(LIST)}?status=rejected"}
        )
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Camille Roy –" in answer.content.decode()
        assert status_of(appealed) == "rejected"

    def test_it_is_decided_by_its_forms(self, appealed, outside_desk):
        card = outside_desk.get(reverse(LIST), {"status": "appealed"}).context["cards"][0]
        given = {"appeal": card.appeal.pk}
        refused = decide(outside_desk, appealed, "uphold", **given, reason_text=" ", note="Ma note")
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Ma note" in refused.content.decode()
        assert decide(outside_desk, appealed, "uphold", **given, reason_text=ANSWER).status_code == 302
        assert Appeal.objects.get().outcome.reason_text == ANSWER
        assert not outside_desk.get(reverse(LIST), {"status": "appealed"}).context["cards"]

    def test_its_queries_do_not_grow(self, receive, article, moderator, outside_desk, count_queries):
        def add() -> None:
            comment = receive(article)
            reject_comment(comment, by=moderator, reason_code="off_topic")
            appeal(comment)

        def count() -> int:
            outside_desk.get(reverse(LIST), {"status": "appealed"})  # what pages share is remembered
            return count_queries(lambda: outside_desk.get(reverse(LIST), {"status": "appealed"}))

        add()
        few = count()
        for _number in range(4):
            add()
        assert count() == few

    def test_how_many_were_overturned_stands_above(
        self, receive, article, moderator, outside_moderator, desk
    ):
        for number in range(4):
            comment = receive(article)
            reject_comment(comment, by=moderator, reason_code="off_topic")
            appeal(comment)
            if number == 0:
                publish_comment(comment, by=outside_moderator)
            elif number < 3:
                uphold_decision(comment, by=outside_moderator, reason_text=ANSWER)
        shown = desk.get(reverse(LIST), {"status": "appealed"})
        assert shown.context["appeals"] == {"answered": 3, "overturned": 1, "share": 33}
        assert Appeal.objects.all().counted() == (3, 1)

    def test_whoever_decided_is_not_told_that_it_waits(self, appealed, moderator, outside_moderator):
        assert count_waiting(moderator) == (0, 0, 0)
        assert count_waiting(outside_moderator) == (0, 0, 1)
        with time_machine.travel(timezone.now() + DELAY + timedelta(seconds=1)):
            process_mail()
        assert not messages_to(moderator.email)
        with translation.override("fr"):
            assert waiting_sentence(0, 0, 1) in messages_to(outside_moderator.email)[0].subject

    def test_where_there_is_no_other_moderator_administrators_are_told(
        self, appealed, moderator, administrator
    ):
        tell_moderators()
        told = OutgoingMail.objects.filter(kind=WAITING).values_list("participant__user__email", flat=True)
        assert administrator.email in told
        assert moderator.email not in told

    def test_a_moderator_of_another_section_decides_on_none(self, appealed, outside_moderator, dialogues_fr):
        group = the_group(MODERATORS)
        GroupSection.objects.create(group=group, page=dialogues_fr)
        outside = type(outside_moderator).objects.get(pk=outside_moderator.pk)
        with pytest.raises(PermissionDenied):
            uphold_decision(appealed, by=outside, reason_text=ANSWER)


class TestPrivacy:
    def test_with_an_erasure_the_words_go_and_the_outcome_stays(self, appealed, outside_moderator):
        uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER)
        erase_participant(appealed.participant)
        made = Appeal.objects.get()
        assert (made.text, made.outcome.verb, made.outcome.reason_text) == ("", Verb.UPHOLD, "")

    def test_what_was_erased_waits_no_more(self, appealed, outside_moderator, outside_desk):
        erase_participant(appealed.participant)
        assert count_waiting(outside_moderator) == (0, 0, 0)
        assert not outside_desk.get(reverse(LIST), {"status": "appealed"}).context["cards"]

    def test_the_author_gets_it_with_all_that_is_about_them(self, appealed, outside_moderator):
        uphold_decision(appealed, by=outside_moderator, reason_text=ANSWER)
        [row] = export_person(appealed.participant)["appeals"]
        assert row["text"] == WORDS
