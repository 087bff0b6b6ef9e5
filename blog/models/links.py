"""What an article is linked with: the authors of its byline, its tags, the articles recommended after it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from blog.models.authors import Author
from portal.permissions import Viewer


class BlogPageTag(TaggedItemBase):
    """A tag on an article."""

    content_object = ParentalKey("blog.BlogPage", on_delete=models.CASCADE, related_name="tagged_items")


class BlogPageAuthor(Orderable):
    """An author of an article, in the order of the byline."""

    page = ParentalKey("blog.BlogPage", on_delete=models.CASCADE, related_name="author_links")
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="article_links"
    )

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        constraints = [models.UniqueConstraint(fields=["page", "author"], name="blog_author_once")]

    def __str__(self) -> str:
        return str(self.author)


class RelatedArticle(Orderable):
    """An article that the editor recommends after this one."""

    page = ParentalKey("blog.BlogPage", on_delete=models.CASCADE, related_name="related_links")
    related_page = models.ForeignKey(
        "blog.BlogPage", verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("related_page", "blog.BlogPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related article")

    def __str__(self) -> str:
        return str(self.related_page)


def sign(page: Any, writer: Viewer, locale_id: int) -> None:
    """Put `writer` into the byline of an article that has none, if they are an author in that language."""
    author = Author.objects.filter(user=writer.pk, locale_id=locale_id).order_by("pk").first()
    if author is not None and not page.author_links.exists():
        page.author_links = [BlogPageAuthor(author=author, sort_order=0)]
