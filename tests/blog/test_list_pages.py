"""Editors see in the list of a section who wrote what about what, and where somebody waits for an answer."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def cells(browser: Client, section: Page, page: Page) -> dict[str, str]:
    """Return the row of a page by the names of the columns."""
    table = listing(browser, section).context["table"]
    rows = {row.instance.pk: row for row in table.rows}
    context = {"table": table, "row": rows[page.pk], "request": None}
    columns = table.columns.values()
    own = [column for column in columns if column.name not in {"bulk_actions", "title", "status"}]
    return {
        column.name: str(column.get_cell_context_data(rows[page.pk].instance, context)["value"])
        for column in own
    }


def listing(browser: Client, section: Page, **query: str):
    answer = browser.get(reverse("wagtailadmin_explore", args=[section.pk]), query)
    assert answer.status_code == 200
    return answer


def test_an_article_shows_its_byline_topics_and_comments(
    browser, articles_fr, write, author, topic, say, receive
):
    page = write("Le quai du soir", authors=[author], topics=[topic])
    say(page)
    say(page)
    receive(page)
    row = cells(browser, articles_fr, page)
    assert row["authors"] == author.name
    assert row["topics"] == topic.name
    assert (row["comment_count"], row["waiting_count"]) == ("2", "1")
    assert row["first_published_at"]


def test_a_dialogue_shows_its_state_and_host(browser, dialogues_fr, dialogue):
    row = cells(browser, dialogues_fr, dialogue)
    assert row["state_sentence"] == dialogue.state_sentence
    assert row["comment_count"] == "0"
    assert row["waiting_count"] == ""


def test_what_waits_is_told_to_those_alone_who_may_read_it(browser, editor, articles_fr):
    assert "waiting_count" in listing(browser, articles_fr).context["table"].columns
    for group in editor.groups.all():
        group.permissions.remove(*group.permissions.filter(codename__in=["view_comment", "moderate_comment"]))
    assert "waiting_count" not in listing(browser, articles_fr).context["table"].columns


def test_pages_are_found_sorted_and_narrowed_as_anywhere(browser, articles_fr, write):
    page = write("Le quai du soir")
    assert page.pk in {row.pk for row in listing(browser, articles_fr, q="quai").context["pages"]}
    for ordering in ("first_published_at", "-first_published_at", "title", "live", "bogus"):
        listing(browser, articles_fr, ordering=ordering)
        listing(browser, articles_fr, ordering=ordering, q="quai")


def test_many_cost_as_many_queries_as_few(
    browser, articles_fr, write, author, topic, say, count_cold_queries: Callable
):
    def look() -> None:
        listing(browser, articles_fr)

    say(write("Un quai", authors=[author], topics=[topic]))
    look()
    few = count_cold_queries(look)
    for number in range(5):
        say(write(f"Quai {number}", authors=[author], topics=[topic]))
    look()
    assert count_cold_queries(look) <= few
