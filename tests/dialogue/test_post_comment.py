"""A visitor, or an employee, posts a comment."""

import re
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from dialogue.actions import CommentRefused, Refusal, Submission, edit_comment, post_comment, posts
from dialogue.models import Comment, CommentRevision, CommentStatus, Conversation
from dialogue.models.words import TEXT_MAX_LENGTH
from people.models import Participant, Side

pytestmark = [pytest.mark.database, pytest.mark.django_db]


class TestPreview:
    """The preview shows the words as they will look, and writes nothing."""

    def preview(self, client, page, **fields):
        data = {"text": "Un *mot* avec https://example.org/.", "name": "Camille", "email": "c@example.org"}
        return client.post(reverse("preview_comment", args=[page.pk]), {**data, **fields})

    def test_it_shows_the_words_and_hands_out_a_ticket(self, client, article):
        response = self.preview(client, article)
        assert response.status_code == 200
        body = response.content.decode()
        assert "<em>mot</em>" in body
        assert 'name="ticket_key"' in body
        assert "csrfmiddlewaretoken" in body
        assert 'name="quoting"' in body

    @pytest.mark.parametrize(("who", "is_kept"), [("stranger", True), ("employee", False)])
    def test_a_guest_may_go_back_to_it(self, request, signed_in, client, article, who, is_kept):
        """Stored by this browser alone, and varying with no cookie: else it would show an error instead."""
        viewer = request.getfixturevalue(who)
        response = self.preview(signed_in(viewer) if viewer.is_authenticated else client, article)
        assert ("no-store" in response["Cache-Control"]) != is_kept
        assert response.has_header("Vary") != is_kept
        assert "private" in response["Cache-Control"]

    def test_the_title_of_a_page_with_errors_says_so_first(self, client, article):
        titles = []
        for text in ("Un mot.", ""):
            body = self.preview(client, article, text=text).content.decode()
            titles.append(re.search("<title>(.*?)</title>", body)[1])
        assert [title.startswith(gettext("Error:")) for title in titles] == [False, True]

    def test_it_writes_nothing(self, client, article):
        self.preview(client, article)
        assert not Comment.objects.exists()
        assert not Participant.objects.exists()

    def test_it_needs_no_token_because_the_stored_page_has_none(self, article):
        response = self.preview(Client(enforce_csrf_checks=True), article)
        assert response.status_code == 200

    @pytest.mark.parametrize(
        "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}]
    )
    def test_it_refuses_what_another_site_sends(self, client, article, headers):
        url = reverse("preview_comment", args=[article.pk])
        response = client.post(url, {"text": "x", "name": "x", "email": "x@example.org"}, headers=headers)
        assert response.status_code == 403

    def test_it_refuses_a_get(self, client, article):
        assert client.get(reverse("preview_comment", args=[article.pk])).status_code == 405

    def test_it_keeps_the_text_beside_the_errors(self, client, article):
        response = self.preview(client, article, email="pas-une-adresse", text="Mon long texte.")
        assert response.status_code == 422
        body = response.content.decode()
        assert "Mon long texte." in body
        assert "pas-une-adresse" in body

    def test_a_page_that_is_not_theirs_is_not_found(self, client, internal_dialogue):
        assert self.preview(client, internal_dialogue).status_code == 404

    def test_a_page_without_conversation_is_not_found(self, client, home_fr):
        assert self.preview(client, home_fr).status_code == 404


