"""The front page, and plain pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Min, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from blog.models import BlogIndexPage, BlogPage, VoicesPage
from dialogue.models import ConversationSettings, DialogueIndexPage, DialoguePage, FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester
from moderation.models import ModerationSettings
from portal.blocks import PortalStreamBlock
from portal.editions import holds_until
from portal.models import BasePage, PortalSettings
from portal.permissions import Viewer, can_read_page, load_restrictions, readers_are_within, visible_pages

LATEST_ARTICLES = 6
OPEN_DIALOGUES = 3
VOICES_TRIED = 10  # the newest that may be withheld before we show none


@dataclass(frozen=True)
class Voice:
    """A featured comment as the front page shows it, with a link to the page that quotes it."""

    name: str
    role: str
    date: datetime
    words: SafeString
    url: str
    link_label: str
    note: str
    language: str


class HomePage(BasePage):
    """The front page of one language."""

    lead_article = models.ForeignKey(
        "blog.BlogPage",
        verbose_name=_("lead article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the newest article."),
    )
    shows_voice = models.BooleanField(
        _("show a voice"), default=True, help_text=_("A comment that one of the pages quotes.")
    )
    voice_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the voice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The voice is the one that this page quotes. Empty: the newest of all."),
    )
    body = StreamField(PortalStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        PageChooserPanel("lead_article"),
        MultiFieldPanel(
            [
                FieldPanel("shows_voice"),
                PageChooserPanel("voice_page", ["blog.BlogPage", "dialogue.DialoguePage"]),
            ],
            _("A voice from the conversation"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "blog.BlogIndexPage",
        "blog.VoicesPage",
        "dialogue.DialogueIndexPage",
        "dialogue.InternalDialogueIndexPage",
        "home.StandardPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_card_title(self, portal: PortalSettings) -> str:
        """The front page stands for the organisation."""
        return portal.tagline or portal.name

    def get_shared_title(self, portal: PortalSettings) -> str:
        return self.seo_title or portal.name

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        restrictions = load_restrictions()
        viewer = request.user
        lead, latest = self.get_articles(viewer, restrictions)
        open_dialogues = self.get_open_dialogues(viewer, restrictions)
        return {
            **context,
            "lead_article": lead,
            "latest_articles": latest,
            "open_dialogues": open_dialogues,
            # All of which it is told how much was said under them.
            "conversations": [page for page in (lead, *latest, *open_dialogues) if page],
            "featured_voice": self.find_featured_voice(request, restrictions),
            "closed_dialogue": self.find_closed_dialogue(viewer, restrictions),
            **self.get_section_urls(request, restrictions),
        }

    def get_articles(self, viewer: Viewer, restrictions: list) -> tuple[BlogPage | None, list[BlogPage]]:
        """Return the lead article, and the newest of the others."""
        articles = visible_pages(BlogPage.objects.descendant_of(self), viewer, restrictions)
        # One more than is shown, for the lead is mostly among them.
        newest = list(articles.newest_first().with_cards()[: LATEST_ARTICLES + 1])
        chosen = None
        if self.lead_article_id:
            known = {article.pk: article for article in newest}
            chosen = known.get(self.lead_article_id)
            # What an editor chose may be a draft by now, or closed to this reader.
            if chosen is None and can_read_page(viewer, self.lead_article, restrictions):
                chosen = self.lead_article
        lead = chosen or next(iter(newest), None)
        return lead, [article for article in newest if article != lead][:LATEST_ARTICLES]

    def get_open_dialogues(self, viewer: Viewer, restrictions: list) -> list[DialoguePage]:
        """Return the dialogues that take replies now and that `viewer` may read, the first to close first."""
        now = timezone.now()
        dialogues = DialoguePage.objects.descendant_of(self).filter(
            commenting_enabled=True, opens_at__lte=now
        )
        dialogues = dialogues.filter(Q(comments_close_at__isnull=True) | Q(comments_close_at__gt=now))
        first_to_close = models.F("comments_close_at").asc(nulls_last=True)
        visible = visible_pages(dialogues, viewer, restrictions).order_by(first_to_close, "-opens_at", "-pk")
        # Of all that are open, not of the three that are shown: whichever closes makes room for another.
        holds_until(self.next_opening(now), visible.aggregate(first=Min("comments_close_at"))["first"])
        return list(visible.defer_streamfields()[:OPEN_DIALOGUES])

    def find_closed_dialogue(self, viewer: Viewer, restrictions: list) -> DialoguePage | None:
        """Return the dialogue closed last of those of which the organisation says what came.

        That it closes is told by `get_open_dialogues`, among which it was until then.
        """
        now = timezone.now()
        dialogues = DialoguePage.objects.descendant_of(self).filter(opens_at__lte=now)
        closed = dialogues.filter(Q(commenting_enabled=False) | Q(comments_close_at__lte=now))
        visible = visible_pages(closed.exclude(closing_words=""), viewer, restrictions)
        last_closed = models.F("comments_close_at").desc(nulls_last=True)
        return visible.order_by(last_closed, "-opens_at", "-pk").defer_streamfields().first()

    def next_opening(self, now: datetime) -> datetime | None:
        """Return when the next of the dialogues below opens."""
        upcoming = DialoguePage.objects.live().descendant_of(self).filter(opens_at__gt=now)
        return upcoming.aggregate(first=Min("opens_at"))["first"]

    def get_section_urls(self, request: HttpRequest, restrictions: list) -> dict[str, str]:
        """Return the addresses of the sections that the lists of this page are taken from."""
        names = {BlogIndexPage: "articles_url", DialogueIndexPage: "dialogues_url", VoicesPage: "voices_url"}
        sections = Page.objects.child_of(self).type(*names).order_by("path")
        urls: dict[str, str] = {}
        for section in visible_pages(sections, request.user, restrictions):
            urls.setdefault(names[section.specific_class], section.get_url(request))
        return urls

    def find_featured_voice(self, request: HttpRequest, restrictions: list) -> Voice | None:
        """Return the featured comment of the page that an editor chose, or else the newest of all.

        It is decided there: whatever withholds it from that page withholds it from this one, and nothing
        is taken from a page that has fewer readers than this one. Where nothing of the chosen page may be
        shown, or no longer, the newest speaks in its place.
        """
        if not self.shows_voice:
            return None
        quoting = visible_pages(Page.objects.descendant_of(self), request.user, restrictions)
        chosen_first = models.Case(models.When(page=self.voice_page_id, then=0), default=1)
        newest = (
            FeaturedComment.objects.filter(page__in=quoting.values("pk"), placed_at__isnull=False)
            .select_related("comment__page", "revision", "page__locale")
            .order_by(chosen_first, "-placed_at", "-pk")[:VOICES_TRIED]
        )
        for featured in newest:
            quoting_page = featured.page
            if not readers_are_within(self, quoting_page, restrictions):
                continue
            if FeaturedCommentPermissionTester(featured, quoting_page, restrictions).can_be_shown():
                return as_voice(featured, request)
        return None


def as_voice(featured: FeaturedComment, request: HttpRequest) -> Voice:
    """Return the quotation in the form that `components/voice.html` takes."""
    return Voice(
        name=featured.attribution,
        role=featured.caption_role(PortalSettings.for_request(request).name),
        date=featured.comment.submitted_at,
        words=featured.body,
        url=featured.page.get_url(request),
        link_label=featured.page.title,
        note=ConversationSettings.for_request(request).not_endorsed,
        language=featured.revision.words_language,
    )


class StandardPage(BasePage):
    """A page that stands for itself: the rules, the privacy notice, about us."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    body = StreamField(PortalStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """In the privacy notice stands who is in charge; the rules lead to what was decided by them.

        Both where the settings say so.
        """
        portal = PortalSettings.for_request(request)
        shown = portal if portal.names_privacy_officer and self.is_privacy_notice(request) else None
        has_counts = ModerationSettings.for_request(request).shows_counts and self.is_rules(request)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "in_charge": shown, "has_counts": has_counts}

    def is_privacy_notice(self, request: HttpRequest) -> bool:
        """Whether this is the page that the conversation settings name, or a translation of it."""
        return self._is_translation_of(ConversationSettings.for_request(request).privacy_page_id)

    def is_rules(self, request: HttpRequest) -> bool:
        """The same of the rules of the conversation."""
        return self._is_translation_of(ConversationSettings.for_request(request).rules_page_id)

    def _is_translation_of(self, named: int | None) -> bool:
        if named is None:
            return False
        return self.get_translations(inclusive=True).filter(pk=named).exists()

    @property
    def opening_words(self) -> str:
        return get_text_for_indexing(self.introduction)
