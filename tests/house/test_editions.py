"""Somebody has thought of every model: a page may show it, or it is written down why none remembers it."""

import pytest
from django.apps import apps
from django.conf import settings

from tests.project import APPS

# What pages show. Saving or deleting a row of these lets every page be made anew.
SHOWN = {
    "blog.Author",
    "blog.BlogIndexPage",
    "blog.BlogPage",
    "blog.BlogPageAuthor",
    "blog.BlogPageTag",
    "blog.BlogPage_topics",
    "blog.RelatedArticle",
    "blog.VoicesPage",
    "dialogue.ConversationSettings",
    "dialogue.DialogueIndexPage",
    "dialogue.DialoguePage",
    "dialogue.FeaturedComment",
    "dialogue.InternalDialogueIndexPage",
    "home.HomePage",
    "home.NavigationItem",
    "home.NavigationMenu",
    "home.StandardPage",
    "moderation.Measure",  # on no page, but whether anybody is silenced is remembered
    "moderation.ModerationSettings",
    "moderation.ScreeningTerm",  # on no page, but screening remembers them
    "people.GroupProfile",
    "people.GroupSection",
    "portal.PortalDocument",
    "portal.PortalImage",
    "portal.PortalRendition",
    "portal.PortalSettings",
    "portal.Topic",
}
LABELS = [
    model._meta.label
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in APPS and not model._meta.proxy
]


@pytest.mark.parametrize("label", LABELS)
def test_somebody_has_thought_of_it(label):
    assert (label in SHOWN) != (label in settings.SPARED_MODELS), (
        f"May a page show what {label} holds? Then add it to SHOWN in this test: each change of it will let "
        "the pages be made anew. If no page remembers it, name it with the reason in "
        "portal/settings/editions.py."
    )
