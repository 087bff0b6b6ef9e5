"""What follows for moderation when a page is closed."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Page

from dialogue.models import ConversationPage
from dialogue.models.pages import ConversationSection
from moderation.mail import moderators
from portal.permissions import Viewer
from portal.privacy import register_concern


@register_concern
def nobody_moderates(page: Page, viewer: Viewer, groups: frozenset[Group]) -> str:
    """Comments that are held on a page which no moderator may read wait for an administrator."""
    has_conversations = issubclass(page.specific_class, ConversationPage | ConversationSection)
    if not has_conversations or moderators().filter(groups__in=groups).exists():
        return ""
    return _(
        "No moderator is in these groups: comments that are held here wait for an administrator, who is told."
    )
