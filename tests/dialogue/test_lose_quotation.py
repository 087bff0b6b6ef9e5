"""R14: a live article loses its quotation, and whoever looks after it is told, once, and nothing too much."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogIndexPage, BlogPage
from dialogue.actions import (
    edit_comment,
    hide_comment,
    restore_comment,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.blocks import quotation_of, selection_of
from dialogue.models import Comment, FeaturedComment
from dialogue.permissions import Withheld
from dialogue.quotation_mail import LOST, caretakers_of
from mail.actions import process_mail
from mail.models import ChoicePlace, OutgoingMail
from moderation import actions as moderation
from moderation.models import Reason
from people.models import User
from privacy.actions import erase_participant

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les modes coûteuses les ont rendus prudents."
LATER = timedelta(hours=1)
A_PAGE_MORE = 10  # queries that tell of it
FOR_ANOTHER_OWNER = 6  # queries that tell what somebody else may do


@pytest.fixture(autouse=True)
def _notes(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def comment(article, say) -> Comment:
    """Words whose author agreed to be quoted."""
    return say(article, WORDS, may_quote=True)


@pytest.fixture
def quote(articles_fr, editor) -> Callable[..., BlogPage]:
    """Publish an article of the editor's that features the given comments."""

    def publish(*comments: Comment, title: str = "La parole est à vous", **fields) -> BlogPage:
        parent = fields.pop("parent", articles_fr)
        page = BlogPage(
            title=title,
            introduction="<p>On nous répond.</p>",
            owner=fields.pop("owner", editor),
            body=[("featured_comment", {"quotation": quotation_of(each), "why": ""}) for each in comments],
        )
        parent.add_child(instance=page)
        page.save_revision().publish()
        return BlogPage.objects.get(pk=page.pk)

    return publish


def to_tell() -> list[str]:
    """Who is to be told of a loss, once for each message."""
    waiting = OutgoingMail.objects.filter(kind=LOST).order_by("pk")
    return [message.participant.user.username for message in waiting]


def sent() -> list[str]:
    """What of losses is mailed an hour later; what the people quoted are told is another matter."""
    OutgoingMail.objects.exclude(kind=LOST).delete()
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + LATER, tick=False):
        process_mail()
    return [f"{message.subject}\n{message.body}" for message in mail.outbox]


