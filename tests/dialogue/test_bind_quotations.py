"""Rules 1 and 3: a row says what is quoted, and never changes; a draft changes nothing for readers."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from dialogue.actions import CommentRefused, Refusal, accept_new_wording, edit_comment, hide_comment
from dialogue.blocks import quotation_of, selection_of
from dialogue.models import Comment, FeaturedComment
from dialogue.selections import Selection

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."
FIRST, SECOND = [[0, 19]], [[20, 46]]
WHEN = datetime(2026, 2, 3, tzinfo=UTC)


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Maude Therrien", may_quote=True)


def choose(comment: Comment, **chosen) -> FeaturedComment:
    return quotation_of(comment, Selection(comment.public_id, **chosen))


def set_body(page: BlogPage, *quotations: FeaturedComment) -> None:
    page.body = [("featured_comment", {"quotation": one, "why": ""}) for one in quotations]


@pytest.fixture
def quote(articles_fr, editor):
    def publish(*quotations: FeaturedComment, parent: Page = articles_fr) -> BlogPage:
        page = BlogPage(title="La parole à Maude", introduction="<p>Voici.</p>", owner=editor)
        set_body(page, *quotations)
        parent.add_child(instance=page)
        page.save_revision().publish()
        return BlogPage.objects.get(pk=page.pk)

    return publish


def rows_of(page: Page) -> list[FeaturedComment]:
    return [block.value["quotation"] for block in page.body]


class TestOneRow:
    def test_rule01_a_row_says_what_is_quoted_and_holds_no_word(self, quote, comment):
        chosen = choose(comment, ranges=FIRST, name_form="initials", is_pinned=True)
        page = quote(chosen)
        [row] = FeaturedComment.objects.all()
        assert (row.ranges, row.removals, row.name_form, row.is_pinned) == (FIRST, [], "initials", True)
        assert page.body.raw_data[0]["value"]["quotation"] == row.pk
        held = str([*FeaturedComment.objects.values_list(), page.body.raw_data, page.latest_revision.content])
        assert "bancs" not in held
        assert "Therrien" not in held

    def test_rule01_what_is_the_same_is_found_again(self, quote, comment):
        page = quote(choose(comment, ranges=FIRST))
        for _time in range(2):
            set_body(page, choose(comment, ranges=FIRST))
            page.save_revision().publish()
        assert FeaturedComment.objects.count() == 1

    @pytest.mark.parametrize(
        "other",
        [
            {"ranges": SECOND},
            {"ranges": FIRST, "removals": [[4, 9, "insult"]]},
            {"ranges": FIRST, "name_form": "first"},
            {"ranges": FIRST, "name_form": "role"},
            {"ranges": FIRST, "name_form": "role", "name_detail": "quai"},
            {},
        ],
        ids=str,
    )
    def test_rule03_whatever_differs_is_another_row(self, quote, comment, other):
        page = quote(choose(comment, ranges=FIRST))
        former = FeaturedComment.objects.get()
        set_body(page, choose(comment, **other))
        page.save_revision()
        made = FeaturedComment.objects.exclude(pk=former.pk).get()
        assert (made.placed_at, made.agreed_at) == (None, None)
        former.refresh_from_db()
        assert (former.ranges, former.placed_at is not None) == (FIRST, True)

    @pytest.mark.parametrize("is_pinned", [True, False])
    def test_rule03_keeping_a_wording_costs_no_agreement(self, quote, comment, is_pinned):
        page = quote(choose(comment, ranges=FIRST, is_pinned=not is_pinned))
        row = FeaturedComment.objects.get()
        FeaturedComment.objects.update(agreed_at=timezone.now())
        set_body(page, choose(comment, ranges=FIRST, is_pinned=is_pinned))
        page.save_revision()
        kept = FeaturedComment.objects.get()
        assert (kept.pk, kept.is_pinned, kept.agreed_at is not None) == (row.pk, is_pinned, True)

    def test_one_comment_is_quoted_twice_on_a_page(self, quote, comment, client):
        page = quote(choose(comment, ranges=FIRST), choose(comment, ranges=SECOND))
        assert len({row.pk for row in rows_of(page)}) == 2
        body = client.get(page.url).content.decode()
        assert "Les bancs manquent. <span" in body
        assert "</span> On attend debout, au vent." in body

    def test_twice_the_same_is_one_row(self, quote, comment):
        page = quote(choose(comment, ranges=FIRST), choose(comment, ranges=FIRST))
        assert len({row.pk for row in rows_of(page)}) == 1

    def test_saving_costs_as_much_for_thirty_as_for_one(
        self, articles_fr, article, say, quote, count_queries
    ):
        pages = []
        for number in (1, 30):
            comments = [say(article, f"Mot {number} {n}", may_quote=True) for n in range(number)]
            pages.append(quote(*map(choose, comments)))
        for page in pages:
            set_body(page, *[choose(row.comment) for row in rows_of(page)])
            page.queries = count_queries(page.save_revision)
        one, thirty = pages
        assert thirty.queries - one.queries <= 2 * 29  # the index of references, a row each


class TestDraft:
    """Rule 3: what an editor tries out is seen by nobody."""

    def test_rule03_readers_keep_what_they_have_until_it_is_published(self, quote, comment, client):
        page = quote(choose(comment, ranges=FIRST))
        set_body(page, choose(comment, ranges=SECOND, name_form="initials"))
        draft = page.save_revision()
        body = client.get(page.url).content.decode()
        assert "Les bancs manquent." in body
        assert "M. T." not in body
        assert "au vent" not in body
        draft.publish()
        body = client.get(page.url).content.decode()
        assert "au vent" in body
        assert "M. T." in body
        assert (
            "Maude"
            not in body.partition("comment-form")[0].partition("voice__words")[0].partition("voice__name")[2]
        )

    def test_rule03_what_was_agreed_goes_with_the_exact_words(self, quote, article, say):
        comment = say(article, WORDS)
        page = quote(choose(comment, ranges=FIRST))
        FeaturedComment.objects.update(agreed_at=timezone.now())
        set_body(page, choose(comment, ranges=SECOND))
        page.save_revision().publish()
        assert FeaturedComment.objects.get(ranges=SECOND).agreed_at is None
        set_body(page, choose(comment, ranges=FIRST))
        page.save_revision().publish()
        [row] = rows_of(BlogPage.objects.get(pk=page.pk))
        assert row.agreed_at

    @pytest.mark.parametrize("way", ["copy", "alias"])
    def test_a_copy_quotes_the_same_in_the_same_way_and_nobody_has_agreed(self, quote, comment, way):
        page = quote(choose(comment, ranges=FIRST, name_form="first", is_pinned=True))
        original = FeaturedComment.objects.get()
        FeaturedComment.objects.update(
            agreed_at=timezone.now(), agreed_form="own", agreed_name="Une passante"
        )
        if way == "copy":
            page.copy(update_attrs={"slug": "copie", "title": "Copie"})
        else:
            page.create_alias(update_slug="copie")
        made = FeaturedComment.objects.exclude(pk=original.pk).get()
        assert made.terms == original.terms
        assert (made.agreed_at, made.agreed_form, made.agreed_name) == (None, "", "")


class TestNewWording:
    """Rule 3: other words are an editor's decision."""

    @pytest.fixture
    def page(self, quote, comment) -> BlogPage:
        page = quote(choose(comment, ranges=FIRST))
        edit_comment(comment, f"Bonjour. {WORDS}", by=comment.participant, may_quote=True)
        return page

    def test_rule03_readers_keep_the_original_marked_so(self, page, client):
        body = client.get(page.url).content.decode()
        assert "Les bancs manquent. <span" in body
        assert "Texte original du" in body
        assert "Bonjour" not in body.partition("voice__words")[2].partition("</blockquote>")[0]

    def test_rule03_an_editor_quotes_the_new_one_in_a_draft(self, page, comment, editor, client):
        [former] = rows_of(page)
        made = accept_new_wording(page, former, by=editor)
        assert made.pk != former.pk
        assert (made.revision.version, made.plain) == (2, "[…] Les bancs manquent. […]")
        assert rows_of(page) == [former]
        draft = BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert rows_of(draft) == [made]
        assert rows_of(BlogPage.objects.get(pk=page.pk)) == [former]
        draft.save_revision().publish()
        assert "Texte original du" not in client.get(page.url).content.decode()

    def test_the_second_time_nothing_is_changed(self, page, editor):
        [former] = rows_of(page)
        made = accept_new_wording(page, former, by=editor)
        revisions = page.revisions.count()
        assert accept_new_wording(page, former, by=editor) == made
        assert page.revisions.count() == revisions

    def test_words_that_are_gone_are_chosen_anew(self, page, comment, editor):
        edit_comment(Comment.objects.get(pk=comment.pk), "Plus rien.", by=comment.participant, may_quote=True)
        with pytest.raises(CommentRefused) as refused:
            accept_new_wording(page, rows_of(page)[0], by=editor)
        assert refused.value.code == Refusal.MOVED_ON

    def test_where_nothing_is_new_it_says_so(self, quote, comment, editor):
        page = quote(choose(comment))
        with pytest.raises(CommentRefused) as refused:
            accept_new_wording(page, rows_of(page)[0], by=editor)
        assert refused.value.code == Refusal.NOT_NEEDED

    def test_what_was_taken_out_of_the_draft_says_so(self, page, editor):
        [former] = rows_of(page)
        set_body(page)
        page.save_revision()
        with pytest.raises(CommentRefused) as refused:
            accept_new_wording(page, former, by=editor)
        assert refused.value.code == Refusal.MOVED_ON

    @pytest.mark.parametrize("who", ["moderator", "answerer", "employee", "stranger"])
    def test_others_may_not(self, page, who, request):
        with pytest.raises(PermissionDenied):
            accept_new_wording(page, rows_of(page)[0], by=request.getfixturevalue(who))

    def test_nor_for_the_quotation_of_another_page(self, page, article, editor):
        with pytest.raises(PermissionDenied):
            accept_new_wording(article, rows_of(page)[0], by=editor)


