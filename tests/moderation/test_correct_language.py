"""A moderator says in which language the words of a comment are, where they stand."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from dialogue.actions import accept_edit, correct_language, edit_comment, withdraw_comment
from dialogue.models import Comment
from mail.models import OutgoingMail
from moderation import actions
from moderation.models import Decision, Verb

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def english(article, say) -> Comment:
    return say(article, "There are no benches out of the wind.")


def url(comment: Comment) -> str:
    return reverse("moderation_comments:correct_language", args=[comment.public_id])


def page_of(comment: Comment) -> str:
    return reverse("moderation_comments:review_comment", args=[comment.public_id])


def french(sentence: str, **values: str) -> str:
    with override("fr"):
        return gettext(sentence) % values


class TestScreen:
    def test_r20_it_says_what_was_told_and_offers_the_others(self, desk, english):
        html = desk.get(page_of(english)).text
        assert '<option value="en" selected>Anglais</option>' in html
        assert '<option value="iu">Inuktitut</option>' in html
        assert '<div class="moderation-comment__text" lang="en">' in html
        assert french("Language of the words") in html

    def test_r20_a_correction_comes_back_to_the_comment(self, desk, english, moderator):
        response = desk.post(url(english), {"version": 1, "words_language": "es"}, follow=True)
        assert response.redirect_chain == [(page_of(english), 302)]
        said = french("The language of the words is now %(language)s.", language="Espagnol")
        assert said in response.text
        assert '<div class="moderation-comment__text" lang="es">' in response.text
        english.refresh_from_db()
        assert english.words_language == "es"

    def test_r20_the_list_tells_it_too(self, desk, english):
        listed = desk.get(reverse("moderation_comments:list_comments") + "?status=all").text
        assert 'lang="en"' in listed.partition("moderation-excerpt")[2].partition("</td>")[0]

    def test_r20_it_is_written_down_and_nobody_is_mailed(self, desk, english, moderator):
        before = OutgoingMail.objects.count()
        desk.post(url(english), {"version": 1, "words_language": "es"})
        decision = english.decisions.first()
        assert (decision.verb, decision.by, decision.note) == (Verb.LANGUAGE, moderator, "en → es")
        event = decision.event
        assert (event.kind, event.by, event.status_after) == ("language_corrected", moderator, "published")
        assert OutgoingMail.objects.count() == before

    def test_r20_the_second_time_nothing_changes(self, desk, english):
        desk.post(url(english), {"version": 1, "words_language": "es"})
        before = Decision.objects.count()
        response = desk.post(url(english), {"version": 1, "words_language": "es"}, follow=True)
        said = french("The language of the words was %(language)s already.", language="Espagnol")
        assert said in response.text
        assert Decision.objects.count() == before

    def test_r20_what_waits_shows_its_own(self, desk, english, policy):
        policy("hold_all")
        edit_comment(english, "Les bancs manquent à l’abri du vent.", by=english.participant)
        html = desk.get(page_of(english)).text
        assert '<div class="moderation-comment__text" lang="en">' in html
        assert '<div class="moderation-comment__text"><p>Les bancs' in html


class TestWrong:
    @pytest.mark.parametrize("wrong", ["", "xx", "a" * 300])
    def test_r20_what_is_no_language_is_told(self, desk, english, wrong):
        response = desk.post(url(english), {"version": 1, "words_language": wrong})
        assert response.status_code == 422
        assert french("Choose a language from the list.") in response.text
        english.refresh_from_db()
        assert english.words_language == "en"

    def test_r20_it_is_about_the_words_that_were_seen(self, desk, english, policy):
        policy("hold_all")
        edit_comment(english, "Les bancs manquent à l’abri du vent.", by=english.participant)
        accept_edit(english, 2, by=None)
        response = desk.post(url(english), {"version": 1, "words_language": "es"})
        assert response.status_code == 409
        english.refresh_from_db()
        assert english.words_language == "fr"

    @pytest.mark.parametrize("version", [None, "", "x", "0"])
    def test_r20_a_form_that_says_nothing_of_them_is_refused(self, desk, english, version):
        form = {"words_language": "es"} | ({} if version is None else {"version": version})
        assert desk.post(url(english), form).status_code == 400

    def test_r20_it_is_posted(self, desk, english):
        assert desk.get(url(english)).status_code == 405


class TestWho:
    def test_r20_others_are_refused(self, client, signed_in, employee, editor, answerer, english):
        for browser in (client, *map(signed_in, (employee, editor, answerer))):
            browser.post(url(english), {"version": 1, "words_language": "es"})
        english.refresh_from_db()
        assert english.words_language == "en"
        assert not english.decisions.filter(verb=Verb.LANGUAGE).exists()

    def test_r20_what_one_may_not_read_is_not_there(self, outside_desk, held_inside):
        missing = url(held_inside).replace(held_inside.public_id, "x" * 12)
        form = {"version": 1, "words_language": "es"}
        assert outside_desk.post(url(held_inside), form).status_code == 404
        assert outside_desk.post(missing, form).status_code == 404


class TestBeside:
    """It is no decision on where the comment stands, nor on what it says."""

    def test_r20_the_author_still_reads_that_a_change_was_refused(
        self, english, moderator, policy, signed_in, say, article, employee
    ):
        policy("hold_all")
        comment = say(article, "There are no benches here at all.", user=employee)
        edit_comment(comment, "There are none at all.", by=comment.participant)
        actions.refuse_edit(comment, by=moderator, version=2, reason_code="off_topic")
        actions.correct_language(comment, "es", by=moderator)
        html = signed_in(employee).get(reverse("personal_page")).text
        assert french("Your change was not accepted") in html

    def test_r20_where_it_stands_was_decided_before(self, held, moderator):
        actions.reject_comment(held, by=moderator, reason_code="off_topic")
        actions.correct_language(held, "es", by=moderator)
        assert held.decisions.about_status().first().verb == Verb.REJECT
        assert held.decisions.about_edits().count() == 0

    def test_r20_what_was_withdrawn_may_be_corrected_and_is_not_shown(self, client, english, moderator):
        withdraw_comment(english, by=english.participant)
        assert correct_language(english, "es", by=moderator)
        assert "benches" not in client.get(english.page.get_url()).text

    def test_r20_the_ledger_names_it(self, desk, english):
        rows = desk.get("/admin/moderation/ledger/?export=csv").getvalue().decode()
        assert "Anglais" in rows