def close(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def move_away(page: Page, home: Page) -> None:
    section = home.add_child(instance=BlogIndexPage(title="Entre nous", slug="entre-nous"))
    close(section)
    Page.objects.get(pk=page.pk).move(section, pos="last-child")


WAYS = {
    "hidden": lambda comment: hide_comment(comment, by=None),
    "withdrawn": lambda comment: withdraw_comment(comment, by=comment.participant),
    "erased": lambda comment: erase_participant(comment.participant),
    "consent taken back": lambda comment: take_back_quotation(
        comment, by=comment.participant, place=ChoicePlace.PAGE
    ),
    "changed without consent": lambda comment: edit_comment(comment, "Autre chose.", by=comment.participant),
    "page unpublished": lambda comment: Page.objects.get(pk=comment.page_id).unpublish(),
    "page closed": lambda comment: close(comment.page),
    "page moved": lambda comment: move_away(comment.page, comment.page.get_parent().get_parent()),
}


class TestEveryWay:
    """However it is lost, one place notices."""

    @pytest.mark.parametrize("way", WAYS)
    def test_r14_the_owner_is_told_once(self, comment, quote, way):
        page = quote(comment)
        assert to_tell() == []
        WAYS[way](comment)
        assert to_tell() == ["maude"]
        [message] = sent()
        assert page.title in message
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in message
        for secret in (WORDS, "Autre chose", comment.author_name):
            assert secret not in message
        page.refresh_from_db()
        page.save_revision().publish()
        assert to_tell() == ["maude"]
        assert sent() == []

    def test_r14_the_article_opens_itself_to_others(self, comment, article, quote):
        close(article)
        page = quote(comment, title="Entre nous")
        FeaturedComment.objects.update(withheld_since=None)
        OutgoingMail.objects.all().delete()
        close(page)
        assert to_tell() == []
        page.view_restrictions.get().delete()
        assert to_tell() == ["maude"]

    def test_r14_a_quotation_that_nobody_sees_from_the_start_is_told_too(self, article, say, quote):
        """By a schedule, for example: nobody is there to read a message on the screen."""
        quote(say(article, "Sans accord."))
        assert to_tell() == ["maude"]

    @pytest.mark.parametrize("way", ["draft", "unpublished", "taken out"])
    def test_r14_what_readers_do_not_have_is_not_lost(self, comment, quote, way):
        page = quote(comment)
        if way == "taken out":
            page.body = []
            page.save_revision().publish()
        if way == "unpublished":
            page.unpublish()
        if way == "draft":
            FeaturedComment.objects.update(placed_at=None)
        hide_comment(comment, by=None)
        assert to_tell() == []

    def test_r14_a_change_that_is_agreed_to_loses_nothing(self, comment, quote):
        quote(comment)
        edit_comment(comment, "Mieux dit.", by=comment.participant, may_quote=True)
        comment.refresh_from_db()
        assert to_tell() == []


class TestOnce:
    def test_r14_several_at_once_are_one_message(self, article, say, quote):
        comments = [say(article, f"Mot {n}", may_quote=True) for n in range(3)]
        first, second = quote(*comments[:2], title="Un"), quote(comments[2], title="Deux")
        for each in comments:
            hide_comment(each, by=None)
        assert to_tell() == ["maude"]
        [message] = sent()
        assert message.count(Withheld.NOT_PUBLISHED.reason) == 3
        assert first.title in message
        assert second.title in message
        assert reverse("wagtailadmin_home") in message
        assert gettext("The rest of these pages is as it was. See whether they can stay that way.") in message

    def test_r14_many_are_a_few_and_more(self, article, say, quote):
        comments = [say(article, f"Mot {n}", may_quote=True) for n in range(13)]
        quote(*comments)
        article.unpublish()
        [message] = sent()
        assert message.count(Withheld.PAGE_NOT_LIVE.reason) == 10
        assert ngettext("And %(count)s more.", "And %(count)s more.", 3) % {"count": 3} in message

    def test_r14_many_on_one_page_cost_as_much_as_one(self, article, say, quote, count_queries):
        costs = []
        for count in (1, 12):
            quote(*(say(article, f"Mot {n} de {count}", may_quote=True) for n in range(count)))
            OutgoingMail.objects.all().delete()
            page = BlogPage.objects.get(pk=article.pk)
            costs.append(count_queries(page.unpublish))
            page.save_revision().publish()
        assert costs[1] <= costs[0] + A_PAGE_MORE

    def test_r14_what_is_back_before_it_leaves_is_not_told(self, comment, quote):
        quote(comment)
        hide_comment(comment, by=None)
        restore_comment(comment, by=None)
        assert sent() == []
        assert FeaturedComment.objects.get().withheld_since is None

    def test_r14_what_is_lost_again_is_told_again_and_nothing_else(self, article, say, quote):
        first, second = (say(article, f"Mot {n}", may_quote=True) for n in range(2))
        quote(first, title="Un")
        quote(second, title="Deux")
        hide_comment(first, by=None)
        assert len(sent()) == 1
        with time_machine.travel(timezone.now() + 2 * LATER, tick=False):
            hide_comment(second, by=None)
            [message] = sent()
        assert "Deux" in message
        assert "Un»" not in message.replace("\xa0", "").replace("”", "»")
        with time_machine.travel(timezone.now() + 4 * LATER, tick=False):
            restore_comment(first, by=None)
            hide_comment(first, by=None)
            assert len(sent()) == 1

    def test_r14_looking_writes_nothing(self, client, comment, quote):
        page = quote(comment)
        hide_comment(comment, by=None)
        before = OutgoingMail.objects.count()
        for _time in range(3):
            client.get(page.url)
        assert OutgoingMail.objects.count() == before


class TestWhoIsTold:
    def hide(self, client, comment: Comment) -> None:
        address = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, "hide"])
        answer = client.post(
            address, {"version": 1, "status": "published", "reason_code": Reason.OFF_TOPIC, "reason_text": ""}
        )
        assert answer.status_code == HTTPStatus.FOUND

    def test_r14_not_whoever_did_it(self, signed_in, moderator, administrator, comment, quote):
        quote(comment, owner=administrator)
        self.hide(signed_in(administrator), comment)
        assert to_tell() == []
        restore_comment(comment, by=None)
        self.hide(signed_in(moderator), comment)
        assert to_tell() == ["sylvio"]

    @pytest.mark.parametrize("why", ["no owner", "left", "no address", "may no longer edit"])
    def test_r14_without_an_owner_those_who_publish_there(self, comment, quote, employee, editor, why):
        page = quote(comment, owner=None if why == "no owner" else employee)
        changes = {"left": {"is_active": False}, "no address": {"email": ""}}.get(why, {})
        User.objects.filter(pk=employee.pk).update(**changes)
        hide_comment(comment, by=None)
        assert to_tell() == [editor.username]
        assert caretakers_of(BlogPage.objects.get(pk=page.pk)) == [editor]

    def test_r14_where_nobody_publishes_administrators_are(self, comment, quote, editor, administrator):
        quote(comment, owner=None)
        editor.groups.clear()
        hide_comment(comment, by=None)
        assert to_tell() == [administrator.username]

    def test_r14_each_is_told_in_their_language(self, comment, quote, editor):
        User.objects.filter(pk=editor.pk).update(language="en")
        quote(comment)
        hide_comment(comment, by=None)
        [message] = sent()
        with override("en"):
            assert Withheld.NOT_PUBLISHED.reason in message

    def test_r14_an_internal_title_leaves_in_no_mail(self, article, say, employee, quote, articles_fr):
        close(articles_fr)
        page = quote(say(article, user=employee, may_quote=True), title="Fusion Saint-Laurent")
        article.unpublish()
        [message] = sent()
        assert page.title not in message
        assert Withheld.PAGE_NOT_LIVE.reason in message

    def test_r14_whoever_may_not_edit_it_any_more_is_sent_nothing(self, comment, quote, editor):
        quote(comment)
        hide_comment(comment, by=None)
        editor.groups.clear()
        assert sent() == []


