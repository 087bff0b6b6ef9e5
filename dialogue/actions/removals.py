"""Taking a quotation out of a draft: readers keep the page as it is until it is published."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.models import Page

from dialogue.models.featured import FeaturedComment
from dialogue.models.pages import ConversationPage
from dialogue.permissions import PageQuotationsPermissionTester
from portal.permissions import Viewer

REMOVE_LOG = "dialogue.remove_quotation"


def remove_from_draft(page: ConversationPage, quotation: FeaturedComment, *, by: Viewer) -> bool:
    """Take every block that shows `quotation` out of the draft of `page`; return whether there was one.

    The row stays: should the same be quoted anew, what was agreed comes back with it. Raises
    `PermissionDenied` where `by` may not, or the page is locked.
    """
    if quotation.page_id != page.pk or not PageQuotationsPermissionTester(page, by).can_remove():
        raise PermissionDenied
    with transaction.atomic():
        # Locked and read anew: of two who change a draft at once, none undoes what the other did.
        current = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
        draft = current.get_latest_revision_as_object()
        places = [place for place, child in enumerate(draft.body) if _shows(child, quotation)]
        if not places:
            return False
        for place in reversed(places):
            del draft.body[place]
        draft.save_revision(user=by, log_action=REMOVE_LOG, clean=False)
    return True


def _shows(child: StreamValue.StreamChild, quotation: FeaturedComment) -> bool:
    if child.block_type != "featured_comment" or child.value["quotation"] is None:
        return False
    return child.value["quotation"].pk == quotation.pk