class TestShown:
    """Rule 6, and one decision for the page and for machines."""

    def test_rule06_less_of_a_name_is_told_with_no_role(self, article, quote, say, employee, client):
        comment = say(article, WORDS, user=employee, may_quote=True)
        page = quote(choose(comment, name_form="role", name_detail="logistique"))
        voice = client.get(page.url).content.decode().partition('class="voice__speaker"')[2]
        voice = voice.partition("</figure>")[0]
        assert ", logistique" in voice
        assert comment.author_name not in voice
        assert "voice__role" not in voice

    def test_rule06_machines_are_told_the_same(self, quote, comment, client):
        page = quote(choose(comment, ranges=FIRST, removals=[[4, 9, "insult"]], name_form="initials"))
        body = client.get(page.url).content.decode()
        data = body.partition('"@type":"Quotation"')[2] or body.partition('"@type": "Quotation"')[2]
        data = data.partition("}}")[0]
        [row] = rows_of(page)
        assert row.plain in data
        assert '"M. T."' in data
        assert "bancs" not in data
        assert "Therrien" not in data

    def test_an_excerpt_of_what_was_hidden_is_gone(self, quote, comment, client):
        page = quote(choose(comment, ranges=FIRST))
        hide_comment(comment, by=None)
        assert "Les bancs manquent" not in client.get(page.url).content.decode()

    def test_thirty_excerpts_cost_as_many_queries_as_one(
        self, client, article, say, quote, count_cold_queries
    ):
        words = [say(article, f"{WORDS} {n}", may_quote=True) for n in range(31)]
        forms = ["signed", "first", "initials", "role"]
        chosen = [choose(one, ranges=FIRST, name_form=forms[n % 4]) for n, one in enumerate(words)]
        one, thirty = quote(chosen[3]), quote(*chosen[:30])
        for page in (one, thirty):
            client.get(page.url)
        first = count_cold_queries(lambda: client.get(one.url))
        assert count_cold_queries(lambda: client.get(thirty.url)) <= first


@pytest.mark.every_case
class TestTable:
    @pytest.mark.parametrize(
        "fields",
        [
            {"name_form": "own"},
            {"agreed_form": "own"},
            {"agreed_name": "Une passante"},
            {"agreed_form": "first", "agreed_name": "Une passante"},
            {"asked_at": WHEN},
            {"reminded_at": WHEN},
            {"asked_for_public": True},
            {"agreed_for_public": True},
        ],
        ids=str,
    )
    def test_the_database_refuses_what_cannot_be(self, quote, comment, fields):
        quote(choose(comment))
        with pytest.raises(IntegrityError), transaction.atomic():
            FeaturedComment.objects.update(**fields)


def test_what_a_form_says_of_a_row_makes_the_same_row(quote, comment):
    page = quote(
        choose(comment, ranges=FIRST, removals=[[4, 9, "name"]], name_form="role", name_detail="quai")
    )
    [row] = rows_of(page)
    assert quotation_of(comment, selection_of(row)).terms == row.terms
