"""Deletes topics, and says before what becomes of the pages that carry them."""

from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets

from portal.models import Topic
from portal.permissions import Viewer, reachable_pages


def count_articles(topic: Topic, viewer: Viewer) -> int:
    """Return how many articles carry the topic, drafts included, of those that `viewer` may see in the admin.

    Where an article is being changed, its last version counts as well as what readers see.
    """
    return sum(_count_pages(relation, topic, viewer) for relation in _relations_to_pages())


def tell_articles(topic: Topic, viewer: Viewer) -> str:
    """Return, in a sentence, how many articles carry the topic and what becomes of them without it."""
    count = count_articles(topic, viewer)
    told = ngettext(
        "%(count)d article carries the topic “%(topic)s”: it stays, without the topic.",
        "%(count)d articles carry the topic “%(topic)s”: they stay, without the topic.",
        count,
    )
    return told % {"count": count, "topic": topic}


def _relations_to_pages() -> list[models.ManyToManyRel]:
    relations = Topic._meta.related_objects
    return [
        relation
        for relation in relations
        if isinstance(relation, models.ManyToManyRel) and issubclass(relation.related_model, Page)
    ]


def _count_pages(relation: models.ManyToManyRel, topic: Topic, viewer: Viewer) -> int:
    name = relation.field.name
    pages = reachable_pages(relation.related_model._default_manager.all(), viewer)
    carrying = set(pages.filter(**{name: topic}).values_list("pk", flat=True))
    changed = pages.filter(has_unpublished_changes=True)
    for pk, topics in changed.values_list("pk", f"latest_revision__content__{name}"):
        if topic.pk in (topics or ()):
            carrying.add(pk)
    return len(carrying)


class DeleteTopicView(snippets.DeleteView):
    """Asks whether to delete a topic. Wagtail's own figure would count what is closed to whoever asks."""

    def get_usage_url(self) -> None:
        """No link: there is a sentence."""

    @property
    def confirmation_message(self) -> SafeString:
        told = tell_articles(self.object, self.request.user)
        return format_html("{} {}", told, super().confirmation_message)


class DeleteTopicsAction(DeleteBulkAction):
    """Asks the same of several topics."""

    models = [Topic]
    template_name = "portal/delete_topics.html"

    def object_context(self, topic: Topic) -> dict[str, Any]:
        return {**super().object_context(topic), "told": tell_articles(topic, self.request.user)}