class TestDashboard:
    def home(self, client) -> str:
        return client.get(reverse("wagtailadmin_home")).content.decode()

    def test_r14_the_page_stands_there_until_it_is_mended(self, signed_in, editor, comment, quote):
        page = quote(comment)
        client, address = signed_in(editor), "lost-quotations"
        assert address not in self.home(client)
        hide_comment(comment, by=None)
        shown = self.home(client)
        panel = shown[shown.index(address) :]
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in panel
        assert Withheld.NOT_PUBLISHED.reason[4:] in panel
        assert WORDS not in shown
        page.body = []
        page.save_revision().publish()
        assert address not in self.home(client)

    def test_r14_it_is_gone_when_the_comment_is_back(self, signed_in, editor, comment, quote):
        quote(comment)
        hide_comment(comment, by=None)
        restore_comment(comment, by=None)
        assert "lost-quotations" not in self.home(signed_in(editor))

    @pytest.mark.parametrize("who", ["moderator", "administrator"])
    def test_r14_others_see_nothing_of_it(self, request, signed_in, comment, quote, who):
        quote(comment)
        hide_comment(comment, by=None)
        assert "lost-quotations" not in self.home(signed_in(request.getfixturevalue(who)))

    def test_r14_many_cost_little(self, signed_in, editor, employee, article, say, quote, count_queries):
        quote(say(article, may_quote=True))
        hide_comment(Comment.objects.get(), by=None)
        client = signed_in(editor)
        self.home(client)
        one = count_queries(lambda: self.home(client))
        for n in range(8):
            comment = say(article, f"Mot {n}", may_quote=True)
            quote(comment, title=f"Article {n}", owner=(editor, None, employee)[n % 3])
            hide_comment(comment, by=None)
        self.home(client)  # the name of the portal is remembered until a page changes
        assert count_queries(lambda: self.home(client)) <= one + FOR_ANOTHER_OWNER
        body = self.home(client)
        assert ngettext("And %(count)s more.", "And %(count)s more.", 4) % {"count": 4} in body

    @pytest.mark.parametrize("with_editor", [True, False])
    def test_r14_an_administrator_asks_once_who_else_may_be_asked(
        self, signed_in, administrator, editor, article, say, quote, count_queries, with_editor
    ):
        if not with_editor:
            editor.groups.clear()
        client, costs = signed_in(administrator), []
        for number in (1, 8):
            for n in range(number):
                comment = say(article, f"Mot {n} de {number}", may_quote=True)
                quote(comment, title=f"Article {n} de {number}", owner=None)
                hide_comment(comment, by=None)
            assert ("lost-quotations" in self.home(client)) is not with_editor
            costs.append(count_queries(lambda: self.home(client)))
        assert costs[0] == costs[1]


