"""An editor opens a dialogue, and the public it asks replies until it closes."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page

from blog.models import BlogPage
from dialogue.actions import hide_comment
from dialogue.models import CommentPolicy, ConversationSettings, DialoguePage
from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


class TestIndex:
    def test_it_lists_dialogues_by_their_state(self, client, dialogues_fr, dialogue):
        now = timezone.now()
        for title, opens, closes in (
            ("Bientôt ?", now + timedelta(days=2), None),
            ("Fini ?", now - timedelta(days=9), now - timedelta(days=1)),
        ):
            page = DialoguePage(title=title, question=title, opens_at=opens, comments_close_at=closes)
            dialogues_fr.add_child(instance=page)
        context = client.get(dialogues_fr.url).context
        assert [d.question for d in context["open_dialogues"]] == [dialogue.question]
        assert [d.question for d in context["upcoming_dialogues"]] == ["Bientôt ?"]
        assert [d.question for d in context["closed_dialogues"]] == ["Fini ?"]

    def test_without_a_dialogue_it_says_so_and_leads_on(self, client, dialogues_fr, bare_portal):
        empty = client.get(dialogues_fr.url).content.decode().partition('class="empty-list"')[2]
        assert 'href="/fr/articles/"' in empty.partition("</ul>")[0]

    def test_its_queries_do_not_grow_with_dialogues(self, client, dialogues_fr, dialogue, count_cold_queries):
        client.get(dialogues_fr.url)
        few = count_cold_queries(lambda: client.get(dialogues_fr.url))
        for number in range(10):
            page = DialoguePage(title=f"Question {number}", question=f"Question {number} ?")
            dialogues_fr.add_child(instance=page)
        assert count_cold_queries(lambda: client.get(dialogues_fr.url)) == few


class TestState:
    @pytest.mark.parametrize(
        ("opens", "closes", "state"),
        [(-1, None, "open"), (-1, 1, "open"), (1, None, "upcoming"), (-2, -1, "closed")],
    )
    def test_it_follows_the_clock_and_says_so(self, opens, closes, state):
        now = timezone.now()
        page = DialoguePage(
            opens_at=now + timedelta(days=opens),
            comments_close_at=now + timedelta(days=closes) if closes else None,
        )
        assert page.state == state
        assert page.state_sentence
        assert page.commenting_state.is_open is (state == "open")

    def test_the_first_of_a_month_is_an_ordinal_in_french(self):
        day = timezone.make_aware(datetime(2126, 12, 1, 9, 0))
        assert "1er décembre 2126" in DialoguePage(opens_at=day).state_sentence

    def test_switched_off_is_closed(self):
        assert DialoguePage(commenting_enabled=False).state == "closed"

    def test_closing_before_opening_is_refused_with_a_sentence(self, dialogues_fr):
        now = timezone.now()
        page = DialoguePage(title="À rebours", question="?", opens_at=now, comments_close_at=now)
        with pytest.raises(Exception, match="comments_close_at"):
            dialogues_fr.add_child(instance=page)


class TestClosingStatement:
    """What came of a dialogue is said once it is closed, and signed."""

    WORDS = "Les bancs arrivent en mai."

    @pytest.fixture
    def ended(self, dialogue) -> DialoguePage:
        dialogue.host_name, dialogue.host_role = "Maude Thériault", "Communications"
        dialogue.closing_words = self.WORDS
        dialogue.opens_at = timezone.make_aware(datetime(2026, 4, 1, 9, 0))
        dialogue.comments_close_at = timezone.make_aware(datetime(2026, 5, 1, 23, 30))
        return dialogue

    def read(self, client, dialogue: DialoguePage) -> str:
        dialogue.save()
        page = client.get(dialogue.url).content.decode()
        return page.partition('class="voice voice--organisation')[2].partition("</figure>")[0]

    def test_the_host_signs_it_on_the_day_of_the_closing(self, client, ended):
        html = self.read(client, ended)
        for said in (self.WORDS, "Maude Thériault", "Communications", "1er mai 2026", "Parley"):
            assert said in html

    def test_somebody_else_may_sign_it_later(self, client, ended):
        ended.closing_name, ended.closing_date = "Ovide Roy", date(2026, 6, 2)
        html = self.read(client, ended)
        assert "Ovide Roy" in html
        assert "2 juin 2026" in html
        assert "Maude Thériault" not in html
        assert "Communications" not in html, "the role is the host's"

    def test_without_a_name_the_organisation_signs(self, client, ended):
        ended.host_name = ended.host_role = ""
        assert self.read(client, ended).count("Parley") == 1

    def spoke(self, count: int) -> str:
        said = ngettext("%(count)s person spoke.", "%(count)s people spoke.", count) % {"count": count}
        return f'<p class="voice__spoke">{said}</p>'

    def test_it_says_how_many_people_spoke_and_are_still_read(self, client, ended, say, answerer, employee):
        still_open = DialoguePage.objects.get(pk=ended.pk)
        words = [say(still_open, text, email="a@example.org") for text in ("Un.", "Deux.")]
        hidden = say(still_open, "Trois.", email="b@example.org")
        say(still_open, "Quatre.", user=employee)
        say(still_open, "Cinq.", user=answerer, for_organisation=True)
        say(still_open, "Six.", email="c@example.org", is_published=False)
        assert self.spoke(3) in self.read(client, ended)
        hide_comment(hidden, by=None)
        hide_comment(words[0], by=None)
        assert self.spoke(2) in self.read(client, ended)

    def test_where_nobody_spoke_it_says_nothing_of_it(self, client, ended):
        assert "voice__spoke" not in self.read(client, ended)

    def test_it_is_not_said_before_nor_where_there_is_nothing_to_say(self, client, ended):
        ended.comments_close_at = timezone.now() + timedelta(days=1)
        assert self.read(client, ended) == ""
        ended.comments_close_at, ended.closing_words = timezone.now() - timedelta(minutes=1), ""
        assert self.read(client, ended) == ""

    def test_where_it_was_switched_off_no_day_is_made_up(self, ended):
        ended.commenting_enabled, ended.comments_close_at = False, None
        assert ended.closing_statement.date is None


class TestPolicy:
    def test_the_nearest_section_decides_and_else_the_site(self, site, dialogues_fr, dialogue):
        assert dialogue.get_comment_policy() == ConversationSettings.for_site(site).policy
        dialogues_fr.comment_policy = CommentPolicy.HOLD_ALL
        dialogues_fr.save()
        assert dialogue.get_comment_policy() == CommentPolicy.HOLD_ALL


class TestInternal:
    """Nobody but employees finds a trace of an internal dialogue."""

    def test_employees_read_it(self, signed_in, employee, internal_dialogue):
        response = signed_in(employee).get(internal_dialogue.url)
        assert response.status_code == 200
        assert internal_dialogue.question in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert "share-links" not in response.content.decode()

    def test_strangers_are_sent_to_sign_in_whether_it_exists_or_not(self, client, internal_dialogue):
        there = client.get(internal_dialogue.url)
        missing = client.get(internal_dialogue.url.rstrip("/") + "-absent/")
        for response in (there, missing):
            assert response.status_code == 302
            assert reverse("account_login") in response["Location"]

    def test_it_is_in_no_list_feed_search_or_sitemap(self, client, home_fr, internal_dialogue):
        for address in (
            home_fr.url,
            reverse("search") + "?q=quarts",
            reverse("articles_feed"),
            "/sitemap.xml",
        ):
            assert "quarts" not in client.get(address, follow=True).content.decode().replace(
                "q=quarts", ""
            ).replace('value="quarts"', "")

    def test_its_feed_of_comments_is_not_found(self, client, internal_dialogue):
        assert client.get(reverse("comments_feed", args=[internal_dialogue.pk])).status_code == 404


@pytest.mark.parametrize("model", [HomePage, StandardPage, BlogPage, DialoguePage])
def test_every_page_type_previews_before_it_was_ever_saved(model, home_fr, articles_fr, dialogues_fr):
    parent: Page = {BlogPage: articles_fr, DialoguePage: dialogues_fr}.get(model, home_fr)
    page = model(title="Un brouillon", locale=home_fr.locale)
    page.set_url_path(parent)
    page.path, page.depth = parent.path + "zzzz", parent.depth + 1
    for mode, _label in page.preview_modes or [("", "")]:
        assert page.make_preview_request(preview_mode=mode).status_code == 200


@pytest.mark.parametrize("name", ["articles_fr", "dialogues_fr", "home_en"])
def test_every_index_previews(request, name):
    assert request.getfixturevalue(name).specific.make_preview_request().status_code == 200
