"""The language of a comment's words: told when they are written, corrected by who knows, shown by them."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from blog.models import BlogPage
from dialogue import links, topics
from dialogue.actions import (
    CommentRefused,
    accept_edit,
    correct_language,
    edit_comment,
    hide_comment,
    restore_comment,
)
from dialogue.actions.erasures import erase_comments
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentStatus, ConversationSettings
from home.actions import publish
from mail.actions import choose_mail, make_link, process_mail
from mail.models import MailFrequency
from privacy.actions import export_person
from tests.blog.atom import ATOM, LANGUAGE, read_feed

pytestmark = [pytest.mark.database, pytest.mark.django_db]

FRENCH, ENGLISH = "Les bancs manquent à l’abri du vent.", "There are no benches out of the wind."
SPANISH = "Faltan los bancos al abrigo del viento, me parece que todos lo sabemos."
CAMILLE = "camille@example.org"


@pytest.fixture
def english(article, say) -> Comment:
    """An English comment on a French page."""
    return say(article, ENGLISH, email=CAMILLE, may_quote=True)


@pytest.fixture
def policy(site) -> Callable[[str], None]:
    def set_policy(value: str) -> None:
        ConversationSettings.objects.update_or_create(site=site, defaults={"policy": value})

    return set_policy


@pytest.fixture
def author(english) -> Client:
    """The browser of its author, in which the personal page is open."""
    client = Client()
    client.post(reverse("open_personal_page", args=[make_link(english.participant, links.PERSONAL)]))
    return client


def languages(comment: Comment) -> list[tuple[int, str]]:
    return list(comment.revisions.order_by("version").values_list("version", "words_language"))


def words(language: str, text: str = ENGLISH) -> str:
    """Return how words stand in their comment on a French page."""
    return f'<div class="comment__words"{f' lang="{language}"' if language else ""}><p>{text}'


class TestPost:
    @pytest.mark.parametrize(
        ("text", "language"), [(FRENCH, "fr"), (ENGLISH, "en"), (SPANISH, "es"), ("OK!", "fr"), ("👍", "fr")]
    )
    def test_r20_it_is_told_from_the_words(self, article, say, text, language):
        comment = say(article, text)
        assert (comment.language, comment.words_language) == ("fr", language)
        assert languages(comment) == [(1, language)]

    def test_r20_markup_and_addresses_are_no_words(self, article, say):
        text = "[Les horaires de la navette](https://example.org/the-timetable-of-the-ferry-in-winter)"
        assert say(article, text).words_language == "fr"

    def test_r20_the_preview_shows_it(self, client, article):
        form = {"text": ENGLISH, "name": "Camille Roy", "email": CAMILLE}
        html = client.post(reverse("preview_comment", args=[article.pk]), form).text
        assert words("en") in html


class TestChange:
    def test_r20_new_words_are_told_anew(self, english):
        edit_comment(english, FRENCH, by=english.participant)
        english.refresh_from_db()
        assert (english.words_language, languages(english)) == ("fr", [(1, "en"), (2, "fr")])

    def test_r20_a_change_that_waits_keeps_its_language_to_itself(self, client, english, policy):
        policy("hold_all")
        edit_comment(english, FRENCH, by=english.participant)
        assert (english.words_language, english.waiting_revision.words_language) == ("en", "fr")
        accept_edit(english, 2, by=None)
        assert english.words_language == "fr"
        assert words("", FRENCH) in client.get(english.page.get_url()).text

    def test_r20_before_readers_have_seen_it_too(self, article, receive, policy):
        policy("hold_all")
        comment = receive(article, ENGLISH)
        edit_comment(comment, FRENCH, by=comment.participant)
        assert (comment.status, comment.words_language) == (CommentStatus.HELD, "fr")

    @pytest.mark.parametrize("rule", ["signed_in", "hold_all"])
    def test_r20_what_somebody_chose_outlives_new_words(self, english, moderator, policy, rule):
        policy(rule)
        correct_language(english, "cy", by=moderator)
        edit_comment(english, f"{ENGLISH} None.", by=english.participant)
        assert (english.waiting_revision or english).words_language == "cy"

    def test_r20_words_that_stay_keep_it(self, english, moderator):
        correct_language(english, "cy", by=moderator)
        assert not edit_comment(english, ENGLISH, by=english.participant, may_quote=True)
        english.refresh_from_db()
        assert english.words_language == "cy"


class TestAuthor:
    """They say so on the form where they change their words."""

    @pytest.fixture
    def address(self, english) -> str:
        return reverse("edit_own_comment", args=[english.public_id])

    def send(self, author: Client, address: str, **more: str):
        form = {"text": ENGLISH, "may_quote": "on", "initial-words_language": "en", "words_language": "en"}
        return author.post(address, {**form, **more})

    def test_r20_the_form_says_what_was_told(self, author, address):
        html = author.get(address).text
        assert '<option value="en" selected>Anglais</option>' in html
        assert '<option value="es">Espagnol</option>' in html

    def test_r20_a_choice_takes_effect_at_once_and_is_no_new_version(self, client, author, address, english):
        page = english.page.get_url()
        assert words("en") in client.get(page).text
        assert self.send(author, address, words_language="es").status_code == 303
        english.refresh_from_db()
        assert (english.words_language, english.version, english.edited_at) == ("es", 1, None)
        assert words("es") in english.fragment.replace("<!--words-->", "")
        assert words("es") in client.get(page).text
        assert languages(english) == [(1, "es")]

    def test_r20_a_choice_for_new_words_goes_with_them(self, author, address, english, policy):
        policy("hold_all")
        self.send(author, address, text=FRENCH, words_language="cr")
        english.refresh_from_db()
        assert (english.words_language, english.waiting_revision.words_language) == ("en", "cr")
        self.send(author, address, text=FRENCH, words_language="fr", **{"initial-words_language": "cr"})
        assert (english.waiting_revision.words_language, english.revisions.count()) == ("fr", 2)

    def test_r20_left_alone_it_follows_the_words(self, author, address, english):
        self.send(author, address, text=FRENCH)
        english.refresh_from_db()
        assert (english.waiting_revision or english).words_language == "fr"

    def test_r20_left_alone_it_undoes_no_correction_made_meanwhile(self, author, address, english, moderator):
        correct_language(english, "es", by=moderator)
        self.send(author, address)
        english.refresh_from_db()
        assert english.words_language == "es"

    @pytest.mark.parametrize("wrong", ["xx", "FR", "en\x00", "a" * 300])
    def test_r20_what_is_no_language_is_told_and_nothing_is_lost(self, author, address, english, wrong):
        response = self.send(author, address, text="Just a word.", words_language=wrong)
        assert response.status_code == 422
        assert "Just a word." in response.text
        english.refresh_from_db()
        assert (english.words_language, english.text) == ("en", ENGLISH)

    def test_r20_nobody_else_finds_the_form(self, client, signed_in, employee, address, english):
        # Whom a browser does not know is told where they can show who they are, and has the words back.
        for browser, answer in ((client, 401), (signed_in(employee), 404)):
            assert self.send(browser, address, words_language="es").status_code == answer
        english.refresh_from_db()
        assert english.words_language == "en"


class TestCorrect:
    def test_r20_readers_have_it_at_once_and_the_second_time_nothing_changes(
        self, client, english, moderator
    ):
        page = english.page.get_url()
        assert words("en") in client.get(page).text
        assert correct_language(english, "es", by=moderator)
        assert words("es") in client.get(page).text
        assert not correct_language(english, "es", by=moderator)

    def test_r20_versions_go_with_it(self, english, moderator, policy):
        policy("hold_all")
        edit_comment(english, f"{ENGLISH} None.", by=english.participant)
        correct_language(english, "fr", by=moderator)
        assert languages(english) == [(1, "fr"), (2, "fr")]

    def test_r20_what_is_hidden_is_corrected_for_when_it_comes_back(self, client, english, moderator):
        hide_comment(english, by=None)
        correct_language(english, "es", by=moderator)
        english.refresh_from_db()
        assert english.fragment == ""
        restore_comment(english, by=None)
        assert words("es") in client.get(english.page.get_url()).text

    def test_r20_nobody_else_may(self, english, stranger, employee, editor, answerer):
        for person in (stranger, employee, editor, answerer):
            with pytest.raises(PermissionDenied):
                correct_language(english, "es", by=person)
        english.refresh_from_db()
        assert english.words_language == "en"

    def test_r20_what_is_no_language_is_refused(self, english, moderator):
        with pytest.raises(CommentRefused):
            correct_language(english, "xx", by=moderator)


class TestShow:
    """It is told where it is another than around it, and nowhere else."""

    @pytest.fixture
    def pair(self, article, say, english) -> tuple[Comment, Comment]:
        """An English comment, and a French reply that quotes it."""
        reply = say(article, FRENCH, name="Bertrand Savard", parent=english)
        Comment.objects.filter(pk=reply.pk).update(passage_version=1)
        return english, reply

    def test_r20_in_the_conversation_and_in_the_thread(self, client, pair):
        for address in (pair[0].page.get_url(), reverse("show_thread", args=[pair[0].public_id])):
            html = client.get(address).text
            assert words("en") in html
            assert words("", FRENCH) in html
            assert f'<p lang="en" dir="auto">{ENGLISH}' in html

    def test_r20_where_the_page_is_read_in_another_language(self, client, pair):
        with override("en"):
            addresses = [reverse("comment_history", args=[comment.public_id]) for comment in pair]
        for comment in pair:
            edit_comment(comment, f"{comment.text} 2", by=comment.participant)
        assert words("") in client.get(addresses[0]).text
        assert words("fr", FRENCH) in client.get(addresses[1]).text

    def test_r20_in_versions(self, client, english):
        edit_comment(english, FRENCH, by=english.participant)
        html = client.get(reverse("comment_history", args=[english.public_id])).text
        assert words("en") in html
        assert '<p class="differences" dir="auto">' in html

    def test_r20_on_the_personal_page(self, author):
        assert words("en") in author.get(reverse("personal_page")).text

    def test_r20_in_a_quotation_of_the_version_quoted(self, client, english, articles_fr):
        body = [("featured_comment", {"quotation": quotation_of(english), "why": ""})]
        page = publish(BlogPage(title="À la une", introduction="<p>Oui.</p>", body=body), articles_fr)
        edit_comment(english, FRENCH, by=english.participant, may_quote=True)
        html = client.get(page.url).text
        assert 'lang="en"><p>' + ENGLISH in html
        assert '"inLanguage": "en"' in html

    def test_r20_in_the_data_for_machines(self, client, english):
        described = client.get(english.page.get_url()).text.partition("application/ld+json")[2]
        comment = described.partition('"comment": [')[2].partition("]")[0]
        assert '"inLanguage": "en"' in comment

    def test_r20_in_the_feed(self, client, pair):
        address = reverse("comments_feed", args=[pair[0].page_id])
        feed = read_feed(client.get(address).content)
        found = [entry.find(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")]
        summaries = {summary.text: summary.get(LANGUAGE) for summary in found}
        assert list(summaries.values()) == [None, "en"]
        assert any(text.startswith(f'<div lang="en"><p>{ENGLISH}') for text in summaries)

    def test_r20_in_mail(self, article, say):
        comment = say(article, FRENCH)
        choose_mail(comment.participant, topics.REPLIES, MailFrequency.IMMEDIATE)
        say(article, ENGLISH, parent=comment)
        say(article, f"{FRENCH} Oui.", parent=comment)
        process_mail()
        html = "".join(message.alternatives[0][0] for message in mail.outbox)
        assert f'<div lang="en"><p>{ENGLISH}' in html
        assert f"<div><p>{FRENCH}" in html

    def test_r20_in_the_search(self, client, english):
        html = client.get("/fr/search/", {"query": "benches"}, follow=True).text
        assert '<p class="result__excerpt" lang="en" dir="auto">' in html

    def test_r20_both_stems_are_searched_whatever_it_is(self, client, english, moderator):
        correct_language(english, "fr", by=moderator)
        assert english.author_name in client.get("/fr/search/", {"query": "bench"}, follow=True).text

    def test_r20_in_the_copy_of_ones_data_and_not_after_erasure(self, english):
        [row] = export_person(english.participant)["comments"]
        assert row["words_language"] == "en"
        erase_comments(english.participant)
        english.refresh_from_db()
        assert (english.words_language, languages(english)) == ("", [(1, "")])

    def test_r20_it_costs_no_query(self, client, article, say, count_cold_queries):
        say(article, FRENCH)
        url = article.get_url()
        before = count_cold_queries(lambda: client.get(url))
        for text in (ENGLISH, SPANISH, f"{ENGLISH} None."):
            say(article, text)
        assert count_cold_queries(lambda: client.get(url)) == before


class TestTwinOfQuotingPage:
    """Words in another language name the page in that language, where there is one to read."""

    @pytest.fixture
    def quoting(self, articles_fr, english) -> BlogPage:
        page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", locale=articles_fr.locale)
        page.body = [
            ("featured_comment", {"quotation": quotation_of(english), "why": "", "reply": "nowhere"})
        ]
        articles_fr.add_child(instance=page)
        page.save_revision().publish()
        return page

    @pytest.fixture
    def twin(self, quoting, articles_en) -> BlogPage:
        twin = BlogPage(title="Camille speaks", introduction="<p>Here.</p>", locale=articles_en.locale)
        twin.translation_key = quoting.translation_key
        articles_en.add_child(instance=twin)
        return twin

    def caption(self, client: Client, quoting: BlogPage) -> str:
        caption = client.get(quoting.url).content.decode().partition("<figcaption")[2].partition("</figc")[0]
        assert "en anglais" in caption
        return caption

    def test_it_is_offered_to_whoever_may_read_it(self, client, signed_in, employee, quoting, twin):
        link = f'<a href="{twin.url}" hreflang="en">'
        assert link in self.caption(client, quoting)
        restriction = twin.view_restrictions.create(restriction_type="login")
        assert "<a" not in self.caption(client, quoting)
        assert link in self.caption(signed_in(employee), quoting)
        restriction.delete()
        twin.unpublish()
        assert "<a" not in self.caption(client, quoting)

    def test_where_there_is_none_the_language_alone_is_told(self, client, quoting):
        assert "<a" not in self.caption(client, quoting)
