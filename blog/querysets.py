"""Which articles: adjectives that follow one another."""

from typing import Any

from django.db.models import Count, F, Prefetch, Q
from wagtail.query import PageQuerySet

from portal.models import PortalImage
from portal.search import MOST_WORDS, runs_of

# What `components/card.html` and the lead article of `home/home_page.html` ask for. What is shown and not
# named here would be cut anew at each view.
SHOWN_SIZES = ("480x320", "960x640", "720x480", "1200x800", "1560x1040")
CARD_RENDITIONS = [f"format-{kind}|fill-{size}" for kind in ("webp", "jpeg") for size in SHOWN_SIZES]

QUERY_MAX_LENGTH = 200
MATCHES_MAX = 1_000  # nobody turns more pages than these


def search_words(query: str) -> list[str]:
    """Return the words of what a reader typed, as the search takes them: nothing that an engine obeys."""
    return runs_of(query[:QUERY_MAX_LENGTH])[:MOST_WORDS]


class ArticleQuerySet(PageQuerySet):
    """Articles, by what is asked of them. Who may read them is `portal.permissions`' to say."""

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by(F("first_published_at").desc(nulls_last=True), "-pk")

    def with_cards(self) -> "ArticleQuerySet":
        """Bring along, in five queries however many there are, what a teaser shows."""
        pictures = PortalImage.objects.prefetch_renditions(*CARD_RENDITIONS)
        return self.prefetch_related(
            Prefetch("lead_image", queryset=pictures), "topics", "author_links__author"
        ).defer_streamfields()

    def about(self, topic: str) -> "ArticleQuerySet":
        return self.filter(topics__slug=topic)

    def tagged(self, tag: str) -> "ArticleQuerySet":
        return self.filter(tags__slug=tag)

    def written_by(self, author: str) -> "ArticleQuerySet":
        return self.filter(author_links__author__slug=author)

    def published_in(self, year: int) -> "ArticleQuerySet":
        return self.filter(first_published_at__year=year)

    def matching(self, query: str) -> "ArticleQuerySet":
        """Articles in which every word of `query` is found."""
        words = search_words(query)
        if not words:
            return self.none()
        # By key: the engine refuses conditions on fields by which its index does not filter.
        found = self.model.objects.filter(pk__in=self.values("pk")).search(" ".join(words), operator="and")
        return self.filter(pk__in=[article.pk for article in found[:MATCHES_MAX]])

    def akin_to(self, article: Any) -> "ArticleQuerySet":
        """Articles that share topics or tags with this one, the closest first."""
        topics = [topic.pk for topic in article.topics.all()]
        tags = [tag.pk for tag in article.tags.all()]
        # Distinct: two joins multiply each other's rows.
        shared_topics = Count("topics", filter=Q(topics__in=topics), distinct=True)
        shared_tags = Count("tagged_items", filter=Q(tagged_items__tag__in=tags), distinct=True)
        return (
            self.filter(locale_id=article.locale_id)
            .exclude(pk=article.pk)
            .filter(Q(topics__in=topics) | Q(tagged_items__tag__in=tags))
            .annotate(kinship=shared_topics + shared_tags)
            .order_by("-kinship", F("first_published_at").desc(nulls_last=True), "-pk")
        )
