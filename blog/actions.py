"""What happens to articles."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from blog.models import BlogIndexPage, BlogPage
from dialogue.blocks import quotation_of
from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester
from people.models import User

TITLE_MAX_LENGTH = BlogPage._meta.get_field("title").max_length


def find_section(comment: Comment) -> BlogIndexPage | None:
    """Return the section for articles in the language of the comment's page."""
    return BlogIndexPage.objects.filter(locale_id=comment.page.locale_id, live=True).order_by("path").first()


@transaction.atomic
def start_article(comment: Comment, *, by: User) -> BlogPage | None:
    """Create a draft that quotes `comment` and answers its page; the introduction is left to write.

    Returns None where the language of that page has no section for articles in which `by` may write. Each
    call starts another draft: two articles may be built around one comment. Raises `PermissionDenied` where
    `by` may not feature the comment.
    """
    if not CommentPermissionTester(comment, by).can_feature():
        raise PermissionDenied
    section = find_section(comment)
    if section is None or not section.permissions_for_user(by).can_add_subpage():
        return None
    with override(section.locale.language_code):
        title = gettext("%(name)s speaks up") % {"name": comment.author_name}
    page = BlogPage(
        title=Truncator(title).chars(TITLE_MAX_LENGTH),
        live=False,
        owner=by,
        source_page_id=comment.page_id,
        body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})],
    )
    section.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create", clean=False)
    return page
