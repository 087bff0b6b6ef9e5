"""What every page of the portal shares."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise, SimpleLazyObject
from django.views.decorators.csp import csp_override
from wagtail.models import Page, PageViewRestriction, Revision, ShowInMenusMixin

from portal.cards import card_of
from portal.characters import cut_at_word
from portal.editions import memory_apart, remember
from portal.forms import BasePageForm, PortalCopyForm
from portal.frames import Frame, kind_of_reader, make_frame
from portal.imagined import imagine_reader, list_readers
from portal.models.images import PortalImage
from portal.models.site import PortalSettings
from portal.page_store import offer_to_store
from portal.permissions import (
    PortalPagePermissionTester,
    Viewer,
    audience_of,
    can_read_page,
    readers_are_within,
    viewer_known,
)
from portal.sharing import SharedPage, ShareLink, share_links
from portal.slugs import PAGE_MAX_LENGTH, free_page_slug, slug_of

DESCRIPTION_LENGTH = 160  # about as much as lists of results and share cards show


class BasePage(Page):
    """A page that knows its audience."""

    # How such a page is called where it is shared: "article" for what somebody wrote one day.
    open_graph_type = "website"
    # Whether it shows something of the conversations of other pages: counts, latest voices.
    shows_conversations = True
    shown_with: tuple[int, ...] = ()  # the keys of other pages whose conversations show on this one
    # Without Wagtail's "show in menus", which no menu of ours heeds: they are edited as menus.
    promote_panels = [panel for panel in Page.promote_panels if panel not in ShowInMenusMixin.promote_panels]
    base_form_class = BasePageForm
    copy_form_class = PortalCopyForm

    slug: str  # Wagtail's field

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the page; a slug that comes past the forms, as a copy's or an alias's, is settled too."""
        if "slug" in (kwargs.get("update_fields") or ["slug"]):
            self._settle_slug()
        super().save(*args, **kwargs)

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Wagtail would make the slug here of the letters that it knows, and none where there are none."""
        self._settle_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft."""
        self._settle_slug()
        super().minimal_clean()

    def _settle_slug(self) -> None:
        wanted = slug_of(self.slug, max_length=PAGE_MAX_LENGTH)
        if not wanted or wanted != self.slug:
            parent = self.get_parent() or getattr(self, "_cached_parent_obj", None)
            self.slug = free_page_slug(wanted or self.title, parent, self) if parent else wanted

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

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page: what it has for all readers of a kind is remembered, the rest made for this one.

        What readers without a session are shown may be kept.
        """
        response = self._answer(request, *args, **kwargs)
        pages = [self.pk, *self.shown_with]
        return offer_to_store(response, pages, shows_conversations=self.shows_conversations)

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        query = self.remembered_query(request)
        if request.method not in {"GET", "HEAD"} or query is None:
            return super().serve(request, *args, **kwargs)
        request.is_preview = False  # type: ignore[attr-defined]  # Wagtail's mark on a request
        frame = remember(
            # With the path, which a page writes into its own links (sign-in, languages).
            ("frame", self.pk, request.path, query, *kind_of_reader(request)),
            lambda: self._make_frame(request),
        )
        return HttpResponse(frame.fill(request, self.get_fresh_context(request)))

    def _make_frame(self, request: HttpRequest) -> Frame:
        """Render the page from a row of its own: this one may be in the hands of other threads."""
        page = type(self).objects.select_related("locale").get(pk=self.pk)
        return make_frame(request, page.get_template(request), page.get_context(request))

    def remembered_query(self, request: HttpRequest) -> str | None:
        """Return that part of the query which makes it another page; None for one not worth remembering.

        Most pages heed no query, but for what they make anew at each view.
        """
        return ""

    def get_fresh_context(self, request: HttpRequest) -> dict[str, object]:
        """Return what is known where a page is made anew at each view."""
        return {"page": self, "self": self, "request": request, "audience": audience_of(self)}

    def update_aliases(
        self,
        *,
        revision: Revision | None = None,
        _content: dict[str, Any] | None = None,
        _updated_ids: list[int] | None = None,
    ) -> None:
        """Let the aliases follow this page, but for those that some read who may not read the page itself.

        They were made when both had the same readers; this page has been restricted since.
        """
        wider = [alias.pk for alias in self.aliases.all() if not readers_are_within(alias, self)]
        skipped = [*(_updated_ids or []), *wider]
        super().update_aliases(revision=revision, _content=_content, _updated_ids=skipped)

    update_aliases.alters_data = True  # type: ignore[attr-defined]  # no template may call it

    def get_view_restrictions(self) -> models.QuerySet:
        """Return the restrictions that hold here; where there are none, that is remembered."""
        find = super().get_view_restrictions
        if self.pk and not remember(("restricted", self.pk), lambda: find().exists()):
            return PageViewRestriction.objects.none()
        return find()

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """As whom the page can be seen while it is written: as oneself first, and as its readers."""
        return list_readers(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page as it is being written: the editor frames it, and nothing of it is remembered."""
        request.user = imagine_reader(self, mode_name, request.user)
        with memory_apart(), viewer_known(request):
            response = csp_override(settings.PREVIEW_CSP)(super().serve_preview)(request, mode_name)
            # Here, and not when Wagtail asks for it: what is remembered is so as the page is rendered.
            return response.render() if hasattr(response, "render") else response

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

    @property
    def card_image(self) -> PortalImage | None:
        """The picture on the card that stands for this page where it is shared."""
        return None

    def get_card_title(self, portal: PortalSettings) -> str:
        """Return what that card says."""
        return self.title

    def get_shared_title(self, portal: PortalSettings) -> str:
        """Return what the page is called where it is shared."""
        return self.seo_title or self.title

    def get_card_url(self, portal: PortalSettings) -> str:
        """Return the whole address of the picture that stands for this page where it is shared."""
        return urljoin(self.full_url, card_of(self, portal).url)

    def get_share_links(self, portal: PortalSettings) -> list[ShareLink]:
        """Return the links under which readers share this page; none if it is not public."""
        if not self.is_public:
            return []
        shared = SharedPage(self.pk, self.title, self.full_url, self.get_card_url(portal))
        return share_links(shared, portal.share_targets)
