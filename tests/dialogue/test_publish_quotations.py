"""No page goes out with a quotation to which nobody agreed, or that may not cross, by whichever way."""

import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from dialogue.actions import answer_quotation, ask_to_quote, hide_comment, withdraw_comment
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.placements import find_stops, tell_of_stops
from dialogue.quotation_states import QuotationState
from mail.models import ChoicePlace
from people.models import User
from portal.wagtail_patches.publications import PublicationRefused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."
BEFORE = "Ce que les lecteurs ont."
WEEK = timedelta(days=7)


@pytest.fixture
def draft(articles_fr, editor) -> Callable[..., BlogPage]:
    """Write a draft that quotes the given comments after a paragraph; the page is online without them."""

    def write(*comments: Comment, parent: Page = articles_fr, is_live: bool = True) -> BlogPage:
        page = BlogPage(title="La parole à Camille", introduction=f"<p>{BEFORE}</p>", owner=editor)
        page.live = False
        parent.add_child(instance=page)
        if is_live:
            page.save_revision().publish()
        page = BlogPage.objects.get(pk=page.pk)
        quoted = [("featured_comment", {"quotation": quotation_of(one), "why": ""}) for one in comments]
        page.body = [("paragraph", "<p>Voici.</p>"), *quoted]
        page.save_revision(user=editor)
        return BlogPage.objects.get(pk=page.pk)

    return write


@pytest.fixture
def unasked(article, say) -> Comment:
    """A published comment whose author has not agreed, and may be asked."""
    return say(article, WORDS, name="Sylvain Ross", may_ask=True)


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def latest(page: Page) -> BlogPage:
    return BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def rows_of(page: Page) -> list[FeaturedComment]:
    return list(FeaturedComment.objects.filter(page_id=page.pk).order_by("pk"))


def send(client: Client, page: BlogPage, *comments: Comment, action: str = "publish", **more: str):
    """Send the editor's form with these comments, and follow where it leads."""
    blocks = [
        ("featured_comment", {"quotation": one.public_id, "why": "", "reply": "there"}) for one in comments
    ]
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": rich_text(f"<p>{BEFORE}</p>"),
            "lead_image": "",
            "lead_image_alt": "",
            "body": streamfield(blocks),
            "author_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "related_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            f"action-{action}": f"action-{action}",
            "commenting_enabled": "on",
            **more,
        }
    )
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)


def told(answer) -> str:
    return "".join(str(message) for message in answer.context["messages"])


def names_block(number: int, told: str) -> bool:
    return re.search(rf"Block? {number}\b", told) is not None


def quoted_live(page: Page) -> int:
    return FeaturedComment.objects.filter(page_id=page.pk, placed_at__isnull=False).count()


