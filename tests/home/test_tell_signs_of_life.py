"""Lists tell how much was said under what they list, and a page what was said under its translation."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import BaseViewRestriction, PageViewRestriction

from dialogue.models import DialoguePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    """Return the words of a page, white space as one space."""
    return lambda page, browser=client: " ".join(browser.get(page.url).text.split())


def translated(page, section):
    """Publish the same page in the language of another section."""
    page = type(page).objects.get(pk=page.pk)
    twin = page.copy_for_translation(section.locale, copy_parents=True)
    twin.save_revision().publish()
    return type(page).objects.get(pk=twin.pk)


class TestLists:
    def test_what_is_said_and_answered_is_told_at_once(
        self, read, home_fr, articles_fr, dialogues_fr, write, ask, say, answerer
    ):
        article, dialogue = write("Le quai"), ask("Quel horaire?")
        lists = {article: (home_fr, articles_fr), dialogue: (dialogues_fr,)}
        for page, places in lists.items():
            assert not any("signs-of-life" in read(place) for place in places)
            root = say(page)
            assert all("1 commentaire</span>" in read(place) for place in places)
            say(page, user=answerer, parent=root, for_organisation=True)
            assert all("2 commentaires, 1 " in read(place) for place in places)

    def test_a_list_that_is_narrowed_asks_once_as_well(self, client, articles_fr, write, say, count_queries):
        def cost():
            client.get(articles_fr.url, {"query": "quai"})
            return count_queries(lambda: client.get(articles_fr.url, {"query": "quai"}))

        say(write("Le quai"))
        one = cost()
        for number in range(3):
            say(write(f"Le quai {number}"))
        assert cost() == one


class TestTwins:
    def test_the_conversation_in_the_other_language_is_offered(self, read, write, articles_en, say):
        french = write("Le quai")
        english = translated(french, articles_en)
        assert "conversation__twin" not in read(french)
        say(english), say(english)
        body = read(french)
        assert f'href="{english.url}#conversation" hreflang="en"' in body
        assert "Personne n’a encore pris la parole" not in body
        assert "conversation__twin" not in read(english)

    def test_not_to_those_who_may_not_read_it(self, read, write, articles_en, say, signed_in, employee):
        french = write("Le quai")
        english = translated(french, articles_en)
        say(english)
        PageViewRestriction.objects.create(page=english, restriction_type=BaseViewRestriction.LOGIN)
        assert "conversation__twin" not in read(french)
        assert "conversation__twin" in read(french, signed_in(employee))
        english.unpublish()
        assert "conversation__twin" not in read(french, signed_in(employee))


class TestDialogues:
    """When one opens and when it closed is said."""

    def test_an_upcoming_one_says_when_it_opens(self):
        upcoming = DialoguePage(opens_at=timezone.now() + timedelta(days=400))
        day = timezone.localtime(upcoming.opens_at).year
        assert str(day) in str(upcoming.commenting_state.sentence)

    def test_a_closed_one_says_when_it_closed_if_it_has(self):
        now = timezone.now()
        closed = DialoguePage(opens_at=now - timedelta(days=900), comments_close_at=now - timedelta(days=400))
        assert str(timezone.localtime(closed.closes_at).year) in closed.state_sentence
        for until in (None, now + timedelta(days=400)):
            off = DialoguePage(opens_at=now, commenting_enabled=False, comments_close_at=until)
            assert not any(character.isdigit() for character in off.state_sentence)
