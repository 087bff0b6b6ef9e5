"""Articles."""

from collections.abc import Iterable
from math import ceil

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.rich_text import expand_db_html, get_text_for_indexing
from wagtail.search import index

from blog.forms import BlogPageForm
from blog.models.authors import Author
from blog.models.filters import as_links, filter_url
from blog.models.links import BlogPageTag
from blog.querysets import ArticleQuerySet
from dialogue.blocks import ConversationStreamBlock
from dialogue.models import ConversationPage
from portal.characters import cut_at_word
from portal.models import PortalImage, Topic
from portal.permissions import Viewer, can_read_page, load_restrictions, visible_pages
from portal.slugs import slug_of

WORDS_PER_MINUTE = 200  # of silent reading, in French and in English alike
RELATED_LIMIT = 3
EXCERPT_LENGTH = 200


class BlogPage(ConversationPage):
    """An article, and the conversation under it."""

    introduction = RichTextField(
        _("introduction"),
        features=["bold", "italic", "link"],
        help_text=_("Two or three sentences that say what this is about. Also shown in lists and feeds."),
    )
    lead_image = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("text alternative of the lead picture"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")
    tags = ClusterTaggableManager(through=BlogPageTag, verbose_name=_("tags"), blank=True)
    body = StreamField(ConversationStreamBlock(), verbose_name=_("body"), blank=True)
    update_note = models.CharField(
        _("update note"),
        max_length=250,
        blank=True,
        help_text=_("What changed since the article was published, in one sentence."),
    )
    updated_on = models.DateField(
        _("updated on"), null=True, blank=True, help_text=_("Empty, with a note: the day the note is saved.")
    )
    source_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("in response to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page whose conversation led to this article. Readers who may read it get a link."),
    )
    reading_minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=1, editable=False)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    content_panels = [
        *ConversationPage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel(
                    "lead_image_alt",
                    help_text=_(
                        "What the picture shows, for those who cannot see it. "
                        "Empty: the description kept with the picture."
                    ),
                ),
            ],
            _("Lead picture"),
        ),
        FieldPanel("body"),
    ]
    filing_panels = [
        InlinePanel("author_links", heading=_("Authors"), label=_("author")),
        MultiFieldPanel(
            [FieldPanel("topics", widget=forms.CheckboxSelectMultiple), FieldPanel("tags")], _("Subjects")
        ),
        PageChooserPanel("source_page"),
        InlinePanel(
            "related_links",
            heading=_("Related articles"),
            label=_("article"),
            max_num=RELATED_LIMIT,
            help_text=_("None chosen: articles that share topics or tags are shown."),
        ),
        MultiFieldPanel(
            [FieldPanel("update_note"), FieldPanel("updated_on")], pgettext_lazy("panel", "Update")
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(filing_panels, heading=_("Authors and subjects")),
            ObjectList(ConversationPage.promote_panels, heading=_("Promote")),
            ObjectList(
                [*ConversationPage.conversation_panels, *ConversationPage.settings_panels],
                heading=_("Conversation and settings"),
            ),
        ]
    )
    search_fields = [
        *ConversationPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("author_names"),
        index.SearchField("topic_names"),
        index.SearchField("tag_names"),
    ]
    base_form_class = BlogPageForm
    template = "blog/blog_page.html"
    open_graph_type = "article"
    must_be_complete: bool | None = None  # said by the editor's form; elsewhere, what is live must be
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def clean(self) -> None:
        super().clean()
        if self.update_note and not self.updated_on:
            self.updated_on = timezone.localdate()
        must_be_complete = self.live if self.must_be_complete is None else self.must_be_complete
        if must_be_complete and (gaps := self.find_gaps()):
            raise ValidationError(gaps)

    def save(self, *args: object, **kwargs: object) -> None:
        # Kept for lists, which do not read the body.
        self.reading_minutes = self.count_reading_minutes()
        super().save(*args, **kwargs)

    def find_gaps(self) -> dict[str, str | Promise]:
        """Return, by field, what must still be filled in before readers may see the article."""
        gaps: dict[str, str | Promise] = {}
        for field, is_missing in (("title", self.is_untitled), ("slug", self.is_without_address)):
            if is_missing:
                gaps[field] = _(
                    "Write a title, and an address that goes with it: this one only holds the place."
                )
        if not get_text_for_indexing(self.introduction).strip():
            gaps["introduction"] = _("Write two or three sentences that say what this is about.")
        if self.lead_image_id and not self.lead_image_words:
            gaps["lead_image_alt"] = _("Describe what the lead picture shows, for those who cannot see it.")
        return gaps

    def count_reading_minutes(self) -> int:
        """Return how long the words of the article take to read, one minute at the least."""
        words = get_text_for_indexing(self.introduction).split()
        for text in self.body.stream_block.get_searchable_content(self.body):
            words += str(text).split()
        return max(1, ceil(len(words) / WORDS_PER_MINUTE))

    @property
    def is_untitled(self) -> bool:
        """Whether the title is still the one with which a draft around a comment begins."""
        # With the number that `blog.actions.free_title` may add.
        words = self.title.rstrip("0123456789").rstrip()
        return any(words == untitled_in(code) for code, _language in settings.LANGUAGES)

    @property
    def is_without_address(self) -> bool:
        """Whether the slug is still the one of that title: it did not follow the one that was written."""
        words = self.slug.rstrip("0123456789").rstrip("-")
        return any(words == slug_of(untitled_in(code)) for code, _language in settings.LANGUAGES)

    @property
    def card_image(self) -> PortalImage | None:
        return self.lead_image

    @property
    def lead_image_words(self) -> str:
        """What the lead picture shows: as the article says it, or else as it is kept with the picture."""
        kept = self.lead_image.description if self.lead_image else ""
        return self.lead_image_alt.strip() or kept.strip()

    @property
    def opening_words(self) -> str:
        return get_text_for_indexing(self.introduction)

    @property
    def excerpt(self) -> str:
        """The introduction without its markup, for lists, feeds and cards."""
        return self.search_description or cut_at_word(self.opening_words, EXCERPT_LENGTH)

    @property
    def introduction_html(self) -> str:
        """The introduction as readers see it, its links resolved."""
        return expand_db_html(self.introduction)

    @cached_property
    def author_list(self) -> list[Author]:
        """The people of the byline, in its order; on the article's own page each has a `url`."""
        return [link.author for link in self.author_links.all()]

    @cached_property
    def topic_list(self) -> list[Topic]:
        """The topics of the article."""
        return list(self.topics.all())

    @property
    def author_names(self) -> list[str]:
        return [author.name for author in self.author_list]

    @property
    def topic_names(self) -> list[str]:
        return [topic.name for topic in self.topic_list]

    @property
    def tag_names(self) -> list[str]:
        return [tag.name for tag in self.tags.all()]

    @property
    def kicker(self) -> str:
        """The word above the title in lists: the first topic."""
        return next(iter(self.topic_names), "")

    def get_related_articles(self, viewer: Viewer, restrictions: Iterable | None = None) -> list["BlogPage"]:
        """Return the articles to read next: those chosen or, if none is, those that share topics or tags."""
        chosen = [link.related_page_id for link in self.related_links.all()]
        candidates = BlogPage.objects.filter(pk__in=chosen) if chosen else BlogPage.objects.akin_to(self)
        articles = visible_pages(candidates.with_cards(), viewer, restrictions)
        if chosen:
            return sorted(articles, key=lambda article: chosen.index(article.pk))[:RELATED_LIMIT]
        return list(articles[:RELATED_LIMIT])

    def note_source(self, source: Page) -> None:
        """Let the article respond to `source`, unless it responds to a page already, or is that page."""
        if self.source_page is None and source.pk != self.pk:
            self.source_page = source

    def get_source_page(self, viewer: Viewer, restrictions: Iterable | None = None) -> Page | None:
        """Return the page this article responds to, if `viewer` may read it."""
        if self.source_page_id and can_read_page(viewer, self.source_page, restrictions):
            return self.source_page
        return None

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        restrictions = load_restrictions()
        # Without a path it is a preview of a page that was never saved: it has no place yet.
        section = self.get_parent().get_url(request) if self.path else ""
        for author in self.author_list:
            author.url = filter_url(section, "author", author.slug)
        return {
            **context,
            "author_list": self.author_list,
            "topic_list": as_links(section, "topic", self.topic_list),
            "tags": as_links(section, "tag", self.tags.all()),
            # Counted anew: in a preview nothing is saved.
            "reading_minutes": self.count_reading_minutes(),
            "source_page": self.get_source_page(request.user, restrictions),
            "related_articles": self.get_related_articles(request.user, restrictions),
        }


def untitled_in(language: str) -> str:
    """Return what an article is called until somebody writes its title."""
    with override(language):
        return gettext("Untitled article")