class TestEditor:
    def test_rule07_it_is_refused_by_block_and_person_and_the_draft_is_kept(
        self, browser, draft, article, say, unasked
    ):
        page = draft()
        fine = say(article, "D’accord.", may_quote=True)
        answer = send(browser, page, fine, unasked)
        assert answer.status_code == HTTPStatus.OK
        [message] = answer.context["messages"]
        assert names_block(2, str(message))
        assert "Sylvain Ross" in str(message)
        assert not names_block(1, str(message))
        assert reverse("dialogue_page_quotations", args=[page.pk]) in str(message)
        # Nothing is lost, and nothing goes out.
        assert [child.value["quotation"].comment for child in latest(page).body] == [fine, unasked]
        page.refresh_from_db()
        assert not page.body
        assert quoted_live(page) == 0

    def test_what_the_author_agreed_to_goes_out(self, browser, draft, editor, unasked):
        page = draft()
        send(browser, page, unasked)
        [row] = rows_of(page)
        ask_to_quote(row, by=editor, answer_by=timezone.now() + WEEK)
        assert "Sylvain Ross" in told(send(browser, page, unasked))
        answer_quotation(row, by=unasked.participant, is_agreed=True, place=ChoicePlace.MAIL)
        send(browser, page, unasked)
        assert quoted_live(page) == 1

    def test_a_draft_is_saved_as_ever(self, browser, draft, unasked):
        page = draft()
        send(browser, page, unasked, action="none")
        assert len(latest(page).body) == 1

    def test_a_page_that_readers_do_not_have_yet(self, browser, draft, unasked):
        page = draft(is_live=False)
        assert names_block(1, told(send(browser, page, unasked)))
        page.refresh_from_db()
        assert not page.live

    def test_a_new_page(self, browser, articles_fr, unasked):
        data = nested_form_data(
            {
                "title": "Neuf",
                "slug": "neuf",
                "introduction": rich_text("<p>Voici.</p>"),
                "lead_image": "",
                "lead_image_alt": "",
                "body": streamfield(
                    [("featured_comment", {"quotation": unasked.public_id, "why": "", "reply": "there"})]
                ),
                "author_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                "related_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                "action-publish": "action-publish",
                "commenting_enabled": "on",
            }
        )
        address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", articles_fr.pk])
        answer = browser.post(address, data, follow=True)
        assert names_block(1, told(answer))
        page = BlogPage.objects.get(slug="neuf")
        assert not page.live
        assert answer.redirect_chain[-1][0].startswith(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def test_a_schedule_is_refused_too(self, browser, draft, unasked):
        page = draft(is_live=False)
        in_a_week = timezone.localtime() + WEEK
        send(browser, page, unasked, go_live_at=f"{in_a_week:%Y-%m-%d %H:%M}")
        assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_at_the_hour_of_a_schedule_it_goes_out_without_what_was_taken_back(
        self, browser, client, draft, article, say
    ):
        """Nobody is there to be refused; readers see nothing of it, and the owner is told."""
        comment = say(article, WORDS, may_quote=True)
        page = draft(is_live=False)
        in_a_week = timezone.localtime() + WEEK
        send(browser, page, comment, go_live_at=f"{in_a_week:%Y-%m-%d %H:%M}")
        withdraw_comment(comment, by=comment.participant)
        with time_machine.travel(in_a_week + WEEK):
            call_command("publish_scheduled", verbosity=0)
        page.refresh_from_db()
        assert page.live
        assert WORDS not in client.get(page.url).content.decode()

    @pytest.mark.parametrize("lose", [hide_comment, withdraw_comment], ids=["hidden", "withdrawn"])
    def test_what_is_hidden_or_withdrawn_is_warned_of_and_goes_out(self, browser, draft, article, say, lose):
        comment = say(article, WORDS, may_quote=True)
        page = draft(comment)
        lose(comment, by=comment.participant if lose is withdraw_comment else None)
        BlogPage.objects.get(pk=page.pk).get_latest_revision().publish(user=page.owner)
        assert BlogPage.objects.get(pk=page.pk).body

    def test_whoever_may_not_read_the_comment_is_not_told_the_name(self, draft, unasked, stranger):
        page = draft(unasked)
        PageViewRestriction.objects.create(page=unasked.page, restriction_type="login")
        [line] = tell_of_stops(latest(page), stranger)
        assert "2" in line
        assert "Sylvain Ross" not in line


class TestCrossing:
    def test_rule09_what_is_internal_is_not_published_before_the_public(
        self, browser, draft, say, article, employee
    ):
        comment = say(article, WORDS, name="Sylvain Ross", may_quote=True)
        page = draft(comment)
        assert find_stops(latest(page)) == []
        PageViewRestriction.objects.create(page=article, restriction_type="login")
        [stop] = find_stops(latest(page))
        assert stop.standing.state == QuotationState.CROSSING_OFF
        answer = send(browser, BlogPage.objects.get(pk=page.pk), comment)
        assert names_block(1, told(answer))
        assert quoted_live(page) == 0


class TestOtherWays:
    """The act is guarded, not the form."""

    def test_in_bulk_none_of_them_is_published(self, browser, draft, unasked, editor):
        stopped, fine = draft(unasked), draft()
        fine.title = "Autre titre"
        fine.save_revision(user=editor)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        query = f"?next={reverse('wagtailadmin_home')}&id={fine.pk}&id={stopped.pk}"
        answer = browser.post(address + query, {"include_descendants": ""}, follow=True)
        assert names_block(2, told(answer))
        assert quoted_live(stopped) == 0
        fine.refresh_from_db()
        assert fine.title != "Autre titre"

    def test_in_bulk_drafts_below_are_looked_at_too(self, browser, draft, unasked, articles_fr):
        stopped = draft(unasked, is_live=False)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        query = f"?next={reverse('wagtailadmin_home')}&id={articles_fr.pk}"
        answer = browser.post(address + query, {"include_descendants": "on"}, follow=True)
        assert stopped.title in told(answer)
        stopped.refresh_from_db()
        assert not stopped.live

    def test_in_bulk_the_others_go_out(self, browser, draft, article, say):
        page = draft(say(article, WORDS, may_quote=True))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        browser.post(f"{address}?next=/admin/&id={page.pk}", {"include_descendants": ""})
        assert quoted_live(page) == 1

    def test_by_the_api_of_the_admin(self, browser, draft, unasked):
        page = draft(unasked)
        address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
        answer = browser.post(address, content_type="application/json")
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert quoted_live(page) == 0

    def test_by_code_in_the_name_of_somebody(self, draft, unasked, editor):
        page = draft(unasked)
        with pytest.raises(PublicationRefused, match="Sylvain Ross"):
            page.get_latest_revision().publish(user=editor)

    def test_by_the_portal_itself_it_goes_out_and_is_not_shown(self, client, draft, unasked):
        page = draft(unasked)
        page.get_latest_revision().publish()
        assert WORDS not in client.get(page.url).content.decode()

    @pytest.mark.parametrize("way", ["editor", "list"])
    def test_by_the_last_approval_of_a_workflow(
        self, browser, draft, unasked, editor: User, articles_fr, way
    ):
        page = draft(unasked)
        workflow = Workflow.objects.create(name="Relecture")
        task = GroupApprovalTask.objects.create(name="Relecture")
        task.groups.set(editor.groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        page = BlogPage.objects.get(pk=page.pk)
        state = workflow.start(page, editor)
        if way == "editor":
            more = {"workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
            answer = send(browser, page, unasked, action="workflow-action", **more)
        else:
            args = [page.pk, "approve", state.current_task_state.pk]
            address = reverse("wagtailadmin_pages:workflow_action", args=args)
            answer = browser.post(address, {"comment": ""}, follow=True)
        assert "Sylvain Ross" in told(answer)
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS
        assert quoted_live(page) == 0


class TestCost:
    def test_many_cost_as_many_queries_as_one(self, browser, draft, article, say, count_cold_queries):
        one = draft(say(article, WORDS, may_ask=True))
        many = draft(*(say(article, f"Mot {n}", may_ask=True) for n in range(12)))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        def publish(page: Page) -> None:
            browser.post(f"{address}?next=/admin/&id={page.pk}", {"include_descendants": ""})

        publish(one)
        assert count_cold_queries(lambda: publish(many)) <= count_cold_queries(lambda: publish(one))