class TestSend:
    """A guest's comment is stored once, and seen by nobody before the address is confirmed."""

    def test_it_is_stored_unseen_and_leads_to_its_own_page(self, client, article, send):
        response = send(
            article, text="Premier.\n\nDeuxième.\n\nTroisième.\n\n[Quatrième](https://example.org)"
        )
        assert response.status_code == 303
        comment = Comment.objects.get()
        assert comment.status == CommentStatus.UNVERIFIED
        assert comment.side == Side.EXTERNAL
        assert comment.html.count("<p>") == 4
        assert comment.language == "fr"
        status_page = client.get(response["Location"])
        assert status_page.status_code == 200
        assert "Deuxième." in status_page.content.decode()
        assert status_page["X-Robots-Tag"] == "noindex"
        assert "no-store" in status_page["Cache-Control"]

    def test_the_first_version_is_kept(self, article, send):
        send(article)
        revision = CommentRevision.objects.get()
        assert revision.version == 1
        assert revision.text == Comment.objects.get().text

    def test_what_was_agreed_to_is_kept_with_its_wording_and_date(self, article, send):
        send(article, quoting="yes")
        comment = Comment.objects.get()
        assert comment.quote_consented_at == comment.submitted_at
        assert comment.quote_consent_wording
        assert comment.quote_consent_version == comment.version

    def test_without_the_tick_nothing_is_agreed(self, article, send):
        send(article)
        assert Comment.objects.get().quote_consented_at is None

    def test_nobody_reads_it_before_it_is_published(self, client, article, send):
        send(article, text="Encore un secret.")
        assert "Encore un secret." not in client.get(article.url).content.decode()
        comment = Comment.objects.get()
        assert client.get(comment.get_absolute_url()).status_code == 404

    def test_the_second_time_is_the_same_comment(self, article, send, ticket_for):
        ticket = ticket_for(article)
        first, second = send(article, ticket=ticket), send(article, ticket=ticket)
        assert first["Location"] == second["Location"]
        assert Comment.objects.count() == 1

    def test_by_script_it_answers_with_the_address(self, client, article, ticket_for):
        ticket = ticket_for(article)
        response = client.post(
            reverse("create_comment", args=[article.pk]),
            {
                "text": "Oui.",
                "name": "Camille",
                "email": "c@example.org",
                "ticket_key": ticket.key,
                "ticket_time": ticket.time,
            },
            headers={"x-requested-with": "comment-form"},
        )
        assert response.status_code == 201
        assert "/conversation/status/" in response.json()["url"]

    def test_it_asks_for_a_token(self, article, send):
        assert send(article, by=Client(enforce_csrf_checks=True)).status_code == 403
        assert not Comment.objects.exists()

    def test_it_refuses_a_get(self, client, article):
        assert client.get(reverse("create_comment", args=[article.pk])).status_code == 405

    def test_a_page_that_is_not_theirs_is_not_found(self, internal_dialogue, send):
        assert send(internal_dialogue).status_code == 404
        assert not Comment.objects.exists()

    def test_too_fast_is_noted_never_refused(self, article, send, settings):
        settings.TICKET_MIN_AGE = timedelta(hours=1)
        assert send(article).status_code == 303
        assert Comment.objects.get().signals == ["too_fast"]

    @pytest.mark.parametrize(
        "spoil",
        [
            {"ticket_time": "forged"},
            {"ticket_key": "f" * 32},
            {"ticket_key": "", "ticket_time": ""},
        ],
    )
    def test_a_forged_ticket_keeps_the_text_and_stores_nothing(self, article, send, spoil):
        response = send(article, text="Je garde mes mots.", **spoil)
        assert response.status_code == 422
        assert "Je garde mes mots." in response.content.decode()
        assert not Comment.objects.exists()

    def test_r01_an_address_that_mail_cannot_reach_keeps_the_text(self, article, send):
        response = send(article, text="Et le banc ?", email="jean@" + "é" * 58 + ".org")
        assert response.status_code == 422
        assert "Et le banc ?" in response.text
        assert "Aucun courriel n’atteint cette adresse" in response.text
        assert not Comment.objects.exists()

    def test_an_expired_form_keeps_the_text(self, article, send, ticket_for):
        response = send(article, ticket=ticket_for(article, timedelta(hours=25)), text="Longuement pesé.")
        assert response.status_code == 422
        assert "Longuement pesé." in response.content.decode()

    def test_a_ticket_of_another_page_is_refused(self, article, dialogue, send, ticket_for):
        assert send(article, ticket=ticket_for(dialogue)).status_code == 422

    def test_a_wrong_token_in_the_address_of_a_status_page_is_not_found(self, client, site):
        assert client.get(reverse("comment_status", args=["f" * 40])).status_code == 404


