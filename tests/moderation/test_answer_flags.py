"""Moderators see what is flagged, hide or keep it, and whoever asked for it is told."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demo.factories.people import verify_guest
from dialogue.actions import publish_comment, withdraw_comment
from dialogue.models import Comment
from dialogue.origins import Origin
from mail.actions import process_mail
from mail.models import OutgoingMail
from moderation.actions import Notice, flag_comment, hide_comment, keep_comment, restore_comment
from moderation.mail import WAITING
from moderation.models import Decision, Flag, Verb
from people.models import Participant
from privacy.actions import erase_participant, export_person

pytestmark = pytest.mark.django_db

REASON = {"reason_code": "personal_attack"}


@pytest.fixture
def comment(article, receive) -> Comment:
    comment = receive(article, "Ce mot blesse.", name="Zoé", email="zoe@example.org")
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    return comment


@pytest.fixture
def flags(comment, stranger):
    """Flag a comment in the name of strangers: `flags("x@example.org", "")`."""

    def make(
        *addresses: str, of: Comment = comment, signals: frozenset[str] = frozenset(), **more: object
    ) -> list[Flag]:
        for number, email in enumerate(addresses):
            notice = {"reason_code": "attack", "user": stranger, "text": f"Mot {number}", **more}
            origin = Origin(network=f"n{number}", signals=signals)
            flag_comment(of, Notice(email=email, wants_result=bool(email), origin=origin, **notice))
        return list(Flag.objects.order_by("pk"))

    return make


def seen(comment: Comment, **more: object) -> dict[str, object]:
    return {"version": comment.version, "status": comment.status, **more}


def decide(client: Client, comment: Comment, verb: str, **more: object):
    return client.post(
        reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb]),
        seen(comment, **more),
    )


class TestSeen:
    def test_the_list_has_them_once_however_many_they_are(self, desk, comment, flags, receive, article):
        flags("", "a@example.org", "b@example.org")
        quiet = receive(article, "Rien à dire.")
        publish_comment(quiet, by=None)
        body = desk.get(reverse("moderation_comments:list_comments"), {"status": "flagged"}).content.decode()
        assert body.count("Ce mot blesse.") == 1
        assert "Rien à dire." not in body

    def test_the_menu_and_the_home_page_count_comments_not_flags(self, desk, comment, flags, held):
        flags("", "a@example.org")
        body = desk.get(reverse("wagtailadmin_home")).content.decode()
        assert "1 commentaire en attente, 1 commentaire signalé" in body
        assert '"data-waiting": "2"' in body or "data-waiting&quot;: &quot;2&quot;" in body

    def test_the_review_shows_why_and_who(self, desk, comment, flags):
        flags("a@example.org", law="L’article 13", name="Camille Roy", signals=frozenset({"honeypot"}))
        body = desk.get(
            reverse("moderation_comments:review_comment", args=[comment.public_id])
        ).content.decode()
        for words in ("Camille Roy", "a@example.org", "Mot 0", "L’article 13"):
            assert words in body

    def test_h1_what_is_internal_is_not_there_for_who_may_not_read_it(
        self, desk, outside_desk, internal_dialogue, receive, employee, outsider_employee, flags
    ):
        comment = receive(internal_dialogue, "SECRET des quarts", user=employee)
        publish_comment(comment, by=None)
        flag_comment(
            comment, Notice("attack", user=outsider_employee, participant=Participant.of(outsider_employee))
        )
        address = reverse("moderation_comments:list_comments") + "?status=flagged"
        assert "SECRET" in desk.get(address).content.decode()
        assert "SECRET" not in outside_desk.get(address).content.decode()
        register = "/admin/moderation/flags/"
        assert "SECRET" in desk.get(register).content.decode()
        assert "SECRET" not in outside_desk.get(register).content.decode()
        assert outside_desk.get(f"{register}inspect/{Flag.objects.get().pk}/").status_code == 404

    def test_the_list_costs_the_same_for_one_flag_and_for_thirty(
        self, desk, comment, flags, article, receive, count_queries
    ):
        address = reverse("moderation_comments:list_comments") + "?status=flagged"
        flags("")
        desk.get(address)
        one = count_queries(lambda: desk.get(address))
        for number in range(9):
            other = receive(article, f"Encore {number}.")
            publish_comment(other, by=None)
            flags("", "a@example.org", "b@example.org", of=other)
        assert count_queries(lambda: desk.get(address)) == one

    def test_editors_do_not_open_the_register(self, editor, signed_in, comment, flags):
        flags("a@example.org")
        for address in (
            "/admin/moderation/flags/",
            f"/admin/moderation/flags/inspect/{Flag.objects.get().pk}/",
        ):
            assert "a@example.org" not in signed_in(editor).get(address, follow=True).content.decode()

    def test_t27_the_export_holds_no_formula(self, desk, comment, stranger):
        flag_comment(comment, Notice("attack", user=stranger, text="=1+1"))
        body = b"".join(desk.get("/admin/moderation/flags/?export=csv")).decode()
        assert "'=1+1" in body


@pytest.mark.database
class TestKeep:
    def test_it_stays_its_flags_are_dismissed_and_the_log_says_so(self, desk, comment, flags, moderator):
        last = flags("", "a@example.org")[-1]
        answer = decide(desk, comment, "keep", last_flag=last.pk)
        assert answer.status_code == 302
        decision = Decision.objects.filter(comment=comment).first()
        assert (decision.verb, decision.by, decision.event) == (Verb.KEEP, moderator, None)
        for row in Flag.objects.all():
            assert (row.state, row.settled_by) == ("dismissed", moderator)
            assert row.settled_at
        comment.refresh_from_db()
        assert comment.is_published

    def test_what_came_after_the_moderator_looked_stays_open(self, desk, comment, flags):
        first = flags("")[0]
        flags("a@example.org")
        decide(desk, comment, "keep", last_flag=first.pk)
        assert list(Flag.objects.order_by("pk").values_list("state", flat=True)) == ["dismissed", "open"]

    def test_the_second_time_nothing_is_written(self, desk, comment, flags):
        last = flags("")[-1]
        decide(desk, comment, "keep", last_flag=last.pk)
        assert decide(desk, comment, "keep", last_flag=last.pk).status_code == 302
        assert Decision.objects.filter(verb=Verb.KEEP).count() == 1

    def test_f14_what_was_hidden_meanwhile_is_not_kept(self, desk, comment, flags, moderator):
        last = flags("")[-1]
        before = seen(comment, last_flag=last.pk)
        hide_comment(comment, by=moderator, **REASON)
        url = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, "keep"])
        assert desk.post(url, before).status_code == 409
        assert Flag.objects.get().state == "upheld"

    @pytest.mark.parametrize("last_flag", ["", "x", "0", str(2**70)])
    def test_a_form_that_says_nothing_sensible_is_refused(self, desk, comment, flags, last_flag):
        flags("")
        assert decide(desk, comment, "keep", last_flag=last_flag).status_code == 400
        assert Flag.objects.get().state == "open"

    @pytest.mark.parametrize("who", ["editor", "employee"])
    def test_others_may_not(self, request, signed_in, comment, flags, who):
        last = flags("")[-1]
        answer = decide(signed_in(request.getfixturevalue(who)), comment, "keep", last_flag=last.pk)
        assert answer.status_code in {302, 403}
        assert Flag.objects.get().state == "open"

    def test_it_is_offered_only_where_something_is_flagged(self, desk, comment, flags):
        address = reverse("moderation_comments:review_comment", args=[comment.public_id])
        assert "/keep/" not in desk.get(address).content.decode()
        flags("")
        assert "/keep/" in desk.get(address).content.decode()


@pytest.mark.database
class TestHide:
    def test_the_flags_are_upheld_with_it(self, desk, comment, flags, moderator):
        flags("", "a@example.org")
        decide(desk, comment, "hide", **REASON)
        assert set(Flag.objects.values_list("state", "settled_by")) == {("upheld", moderator.pk)}

    def test_what_its_author_withdrew_is_no_longer_listed(self, desk, comment, flags):
        flags("")
        withdraw_comment(comment, by=comment.participant)
        body = desk.get(reverse("moderation_comments:list_comments"), {"status": "flagged"}).content.decode()
        assert "Ce mot blesse." not in body


class TestTold:
    def results(self) -> list:
        """What was sent to tell flaggers, and not authors or moderators."""
        mail.outbox = []
        process_mail()
        return [message for message in mail.outbox if "avez signalé" in message.subject]

    def test_whoever_asked_is_told_that_it_was_removed(self, comment, flags, moderator):
        flags("a@example.org", "")
        hide_comment(comment, by=moderator, **REASON)
        [message] = self.results()
        assert message.to == ["a@example.org"]
        assert comment.page.title in message.body
        assert "Mot 0" not in message.body
        assert "Zoé" not in message.body

    def test_or_that_it_stays(self, comment, flags, moderator):
        flags("a@example.org")
        keep_comment(comment, by=moderator)
        [message] = self.results()
        assert comment.get_absolute_url() in message.body

    def test_known_people_are_told_at_their_address(self, comment, employee, moderator):
        person = Participant.of(employee)
        flag_comment(comment, Notice("attack", user=employee, participant=person, wants_result=True))
        hide_comment(comment, by=moderator, **REASON)
        [message] = self.results()
        assert message.to == [employee.email]

    def test_whoever_did_not_ask_is_not(self, comment, employee, moderator):
        flag_comment(comment, Notice("attack", user=employee, participant=Participant.of(employee)))
        hide_comment(comment, by=moderator, **REASON)
        assert self.results() == []

    def test_t10_what_changed_again_before_it_left_is_not_told(self, comment, flags, moderator):
        flags("a@example.org")
        hide_comment(comment, by=moderator, **REASON)
        restore_comment(comment, by=moderator)
        assert self.results() == []

    def test_t38_an_address_that_nobody_confirmed_gets_three_a_day(self, flags, article, receive, moderator):
        for number in range(5):
            comment = receive(article, f"Mot {number}.")
            publish_comment(comment, by=None)
            flags("victim@example.org", of=comment)
            hide_comment(comment, by=moderator, **REASON)
        assert len(self.results()) == 3

    def test_l11_of_an_internal_one_no_word_leaves(
        self, internal_dialogue, receive, employee, outsider_employee, moderator
    ):
        comment = receive(internal_dialogue, "SECRET", user=employee)
        publish_comment(comment, by=None)
        person = Participant.of(outsider_employee)
        flag_comment(comment, Notice("attack", user=outsider_employee, participant=person, wants_result=True))
        keep_comment(comment, by=moderator)
        [message] = self.results()
        everything = message.message().as_string()
        assert "SECRET" not in everything
        assert internal_dialogue.title not in everything

    def test_moderators_hear_of_held_and_flagged_in_one_message(
        self, comment, flags, receive, article, moderator
    ):
        flags("", "a@example.org")
        receive(article, "J’attends.")
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            process_mail()
        [message] = [message for message in mail.outbox if message.to == [moderator.email]]
        assert "1 commentaire en attente, 1 commentaire signalé" in message.subject
        assert "Mot 0" not in message.body
        assert OutgoingMail.objects.filter(kind=WAITING).count() == 1


@pytest.mark.database
class TestPersonalData:
    def test_a_flagger_takes_along_what_they_wrote_and_is_forgotten(self, comment, stranger):
        guest = verify_guest("Camille Roy", "camille@example.org")
        flag_comment(comment, Notice("attack", user=stranger, participant=guest, text="Mes mots."))
        flag_comment(
            comment,
            Notice(
                "attack",
                user=stranger,
                email=guest.email,
                name="Camille",
                text="D’ailleurs.",
                origin=Origin(network="n"),
            ),
        )
        kept = export_person(guest)
        assert [row["text"] for row in kept["flags"]] == ["Mes mots."]
        assert len(kept["flags_with_your_address"]) == 1
        assert "D’ailleurs." not in str(kept)
        erase_participant(guest)
        rows = list(Flag.objects.values())
        assert len(rows) == 2
        for secret in ("Mes mots.", "D’ailleurs.", "Camille", "camille@example.org"):
            assert secret not in str(rows)
        assert {row["reason_code"] for row in rows} == {"attack"}

    def test_an_author_learns_that_a_flag_was_upheld_not_whose(self, comment, flags, moderator):
        flags("a@example.org")
        assert export_person(comment.participant)["flags_of_your_comments"] == []
        hide_comment(comment, by=moderator, **REASON)
        kept = export_person(comment.participant)
        assert len(kept["flags_of_your_comments"]) == 1
        assert "Mot 0" not in str(kept)
        assert "a@example.org" not in str(kept)

    def test_g19_what_others_repeated_of_an_author_goes_with_them(self, comment, flags):
        flags("", text="Zoé a dit : ce mot blesse.")
        erase_participant(comment.participant)
        assert Flag.objects.get().text == ""