class TestModerators:
    def review(self, client, comment: Comment) -> str:
        return client.get(
            reverse("moderation_comments:review_comment", args=[comment.public_id])
        ).content.decode()

    def test_r14_they_see_where_it_is_quoted_before_they_hide_it(self, signed_in, moderator, comment, quote):
        client = signed_in(moderator)
        assert "moderation-quoted" not in self.review(client, comment)
        page = quote(comment)
        body = self.review(client, comment)
        assert page.title in body[body.index("moderation-quoted") : body.index("moderation-choices")]
        hide_comment(comment, by=None)
        assert "moderation-quoted" not in self.review(client, comment)

    def test_r14_a_draft_is_not_told_to_them(self, signed_in, moderator, comment, quote):
        quote(comment).unpublish()
        assert "moderation-quoted" not in self.review(signed_in(moderator), comment)

    def test_r14_what_they_may_not_read_is_counted(
        self, signed_in, moderator, comment, quote, internal_dialogue
    ):
        page = quote(comment, title="Fusion Saint-Laurent")
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(User.objects.get(username="maude").groups.get(profile__key="editors"))
        body = self.review(signed_in(moderator), comment)
        assert page.title not in body
        assert "moderation-quoted" in body

    def test_r14_the_list_marks_what_is_quoted(self, signed_in, moderator, comment, quote):
        address = reverse("moderation_comments:list_comments") + "?status=published"
        client, mark = signed_in(moderator), gettext("Quoted in a page")
        assert mark not in client.get(address).content.decode()
        quote(comment)
        assert mark in client.get(address).content.decode()

    def test_r14_so_does_the_form_for_many(self, signed_in, moderator, article, say, quote):
        held = say(article, is_published=False)
        quote(held)
        body = signed_in(moderator).get(reverse("moderation_comments:list_comments")).content.decode()
        assert (
            gettext("Pages quote those that are marked so. Look at each of them before you decide on many.")
            in body
        )


class TestRegister:
    ADDRESS = "/admin/moderation/featured/"

    def register(self, client) -> str:
        answer = client.get(self.ADDRESS)
        assert answer.status_code == HTTPStatus.OK
        return answer.content.decode()

    def test_r14_it_says_what_readers_see_and_why_not(self, signed_in, editor, comment, quote):
        quote(comment)
        client = signed_in(editor)
        assert Withheld.NOT_PUBLISHED.reason not in self.register(client)
        hide_comment(comment, by=None)
        assert Withheld.NOT_PUBLISHED.reason in self.register(client)
        row = client.get(f"{self.ADDRESS}inspect/{FeaturedComment.objects.get().pk}/").content.decode()
        assert Withheld.NOT_PUBLISHED.reason in row

    def test_r14_also_when_the_page_of_the_comment_is_unpublished(
        self, signed_in, editor, article, comment, quote
    ):
        page = quote(comment)
        article.unpublish()
        client = signed_in(editor)
        row = f"{self.ADDRESS}inspect/{FeaturedComment.objects.get().pk}/"
        for body in (self.register(client), client.get(row).content.decode()):
            assert Withheld.PAGE_NOT_LIVE.reason in body
            assert page.title in body
            assert WORDS not in body  # it stands nowhere that they may read
            assert comment.author_name not in body
        found = client.get(self.ADDRESS, {"q": "prudents"})
        assert found.context["result_count"] == 0

    def test_r14_a_moderator_reads_no_title_of_a_draft(self, signed_in, moderator, editor, comment, quote):
        quote(comment, title="Projet secret").unpublish()
        for person, is_told in ((moderator, False), (editor, True)):
            client = signed_in(person)
            assert ("Projet secret" in self.register(client)) is is_told
            found = client.get(self.ADDRESS, {"q": "secret"})
            assert found.context["result_count"] == int(is_told)  # searching tells no more than reading

    def test_r14_a_decision_of_a_moderator_tells_the_owner(self, moderator, comment, quote):
        quote(comment)
        moderation.hide_comment(comment, by=moderator, reason_code=Reason.OFF_TOPIC)
        assert to_tell() == ["maude"]


class TestPublishing:
    def publish(self, client, page) -> str:
        quotation = selection_of(page.body[0].value["quotation"]).write()
        data = nested_form_data(
            {
                "title": page.title,
                "slug": page.slug,
                "introduction": rich_text("<p>Voici.</p>"),
                "lead_image": "",
                "lead_image_alt": "",
                "body": streamfield(
                    [("featured_comment", {"quotation": quotation, "why": "", "reply": "there"})]
                ),
                "author_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                "related_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                "action-publish": "action-publish",
                "commenting_enabled": "on",
            }
        )
        answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
        assert BlogPage.objects.get(pk=page.pk).live
        return "".join(str(message) for message in answer.context["messages"])

    def test_r14_whoever_publishes_is_told_what_nobody_sees(
        self, signed_in, editor, article, say, comment, quote
    ):
        hidden = say(article, "Des mots cachés.", may_quote=True)
        for each, is_told in ((hidden, True), (comment, False)):
            page = quote(each)
            hide_comment(hidden, by=None)
            told = self.publish(signed_in(editor), page)
            assert (Withheld.NOT_PUBLISHED.reason in told) is is_told
