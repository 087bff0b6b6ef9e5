"""What happens to articles."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from blog.models import BlogIndexPage, BlogPage
from blog.models.articles import untitled_in
from blog.models.links import sign
from dialogue.blocks import quotation_of
from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester
from people.models import User
from portal.permissions import load_restrictions, readers_are_within
from portal.slugs import PAGE_MAX_LENGTH, free_slug, slug_of


def find_section(comment: Comment, *, by: User) -> BlogIndexPage | None:
    """Return the section in which `by` may start an article that the readers of `comment` can read.

    It is in the language of the comment's page. One whose readers may all read the comment comes first: there
    its quotation needs nobody's leave to cross into a wider audience.
    """
    restrictions = load_restrictions()
    sections = [
        section
        for section in BlogIndexPage.objects.filter(locale_id=comment.page.locale_id, live=True)
        if readers_are_within(comment.page, section, restrictions)
        and section.permissions_for_user(by).can_add_subpage()
    ]
    return min(
        sections,
        key=lambda section: (not readers_are_within(section, comment.page, restrictions), section.path),
        default=None,
    )


@transaction.atomic
def start_article(comment: Comment, *, by: User) -> BlogPage | None:
    """Create a draft that quotes `comment` and answers its page; title and introduction are left to write.

    Neither title nor address names anybody: whoever spoke may not have agreed, and what once stood in them
    stays in histories. Returns None where there is no section for it. Each call starts another draft: two
    articles may be built around one comment. Raises `PermissionDenied` where `by` may not feature it.
    """
    if not CommentPermissionTester(comment, by).can_feature():
        raise PermissionDenied
    section = find_section(comment, by=by)
    if section is None:
        return None
    page = BlogPage(
        title=free_title(section),
        live=False,
        owner=by,
        source_page_id=comment.page_id,
        body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})],
    )
    sign(page, by, section.locale_id)
    section.add_child(instance=page)
    # Not cleaned: what a page must have is still to be written.
    page.save_revision(user=by, log_action="wagtail.create", clean=False)
    return page


def free_title(section: BlogIndexPage) -> str:
    """Return what an article without a title is called, with a number where another in `section` is.

    The slug is what the title makes, so that it follows the title that an editor writes.
    """
    words = untitled_in(section.locale.language_code)
    taken = set(section.get_children().values_list("slug", flat=True))
    slug = free_slug(words, taken, instead="page", max_length=PAGE_MAX_LENGTH)
    number = slug.removeprefix(slug_of(words)).lstrip("-")
    return f"{words} {number}".rstrip()
