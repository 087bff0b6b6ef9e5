"""Somebody reads a conversation."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from dialogue.actions import REPLIES_SHOWN, hide_comment
from dialogue.conversations import load_conversation
from dialogue.models import Comment, CommentStatus
from dialogue.permissions import CommentPermissionTester
from dialogue.readings import Reading
from dialogue.spans import THREADS_PER_PAGE
from portal.editions import edition_kept
from tests.dialogue.many_comments import plant
from tests.samples import so_many

pytestmark = [pytest.mark.database, pytest.mark.django_db]


class TestPages:
    def test_fifty_threads_a_page_and_each_page_has_an_address(self, client, article):
        roots = plant(article, 2 * THREADS_PER_PAGE + 5)
        stranger = AnonymousUser()
        first = load_conversation(article, stranger)
        assert [t.root.pk for t in first.threads] == [r.pk for r in roots[:THREADS_PER_PAGE]]
        assert first.span.previous_url == ""
        body = client.get(first.span.next_url).content.decode()
        assert roots[THREADS_PER_PAGE].anchor in body
        assert roots[THREADS_PER_PAGE - 1].anchor not in body
        last = load_conversation(article, stranger, Reading(start=roots[2 * THREADS_PER_PAGE].public_id))
        assert len(last.threads) == 5
        assert last.span.next_url == ""
        assert roots[THREADS_PER_PAGE].public_id in last.span.previous_url

    def test_an_unknown_start_is_the_first_page(self, client, article):
        roots = plant(article, 3)
        assert client.get(f"{article.url}?from=nobody").status_code == 200
        assert (
            load_conversation(article, AnonymousUser(), Reading(start="nobody")).threads[0].root.pk
            == roots[0].pk
        )

    def test_a_long_thread_shows_its_beginning_and_where_the_rest_is(self, client, article):
        [root] = plant(article, 1)
        replies = plant(article, REPLIES_SHOWN + 12, root=root)
        view = load_conversation(article, AnonymousUser())
        assert len(view.threads[0].replies) == REPLIES_SHOWN
        assert view.threads[0].more_count == 12
        body = client.get(view.threads[0].more_url).content.decode()
        assert replies[-1].anchor in body

    @pytest.mark.parametrize(("threads", "more"), [(5, 45), (50, 450)])
    def test_queries_do_not_grow_with_comments(self, client, article, count_queries, threads, more):
        roots = plant(article, threads)
        for root in roots[:3]:
            plant(article, 5, root=root)
        client.get(article.url)
        few = count_queries(lambda: client.get(article.url))
        plant(article, more)
        plant(article, 60, root=roots[4])
        many = count_queries(lambda: client.get(article.url))
        assert many == few

    def test_a_conversation_costs_four_queries_at_most_however_long_it_is(self, article, count_queries):
        def cost(**reading: str) -> int:
            return count_queries(lambda: load_conversation(article, AnonymousUser(), Reading(**reading)))

        load_conversation(article, AnonymousUser())  # where the sites begin is remembered from now on
        assert cost() == 2
        roots = plant(article, 50)
        plant(article, 2, root=roots[0])
        assert cost() == 3
        plant(article, so_many(900, whole=4_900), is_counted=False)
        plant(article, 50, root=roots[1])
        assert cost() == cost(show="unanswered") == 3
        assert cost(order="newest") <= 3
        assert cost(start=roots[7].public_id) <= 4
        assert cost(start="last") <= 5

    @pytest.mark.parametrize(("who", "more"), [("employee", 2), ("editor", 3)])
    def test_those_who_sign_in_cost_their_rights_beside(
        self, request, article, count_queries, moderator, who, more
    ):
        plant(article, 1, root=plant(article, 60)[0])
        viewer = request.getfixturevalue(who)
        with edition_kept():  # as in a request; whether anybody is silenced is remembered for all
            load_conversation(article, moderator)
            assert count_queries(lambda: load_conversation(article, viewer)) <= 3 + more

    def test_an_anonymous_reader_gets_no_cookie(self, client, article, say):
        say(article)
        response = client.get(article.url)
        assert response.status_code == 200
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in response.content.decode()


class TestTombstones:
    def test_a_removed_comment_keeps_its_place_while_replies_hang_on_it(self, client, article, say):
        root = say(article, "Effacé mais là.")
        say(article, "Je réponds.", parent=root)
        hide_comment(root, by=None)
        body = client.get(article.url).content.decode()
        assert "Effacé mais là." not in body
        assert root.tombstone_sentence in body
        assert "Je réponds." in body

    def test_a_removed_leaf_leaves_nothing(self, client, article, say):
        leaf = say(article, "Feuille.")
        hide_comment(leaf, by=None)
        body = client.get(article.url).content.decode()
        assert leaf.tombstone_sentence not in body
        assert leaf.public_id not in body

    def test_a_removed_reply_keeps_its_place_too(self, client, article, say):
        root = say(article)
        middle = say(article, "Au milieu.", parent=root)
        say(article, "Tout en bas.", parent=middle)
        hide_comment(middle, by=None)
        body = client.get(article.url).content.decode()
        assert "Au milieu." not in body
        assert middle.tombstone_sentence in body
        assert "Tout en bas." in body


class TestPermalink:
    def test_it_leads_to_the_comment_on_its_page(self, client, article, say):
        comment = say(article)
        response = client.get(comment.get_absolute_url())
        assert response.status_code == 302
        assert response["Location"] == f"{article.url}#{comment.anchor}"

    def test_it_leads_to_the_right_page_of_a_long_conversation(self, client, article):
        roots = plant(article, THREADS_PER_PAGE + 3)
        location = client.get(roots[-1].get_absolute_url())["Location"]
        assert roots[-1].anchor in client.get(location.split("#")[0]).content.decode()

    @pytest.mark.parametrize("place", [25, 150])
    def test_it_leads_to_the_right_page_of_a_long_thread(self, client, article, place):
        [root] = plant(article, 1)
        replies = plant(article, 160, root=root)
        location = client.get(replies[place].get_absolute_url())["Location"]
        assert replies[place].anchor in client.get(location.split("#")[0]).content.decode()

    def test_it_survives_a_move_of_the_page(self, client, article, say):
        comment = say(article)
        article.slug = "ailleurs"
        article.save_revision().publish()
        location = client.get(comment.get_absolute_url())["Location"]
        assert "/ailleurs/" in location

    def test_it_is_in_the_language_of_the_comment_whoever_asks(self, client, article, say):
        comment = say(article)
        address = comment.get_absolute_url().replace("/fr/", "/en/")
        assert client.get(address)["Location"].startswith("/fr/")

    def test_an_internal_one_is_not_found_by_strangers(self, client, internal_dialogue, say, employee):
        inside = say(internal_dialogue, user=employee)
        for address in (inside.get_absolute_url(), reverse("show_thread", args=[inside.public_id])):
            assert client.get(address).status_code == 404

    def test_an_unknown_one_is_not_found(self, client, site):
        assert client.get(reverse("comment_permalink", args=["personne1234"])).status_code == 404


@pytest.mark.parametrize("where", ["article", "internal_dialogue", "unpublished"])
def test_the_two_spellings_of_who_may_read_agree(request, article, internal_dialogue, say, where):
    people = ["stranger", "employee", "editor", "moderator", "administrator"]
    viewers = {who: request.getfixturevalue(who) for who in people}
    page = internal_dialogue if where == "internal_dialogue" else article
    pk, now = say(page, user=viewers["employee"]).pk, timezone.now()
    if where == "unpublished":
        article.unpublish()
    for status, (who, viewer) in itertools.product(CommentStatus, viewers.items()):
        Comment.objects.filter(pk=pk).update(
            status=status, published_at=now, rejected_at=now, hidden_at=now, withdrawn_at=now, erased_at=now
        )
        comment = Comment.objects.select_related("page").get(pk=pk)
        in_sql = Comment.objects.visible_to(viewer).filter(pk=pk).exists()
        assert CommentPermissionTester(comment, viewer).can_read() is in_sql, (status, who)
        expected = status == CommentStatus.PUBLISHED and (
            where == "article" or (where == "internal_dialogue" and who != "stranger")
        )
        if who != "administrator" and (where != "internal_dialogue" or viewer.is_anonymous):
            assert in_sql is expected, (status, who)
