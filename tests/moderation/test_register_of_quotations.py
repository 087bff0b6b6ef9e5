"""The register of featured comments tells where each quotation stands, and no more than somebody may read."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogIndexPage, BlogPage
from dialogue.actions import ask_to_quote, hide_comment, withdraw_comment
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.quotation_states import QuotationState
from dialogue.selections import Selection
from people.models import Side

pytestmark = [pytest.mark.database, pytest.mark.django_db]

REGISTER = "/admin/moderation/featured/"
WEEK = timedelta(days=7)


@pytest.fixture
def quote(articles_fr, editor) -> Callable[..., FeaturedComment]:
    """Quote a comment in a page of its own, online unless told otherwise."""

    def write(
        comment: Comment, *, parent: Page = articles_fr, is_live: bool = True, **chosen
    ) -> FeaturedComment:
        row = quotation_of(comment, Selection(comment.public_id, **chosen))
        page = BlogPage(
            title=f"Autour de {comment.pk}", introduction="<p>Voici.</p>", owner=editor, live=False
        )
        parent.add_child(instance=page)
        page.body = [("featured_comment", {"quotation": row, "why": ""})]
        revision = page.save_revision(user=editor)
        if is_live:
            revision.publish()
        return FeaturedComment.objects.get(page_id=page.pk)

    return write


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def found(client: Client, **parameters: str) -> set[int]:
    answer = client.get(REGISTER, parameters)
    assert answer.status_code == 200
    return {row.pk for row in answer.context["object_list"]}


def listed(client: Client, **parameters: str) -> str:
    return client.get(REGISTER, parameters).content.decode()


def read_csv(client: Client, **parameters: str) -> list[dict[str, str]]:
    answer = client.get(REGISTER, {"export": "csv", **parameters})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


class TestColumns:
    def test_words_and_name_are_those_that_are_shown(self, browser, article, say, quote):
        comment = say(article, "Les bancs manquent. On attend debout.", name="Odile Grive", may_quote=True)
        quote(comment, ranges=[[0, 19]], name_form="initials")
        body = listed(browser).partition("<table")[2]
        assert "O. G." in body
        assert "Les bancs manquent." in body
        for hidden in ("Grive", "debout"):
            assert hidden not in body

    def test_each_state_is_told(self, browser, article, say, quote, editor):
        quote(say(article, "D’accord.", may_quote=True))
        quote(say(article, "Sans réponse.", may_ask=True))
        asked = quote(say(article, "Demandé.", may_ask=True))
        ask_to_quote(asked, by=editor, answer_by=timezone.now() + WEEK)
        body = listed(browser)
        for state in (QuotationState.COVERED, QuotationState.TO_ASK, QuotationState.ASKED):
            assert state.label[1:] in body  # with a capital there

    @pytest.mark.parametrize("lose", [hide_comment, withdraw_comment], ids=["hidden", "withdrawn"])
    def test_rule11_what_was_taken_away_is_shown_to_those_alone_who_decide(
        self, browser, signed_in, moderator, article, say, quote, lose
    ):
        comment = say(article, "Canari jaune.", name="Odile Grive", may_quote=True)
        row = quote(comment)
        lose(comment, by=comment.participant if lose is withdraw_comment else None)
        places = (listed(browser), browser.get(f"{REGISTER}inspect/{row.pk}/").content.decode())
        for body in (*places, str(read_csv(browser))):
            assert "Canari" not in body
            assert "Grive" not in body
        assert found(browser, q="canari") == set()
        assert found(browser, q="grive") == set()
        assert "Canari" in listed(signed_in(moderator))

    def test_the_way_leads_to_the_quotations_of_the_page(
        self, browser, signed_in, moderator, article, say, quote
    ):
        row = quote(say(article, may_quote=True))
        address = f"/admin/dialogue/pages/{row.page_id}/quotations/#quotation-{row.pk}"
        inspect = f"{REGISTER}inspect/{row.pk}/"
        assert address in browser.get(inspect).content.decode()
        assert address not in signed_in(moderator).get(inspect).content.decode()


class TestFilters:
    def test_by_state(self, browser, article, say, quote):
        covered = quote(say(article, "D’accord.", may_quote=True))
        to_ask = quote(say(article, "À demander.", may_ask=True))
        assert found(browser, state="covered") == {covered.pk}
        assert found(browser, state="to_ask") == {to_ask.pk}
        assert found(browser, state="declined") == set()
        assert found(browser, state="nonsense") == {covered.pk, to_ask.pk}

    def test_by_side(self, browser, article, say, quote, employee):
        outside = quote(say(article, may_quote=True))
        inside = quote(say(article, user=employee, may_quote=True))
        assert found(browser, side=Side.EXTERNAL) == {outside.pk}
        assert found(browser, side=Side.INTERNAL) == {inside.pk}

    def test_by_language_of_the_page(self, browser, article, say, quote, articles_en):
        french = quote(say(article, may_quote=True))
        english = quote(say(article, "Autre.", may_quote=True), parent=articles_en)
        assert found(browser, language="fr") == {french.pk}
        assert found(browser, language="en") == {english.pk}

    def test_by_section(self, browser, article, say, quote, articles_fr, home_fr):
        other = home_fr.add_child(instance=BlogIndexPage(title="Le coin des voix", slug="coin-des-voix"))
        here = quote(say(article, may_quote=True))
        there = quote(say(article, "Autre.", may_quote=True), parent=other)
        assert "Le coin des voix" in listed(browser)
        assert found(browser, section=str(articles_fr.pk)) == {here.pk}
        assert found(browser, section=str(other.pk)) == {there.pk}
        assert found(browser, section="999999") == {here.pk, there.pk}

    def test_rule11_a_section_that_is_closed_to_somebody_is_not_named(
        self, browser, signed_in, administrator, article, say, quote, home_fr
    ):
        closed = home_fr.add_child(instance=BlogIndexPage(title="Chez les mécaniciens", slug="mecaniciens"))
        quote(say(article, may_quote=True), parent=closed)
        restriction = PageViewRestriction.objects.create(page=closed, restriction_type="groups")
        restriction.groups.set([Group.objects.create(name="Mécaniciens")])
        assert "Chez les mécaniciens" not in listed(browser)
        assert found(browser, section=str(closed.pk)) == set()
        assert "Chez les mécaniciens" in listed(signed_in(administrator))

    def test_several_at_once(self, browser, article, say, quote, articles_fr):
        row = quote(say(article, may_quote=True))
        quote(say(article, "Autre.", may_ask=True))
        chosen = {"state": "covered", "language": "fr", "section": str(articles_fr.pk), "since": "7"}
        assert found(browser, **chosen) == {row.pk}


class TestExport:
    def test_it_holds_what_the_list_does_and_the_dates(self, browser, article, say, quote, editor):
        row = quote(say(article, "Demandé.", name="Odile Grive", may_ask=True), name_form="first")
        ask_to_quote(row, by=editor, answer_by=timezone.now() + WEEK)
        [line] = read_csv(browser)
        values = list(line.values())
        assert values[:4] == ["Odile\u00a0: Demandé.", row.page.title, "Français", "Odile"]
        assert QuotationState.ASKED.label[1:] in str(values)
        sheet = browser.get(REGISTER, {"export": "xlsx"})
        book = openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
        assert len(list(book.active.values)) == 2

    def test_it_is_narrowed_like_the_list(self, browser, article, say, quote):
        quote(say(article, "D’accord.", may_quote=True))
        quote(say(article, "À demander.", may_ask=True))
        assert len(read_csv(browser, state="covered")) == 1

    def test_a_draft_is_named_to_those_alone_who_work_on_pages(
        self, browser, signed_in, moderator, article, say, quote
    ):
        """The file is written when the request is over: who asked for it is known then, too."""
        row = quote(say(article, may_quote=True), is_live=False)
        assert row.page.title in str(read_csv(browser))
        assert row.page.title not in str(read_csv(signed_in(moderator)))

    def test_it_begins_no_formula(self, browser, article, say, quote):
        quote(say(article, "Voilà.", name="=1+1", may_quote=True))
        [line] = read_csv(browser)
        assert not any(value.startswith(("=", "+", "@")) for value in line.values())


class TestCost:
    @pytest.mark.parametrize("parameters", [{}, {"state": "to_ask"}], ids=["list", "filter"])
    def test_many_cost_as_many_queries_as_few(
        self, browser, article, say, quote, count_cold_queries, parameters
    ):
        quote(say(article, "Un mot.", may_ask=True))
        found(browser)
        few = count_cold_queries(lambda: browser.get(REGISTER, parameters))
        for number in range(12):
            quote(say(article, f"Mot {number}", may_ask=True))
        found(browser)
        assert count_cold_queries(lambda: browser.get(REGISTER, parameters)) <= few
