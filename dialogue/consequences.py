"""What follows for quotations when a page is closed, or opened to more readers."""

from django.db.models import Q
from django.utils.translation import ngettext
from wagtail.models import Page

from dialogue.models.featured import FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester
from portal.permissions import Restriction, load_restrictions
from portal.privacy import register_consequence


@register_consequence
def loses_quotations(page: Page, after: list[Restriction]) -> str:
    """Readers no longer see what some of them may not read; the page that quotes it stays as it is."""
    count = len(lost_quotations(page, after))
    if not count:
        return ""
    said = ngettext(
        "%(count)s quotation, here, below or of what was said here, will no longer be shown: the page that "
        "holds it would have readers who may not read the comment.",
        "%(count)s quotations, here, below or of what was said here, will no longer be shown: the pages that "
        "hold them would have readers who may not read the comments.",
        count,
    )
    return said % {"count": count}


def lost_quotations(page: Page, after: list[Restriction]) -> list[FeaturedComment]:
    """Return what readers see now, and would not with the restrictions `after`.

    Of the quotations in `page` and below, and of those of what was said there.
    """
    place = Q(page__path__startswith=page.path) | Q(comment__page__path__startswith=page.path)
    before = load_restrictions()
    placed = FeaturedComment.objects.filter(place).before_readers().without_words()
    return [row for row in placed if _is_shown(row, before) and not _is_shown(row, after)]


def _is_shown(quotation: FeaturedComment, restrictions: list[Restriction]) -> bool:
    return FeaturedCommentPermissionTester(quotation, quotation.page, restrictions).can_be_shown()