class TestSignedIn:
    """An employee speaks as themselves, or for the organisation where they have the right."""

    def test_an_employee_needs_neither_name_nor_address(self, article, send, signed_in, employee):
        response = send(article, by=signed_in(employee), name="", email="")
        assert response.status_code == 303
        comment = Comment.objects.get()
        assert comment.author_name == employee.display_name
        assert comment.side == Side.INTERNAL
        assert comment.role_label == employee.role_label

    def test_an_answerer_may_speak_for_the_organisation(self, article, send, signed_in, answerer):
        send(article, by=signed_in(answerer), voice="organisation")
        assert Comment.objects.get().side == Side.ORGANISATION

    def test_an_answerer_may_speak_as_themselves(self, article, send, signed_in, answerer):
        send(article, by=signed_in(answerer), voice="self")
        assert Comment.objects.get().side == Side.INTERNAL

    def test_an_employee_cannot_borrow_the_organisation_s_voice(self, article, send, signed_in, employee):
        send(article, by=signed_in(employee), voice="organisation")
        assert Comment.objects.get().side == Side.INTERNAL

    def test_an_employee_replies_in_an_internal_dialogue(self, internal_dialogue, send, signed_in, employee):
        assert send(internal_dialogue, by=signed_in(employee)).status_code == 303

    def test_the_page_offers_them_a_token_and_their_name(self, article, signed_in, employee):
        body = signed_in(employee).get(article.url).content.decode()
        assert "csrfmiddlewaretoken" in body
        assert employee.display_name in body


class TestReply:
    """A reply takes its place in the thread."""

    def test_it_hangs_below_its_parent(self, article, send, say):
        parent = say(article)
        send(article, parent=parent.public_id)
        reply = Comment.objects.exclude(pk=parent.pk).get()
        assert (reply.parent, reply.root, reply.depth, reply.path) == (parent, parent, 1, "0001")

    def test_the_order_of_a_thread_is_the_order_of_its_paths(self, article, say):
        root = say(article)
        first = say(article, parent=root)
        second = say(article, parent=root)
        below_first = say(article, parent=first)
        thread = Comment.objects.filter(root=root).order_by("path")
        assert list(thread) == [first, below_first, second]

    def test_beyond_the_deepest_level_it_stays_at_that_level(self, article, say):
        comment = say(article)
        for _number in range(9):
            comment = say(article, parent=comment)
        assert comment.depth == 6
        assert len(comment.path) == 24
        assert Comment.objects.filter(root=comment.root).count() == 9

    @pytest.mark.parametrize("status", ["unverified", "held", "rejected", "hidden"])
    def test_nobody_replies_to_what_is_not_published(self, article, send, say, status):
        parent = say(article, is_published=False)
        Comment.objects.filter(pk=parent.pk).update(
            status=status, rejected_at=timezone.now(), hidden_at=timezone.now()
        )
        response = send(article, parent=parent.public_id, text="Je répondais.")
        assert response.status_code == 422
        assert "Je répondais." in response.content.decode()

    def test_a_parent_forged_from_another_page_is_refused(self, article, dialogue, send, say):
        elsewhere = say(dialogue)
        assert send(article, parent=elsewhere.public_id).status_code == 422
        assert Comment.objects.count() == 1

    def test_a_parent_forged_from_another_audience_is_refused(
        self, article, internal_dialogue, send, say, employee
    ):
        inside = say(internal_dialogue, user=employee)
        assert send(article, parent=inside.public_id).status_code == 422

    def test_the_reply_page_shows_the_comment_and_its_form(self, client, article, say):
        comment = say(article, "Où sera l’abri ?")
        body = client.get(comment.reply_url).content.decode()
        assert "Où sera l’abri ?" in body
        assert comment.public_id in body

    def test_the_reply_page_of_an_internal_comment_is_not_found(
        self, client, internal_dialogue, say, employee
    ):
        inside = say(internal_dialogue, user=employee)
        assert client.get(inside.reply_url).status_code == 404


