"""Beside its block in the editor, a quotation says whom it quotes, where it stands and where to go on."""

import html

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import hide_comment, withdraw_comment
from dialogue.blocks import FeaturedCommentChooserBlock, quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.quotation_states import SENTENCES, QuotationState
from dialogue.selections import Selection
from privacy.actions import erase_participant

pytestmark = [pytest.mark.database, pytest.mark.django_db]

CANARY = "Canari jaune. Il chante sous le quai."
NAME = "Odile Grive"


@pytest.fixture(autouse=True)
def _notes(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, CANARY, name=NAME, may_ask=True)


@pytest.fixture
def draft(articles_fr, editor):
    def write(*comments: Comment, **chosen) -> BlogPage:
        page = BlogPage(title="La parole à Odile", introduction="<p>Voici.</p>", owner=editor, live=False)
        articles_fr.add_child(instance=page)
        rows = [quotation_of(one, Selection(one.public_id, **chosen)) for one in comments]
        page.body = [("featured_comment", {"quotation": row, "why": ""}) for row in rows]
        page.save_revision(user=editor)
        return BlogPage.objects.get(pk=page.pk)

    return write


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def seen_in_editor(client: Client, page: Page) -> str:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return html.unescape(answer.content.decode()).encode().decode("unicode_escape", errors="ignore")


def address_of(page: Page) -> str:
    return reverse("dialogue_page_quotations", args=[page.pk])


class TestTold:
    def test_whom_what_and_where_it_stands(self, draft, comment):
        page = draft(comment, ranges=[[0, 13]], name_form="initials")
        state = FeaturedCommentChooserBlock().get_form_state(FeaturedComment.objects.get(page_id=page.pk))
        assert "O. G." in state["title"]
        assert "Canari jaune." in state["title"]
        assert "chante" not in state["title"]
        assert str(SENTENCES[QuotationState.TO_ASK]) in state["title"]

    def test_the_way_leads_to_the_quotations_of_the_page(self, browser, draft, comment):
        page = draft(comment)
        row = FeaturedComment.objects.get(page_id=page.pk)
        assert f"{address_of(page)}#quotation-{row.pk}" in seen_in_editor(browser, page)

    def test_one_that_is_not_stored_has_no_state_yet(self, comment):
        state = FeaturedCommentChooserBlock().get_form_state(quotation_of(comment))
        assert NAME in state["title"]
        assert state["edit_url"] == ""
        assert str(SENTENCES[QuotationState.TO_ASK]) not in state["title"]

    def test_many_cost_as_many_queries_as_one(self, browser, draft, article, say, count_cold_queries):
        one = draft(say(article, "Un mot.", may_ask=True))
        many = draft(*(say(article, f"Mot {n}", may_ask=True) for n in range(12)))
        addresses = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (one, many)]
        for address in addresses:
            browser.get(address)
        costs = [count_cold_queries(lambda address=address: browser.get(address)) for address in addresses]
        assert costs[1] <= costs[0]


WAYS = {
    "closed": lambda comment: PageViewRestriction.objects.create(
        page=comment.page, restriction_type="groups"
    ).groups.set([Group.objects.create(name="Mécaniciens")]),
    "hidden": lambda comment: hide_comment(comment, by=None),
    "withdrawn": lambda comment: withdraw_comment(comment, by=comment.participant),
    "erased": lambda comment: erase_participant(comment.participant),
    "offline": lambda comment: Page.objects.get(pk=comment.page_id).unpublish(),
}


class TestNotTold:
    """Rule 11: the editor of the page is no reader of all that it quotes."""

    @pytest.mark.parametrize("way", WAYS)
    def test_rule11_neither_words_nor_name(self, browser, draft, comment, way):
        page = draft(comment)
        before = seen_in_editor(browser, page)
        assert "Canari" in before
        assert "Grive" in before
        WAYS[way](comment)
        seen = seen_in_editor(browser, page)
        assert reverse("dialogue_page_quotations", args=[page.pk]) in seen
        for secret in ("Canari", "Grive", "chante"):
            assert secret not in seen

    @pytest.mark.parametrize("way", ["hidden", "withdrawn"])
    def test_whoever_decides_on_it_sees_what_it_was(self, signed_in, administrator, draft, comment, way):
        page = draft(comment)
        WAYS[way](comment)
        assert "Canari" in seen_in_editor(signed_in(administrator), page)
