"""What every page of the portal shares."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csp import csp_override
from wagtail.models import Page

from portal.cards import card_of
from portal.characters import cut_at_word
from portal.models.site import PortalSettings
from portal.permissions import PortalPagePermissionTester, Viewer, audience_of, can_read_page
from portal.sharing import SharedPage, ShareLink, share_links

DESCRIPTION_LENGTH = 160  # about as much as lists of results and share cards show


class BasePage(Page):
    """A page that knows its audience."""

    # How such a page is called where it is shared: "article" for what somebody wrote one day.
    open_graph_type = "website"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "audience": audience_of(self),
            "viewer": request.user,
            "share_links": SimpleLazyObject(
                lambda: self.get_share_links(PortalSettings.for_request(request))
            ),
            "breadcrumbs": self.get_ancestors().filter(depth__gt=1).live() if self.path else [],
        }

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page as it is being written: the editor frames it."""
        return csp_override(settings.PREVIEW_CSP)(super().serve_preview)(request, mode_name)

    def permissions_for_user(self, user: Viewer) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(user, self)

    @property
    def opening_words(self) -> str:
        """The words without markup that the page begins with; each kind of page has its own."""
        return ""

    @property
    def description(self) -> str:
        """What is said of the page where it is found and shared: words written for that, or its opening."""
        return self.search_description or cut_at_word(self.opening_words, DESCRIPTION_LENGTH)

    @property
    def is_public(self) -> bool:
        """Whether everybody may read this page at its own address, as it stands now."""
        return bool(self.pk and self.full_url) and can_read_page(AnonymousUser(), self)

    def get_card_url(self, portal: PortalSettings) -> str:
        """Return the whole address of the picture that stands for this page where it is shared."""
        return urljoin(self.full_url, card_of(self, portal).url)

    def get_share_links(self, portal: PortalSettings) -> list[ShareLink]:
        """Return the links under which readers share this page; none if it is not public."""
        if not self.is_public:
            return []
        shared = SharedPage(self.pk, self.title, self.full_url, self.get_card_url(portal))
        return share_links(shared, portal.share_targets)
