"""What is left to do on a new portal: steps on the front of the admin that tick themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from blog.models import Author, BlogIndexPage, BlogPage
from dialogue.models import DialogueIndexPage, DialoguePage
from people.models import User
from portal.models import PortalSettings

ENOUGH_AUTHORS = 2


@dataclass(frozen=True)
class Step:
    """One thing to do: where, and whether it is done."""

    title: Any
    why: Any
    url: str
    is_done: bool


class FirstStepsPanel(Component):
    """The steps; it is gone once all are done, and before that for whoever closes it.

    For administrators: nobody else may do all of it.
    """

    template_name = "home/first_steps_panel.html"
    dismissible_id = "parley-first-steps"
    order = 50  # before what waits: on the first day nothing does

    def __init__(self, viewer: User, portal: PortalSettings) -> None:
        self.viewer, self.portal = viewer, portal

    @cached_property
    def steps(self) -> list[Step]:
        return [*self._steps_of_organisation(), *self._steps_of_content()]

    def is_needed(self) -> bool:
        """Whether this viewer has anything left to do here, and has not closed it."""
        if not self.viewer.is_superuser:
            return False
        profile = getattr(self.viewer, "wagtail_userprofile", None)
        is_closed = bool(profile and profile.dismissibles.get(self.dismissible_id))
        return not is_closed and not all(step.is_done for step in self.steps)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        done = sum(step.is_done for step in self.steps)
        return {
            "steps": self.steps,
            "done": done,
            "count": len(self.steps),
            "dismissible_id": self.dismissible_id,
            "guide_url": reverse("read_guide"),
        }

    def _steps_of_organisation(self) -> list[Step]:
        settings_url = reverse("wagtailsettings:edit", args=["portal", "portalsettings"])
        return [
            Step(
                _("Give the portal your organisation’s name and colours"),
                _("They head every page, every message and this admin."),
                settings_url,
                self.portal.is_named,
            ),
            Step(
                _("Say who answers for personal information"),
                _("Readers find it in the privacy notice; the law of Québec asks for it."),
                f"{settings_url}#tab-privacy",
                self.portal.names_privacy_officer,
            ),
        ]

    def _steps_of_content(self) -> list[Step]:
        return [
            Step(
                _("Add two authors"),
                _("Articles are signed by people, with a name and a role."),
                reverse("wagtailsnippets_blog_author:add"),
                Author.objects.count() >= ENOUGH_AUTHORS,
            ),
            Step(
                _("Publish the first article"),
                _("Readers may comment on it as soon as it is live."),
                _new_page_in(BlogIndexPage, BlogPage),
                BlogPage.objects.live().exists(),
            ),
            Step(
                _("Open the first dialogue"),
                _("A question of yours that stays open for replies until a day you choose."),
                _new_page_in(DialogueIndexPage, DialoguePage),
                DialoguePage.objects.live().exists(),
            ),
        ]


def _new_page_in(section: type[Page], kind: type[Page]) -> str:
    """Return where a page of that kind is begun: in the reader's language, where there is such a section."""
    sections = section.objects.order_by("path")
    here = sections.filter(locale__language_code=get_language()).first() or sections.first()
    if here is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, here.pk])
