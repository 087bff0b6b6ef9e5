"""A moderator decides on everything that the filters show, and on nothing else."""

import pytest
from django.urls import reverse

from dialogue.actions import edit_comment
from dialogue.models import Comment
from moderation.models import PendingDecision
from moderation.views.many import MOST_AT_ONCE, SAMPLE, digest_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = reverse("moderation_comments:list_comments")
MANY = reverse("moderation_comments:decide_on_comments")
WORDS = ("quai", "banc", "rampe", "phare", "bouée", "ancre", "treuil")


@pytest.fixture
def seven(receive, article) -> list[Comment]:
    return [
        receive(article, f"Parlons de {word}.", email=f"{number}@example.org")
        for number, word in enumerate(WORDS)
    ]


@pytest.fixture
def elsewhere(receive, dialogue) -> Comment:
    return receive(dialogue, "Parlons de tout.")


def ask(browser, query: str = "", verb: str = "publish", **more: str):
    return browser.post(MANY, {"all": "1", "verb": verb, "next": f"{LIST}?{query}", **more})


def statuses() -> set[str]:
    return set(Comment.objects.values_list("status", flat=True))


def test_first_it_says_how_many_and_shows_some(desk, seven):
    asked = ask(desk)
    assert asked.status_code == 200
    assert asked.context["count"] == 7
    assert len(asked.context["sample"]) == SAMPLE
    assert "7 commentaires" in asked.content.decode()
    assert statuses() == {"held"}


def test_then_all_are_decided_on_and_nothing_else(desk, seven, elsewhere, article):
    asked = ask(desk, f"page={article.pk}", "reject", reason_code="off_topic", reason_text="Ailleurs.")
    assert "hors sujet" in asked.content.decode()
    form = {"reason_code": "off_topic", "reason_text": "Ailleurs.", "set": asked.context["digest"]}
    done = ask(desk, f"page={article.pk}", "reject", **form)
    assert done.status_code == 302
    assert set(Comment.objects.filter(page=article).values_list("status", flat=True)) == {"rejected"}
    elsewhere.refresh_from_db()
    assert elsewhere.status == "held"
    assert {decision.reason_text for decision in seven[0].decisions.filter(verb="reject")} == {"Ailleurs."}


@pytest.mark.parametrize("query", ["q=phare", "q=phare&side=external", "status=held&q=phare"])
def test_the_filters_of_the_list_are_those_of_the_act(desk, seven, query):
    asked = ask(desk, query)
    assert asked.context["count"] == 1
    assert ask(desk, query, set=asked.context["digest"]).status_code == 302
    assert list(Comment.objects.published()) == [seven[3]]


def test_what_has_changed_since_is_asked_anew(desk, seven):
    asked = ask(desk)
    edit_comment(seven[0], "Parlons d’autre chose.", by=seven[0].participant)
    again = ask(desk, set=asked.context["digest"])
    assert again.status_code == 409
    assert "a changé" in again.content.decode()
    assert statuses() == {"held"}
    assert ask(desk, set=again.context["digest"]).status_code == 302
    assert statuses() == {"published"}


def test_a_set_that_was_made_up_is_asked_about(desk, seven):
    assert ask(desk, set="x" * 64).status_code == 409
    assert ask(desk, set=digest_of(seven[:2])).status_code == 409
    assert statuses() == {"held"}


def test_too_many_are_refused(desk, seven, monkeypatch):
    assert MOST_AT_ONCE == 500
    monkeypatch.setattr("moderation.views.many.MOST_AT_ONCE", 3)
    refused = ask(desk, "q=Parlons")
    assert refused.status_code == 422
    assert "Resserrez" in refused.content.decode()
    assert statuses() == {"held"}


def test_none_and_what_is_not_decided_on_in_bulk_are_refused(desk, seven):
    assert ask(desk, "q=rien").status_code == 422
    assert ask(desk, "status=all").status_code == 422
    assert statuses() == {"held"}


def test_without_a_reason_nothing_is_asked(desk, seven):
    asked = ask(desk, verb="reject")
    done = ask(desk, verb="reject", set=asked.context["digest"])
    assert done.status_code == 422
    assert statuses() == {"held"}


def test_what_may_not_be_read_is_not_among_them(outside_desk, seven, held_inside):
    assert ask(outside_desk).context["count"] == 7


def test_five_hundred_are_written_down_and_carried_out_in_parts(desk, seven, settings, monkeypatch):
    settings.UNDO_SECONDS = 10
    monkeypatch.setattr("moderation.actions.pending.AT_A_TIME", 3)
    asked = ask(desk)
    ask(desk, set=asked.context["digest"])
    assert PendingDecision.objects.count() == 7
    assert PendingDecision.objects.values("batch").distinct().count() == 1
    PendingDecision.objects.update(due_at="2020-01-01T00:00:00Z")
    desk.post(reverse("moderation_comments:carry_out"))
    assert statuses() == {"published"}


def test_the_list_offers_it_where_there_is_more_than_one_page(desk, seven, monkeypatch):
    assert 'name="all"' not in desk.get(LIST).content.decode()
    monkeypatch.setattr("moderation.views.listing.CommentListView.paginate_by", 2)
    assert 'name="all"' in desk.get(LIST).content.decode()
