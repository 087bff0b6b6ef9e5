"""Readers of a quotation reply where its editor wants them to; no link leads where nobody can."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import answer_quotation, ask_to_quote, cross_quotation
from dialogue.blocks import quotation_of
from dialogue.models import Comment, ConversationSettings, FeaturedComment
from mail.models import ChoicePlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, "Les bancs manquent.", name="Sylvain Ross", may_quote=True)


@pytest.fixture
def quote(articles_fr, editor):
    """Publish a page that quotes the comments, each with a place to reply: `quote((comment, "here"))`."""

    def publish(*quoted: tuple[Comment, str], parent: Page = articles_fr) -> BlogPage:
        page = BlogPage(title="La parole à Sylvain", introduction="<p>Voici.</p>", owner=editor)
        parent.add_child(instance=page)
        page.body = [
            ("featured_comment", {"quotation": quotation_of(one), "why": "", **({"reply": at} if at else {})})
            for one, at in quoted
        ]
        page.save_revision().publish()
        return BlogPage.objects.get(pk=page.pk)

    return publish


def links_in(client: Client, page: Page) -> list[str]:
    """Return where the figures of a page lead those who reply, after following each."""
    figures = client.get(page.url).content.decode().split("<figure")[1:]
    feet = [figure.partition("</figure>")[0] for figure in figures]
    return [part.partition('"')[0] for foot in feet for part in foot.split('class="no-print" href="')[1:]]


def test_in_the_thread_unless_said_otherwise(client, quote, comment):
    page = quote((comment, ""))
    [link] = links_in(client, page)
    with_form = client.get(link)
    assert with_form.context["comment"] == comment
    assert with_form.context["form"] is not None


def test_under_the_page_itself(client, quote, comment):
    page = quote((comment, "here"))
    assert links_in(client, page) == ["#comment-form"]
    assert 'id="comment-form"' in client.get(page.url).content.decode()


def test_nowhere(client, quote, comment):
    assert links_in(client, quote((comment, "nowhere"))) == []


def test_in_the_language_of_the_thread(client, quote, comment, articles_en):
    [link] = links_in(client, quote((comment, "there"), parent=articles_en))
    assert link.startswith("/fr/")


@pytest.mark.parametrize("how", ["switched off", "closed"])
@pytest.mark.parametrize("place", ["there", "here"])
def test_not_where_no_comments_are_taken(client, quote, comment, article, place, how):
    page = quote((comment, place))
    assert links_in(client, page)
    closing = article if place == "there" else page
    if how == "closed":
        closing.comments_close_at = timezone.now() - timedelta(minutes=1)
    else:
        closing.commenting_enabled = False
    closing.save_revision().publish()
    assert links_in(client, page) == []


def test_not_where_readers_may_not_open_the_thread(
    client, site, quote, article, say, employee, editor, administrator
):
    """It was said inside, and crossed: its thread is closed to those who read it now."""
    ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})
    said_inside = say(article, "Les bancs manquent.", user=employee, may_ask=True)
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    page = BlogPage(title="Pour tous", introduction="<p>Voici.</p>", owner=editor, live=False)
    article.get_parent().add_child(instance=page)
    value = {"quotation": quotation_of(said_inside), "why": "", "reply": "there"}
    page.body = [("featured_comment", value)]
    page.save_revision(user=editor)
    row = FeaturedComment.objects.get(page_id=page.pk)
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=7))
    answer_quotation(row, by=said_inside.participant, is_agreed=True, place=ChoicePlace.ACCOUNT)
    cross_quotation(row, by=administrator)
    page = BlogPage.objects.get(pk=page.pk)
    page.get_latest_revision().publish()
    body = client.get(page.url).content.decode()
    assert "Les bancs manquent." in body
    assert reverse("reply_to_comment", args=[said_inside.public_id]) not in body


def test_many_cost_no_more(quote, article, say, client, count_cold_queries):
    one, many = (
        quote(*((say(article, f"Mot {n} de {size}", may_quote=True), "there") for n in range(size)))
        for size in (1, 10)
    )
    for page in (one, many):
        client.get(page.url)
    costs = [count_cold_queries(lambda page=page: client.get(page.url)) for page in (one, many)]
    assert costs[1] <= costs[0]