class TestClosed:
    """A page that takes no comments says so, and keeps the text."""

    def close(self, page, **fields):
        for name, value in fields.items():
            setattr(page, name, value)
        page.save()

    @pytest.mark.parametrize(
        "fields",
        [
            {"commenting_enabled": False},
            {"comments_close_at": timezone.now() - timedelta(minutes=1)},
        ],
    )
    def test_it_refuses_and_keeps_the_text(self, client, article, send, fields):
        self.close(article, **fields)
        response = send(article, text="Trop tard, hélas.")
        assert response.status_code == 422
        assert "Trop tard, hélas." in response.content.decode()
        assert not Comment.objects.exists()
        page = client.get(article.url).content.decode()
        assert str(article.commenting_state.sentence) in page
        assert 'name="text"' not in page

    def test_a_dialogue_that_has_not_opened_takes_none(self, dialogue, send):
        self.close(dialogue, opens_at=timezone.now() + timedelta(days=1))
        assert dialogue.state == "upcoming"
        assert send(dialogue).status_code == 422

    def test_a_dialogue_that_is_closed_takes_none(self, dialogue, send):
        self.close(dialogue, comments_close_at=timezone.now() - timedelta(minutes=1))
        assert dialogue.state == "closed"
        assert send(dialogue).status_code == 422

    @pytest.mark.parametrize("act", ["preview_comment", "create_comment"])
    def test_no_form_that_must_fail_is_offered_and_the_words_are_there_to_take(
        self, client, dialogue, send, act
    ):
        self.close(dialogue, comments_close_at=timezone.now() - timedelta(minutes=1))
        words = {"text": "Trop tard, hélas.", "name": "Camille", "email": "camille@example.org"}
        body = client.post(reverse(act, args=[dialogue.pk]), words).content.decode()
        assert "<form" not in body.partition("<main")[2].partition("</main>")[0]
        assert re.search(r"<textarea[^>]* readonly>Trop tard, hélas.</textarea>", body)


class TestTooMany:
    """Limits hold over every process, because they are counted in the table itself."""

    def test_one_person_may_send_six_in_ten_minutes(self, article, send, signed_in, employee):
        theirs = signed_in(employee)
        for number in range(6):
            assert send(article, by=theirs, text=f"Numéro {number}").status_code == 303
        response = send(article, by=theirs, text="Le septième.")
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert "Le septième." in response.content.decode()
        assert Comment.objects.count() == 6

    def test_one_network_may_send_twenty_in_ten_minutes(self, article, send):
        for number in range(20):
            assert send(article, email=f"p{number}@example.org").status_code == 303
        assert send(article, email="encore@example.org").status_code == 429

    def test_t37_a_forged_forwarded_header_is_not_another_network(self, article, send, client):
        client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
        send(article)
        client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.10"
        send(article)
        assert Comment.objects.values("network_digest").distinct().count() == 1

    def test_t37_behind_a_trusted_proxy_the_client_is_known(self, article, send, client, settings):
        settings.TRUSTED_PROXIES = 1
        for address in ("203.0.113.9", "6.6.6.6, 203.0.113.10"):
            client.defaults["HTTP_X_FORWARDED_FOR"] = address
            send(article)
        assert Comment.objects.values("network_digest").distinct().count() == 2


class TestBadInput:
    """The field is named, the text is still there, and nothing is stored."""

    @pytest.mark.parametrize("text", ["", "   ", "\n\n\t", "\u200b\u00a0\u3164"])
    def test_blank_text_is_refused(self, article, send, text):
        assert send(article, text=text).status_code == 422
        assert not Comment.objects.exists()

    def test_f21_five_thousand_characters_are_taken_and_one_more_is_not(self, article, send):
        assert send(article, text="é" * 5000).status_code == 303
        response = send(article, text="é" * 5001)
        assert response.status_code == 422
        text = response.content.decode()
        assert "é" * 5001 in text
        assert "5\xa0001 caractères" in text
        assert "maxlength" not in text.partition("<textarea")[2].partition(">")[0].replace(
            "data-maxlength", ""
        )

    def test_f21_a_megabyte_is_refused_with_the_text_still_there(self, article, send):
        response = send(article, text="mot " * 250_000)
        assert response.status_code == 422
        assert "mot mot" in response.content.decode()

    def test_f21_nul_is_refused(self, article, send):
        assert send(article, text="a\x00b").status_code == 422
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("email", ["", "x", "x@", "a b@example.org", "x@example.org\nBcc: y@example.org"])
    def test_a_wrong_address_is_refused(self, article, send, email):
        assert send(article, email=email).status_code == 422

    def test_a_name_is_cleaned_of_line_breaks_and_overrides(self, article, send):
        send(article, name="Cam\nille \u202eyoR")
        assert Comment.objects.get().author_name == "Cam ille yoR"

    @pytest.mark.parametrize("name", ["", " ", "\u202e\u200b"])
    def test_a_blank_name_is_refused(self, article, send, name):
        assert send(article, name=name).status_code == 422

    @pytest.mark.parametrize("disguise", [str, str.upper, "{} — Nordet".format, "{} (direction)".format])
    def test_t15_a_guest_cannot_take_the_name_of_somebody_with_an_account(
        self, article, send, employee, disguise
    ):
        assert send(article, name=disguise(employee.display_name)).status_code == 422
        assert not Comment.objects.exists()

    def test_t15_what_a_guest_sends_makes_nobody_of_the_organisation(self, article, send):
        send(
            article,
            name="Camille Roy — Nordet",
            voice="organisation",
            side="organisation",
            role_label_fr="PDG",
        )
        comment = Comment.objects.get()
        assert (comment.side, comment.role_label) == (Side.EXTERNAL, "")

    def test_t15_nor_does_a_name(self, client, article, say):
        say(article, name="Camille Roy — Nordet")
        body = client.get(article.url).content.decode()
        assert "comment--external" in body
        assert "side-badge" not in body

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            '<img src=x onerror="alert(1)">',
            "[x](javascript:alert(1))",
            "<![<<",
            "\u202eabc",
            "a" + "\u0301" * 200,
            "\ud800",
        ],
    )
    def test_t21_hostile_text_is_harmless(self, client, article, say, text):
        say(article, text)
        body = client.get(article.url).content.decode()
        conversation = body[body.index('class="comment__words"') :].split("</article>")[0]
        for danger in ("<script", "<img", 'href="javascript:', "\u202e", "\u0301" * 4):
            assert danger not in conversation


