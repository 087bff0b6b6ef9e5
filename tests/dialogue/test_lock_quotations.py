"""Acts on the same quotations at the same moment: all are done, and nobody waits for ever.

Whoever writes what is quoted, or the figures of a page, holds the edition before: of any two, one goes first.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import (
    CommentRefused,
    answer_quotation,
    find_consent_differences,
    hide_comment,
    take_back_one_quotation,
    take_back_quotation,
)
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from mail.models import ChoicePlace
from moderation import actions as moderation
from moderation.models import Verb
from portal.models import Edition
from privacy.actions import erase_participant
from privacy.models import Consent
from tests.crossings import cross

pytestmark = [pytest.mark.database, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

GUEST = "zoe@example.org"


def quote(section: Page, title: str, *quoted: Comment) -> BlogPage:
    """Return a draft that quotes these comments, each as its author agreed for this page."""
    body = [("featured_comment", {"quotation": quotation_of(each), "why": ""}) for each in quoted]
    page = BlogPage(title=title, introduction="<p>.</p>", body=body, live=False)
    section.add_child(instance=page)
    now = timezone.now()
    asked = {"asked_at": now, "answer_by": now + timedelta(days=1), "agreed_at": now}
    FeaturedComment.objects.filter(page=page).update(**asked)
    return page


@pytest.fixture
def quoting(article, articles_fr, say) -> BlogPage:
    """A page that quotes two comments of one guest; a draft quotes the first one as well."""
    comments = [say(article, f"Mot {number}.", email=GUEST, may_quote=True) for number in range(2)]
    quote(articles_fr, "Brouillon", comments[0])
    page = quote(articles_fr, "La parole est à vous", *comments)
    page.save_revision().publish()
    return page


def said(text: str) -> Comment:
    return Comment.objects.select_related("page", "participant").get(text=text)


def hide(text: str) -> None:
    with suppress(CommentRefused):  # in words, for what is erased by then
        hide_comment(said(text), by=None)


def take_back() -> None:
    comment = said("Mot 0.")
    take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)


def quoted_on(title: str) -> FeaturedComment:
    return FeaturedComment.objects.get(page__title=title, comment__text="Mot 0.")


def take_back_one() -> None:
    quotation = quoted_on("La parole est à vous")
    take_back_one_quotation(quotation, by=quotation.comment.participant, place=ChoicePlace.PAGE)


def answer() -> None:
    quotation = quoted_on("La parole est à vous")
    person = quotation.comment.participant
    answer_quotation(quotation, by=person, is_agreed=True, place=ChoicePlace.MAIL, name_form="initials")


def publish_without_them() -> None:
    page = BlogPage.objects.get(title="La parole est à vous")
    page.body = []
    page.save_revision().publish()


def restrict() -> None:
    page = Page.objects.get(title="Le quai sera refait")
    PageViewRestriction.objects.create(page=page, restriction_type="login")


WITH_COMMENTS: dict[str, Callable[[], object]] = {
    "take back": take_back,
    "take back one": take_back_one,
    "answer": answer,
    "hide": lambda: hide("Mot 0."),
    "erase": lambda: erase_participant(said("Mot 0.").participant),
}
WITH_PAGES: dict[str, Callable[[], object]] = {
    "publish": publish_without_them,
    "restrict": restrict,
    "delete a draft": lambda: Page.objects.get(title="Brouillon").delete(),
}


def hold_edition() -> Edition:
    return Edition.objects.select_for_update().get()


@pytest.mark.parametrize("is_page_first", [True, False], ids=["page first", "comment first"])
@pytest.mark.parametrize("with_page", WITH_PAGES)
@pytest.mark.parametrize("with_comment", WITH_COMMENTS)
def test_a_comment_and_a_page(quoting, with_comment, with_page, is_page_first):
    acts = [WITH_PAGES[with_page], WITH_COMMENTS[with_comment]]
    cross(*(acts if is_page_first else acts[::-1]), behind=hold_edition)
    drafts = 0 if with_page == "delete a draft" else 1
    assert FeaturedComment.objects.count() == 2 + drafts


def test_one_comment_and_many_on_the_same_pages(quoting, article, articles_fr, say, moderator):
    """The first of the many is quoted nowhere: the figures of its page come before the next, which is."""
    other = BlogPage(title="Autre", introduction="<p>Encore.</p>")
    articles_fr.add_child(instance=other)
    say(article, "Ici.")
    quote(articles_fr, "Encore", say(other, "Loin.", may_quote=True))
    many = [moderation.Seen(said(text)) for text in ("Loin.", "Ici.")]
    cross(
        lambda: hide("Mot 0."),
        lambda: moderation.decide_on_comments(Verb.HIDE, many, by=moderator, reason_code="off_topic"),
        behind=hold_edition,
    )
    assert Comment.objects.filter(status="hidden").count() == 3


def test_two_who_save_at_once_make_one_row(quoting, article, say):
    """Each tab of an editor saves what it has."""
    said_since = say(article, "Depuis.", may_quote=True)

    def save() -> int:
        page = BlogPage.objects.get(pk=quoting.pk)
        page.body = [("featured_comment", {"quotation": quotation_of(said_since), "why": ""})]
        page.save_revision()
        return page.body[0].value["quotation"].pk

    rows = cross(save, save, behind=hold_edition)
    assert FeaturedComment.objects.filter(comment=said_since).count() == 1
    assert len(set(rows)) == 1


def test_an_answer_and_another_at_once_are_one_after_the_other(quoting):
    def decline() -> None:
        quotation = quoted_on("La parole est à vous")
        answer_quotation(quotation, by=quotation.comment.participant, is_agreed=False, place=ChoicePlace.PAGE)

    cross(answer, decline, behind=hold_edition)
    row = quoted_on("La parole est à vous")
    last = Consent.objects.filter(item_id=row.pk).order_by("pk").last()
    assert last.is_given == (row.withdrawn_at is None)
    assert find_consent_differences_of(row) == []


def find_consent_differences_of(row: FeaturedComment) -> list[object]:
    return [one for one in find_consent_differences(row.comment.page) if one.of == f"quotation {row.pk}"]
