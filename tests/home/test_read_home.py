"""A reader opens the front page."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blog.models import BlogPage
from dialogue.actions import hide_comment
from dialogue.blocks import quotation_of

pytestmark = pytest.mark.usefixtures("bare_portal")
ENDED = {
    "closing_words": "Les bancs arrivent.",
    "host_name": "Maude Thériault",
    "opens_at": timezone.now() - timedelta(days=9),
    "comments_close_at": timezone.now() - timedelta(hours=1),
}


def context_of(client, url="/fr/"):
    response = client.get(url)
    assert response.status_code == 200
    return response.context


class TestArticles:
    def test_an_empty_portal_reads_well(self, client, site):
        for url in ("/fr/", "/en/"):
            assert context_of(client, url)["lead_article"] is None
            empty = client.get(url).content.decode().partition('class="empty-list"')[2]
            assert f'href="{url}articles/"' in empty

    def test_the_newest_leads_unless_one_is_chosen(self, client, write, home_fr):
        first, second = write("Premier"), write("Second")
        context = context_of(client)
        assert context["lead_article"] == second
        assert context["latest_articles"] == [first]
        home_fr.lead_article = first
        home_fr.save()
        context = context_of(client)
        assert context["lead_article"] == first
        assert context["latest_articles"] == [second]

    def test_a_chosen_article_that_is_taken_down_does_not_lead(self, client, write, home_fr):
        first, second = write("Premier"), write("Second")
        home_fr.lead_article = first
        home_fr.save()
        first.unpublish()
        assert context_of(client)["lead_article"] == second

    def test_more_articles_cost_no_more_queries(self, client, write, count_cold_queries):
        write("Un")
        write("Deux")
        client.get("/fr/")
        few = count_cold_queries(lambda: client.get("/fr/"))
        for number in range(5):
            write(f"Encore {number}")
        client.get("/fr/")
        assert count_cold_queries(lambda: client.get("/fr/")) <= few


class TestDialogues:
    def test_those_that_take_replies_now(self, client, ask):
        now = timezone.now()
        is_open = ask("Ouvert ?")
        closing = ask("Bientôt clos ?", comments_close_at=now + timedelta(hours=1))
        ask("Clos ?", comments_close_at=now - timedelta(hours=1))
        ask("À venir ?", opens_at=now + timedelta(days=1))
        ask("Muet ?", commenting_enabled=False)
        assert context_of(client)["open_dialogues"] == [closing, is_open]

    def test_internal_ones_are_for_employees(self, client, signed_in, employee, ask, internal_fr):
        dialogue = ask("Interne ?", parent=internal_fr)
        assert context_of(client)["open_dialogues"] == []
        assert context_of(signed_in(employee))["open_dialogues"] == [dialogue]


class TestClosingStatement:
    """What came of the dialogue that was closed last."""

    @pytest.fixture
    def ended(self, ask):
        return ask("Et les bancs ?", **ENDED)

    def test_it_stands_on_the_front_page_with_its_question(self, client, ask, ended):
        ask("Avant ?", **{**ENDED, "comments_close_at": timezone.now() - timedelta(days=1)})
        ask("Sans suite ?", comments_close_at=timezone.now() - timedelta(minutes=1))
        assert context_of(client)["closed_dialogue"] == ended
        html = client.get("/fr/").content.decode().partition("voice--organisation")[2]
        for said in ("Les bancs arrivent.", "Maude Thériault", ended.url, "Et les bancs"):
            assert said in html.partition("</figure>")[0]

    def test_it_comes_when_the_dialogue_closes_and_goes_when_it_opens_again(self, client, ended):
        now = timezone.now()
        ended.comments_close_at = now + timedelta(hours=1)
        ended.save()
        for hours, found in ((0, None), (2, ended)):
            with time_machine.travel(now + timedelta(hours=hours), tick=False):
                assert context_of(client)["closed_dialogue"] == found
        ended.unpublish()
        assert context_of(client)["closed_dialogue"] is None

    def test_that_of_an_internal_one_is_for_employees(self, client, signed_in, employee, ask, internal_fr):
        ended = ask("Et la relève ?", parent=internal_fr, **ENDED)
        assert context_of(client)["closed_dialogue"] is None
        assert "Les bancs arrivent." not in client.get("/fr/").content.decode()
        employees = signed_in(employee)
        assert context_of(employees)["closed_dialogue"] == ended
        html = employees.get("/fr/").content.decode().partition("voice--organisation")[2]
        assert 'class="readers"' in html.partition("</figure>")[0], "it says who alone may read it"


class TestVoice:
    @pytest.fixture
    def voice(self, write, say):
        comment = say(write("Le quai"), "Je propose un banc.", may_quote=True)
        body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        return comment, write("Suite", body=body)

    def test_the_newest_featured_comment_speaks(self, client, voice):
        comment, page = voice
        shown = context_of(client)["featured_voice"]
        assert shown.name == comment.author_name
        assert shown.url == page.url
        assert "banc" in client.get("/fr/").content.decode()

    def test_one_that_is_hidden_falls_silent(self, client, voice):
        hide_comment(voice[0], by=None)
        assert context_of(client)["featured_voice"] is None

    def test_one_without_consent_is_not_heard(self, client, write, say):
        comment = say(write("Le quai"), "Je propose un banc.")
        write("Suite", body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})])
        assert context_of(client)["featured_voice"] is None

    def test_one_on_a_page_taken_down_is_not_heard(self, client, voice):
        voice[1].unpublish()
        assert context_of(client)["featured_voice"] is None

    @pytest.fixture
    def newer(self, voice, write, say):
        comment = say(write("Le pont"), "Et un abri.", may_quote=True)
        return write("Suite 2", body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})])

    def test_an_editor_chooses_the_page_whose_voice_speaks(self, client, home_fr, voice, newer):
        assert context_of(client)["featured_voice"].url == newer.url
        home_fr.voice_page = voice[1]
        home_fr.save_revision().publish()
        assert context_of(client)["featured_voice"].url == voice[1].url

    def test_where_the_chosen_one_falls_silent_the_newest_speaks(self, client, home_fr, voice, newer):
        home_fr.voice_page = voice[1]
        home_fr.save_revision().publish()
        hide_comment(voice[0], by=None)
        assert context_of(client)["featured_voice"].url == newer.url

    def test_an_editor_lets_nobody_speak(self, client, home_fr, voice):
        home_fr.shows_voice = False
        home_fr.save_revision().publish()
        assert context_of(client)["featured_voice"] is None

    def test_an_internal_voice_is_not_heard_on_the_public_front_page(
        self, signed_in, employee, client, ask, internal_fr, say
    ):
        asked = ask("Interne ?", parent=internal_fr)
        comment = say(asked, "Un canari", user=employee, may_quote=True)
        body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        ask("Autre question interne ?", parent=internal_fr, body=body)
        for person in (client, signed_in(employee)):
            assert context_of(person)["featured_voice"] is None


class TestSchedule:
    def test_what_is_due_is_published_and_what_is_over_leaves(self, client, articles_fr):
        now = timezone.now()
        page = BlogPage(
            title="Plus tard",
            introduction="<p>Bientôt.</p>",
            live=False,
            go_live_at=now + timedelta(hours=1),
            expire_at=now + timedelta(hours=3),
        )
        articles_fr.add_child(instance=page)
        page.save_revision().publish()
        for hours, status in ((0, 404), (2, 200), (2, 200), (4, 404)):
            with time_machine.travel(now + timedelta(hours=hours), tick=False):
                call_command("run_periodic", "--once")
                assert client.get("/fr/articles/plus-tard/").status_code == status

    @pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
    def test_queued_tasks_are_worked_off(self, site, settings):
        backend = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
        settings.TASKS = {"default": backend}
        site.root_page.specific.save()
        assert DBTaskResult.objects.ready().exists()
        call_command("run_periodic", "--once")
        assert not DBTaskResult.objects.ready().exists()
