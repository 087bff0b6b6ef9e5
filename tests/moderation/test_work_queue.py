"""The queue: what is riskiest and has waited longest first, on cards that cost no query each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import Comment
from moderation.models import WEIGHT, Decision, Flag, ScreeningTerm
from moderation.screening.signals import ENOUGH
from moderation.views.queue import SOONER, in_order_of_work

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = reverse("moderation_comments:list_comments")


def submitted(comment: Comment, ago: timedelta) -> Comment:
    Comment.objects.filter(pk=comment.pk).update(submitted_at=timezone.now() - ago)
    return comment


def flag(comment: Comment, who: str) -> None:
    Flag.objects.create(comment=comment, comment_version=1, reason_code="attack", person_digest=who)


def in_order() -> list[Comment]:
    return list(in_order_of_work(Comment.objects.all()))


@pytest.fixture
def risky(article, receive) -> Comment:
    """What screening noticed enough in to hold it."""
    ScreeningTerm.objects.create(term="casino", kind="suspect")
    comment = receive(article, "Un casino au bout du quai.")
    assert comment.decisions.get().risk >= ENOUGH
    return comment


class TestOrder:
    """Risk moves a comment forward in time, and never for ever."""

    def test_what_has_waited_longest_comes_first(self, receive, article):
        younger, older = receive(article, "Le quai."), receive(article, "La rampe.")
        submitted(older, timedelta(hours=3))
        submitted(younger, timedelta(hours=1))
        assert in_order() == [older, younger]

    def test_risk_counts_as_time(self, held, risky):
        ahead = risky.decisions.get().risk * SOONER
        submitted(risky, timedelta(0))
        submitted(held, ahead - timedelta(minutes=1))
        assert in_order() == [risky, held]
        submitted(held, ahead + timedelta(minutes=1))
        assert in_order() == [held, risky]

    def test_each_open_flag_counts(self, say, article):
        quiet, flagged = say(article, "Le quai."), say(article, "La rampe.")
        flag(flagged, "un")
        flag(flagged, "deux")
        submitted(flagged, timedelta(0))
        submitted(quiet, 2 * WEIGHT * SOONER - timedelta(minutes=1))
        assert in_order() == [flagged, quiet]
        assert [comment.risk for comment in in_order()] == [2 * WEIGHT, 0]
        assert [comment.flag_count for comment in in_order()] == [2, 0]

    def test_the_last_look_counts(self, held, risky):
        Decision.objects.create(comment=risky, comment_version=1, verb="hold", rule="guest", risk=0)
        submitted(risky, timedelta(0))
        submitted(held, timedelta(minutes=1))
        assert in_order() == [held, risky]


class TestCards:
    """Everything that is needed to decide, on one card."""

    def card(self, browser, comment: Comment, **query: str):
        cards = browser.get(LIST, query).context["cards"]
        return next(card for card in cards if card.comment == comment)

    def test_it_tells_what_was_noticed_and_marks_it(self, desk, risky):
        card = self.card(desk, risky)
        assert [piece.text for piece in card.marked if piece.is_marked] == ["casino"]
        html = desk.get(LIST).content.decode()
        assert "<mark>casino</mark>" in html
        assert "casino au bout" not in html.replace("<mark>casino</mark>", "")

    def test_it_tells_where_links_lead(self, desk, receive, article):
        comment = receive(article, "Voyez https://www.exemple.test/a et https://exemple.test/b.")
        assert self.card(desk, comment).hosts == ["exemple.test"]

    def test_it_shows_what_it_answers(self, desk, say, receive, article):
        parent = say(article, "Qui paie la rampe ?")
        reply = receive(article, "La ville.", parent=parent)
        html = desk.get(LIST).content.decode()
        assert self.card(desk, reply).comment.parent == parent
        assert "Qui paie la rampe" in html

    def test_it_counts_what_else_the_author_said(self, desk, receive, article):
        comment = receive(article, email="c@example.org")
        receive(article, "La rampe.", email="c@example.org")
        assert self.card(desk, comment).others == [("Retenu", 1)]

    def test_flags_stand_on_it(self, desk, say, article):
        comment = say(article, "Le quai.")
        flag(comment, "un")
        card = self.card(desk, comment, status="flagged")
        assert [choice.verb for choice in card.choices] == ["keep", "hide"]
        assert len(card.open_flags) == 1

    @pytest.mark.parametrize("status", ["held", "flagged", "changed"])
    def test_its_queries_do_not_grow(self, desk, receive, say, article, count_queries, status):
        def add() -> None:
            receive(article, "Le quai.", parent=say(article, "La rampe."))
            flag(say(article, "Les bancs."), "un")

        add()
        desk.get(LIST, {"status": status})
        few = count_queries(lambda: desk.get(LIST, {"status": status}))
        for _number in range(4):
            add()
        assert count_queries(lambda: desk.get(LIST, {"status": status})) == few
        assert few <= 21

    def test_there_are_as_many_as_stand_on_the_page(self, desk, receive, article, monkeypatch):
        monkeypatch.setattr("moderation.views.listing.CommentListView.paginate_by", 2)
        for number in range(5):
            receive(article, f"Mot {number}.")
        assert [len(desk.get(LIST, {"p": page}).context["cards"]) for page in (1, 3)] == [2, 1]


class TestScript:
    """What the script of the desk is answered."""

    def send(self, browser, comment: Comment, verb: str, **more: object):
        address = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])
        sent = {"version": comment.version, "status": comment.status, **more}
        return browser.post(address, sent, headers={"accept": "application/json"})

    def test_what_was_done(self, desk, held):
        assert "est publié" in self.send(desk, held, "publish").json()["sentence"]
        again = self.send(desk, held, "publish")
        assert again.status_code == 200
        assert "Fanny" in again.json()["sentence"]

    def test_what_will_be_done_and_how_it_is_taken_back(self, desk, held, settings):
        settings.UNDO_SECONDS = 10
        told = self.send(desk, held, "publish").json()
        assert "sera publié" in told["sentence"]
        assert f'data-comments="{held.public_id}"' in told["go"]
        batch = told["go"].split('name="batch" value="')[1].split('"')[0]
        address = reverse("moderation_comments:take_back")
        taken = desk.post(address, {"batch": batch}, headers={"accept": "application/json"})
        assert "Rien n’a changé" in taken.json()["sentence"]
        late = desk.post(address, {"batch": batch}, headers={"accept": "application/json"})
        assert late.status_code == 409

    def test_a_missing_reason_is_asked_for(self, desk, held):
        answer = self.send(desk, held, "reject")
        assert answer.status_code == 422
        assert "motif" in answer.json()["sentence"]

    def test_who_was_first_is_named(self, desk, outside_desk, held):
        self.send(outside_desk, held, "reject", reason_code="off_topic")
        answer = self.send(desk, held, "publish")
        assert answer.status_code == 409
        assert "Odile" in answer.json()["sentence"]
