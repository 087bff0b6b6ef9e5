"""A moderator warns somebody, holds all that they say, suspends or bans them, and lifts it again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from dialogue import links
from dialogue.actions import CommentRefused, edit_comment, withdraw_comment
from dialogue.models import Comment, CommentStatus
from dialogue.tickets import issue_ticket
from mail.actions import make_link, process_mail
from mail.models import OutgoingMail
from moderation import actions
from moderation.actions import Justification, ReasonRequired, Scope, Silenced, lift_measure, take_measure
from moderation.models import Measure, MeasureKind, Reach
from people.groups import MODERATORS, the_group
from people.models import GroupSection, Participant, User
from tests.speech import browser_of, receive

pytestmark = pytest.mark.django_db

WHY = Justification("personal_attack", "Restez courtois.", "Troisième fois.")
PUBLIC, EVERYWHERE = Scope(Reach.PUBLIC), Scope(Reach.EVERYWHERE)
WARNING, HOLDING, SUSPENSION, BAN = MeasureKind


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def take(comment: Comment, kind: MeasureKind, by: User, **more) -> Measure:
    given = {"scope": PUBLIC, "why": WHY, "last_day": in_days(7) if kind == SUSPENSION else None, **more}
    return take_measure(comment, kind, by=by, **given)


def measure_url(comment: Comment) -> str:
    return reverse("moderation_comments:take_measure", args=[comment.public_id])


def person_url(comment: Comment) -> str:
    return reverse("moderation_comments:show_person", args=[comment.public_id])


@pytest.fixture
def said(say, article, employee) -> Comment:
    """A published comment of an employee in public."""
    return say(article, "Quelle sottise.", user=employee)


@pytest.fixture
def said_by_guest(say, article) -> Comment:
    comment = say(article, "Quelle sottise.", email="troll@example.org")
    Participant.objects.filter(pk=comment.participant_id).update(verified_at=timezone.now())
    comment.participant.refresh_from_db()
    return comment


class TestSilence:
    @pytest.mark.parametrize("kind", [SUSPENSION, BAN])
    def test_they_post_nothing_and_reply_nothing(self, said, article, dialogue, employee, moderator, kind):
        take(said, kind, moderator)
        for page, parent in ((article, None), (article, said), (dialogue, None)):
            with pytest.raises(Silenced) as refusal:
                receive(page, "Encore moi.", user=employee, parent=parent)
            assert WHY.reason_text in str(refusal.value)
        assert Comment.objects.filter(participant=said.participant).count() == 1

    def test_they_change_nothing_and_withdraw_what_they_want(self, said, moderator):
        take(said, BAN, moderator)
        with pytest.raises(Silenced):
            edit_comment(said, "Encore plus sot.", by=said.participant)
        said.refresh_from_db()
        assert said.waiting_version is None
        withdraw_comment(said, by=said.participant)
        assert said.status == CommentStatus.WITHDRAWN

    def test_a_held_comment_is_not_changed_either(self, policy, receive, article, employee, moderator):
        policy("hold_all")
        held = receive(article, user=employee)
        take(held, BAN, moderator)
        with pytest.raises(Silenced):
            edit_comment(held, "Autre chose.", by=held.participant)

    def test_others_go_on(self, said, article, moderator):
        take(said, BAN, moderator)
        assert receive(article, "Bonjour.", email="autre@example.org").pk

    def test_it_ends_with_its_day(self, said, article, employee, moderator, monkeypatch):
        measure = take(said, SUSPENSION, moderator)
        assert measure.last_day == in_days(7)
        Measure.objects.update(taken_at=timezone.now() - timedelta(days=9), ends_at=timezone.now())
        process_mail()
        assert receive(article, "Me revoilà.", user=employee).pk
        assert not [one for one in mail.outbox if one.to == [employee.email]]

    def test_lifted_it_holds_no_more(self, said, article, employee, moderator):
        lift_measure(take(said, BAN, moderator), by=moderator)
        assert receive(article, "Merci.", user=employee).pk

    def test_a_public_ban_leaves_internal_dialogues_open(
        self, said, internal_dialogue, article, employee, moderator
    ):
        take(said, BAN, moderator)
        assert receive(internal_dialogue, "Entre nous.", user=employee).pk
        take(said, BAN, moderator, scope=EVERYWHERE)
        with pytest.raises(Silenced):
            receive(internal_dialogue, "Encore entre nous.", user=employee)

    def test_in_one_section_it_holds_there_alone(
        self, said, article, dialogue, articles_fr, employee, moderator
    ):
        take(said, BAN, moderator, scope=Scope(Reach.SECTION, articles_fr.page_ptr))
        assert receive(dialogue, "Ici, oui.", user=employee).pk
        with pytest.raises(Silenced):
            receive(article, "Là, non.", user=employee)

    def test_it_costs_no_query_where_nothing_is_in_force(
        self, article, employee, other_said, moderator, count_queries
    ):
        """As many as before for somebody else, once anybody is silenced at all."""
        receive(article, user=employee)
        before = count_queries(lambda: receive(article, user=employee))
        take(other_said, BAN, moderator)
        receive(article, user=employee)
        assert count_queries(lambda: receive(article, user=employee)) == before

    @pytest.fixture
    def other_said(self, say, article, outsider_employee):
        return say(article, user=outsider_employee)


class TestGuest:
    """A guest is known by the address, once somebody has shown that it is theirs."""

    def test_a_trusted_browser_is_refused_and_keeps_the_words(self, said_by_guest, article, moderator):
        take(said_by_guest, BAN, moderator)
        browser, ticket = browser_of(said_by_guest.participant), issue_ticket(article.pk)
        sent = {"text": "Mes beaux mots.", "name": "Odile", "email": "troll@example.org"}
        answer = browser.post(reverse("preview_comment", args=[article.pk]), sent)
        assert answer.status_code == 422
        assert "Mes beaux mots." in answer.text
        assert escape(WHY.reason_text) in answer.text
        sent |= {"ticket_key": ticket.key, "ticket_time": ticket.time}
        answer = browser.post(reverse("create_comment", args=[article.pk]), sent)
        assert answer.status_code == 422
        assert "readonly" in answer.text
        assert "Mes beaux mots." in answer.text
        assert Comment.objects.filter(participant=said_by_guest.participant).count() == 1

    def test_a_trusted_browser_is_told_as_soon_as_they_begin_to_write(
        self, said_by_guest, article, moderator, client
    ):
        take(said_by_guest, BAN, moderator)
        address = reverse("issue_ticket", args=[article.pk])
        told = browser_of(said_by_guest.participant).get(address).json()
        assert WHY.reason_text in told["silence"]
        assert "silence" not in client.get(address).json()

    def test_a_new_browser_is_told_once_the_address_is_shown_to_be_theirs(
        self, said_by_guest, article, moderator, client
    ):
        take(said_by_guest, BAN, moderator)
        comment = receive(article, "D’ailleurs.", email="TROLL@example.org".lower(), is_verified=False)
        assert comment.status == CommentStatus.UNVERIFIED
        link = make_link(said_by_guest.participant, links.CONFIRM)
        address = reverse("confirm_comments", args=[link])
        answer = client.post(address, {"comments": comment.public_id})
        assert answer.status_code == 422
        assert escape(WHY.reason_text) in answer.text
        assert "D’ailleurs." in answer.text
        comment.refresh_from_db()
        assert comment.status == CommentStatus.UNVERIFIED

    def test_who_types_the_address_learns_nothing(self, said_by_guest, article, moderator, client):
        take(said_by_guest, BAN, moderator)
        sent = {"text": "Bonjour.", "name": "Quelqu’un", "email": "troll@example.org"}
        answer = client.post(reverse("preview_comment", args=[article.pk]), sent)
        assert answer.status_code == 200
        assert WHY.reason_text not in answer.text

    def test_an_account_with_the_same_address_is_the_same_person(
        self, said_by_guest, article, employee, moderator
    ):
        take(said_by_guest, BAN, moderator)
        User.objects.filter(pk=employee.pk).update(email="Troll@example.org")
        with pytest.raises(Silenced):
            receive(article, user=User.objects.get(pk=employee.pk))


class TestHolding:
    def test_every_comment_is_held_and_the_card_says_why(
        self, policy, said, article, dialogue, employee, moderator, desk
    ):
        policy("publish_all")
        take(said, HOLDING, moderator)
        comment = receive(dialogue, "Sagement.", user=employee)
        assert comment.status == CommentStatus.HELD
        [signal] = comment.decisions.get().noticed
        assert (signal.name, signal.score) == ("person_held", 100)
        page = desk.get(reverse("moderation_comments:list_comments"))
        [card] = page.context["cards"]
        assert [measure.kind for measure in card.measures] == [HOLDING]
        assert card.noticed[0][0][1:] in page.text

    def test_a_change_of_what_is_published_waits(self, policy, said, moderator):
        policy("publish_all")
        take(said, HOLDING, moderator)
        edit_comment(said, "Mieux dit.", by=said.participant)
        said.refresh_from_db()
        assert said.has_waiting_edit

    def test_lifted_nothing_is_held(self, policy, said, article, employee, moderator):
        policy("publish_all")
        lift_measure(take(said, HOLDING, moderator), by=moderator)
        assert receive(article, "Sagement.", user=employee).is_published


class TestTold:
    """The person hears of it by mail, in their language, and reads it on their page."""

    @pytest.mark.parametrize("kind", MeasureKind)
    def test_by_mail_with_the_reason_and_never_the_note(self, said_by_guest, moderator, kind, settings):
        settings.UNDO_SECONDS = 0
        mail.outbox.clear()
        take(said_by_guest, kind, moderator)
        process_mail()
        [message] = [one for one in mail.outbox if one.to == ["troll@example.org"]]
        assert WHY.reason_text in message.body
        assert "attaque personnelle" in message.body
        assert WHY.note not in message.body
        assert "internes" not in message.body

    def test_in_their_language(self, said_by_guest, moderator, settings):
        settings.UNDO_SECONDS = 0
        Participant.objects.filter(pk=said_by_guest.participant_id).update(language="en")
        take(said_by_guest, BAN, moderator)
        process_mail()
        assert mail.outbox[-1].subject == "You can no longer comment"

    def test_of_an_internal_dialogue_mail_says_no_more_than_that(
        self, held_inside, moderator, employee, settings
    ):
        settings.UNDO_SECONDS = 0
        take(held_inside, WARNING, moderator, scope=EVERYWHERE)
        process_mail()
        [message] = [one for one in mail.outbox if one.to == [employee.email] and WHY.note not in one.body][
            -1:
        ]
        assert WHY.reason_text not in message.body
        assert "attaque" not in message.body

    def test_lifted_within_the_time_to_take_it_back_nothing_is_sent(self, said_by_guest, moderator, settings):
        settings.UNDO_SECONDS = 10
        process_mail()
        mail.outbox.clear()
        measure = take(said_by_guest, BAN, moderator)
        process_mail()
        assert not [one for one in mail.outbox if one.to == ["troll@example.org"]]
        lift_measure(measure, by=moderator)
        OutgoingMail.objects.update(due_at=timezone.now())
        process_mail()
        assert not [one for one in mail.outbox if one.to == ["troll@example.org"]]

    def test_lifted_later_they_are_told_that_too(self, said_by_guest, moderator, settings):
        settings.UNDO_SECONDS = 0
        measure = take(said_by_guest, BAN, moderator)
        process_mail()
        assert lift_measure(measure, by=moderator)
        process_mail()
        told = [one for one in mail.outbox if one.to == ["troll@example.org"]]
        assert len(told) == 2

    def test_on_their_page(self, said, moderator, signed_in, employee):
        measure = take(said, SUSPENSION, moderator)
        browser = signed_in(employee)
        page = browser.get(reverse("personal_page")).text
        assert WHY.reason_text in page
        assert WHY.note not in page
        lift_measure(measure, by=moderator)
        assert WHY.reason_text not in browser.get(reverse("personal_page")).text

    def test_on_the_page_of_a_guest_only_where_it_is_open(self, said_by_guest, moderator):
        take(said_by_guest, BAN, moderator)
        shared = browser_of(said_by_guest.participant)
        assert WHY.reason_text not in shared.get(reverse("personal_page")).text
        shared.post(
            reverse("open_personal_page", args=[make_link(said_by_guest.participant, links.PERSONAL)])
        )
        assert WHY.reason_text in shared.get(reverse("personal_page")).text

    def test_in_place_of_the_form(self, said, article, moderator, signed_in, employee):
        browser = signed_in(employee)
        assert 'name="text"' in browser.get(article.get_url()).text
        take(said, BAN, moderator)
        page = browser.get(article.get_url()).text
        assert 'name="text"' not in page
        assert WHY.reason_text in page
        assert said.text in page  # they go on reading
        reply = browser.get(reverse("reply_to_comment", args=[said.public_id])).text
        assert WHY.reason_text in reply
        assert 'name="text"' not in reply

    def test_others_are_shown_the_form(self, said, article, moderator, desk, client):
        take(said, BAN, moderator)
        assert 'name="text"' in desk.get(article.get_url()).text
        assert 'name="text"' in client.get(article.get_url()).text

    def test_where_they_change_their_words(self, said, moderator, signed_in, employee):
        take(said, BAN, moderator)
        browser, address = signed_in(employee), reverse("edit_own_comment", args=[said.public_id])
        assert WHY.reason_text in browser.get(address).text
        answer = browser.post(address, {"text": "Les nouveaux mots.", "words_language": "fr"})
        assert answer.status_code == 422
        assert "Les nouveaux mots." in answer.text


class TestRefused:
    def test_who_does_not_moderate(self, said, employee, editor):
        for user in (employee, editor, AnonymousUser()):
            with pytest.raises(PermissionDenied):
                take(said, WARNING, user)

    def test_oneself(self, say, article, moderator):
        with pytest.raises(PermissionDenied):
            take(say(article, user=moderator), WARNING, moderator)

    def test_an_administrator_by_a_moderator(self, say, article, administrator, moderator):
        comment = say(article, user=administrator)
        with pytest.raises(PermissionDenied):
            take(comment, WARNING, moderator)

    def test_further_than_they_decide(
        self, said, article, moderator, outside_moderator, internal_fr, articles_fr
    ):
        for scope in (EVERYWHERE, Scope(Reach.SECTION, internal_fr.page_ptr), Scope(Reach.SECTION)):
            with pytest.raises(PermissionDenied):
                take(said, BAN, outside_moderator, scope=scope)
        assert take(said, BAN, outside_moderator)
        GroupSection.objects.create(group=the_group(MODERATORS), page=articles_fr)
        limited = User.objects.get(pk=moderator.pk)
        with pytest.raises(PermissionDenied):
            take(said, WARNING, limited)
        assert take(said, WARNING, limited, scope=Scope(Reach.SECTION, articles_fr.page_ptr))

    def test_a_guest_is_told_of_no_internal_place(self, said_by_guest, moderator, internal_fr):
        for scope in (EVERYWHERE, Scope(Reach.SECTION, internal_fr.page_ptr)):
            with pytest.raises(PermissionDenied):
                take(said_by_guest, BAN, moderator, scope=scope)

    def test_without_a_reason_that_holds(self, said, moderator):
        for why in (Justification(), Justification("dislike"), Justification("other")):
            with pytest.raises(ReasonRequired):
                take(said, WARNING, moderator, why=why)

    @pytest.mark.parametrize("days", [None, -1, 5 * 365 + 2])
    def test_a_day_that_will_not_do(self, said, moderator, days):
        with pytest.raises(CommentRefused):
            take(said, SUSPENSION, moderator, last_day=None if days is None else in_days(days))

    def test_the_second_time_nothing_is_new(self, said, moderator):
        for kind in MeasureKind:
            assert take(said, kind, moderator)
            assert take(said, kind, moderator) is None
        assert Measure.objects.count() == len(MeasureKind)
        measure = Measure.objects.get(kind=BAN)
        assert lift_measure(measure, by=moderator)
        assert not lift_measure(measure, by=moderator)

    def test_who_may_not_know_lifts_nothing(self, held_inside, moderator, outside_moderator, outside_desk):
        measure = take(held_inside, BAN, moderator, scope=EVERYWHERE)
        with pytest.raises(PermissionDenied):
            lift_measure(measure, by=outside_moderator)
        lift = reverse("moderation_comments:lift_measure", args=[measure.pk])
        assert outside_desk.post(lift).status_code == 404
        assert Measure.objects.in_force().exists()

    def test_who_is_banned_does_not_lift_it(self, say, article, moderator, outside_moderator):
        measure = take(say(article, user=moderator), BAN, outside_moderator)
        with pytest.raises(PermissionDenied):
            lift_measure(measure, by=moderator)

    @pytest.mark.database
    def test_the_database_holds_the_rules(self, said, moderator):
        measure = take(said, SUSPENSION, moderator)
        for wrong in ({"ends_at": None}, {"lifted_at": timezone.now()}, {"reason_code": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Measure.objects.filter(pk=measure.pk).update(**wrong)


class TestScreen:
    """The page of the person, and its form."""

    def send(self, desk, comment, **more):
        sent = {
            "kind": "suspension",
            "scope": "public",
            "reason_code": "off_topic",
            "reason_text": "Du calme.",
        }
        return desk.post(measure_url(comment), {**sent, "last_day": in_days(3).isoformat(), **more})

    def test_it_takes_a_measure_and_shows_it(self, desk, said):
        answer = self.send(desk, said)
        assert answer.status_code == 302
        measure = Measure.objects.get()
        assert (measure.kind, measure.reach, measure.last_day) == ("suspension", "public", in_days(3))
        page = desk.get(person_url(said)).text
        assert "Du calme." in page
        lift = reverse("moderation_comments:lift_measure", args=[measure.pk])
        assert lift in page
        assert desk.post(lift).status_code == 302
        assert desk.post(lift).status_code == 302
        assert lift not in desk.get(person_url(said)).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": ""},
            {"kind": "exile"},
            {"last_day": ""},
            {"last_day": "demain"},
            {"last_day": "2001-01-01"},
            {"scope": "section:1"},
            {"scope": ""},
            {"reason_code": ""},
            {"reason_code": "other", "reason_text": ""},
            {"reason_text": "Du calme." + "x" * 500},
            {"note": "Du calme." + "x" * 500},
        ],
    )
    def test_bad_input_keeps_what_was_typed(self, desk, said, wrong):
        answer = self.send(desk, said, **{"note": "Entre nous.", **wrong})
        assert answer.status_code == 422
        assert not Measure.objects.exists()
        for typed in {"reason_text": "Du calme.", "note": "Entre nous.", **wrong}.values():
            assert typed == "exile" or typed.startswith("section") or escape(typed) in answer.text
        assert 'role="alert"' in answer.text or "error" in answer.text

    def test_nothing_is_done_by_looking(self, desk, said):
        assert desk.get(measure_url(said)).status_code == 405
        assert desk.get(reverse("moderation_comments:lift_measure", args=[1])).status_code == 405

    def test_it_is_for_moderators(self, signed_in, employee, editor, client, said):
        for address in (person_url(said), measure_url(said)):
            assert client.get(address).status_code == 302
            for user in (employee, editor):
                assert signed_in(user).get(address).status_code in {302, 403}

    def test_of_what_is_closed_to_them_it_tells_nothing(
        self, say, article, employee, held_inside, moderator, outside_desk, desk
    ):
        comment = say(article, "En public.", user=employee)
        take(held_inside, BAN, moderator, scope=EVERYWHERE)
        actions.write_note(held_inside, "NOTE interne", by=moderator, is_about_author=True)
        actions.reject_comment(held_inside, by=moderator, reason_code="other", reason_text="RAISON interne")
        assert outside_desk.get(person_url(held_inside)).status_code == 404
        assert self.send(outside_desk, held_inside).status_code == 404
        page = outside_desk.get(person_url(comment)).text
        card = outside_desk.get(reverse("moderation_comments:review_comment", args=[comment.public_id])).text
        for hidden in ("SECRET", "NOTE interne", "RAISON interne", WHY.reason_text, held_inside.page.title):
            assert hidden not in page
            assert hidden not in card
            assert hidden in desk.get(person_url(comment)).text

    def test_nor_of_a_section_that_is_closed_to_them(
        self, said, internal_fr, moderator, outside_desk, desk, settings, employee
    ):
        settings.UNDO_SECONDS = 0
        take(said, BAN, moderator, scope=Scope(Reach.SECTION, internal_fr.page_ptr))
        register = "/admin/moderation/measures/"
        for address in (person_url(said), register):
            assert internal_fr.title in desk.get(address).text
            assert internal_fr.title not in outside_desk.get(address).text
        mail.outbox.clear()
        process_mail()
        [told] = [one for one in mail.outbox if one.to == [employee.email]]
        assert internal_fr.title not in told.body
        assert WHY.reason_text not in told.body

    def test_oneself_and_administrators_have_no_form(self, desk, say, article, moderator, administrator):
        for user in (moderator, administrator):
            comment = say(article, user=user)
            assert 'name="kind"' not in desk.get(person_url(comment)).text
            assert self.send(desk, comment).status_code in {302, 403}
        assert not Measure.objects.exists()

    def test_it_costs_as_much_for_many_as_for_one(
        self, desk, say, article, employee, moderator, count_queries
    ):
        comment = say(article, user=employee)
        take(comment, WARNING, moderator)
        actions.write_note(comment, "Une.", by=moderator)
        desk.get(person_url(comment))
        before = count_queries(lambda: desk.get(person_url(comment)))
        for number in range(5):
            other = say(article, user=employee)
            take(other, WARNING, moderator)
            actions.write_note(other, f"La {number}.", by=moderator, is_about_author=True)
            actions.hide_comment(other, by=moderator, reason_code="off_topic")
        desk.get(person_url(comment))
        assert count_queries(lambda: desk.get(person_url(comment))) == before


class TestRegister:
    URL = "/admin/moderation/measures/"

    def test_it_lists_filters_inspects_and_exports(self, desk, said, moderator):
        measure = take(said, BAN, moderator)
        assert escape(said.author_name) in desk.get(self.URL).text
        take(said, WARNING, moderator)
        in_force = desk.get(self.URL, {"state": "in_force"}).context["object_list"]
        assert [one.kind for one in in_force] == [BAN]
        assert not list(desk.get(self.URL, {"state": "over"}).context["object_list"])
        assert not list(desk.get(self.URL, {"kind": "holding"}).context["object_list"])
        assert WHY.note in desk.get(f"{self.URL}inspect/{measure.pk}/").text
        for form in ("csv", "xlsx"):
            assert b"".join(desk.get(self.URL, {"export": form}))
        assert WHY.note in b"".join(desk.get(self.URL, {"export": "csv"})).decode()

    def test_of_what_is_closed_to_them_it_tells_nothing(self, outside_desk, held_inside, moderator):
        measure = take(held_inside, BAN, moderator, scope=EVERYWHERE)
        assert not list(outside_desk.get(self.URL).context["object_list"])
        assert outside_desk.get(f"{self.URL}inspect/{measure.pk}/").status_code == 404
        assert WHY.note not in b"".join(outside_desk.get(self.URL, {"export": "csv"})).decode()

    def test_it_lifts_what_stands_under_a_page_that_is_not_live(self, desk, said, article, moderator):
        measure = take(said, BAN, moderator)
        article.unpublish()
        assert "lift" in desk.get(f"{self.URL}inspect/{measure.pk}/").text
        lift = reverse("moderation_comments:lift_measure", args=[measure.pk])
        assert desk.post(lift).url == self.URL
        assert not Measure.objects.in_force().exists()
