"""One page for what somebody said and chose: with an account, or as a guest behind the mailed link."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from demo.factories.people import verify_guest
from dialogue import links
from dialogue.actions import (
    CommentRefused,
    agree_to_quotation,
    edit_comment,
    follow_conversation,
    take_back_quotation,
)
from dialogue.models import Comment, CommentStatus, ConversationSettings, FollowSubject
from mail.actions import make_link, process_mail
from mail.models import ChoicePlace
from moderation.actions import reject_comment as moderate_rejection
from people.models import Participant, User
from privacy.models import Consent

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ADDRESS, PAGE = "camille@example.org", "/fr/conversation/participant/"
WORDS = "Les bancs manquent à l’abri du vent."
LATER = timedelta(minutes=16)  # the time for changes is over
KINDS = ("account", "open page")


@dataclass
class Somebody:
    """Who looks after their own words, and in which window."""

    window: Client
    speaks: dict[str, object]
    place: ChoicePlace

    def act(self, name: str, *args: object, **data: str):
        return self.window.post(reverse(name, args=args), data)

    @property
    def html(self) -> str:
        return self.window.get(PAGE).content.decode()


def person_with_account(user: User) -> Somebody:
    window = Client()
    window.force_login(user)
    return Somebody(window, {"user": user}, ChoicePlace.ACCOUNT)


def guest_behind_link() -> Somebody:
    guest, window = verify_guest("Camille Roy", ADDRESS), Client()
    window.post(reverse("open_personal_page", args=[make_link(guest, links.PERSONAL)]))
    return Somebody(window, {"email": ADDRESS, "name": "Camille Roy"}, ChoicePlace.PAGE)


@pytest.fixture(params=KINDS)
def somebody(request, employee) -> Somebody:
    return person_with_account(employee) if request.param == "account" else guest_behind_link()


def says(html: str, sentence: str, **values: str) -> bool:
    """Whether the page says the sentence, in its own language."""
    with translation.override("fr"):
        return escape(_(sentence) % values) in html


def last_place(kind: str) -> tuple[bool, str]:
    last = Consent.objects.filter(kind=kind).order_by("-pk").first()
    return last.is_given, last.place


class TestSamePage:
    """Whoever has all of it has the same parts and the same acts."""

    def test_r16_it_has_every_part(self, somebody, article, say):
        say(article, WORDS, **somebody.speaks)
        html = somebody.html
        for part in ("comments", "mail", "follows", "consents", "data"):
            assert f'id="{part}"' in html, part
            assert f'href="#{part}"' in html, part
        assert WORDS in html

    def test_r16_they_change_and_withdraw(self, somebody, article, say):
        comment = say(article, WORDS, **somebody.speaks)
        answer = somebody.act("edit_own_comment", comment.public_id, text="Il manque des bancs.")
        assert answer["Location"] == f"{PAGE}?saved=change#own-{comment.public_id}"
        comment.refresh_from_db()
        assert comment.text == "Il manque des bancs."
        for _time in range(2):
            answer = somebody.act("withdraw_own_comment", comment.public_id)
            assert answer["Location"] == f"{PAGE}#own-{comment.public_id}"
        comment.refresh_from_db()
        assert comment.status == CommentStatus.WITHDRAWN
        assert last_place("publish") == (False, somebody.place)

    def test_r16_they_agree_to_be_quoted_later_and_take_it_back(self, somebody, article, say):
        comment = say(article, WORDS, **somebody.speaks)
        assert reverse("agree_to_own_quotation", args=[comment.public_id]) in somebody.html
        for _time in range(2):
            somebody.act("agree_to_own_quotation", comment.public_id)
        assert Consent.objects.filter(kind="quote").count() == 1
        assert last_place("quote") == (True, somebody.place)
        assert reverse("take_back_own_quotation", args=[comment.public_id]) in somebody.html
        somebody.act("take_back_own_quotation", comment.public_id)
        assert last_place("quote") == (False, somebody.place)

    def test_r16_they_choose_of_what_we_write(self, somebody):
        assert somebody.act("choose_own_mail", mail_replies="weekly")["Location"] == f"{PAGE}?saved=mail#mail"
        person = Participant.objects.get(mail_preferences__topic="replies")
        assert person.mail_preferences.get().frequency == "weekly"
        answer = somebody.act("choose_own_mail", mail_replies="hourly")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert answer.context["mail_form"].errors

    def test_r16_they_choose_what_they_agree_to(self, somebody):
        answer = somebody.act("choose_own_consents", tell_outcomes="on")
        assert answer["Location"] == f"{PAGE}?saved=consents#consents"
        assert last_place("outcomes") == (True, somebody.place)
        somebody.act("choose_own_consents")
        assert last_place("outcomes") == (False, somebody.place)

    def test_r16_they_read_why_something_was_refused(self, somebody, article, receive, moderator):
        comment = receive(article, WORDS, **somebody.speaks)
        Comment.objects.filter(pk=comment.pk).update(status=CommentStatus.HELD)
        comment.refresh_from_db()
        with translation.override("fr"):
            moderate_rejection(
                comment,
                by=moderator,
                version=1,
                status="held",
                reason_code="off_topic",
                reason_text="Ailleurs.",
            )
        html = somebody.html
        assert "Ailleurs." in html
        assert says(html, "off topic")
        assert reverse("agree_to_own_quotation", args=[comment.public_id]) not in html
        assert somebody.act("agree_to_own_quotation", comment.public_id).status_code == HTTPStatus.SEE_OTHER
        with pytest.raises(CommentRefused):
            agree_to_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)

    def test_r16_they_read_every_version_of_theirs(self, somebody, article, say, site):
        ConversationSettings.objects.update_or_create(site=site, defaults={"policy": "hold_all"})
        comment = say(article, "Les bans manquent.", **somebody.speaks)
        address = reverse("own_history", args=[comment.public_id])
        assert address not in somebody.html
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        edit_comment(comment, "Il manque des bancs.", by=comment.participant)
        assert address in somebody.html
        html = somebody.window.get(address).content.decode()
        assert re.findall(r'<li class="versions__one">', html) == ['<li class="versions__one">'] * 3
        assert says(html, "waits for a moderator")
        assert says(html, "not accepted, or replaced before")

    @pytest.mark.parametrize(
        "act",
        [
            "edit_own_comment",
            "withdraw_own_comment",
            "agree_to_own_quotation",
            "take_back_own_quotation",
            "own_history",
        ],
    )
    def test_r16_of_somebody_else_and_of_nobody_is_the_same_not_found(self, somebody, article, say, act):
        foreign = say(article, "D’une autre.", may_quote=True)
        asked = somebody.window.get if act == "own_history" else somebody.window.post
        for public_id in (foreign.public_id, "aaaaaaaaaaaa"):
            assert asked(reverse(act, args=[public_id])).status_code == HTTPStatus.NOT_FOUND
        foreign.refresh_from_db()
        assert (foreign.status, foreign.quote_consented_at is None) == (CommentStatus.PUBLISHED, False)

    def test_r16_it_costs_the_same_for_one_and_for_many(self, somebody, article, say, count_queries):
        say(article, WORDS, may_quote=True, **somebody.speaks)
        person = Comment.objects.get().participant
        follow_conversation(FollowSubject(article), by=person, place=ChoicePlace.FOLLOW)
        somebody.window.get(PAGE)
        few = count_queries(lambda: somebody.window.get(PAGE))
        for number in range(4):
            other = say(article, f"Numéro {number}", may_quote=True, **somebody.speaks)
            follow_conversation(FollowSubject(article, other), by=person, place=ChoicePlace.FOLLOW)
        assert count_queries(lambda: somebody.window.get(PAGE)) == few


class TestMany:
    """Two hundred comments."""

    @pytest.fixture
    def many(self, employee, article, say) -> Somebody:
        somebody = person_with_account(employee)
        first = say(article, WORDS, may_quote=True, user=employee)
        Comment.objects.bulk_create(
            Comment(
                page=article,
                participant=first.participant,
                author_name="Isaac",
                side="internal",
                language="fr",
                text=f"Numéro {number}",
                html=f"<p>Numéro {number}</p>",
                submitted_at=timezone.now(),
            )
            for number in range(199)
        )
        return somebody

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ({}, 200),
            ({"words": "bancs VENT"}, 1),
            ({"words": "Numéro 7"}, 38),
            ({"state": "waiting"}, 199),
            ({"state": "published"}, 1),
            ({"state": "quotable"}, 1),
            ({"state": "withdrawn"}, 0),
            ({"state": "refused"}, 0),
            ({"voice": "organisation"}, 0),
            ({"voice": "self"}, 200),
            ({"voice": "self", "state": "published", "words": "numéro"}, 0),
        ],
    )
    def test_r16_they_find_one(self, many, wanted, count):
        answer = many.window.get(PAGE, wanted)
        assert answer.context["page_obj"].paginator.count == count

    def test_r16_what_they_look_for_stays_from_page_to_page(self, many):
        html = many.window.get(PAGE, {"state": "waiting", "words": "Numéro"}).content.decode()
        assert "?words=Num%C3%A9ro&amp;state=waiting&amp;page=2#comments" in html

    def test_r16_nonsense_is_said_and_hides_nothing(self, many):
        answer = many.window.get(PAGE, {"state": "bogus", "words": "Numéro"})
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["filters"].errors
        assert 'value="Numéro"' in answer.content.decode()

    def test_r16_after_an_act_they_are_where_the_comment_is(self, many):
        comment = Comment.objects.get(text=WORDS)
        answer = many.act("withdraw_own_comment", comment.public_id)
        assert answer["Location"] == f"{PAGE}?page=10#own-{comment.public_id}"
        assert f'id="own-{comment.public_id}"' in many.window.get(answer["Location"]).content.decode()

    def test_r16_what_is_withdrawn_is_not_there_to_be_quoted(self, article, say, employee):
        somebody = person_with_account(employee)
        comment = say(article, WORDS, user=employee, may_quote=True)
        shown = {"state": "quotable"}
        assert [one.may_be_quoted for one in somebody.window.get(PAGE, shown).context["page_obj"]] == [True]
        somebody.act("withdraw_own_comment", comment.public_id)
        assert [one.may_be_quoted for one in somebody.window.get(PAGE).context["page_obj"]] == [False]
        assert not somebody.window.get(PAGE, shown).context["page_obj"].object_list

    def test_r16_who_said_little_is_asked_nothing(self, article, say, employee):
        somebody = person_with_account(employee)
        say(article, WORDS, user=employee)
        assert 'name="state"' not in somebody.html


class TestWays:
    """How people come to it."""

    @pytest.mark.parametrize(
        ("former", "part"),
        [
            ("mine/", "comments"),
            ("consents/", "consents"),
            ("follows/", "follows"),
            ("participant/consents/", "consents"),
        ],
    )
    def test_r16_the_former_addresses_lead_to_it_for_good(self, client, site, former, part):
        answer = client.get(f"/fr/conversation/{former}")
        assert (answer.status_code, answer["Location"]) == (
            HTTPStatus.MOVED_PERMANENTLY,
            f"{PAGE}#{part}",
        )

    def test_r16_a_form_that_was_open_is_sent_on(self, employee, article, say):
        somebody, comment = person_with_account(employee), say(article, WORDS, user=employee)
        answer = somebody.window.post(
            f"/fr/conversation/mine/{comment.public_id}/edit/", {"text": "Il manque des bancs."}, follow=True
        )
        assert answer.redirect_chain[0][1] == HTTPStatus.PERMANENT_REDIRECT
        comment.refresh_from_db()
        assert comment.text == "Il manque des bancs."

    def test_r16_it_is_in_the_menu_of_whoever_is_signed_in(self, employee, article):
        window = person_with_account(employee).window
        for address in (article.get_url(), reverse("account_preferences")):
            assert f'href="{PAGE}"' in window.get(address).content.decode()

    def test_r16_it_stands_below_the_form_and_below_every_message(self, client, article, send):
        assert f'href="{PAGE}"' in client.get(article.get_url()).content.decode()
        send(article)
        process_mail()
        message = mail.outbox[-1]
        assert f"{PAGE}\n" in message.body
        assert f"{PAGE}" in message.alternatives[0].content
        link = re.search(r"https?://[^/\s]+(/\w\w/conversation/confirm/\w+/)", message.body)[1]
        assert f'href="{PAGE}"' in client.get(link).content.decode()


class TestForOrganisation:
    """Whoever may speak for it sees what they said in its name, apart from what they said in theirs."""

    IN_ITS_NAME = "You said this in the organisation’s name, not in your own."

    @pytest.fixture
    def answered(self, article, say, answerer) -> Callable[[], Somebody]:
        say(article, "Je le regrette.", user=answerer)
        self.comment = say(article, "Nous y voyons.", user=answerer, for_organisation=True)
        return person_with_account(answerer)

    def test_r16_it_is_told_apart(self, answered):
        with translation.override("fr"):
            sentence = escape(_(self.IN_ITS_NAME))
        assert answered.html.count(sentence) == 1
        found = answered.window.get(PAGE, {"voice": "organisation"}).context["page_obj"]
        assert list(found) == [self.comment]

    def test_r16_they_change_and_withdraw_it(self, answered):
        address = reverse("edit_own_comment", args=[self.comment.public_id])
        with translation.override("fr"):
            sentence = _("You speak in the organisation’s name, as <strong>%(name)s</strong>.").split("%")[0]
        assert sentence.split("<")[0] in answered.window.get(address).content.decode()
        answered.window.post(address, {"text": "Nous le ferons."})
        self.comment.refresh_from_db()
        assert (self.comment.text, self.comment.side) == ("Nous le ferons.", "organisation")
        answered.act("withdraw_own_comment", self.comment.public_id)
        self.comment.refresh_from_db()
        assert self.comment.status == CommentStatus.WITHDRAWN

    def test_r16_who_lost_the_voice_changes_nothing_and_may_withdraw(self, answered, answerer):
        answerer.groups.clear()
        address = reverse("edit_own_comment", args=[self.comment.public_id])
        assert address not in answered.html
        answered.window.post(address, {"text": "Nous ne ferons rien."})
        answered.act("withdraw_own_comment", self.comment.public_id)
        self.comment.refresh_from_db()
        assert (self.comment.text, self.comment.status) == ("Nous y voyons.", CommentStatus.WITHDRAWN)

    def test_r16_it_is_its_writers_and_no_colleagues(self, answered, editor):
        colleague = person_with_account(editor)
        assert editor.has_perm("dialogue.speak_for_organisation")
        assert "Nous y voyons." not in colleague.html
        assert colleague.act("edit_own_comment", self.comment.public_id, text="Non.").status_code == 404
        assert colleague.act("withdraw_own_comment", self.comment.public_id).status_code == 404

    def test_r16_the_form_says_in_whose_name(self, article, answerer, employee):
        form = person_with_account(answerer).window.get(article.get_url()).content.decode()
        assert 'value="organisation"' in form
        assert answerer.display_name in form.split('name="voice"')[0].rsplit("<fieldset", 1)[1]
        assert 'value="organisation"' not in person_with_account(employee).window.get(article.get_url()).text


def test_r16_nobody_agrees_or_takes_back_for_another(article, say, employee):
    comment = say(article, WORDS)
    someone = Participant.of(employee)
    for act in (agree_to_quotation, take_back_quotation):
        with pytest.raises(PermissionDenied):
            act(comment, by=someone, place=ChoicePlace.PAGE)
