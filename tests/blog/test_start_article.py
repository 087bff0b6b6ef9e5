"""An editor starts an article around a comment."""

import pytest
from django.core.exceptions import PermissionDenied

from blog.actions import start_article
from blog.models import BlogPage
from dialogue.models import FeaturedComment

pytestmark = pytest.mark.usefixtures("empty_portal")


@pytest.fixture
def comment(write, say):
    return say(write("Le quai"), "Je propose un banc.", may_quote=True)


def test_it_makes_a_draft_that_quotes_the_comment_and_names_its_page(comment, editor):
    page = start_article(comment, by=editor)
    page = BlogPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.owner == editor
    assert "Odile Grandmaison" in page.title
    assert page.introduction == ""
    assert page.source_page_id == comment.page_id
    [block] = page.body
    assert block.value["quotation"].comment == comment
    assert page.latest_revision.user == editor
    assert FeaturedComment.objects.get().page_id == page.pk
    assert "banc" not in str(page.body.raw_data)


def test_it_stands_in_the_language_of_the_page(write, say, editor, articles_en):
    page = start_article(say(write("The pier", parent=articles_en)), by=editor)
    assert page.get_parent().specific == articles_en
    assert page.title == "Odile Grandmaison speaks up"


def test_a_second_time_makes_a_second_draft(comment, editor):
    first, second = start_article(comment, by=editor), start_article(comment, by=editor)
    assert first.slug != second.slug


def test_a_long_name_fits(write, say, editor):
    assert len(start_article(say(write("Le quai"), name="N" * 80), by=editor).title) <= 255


@pytest.mark.parametrize("who", ["moderator", "answerer", "employee", "stranger"])
def test_others_are_refused(comment, who, request):
    with pytest.raises(PermissionDenied):
        start_article(comment, by=request.getfixturevalue(who))
    assert BlogPage.objects.count() == 1


def test_a_comment_that_waits_is_refused(write, say, editor):
    waiting = say(write("Le quai"), is_published=False)
    with pytest.raises(PermissionDenied):
        start_article(waiting, by=editor)


def test_without_a_section_there_is_nothing_to_start(comment, editor, articles_fr):
    articles_fr.unpublish()
    assert start_article(comment, by=editor) is None