def test_the_counts_follow(article, say):
    root = say(article)
    say(article, parent=root)
    say(article, parent=root, is_published=False)
    assert Conversation.objects.get(page=article).comment_count == 2
    root.refresh_from_db()
    assert root.reply_count == 1


class TestWithoutTheForm:
    """The action itself refuses, whatever called it."""

    @staticmethod
    def submission(user=None, **more) -> Submission:
        who = {} if user else {"name": "Camille", "email": "camille@example.org"}
        return Submission(
            text="Un mot.", key=secrets.token_hex(16), user=user or AnonymousUser(), **who, **more
        )

    def test_under_a_page_that_is_not_theirs(self, internal_dialogue):
        with pytest.raises(PermissionDenied):
            post_comment(internal_dialogue, self.submission())

    def test_in_the_name_of_the_organisation(self, article, employee):
        with pytest.raises(PermissionDenied):
            post_comment(article, self.submission(employee, for_organisation=True))

    def test_in_reply_to_a_comment_of_another_page(self, article, dialogue, say):
        with pytest.raises(CommentRefused):
            post_comment(article, self.submission(parent=say(dialogue)))

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"text": " \u200b\n"}, Refusal.NO_WORDS),
            ({"text": "a" * (TEXT_MAX_LENGTH + 1)}, Refusal.TOO_LONG),
            ({"text": "a" * (2 * TEXT_MAX_LENGTH + 1)}, Refusal.TOO_LONG),
            ({"name": " "}, Refusal.NO_NAME),
            ({"name": "Employees"}, Refusal.NAME_TAKEN),
        ],
    )
    def test_what_the_form_refuses(self, article, more, code):
        with pytest.raises(CommentRefused) as refusal:
            post_comment(article, replace(self.submission(), **more))
        assert refusal.value.code == code
        assert str(refusal.value)
        assert not Comment.objects.exists()

    @pytest.mark.parametrize(
        ("text", "code"), [("\n", Refusal.NO_WORDS), ("a" * (TEXT_MAX_LENGTH + 1), Refusal.TOO_LONG)]
    )
    def test_a_change_that_the_form_refuses(self, article, say, text, code):
        comment = say(article, is_published=False)
        with pytest.raises(CommentRefused) as refusal:
            edit_comment(comment, text, by=comment.participant)
        assert refusal.value.code == code
        assert comment.revisions.count() == 1

    def test_it_is_stored_as_the_form_would_have_it(self, article):
        comment = post_comment(article, replace(self.submission(), text="Un\r\nmot. ", name=" Camille  Roy "))
        assert (comment.text, comment.author_name) == ("Un\nmot.", "Camille Roy")

    def test_a_row_that_the_database_refuses_is_no_comment_of_somebody_else(self, article, monkeypatch):
        def refuse(*args):
            raise IntegrityError("another rule of the table")

        monkeypatch.setattr(posts, "_write_comment", refuse)
        with pytest.raises(IntegrityError, match="another rule"):
            post_comment(article, self.submission())
        assert not Comment.objects.exists()
