"""A moderator looks through comments, and decides on many at once."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from dialogue.models import Comment
from moderation import actions
from moderation.actions import Seen, decide_on_comments
from moderation.models import Decision, Verb

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LIST = "/admin/moderation/comments/"
BULK = f"{LIST}decide/"


def tick(comment: Comment) -> str:
    return f"{comment.public_id}:{comment.version}:{comment.status}"


def rows(response) -> list[Comment]:
    return list(response.context["object_list"])


class TestList:
    def test_it_shows_what_waits_oldest_first(self, desk, receive, article, moderator):
        first, second = receive(article, "Un"), receive(article, "Deux")
        actions.publish_comment(receive(article, "Trois"), by=moderator)
        assert rows(desk.get(LIST)) == [first, second]

    @pytest.mark.parametrize(
        "status", ["held", "published", "rejected", "hidden", "withdrawn", "all", "bogus"]
    )
    def test_every_status_has_its_list(self, desk, held, status):
        response = desk.get(LIST, {"status": status})
        assert response.status_code == 200
        assert rows(response) == ([held] if status in {"held", "all", "bogus"} else [])

    def test_nobody_sees_what_they_may_not_read(self, desk, outside_desk, held, held_inside):
        for parameters in (
            {},
            {"status": "all"},
            {"q": "SECRET"},
            {"section": held_inside.page.get_parent().pk},
        ):
            response = outside_desk.get(LIST, parameters)
            assert held_inside not in rows(response)
            assert "SECRET des quarts" not in response.content.decode()
            assert "quarts de nuit ?" not in response.content.decode()
        counts = [tab.count for tab in outside_desk.get(LIST).context["tabs"]]
        assert [count for count in counts if count is not None] == [1, 0, 0, 0]
        assert set(rows(desk.get(LIST))) == {held, held_inside}

    def test_an_unreadable_page_in_the_address_answers_as_a_missing_one(
        self, outside_desk, held, held_inside
    ):
        """T08: the filter is no oracle."""
        there = outside_desk.get(LIST, {"page": held_inside.page_id})
        missing = outside_desk.get(LIST, {"page": 999_999})
        assert rows(there) == rows(missing)
        assert there.status_code == missing.status_code == 200

    def test_nonsense_in_the_address_tells_nothing(self, desk, held):
        for parameters in [
            {"participant__user__password__startswith": "a"},
            {"bogus": "1"},
            {"ordering": "participant__email"},
            {"p": "0"},
            {"p": "99999999999999999999"},
            {"page": "abc"},
            {"page": "9" * 30},
            {"section": "\x00"},
            {"q": "\x00"},
            {"q": "x" * 60_000},
            {"submitted_at_from": "never"},
            {"status": "held", "side": "x"},
        ]:
            response = desk.get(LIST, parameters)
            assert response.status_code == 200, parameters
            if "participant__user__password__startswith" in parameters:
                assert rows(response) == [held]

    def test_it_is_narrowed_by_side_section_page_date_and_words(self, desk, held, held_inside, articles_fr):
        today = timezone.localdate().isoformat()
        narrowings = [
            {"side": "external"},
            {"section": articles_fr.pk},
            {"page": held.page_id},
            {"q": "bancs"},
            {"q": "quai sera"},
            {"submitted_at_from": today, "submitted_at_to": today, "side": "external"},
        ]
        for narrowing in narrowings:
            assert rows(desk.get(LIST, narrowing)) == [held], narrowing

    def test_it_answers_alone_for_the_swap_of_results(self, desk, held):
        assert held.excerpt in desk.get(f"{LIST}results/").content.decode()

    def test_sections_of_one_title_say_their_language(self, desk, articles_en):
        filters = desk.get(LIST).context["filters"].form
        sections = [label for _value, label in filters.fields["section"].choices]
        assert {"Articles (Français)", "Articles (Anglais)", "Dialogues internes"} <= set(sections)

    def test_the_page_of_a_card_can_be_left_again(self, desk, held):
        assert "page" not in desk.get(LIST).context["filters"].form.fields
        pages = desk.get(LIST, {"page": held.page.pk}).context["filters"].form.fields["page"].choices
        assert [label for _value, label in pages] == ["Toutes les pages", held.page.title]

    def test_its_queries_do_not_grow(self, desk, receive, article, count_queries):
        receive(article)
        desk.get(LIST)
        few = count_queries(lambda: desk.get(LIST))
        for _ in range(7):
            receive(article)
        assert count_queries(lambda: desk.get(LIST)) == few

    @pytest.mark.parametrize("who", ["employee", "answerer", "editor"])
    def test_colleagues_are_sent_away(self, request, signed_in, site, who):
        client = signed_in(request.getfixturevalue(who))
        for address in (LIST, f"{LIST}results/"):
            assert client.get(address).status_code in {302, 403}

    def test_a_stranger_is_sent_to_sign_in(self, client, site):
        assert "login" in client.get(LIST).url


class TestWaiting:
    """What waits is told in the menu and on the home page, to each what they may read."""

    def test_the_menu_counts_it(self, desk, outside_desk, held, held_inside):
        assert '"data-waiting": "2"' in desk.get("/admin/").content.decode().replace("&quot;", '"')
        assert '"data-waiting": "1"' in outside_desk.get("/admin/").content.decode().replace("&quot;", '"')

    def test_the_home_page_shows_the_oldest(self, desk, outside_desk, held, held_inside):
        assert "SECRET" in desk.get("/admin/").content.decode()
        body = outside_desk.get("/admin/").content.decode()
        assert held.excerpt in body
        assert "SECRET" not in body

    def test_nothing_is_said_where_nothing_waits(self, desk):
        body = desk.get("/admin/").content.decode()
        assert "data-waiting" not in body
        assert 'id="comments-waiting' not in body

    def test_an_editor_hears_nothing_of_it(self, signed_in, editor, held):
        assert "data-waiting" not in signed_in(editor).get("/admin/").content.decode()


class TestMany:
    """Publish or reject many: all of them, or none."""

    def test_it_publishes_all(self, desk, receive, article, moderator):
        comments = [receive(article) for _ in range(3)]
        here = f"{LIST}?status=held&side=external"
        data = {"verb": "publish", "comment": [tick(c) for c in comments], "next": here}
        assert desk.post(BULK, data).url == here
        assert Comment.objects.published().count() == 3
        assert Decision.objects.filter(by=moderator, verb=Verb.PUBLISH).count() == 3

    def test_it_rejects_all_for_one_reason(self, desk, receive, article):
        comments = [receive(article) for _ in range(2)]
        data = {"verb": "reject", "comment": [tick(c) for c in comments], "reason_code": "advertising"}
        assert desk.post(BULK, data).status_code == 302
        assert set(Decision.objects.filter(verb="reject").values_list("reason_code", flat=True)) == {
            "advertising"
        }

    def test_a_rejection_without_reason_changes_nothing(self, desk, held):
        desk.post(BULK, {"verb": "reject", "comment": [tick(held)]})
        assert Decision.objects.count() == 1

    def test_one_that_may_not_be_read_stops_all(self, outside_desk, held, held_inside):
        """T02: every id is asked for again."""
        data = {"verb": "publish", "comment": [tick(held), tick(held_inside)]}
        assert outside_desk.post(BULK, data).status_code == 404
        assert not Comment.objects.published().exists()
        assert not Decision.objects.filter(by__isnull=False).exists()

    def test_one_conflict_stops_all(self, desk, receive, article, outside_moderator):
        first, second = receive(article, name="Ana"), receive(article, name="Bo")
        ticks = [tick(first), tick(second)]
        actions.reject_comment(second, by=outside_moderator, reason_code="off_topic")
        response = desk.post(BULK, {"verb": "publish", "comment": ticks}, follow=True)
        assert "Odile Dehors" in response.content.decode()
        assert "Bo" in response.content.decode()
        assert not Comment.objects.published().exists()

    def test_the_second_time_changes_nothing(self, desk, held):
        data = {"verb": "publish", "comment": [tick(held)]}
        desk.post(BULK, data)
        desk.post(BULK, data)
        assert Decision.objects.filter(by__isnull=False).count() == 1

    def test_nothing_ticked_is_told(self, desk, site):
        assert desk.post(BULK, {"verb": "publish"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_an_unknown_act_is_told(self, desk, held):
        answer = desk.post(BULK, {"verb": "hide", "comment": [tick(held)]})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize("bad", ["x", "x:y:held", "abc:1:bogus", ":1:held", "abc:١:held"])
    def test_an_unreadable_tick_is_refused(self, desk, held, bad):
        assert desk.post(BULK, {"verb": "publish", "comment": [tick(held), bad]}).status_code == 400
        assert Decision.objects.count() == 1

    def test_another_site_is_never_led_to(self, desk, held):
        data = {"verb": "publish", "comment": [tick(held)], "next": "https://evil.example/"}
        assert desk.post(BULK, data).url == LIST

    def test_a_get_is_refused(self, desk, site):
        assert desk.get(BULK).status_code == 405

    def test_colleagues_are_sent_away(self, signed_in, editor, held):
        data = {"verb": "publish", "comment": [tick(held)]}
        assert signed_in(editor).post(BULK, data).status_code in {302, 403}
        assert Decision.objects.count() == 1

    def test_the_action_refuses_whoever_may_not(self, editor, held):
        with pytest.raises(PermissionDenied):
            decide_on_comments(Verb.PUBLISH, [Seen(held)], by=editor)
