"""What the editor of a page says of a quotation beside its block: whom it quotes, and where it stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.blocks import QuotationLine
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import CommentPermissionTester, PageQuotationsPermissionTester
from dialogue.placements import RELATED
from dialogue.quotation_states import Standing, states_of
from portal.characters import cut_at_word
from portal.permissions import Viewer, current_viewer, once_for

SHOWN_WORDS = 80  # characters: enough to tell it from another


def describe_quotation(quotation: FeaturedComment) -> QuotationLine:
    """Return the line beside a block; words and name for those alone who may see them.

    The line of one that is not stored yet has no state: it begins with the draft.
    """
    viewer = current_viewer()
    if not _may_see(quotation, viewer):
        named = _("A comment that you may not read")
    else:
        words = cut_at_word(quotation.plain, SHOWN_WORDS)
        named = _("%(name)s: %(excerpt)s") % {"name": quotation.attribution, "excerpt": words}
    standing = _standings_on(quotation, viewer).get(quotation.pk)
    if standing is None:
        return QuotationLine(named)
    line = _("%(quotation)s — %(state)s") % {"quotation": named, "state": standing.sentence}
    return QuotationLine(line, _address_for(quotation, viewer))


def _may_see(quotation: FeaturedComment, viewer: Viewer | None) -> bool:
    """Whether the viewer may see what was said; a command, which nobody asked for, may."""
    return viewer is None or CommentPermissionTester(quotation.comment, viewer).can_see()


def _standings_on(quotation: FeaturedComment, viewer: Viewer | None) -> dict[int, Standing]:
    """Return where the quotations of the same page stand, by key; for a request, looked up once."""
    if quotation.pk is None:
        return {}
    if viewer is None:
        return _read_standings(quotation)
    return once_for(viewer, f"_standings_{quotation.page_id}", lambda: _read_standings(quotation))


def _read_standings(quotation: FeaturedComment) -> dict[int, Standing]:
    rows = FeaturedComment.objects.filter(page_id=quotation.page_id).select_related(*RELATED)
    return {standing.quotation.pk: standing for standing in states_of(rows, quotation.page)}


def _address_for(quotation: FeaturedComment, viewer: Viewer | None) -> str:
    if viewer is None or not PageQuotationsPermissionTester(quotation.page, viewer).can_open():
        return ""
    return f"{reverse('dialogue_page_quotations', args=[quotation.page_id])}#quotation-{quotation.pk}"
