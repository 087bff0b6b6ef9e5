"""What moderation promises and tells authors on a site: appeals, and a message for each reason."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from moderation.models.reasons import (
    DEFAULT_MESSAGES,
    MESSAGE_MAX_LENGTH,
    NAME,
    RULES,
    TITLE,
    Reason,
    fill_message,
    refuse_placeholders,
)
from portal.models.settings import RememberedSetting

LONGEST_APPEAL = 365  # days: by then the words may be gone
LANGUAGES = ("fr", "en")


def message_field(label: Any) -> models.TextField:
    """Return the field for what authors are told of a reason, in one language."""
    return models.TextField(
        label, max_length=MESSAGE_MAX_LENGTH, blank=True, validators=[refuse_placeholders]
    )


FRENCH, ENGLISH = gettext_lazy("in French"), gettext_lazy("in English")


@register_setting(icon="clipboard-list")
class ModerationSettings(RememberedSetting):
    """How long authors may appeal on a site, and what they are told of each reason."""

    appeal_days = models.PositiveSmallIntegerField(
        gettext_lazy("how long authors may appeal"),
        default=30,
        validators=[MaxValueValidator(LONGEST_APPEAL)],
        help_text=gettext_lazy(
            "In days, from when a comment was rejected or hidden. Somebody else decides on the appeal. 0: "
            "not at all."
        ),
    )
    shows_counts = models.BooleanField(
        gettext_lazy("tell the public how often comments are rejected or hidden"),
        default=False,
        help_text=gettext_lazy(
            "On a page that the rules of the conversation lead to: a number for each reason and quarter, of "
            "public conversations alone, and none below 5."
        ),
    )
    off_topic_fr = message_field(FRENCH)
    off_topic_en = message_field(ENGLISH)
    personal_attack_fr = message_field(FRENCH)
    personal_attack_en = message_field(ENGLISH)
    advertising_fr = message_field(FRENCH)
    advertising_en = message_field(ENGLISH)
    personal_information_fr = message_field(FRENCH)
    personal_information_en = message_field(ENGLISH)
    unlawful_fr = message_field(FRENCH)
    unlawful_en = message_field(ENGLISH)
    duplicate_fr = message_field(FRENCH)
    duplicate_en = message_field(ENGLISH)
    other_fr = message_field(FRENCH)
    other_en = message_field(ENGLISH)

    panels = [
        FieldPanel("appeal_days"),
        FieldPanel("shows_counts"),
        HelpPanel(
            template="moderation/reason_messages_help.html",
            heading=gettext_lazy("What authors are told of each reason"),
        ),
        *(
            MultiFieldPanel(
                [FieldPanel(f"{reason}_{language}") for language in LANGUAGES],
                heading=reason.label,
                classname="collapsed",
            )
            for reason in Reason
        ),
    ]

    class Meta:
        verbose_name = gettext_lazy("moderation settings")

    def message_of(self, reason: str) -> str:
        """Return what authors are told of a reason, in the language in force, with its placeholders."""
        language = "en" if get_language() == "en" else "fr"
        return getattr(self, f"{reason}_{language}") or str(DEFAULT_MESSAGES[reason])

    def previews(self) -> list[dict[str, Any]]:
        """Return what somebody would read of each reason, in each language."""
        shown = []
        for reason in Reason:
            texts = []
            for language in LANGUAGES:
                with override(language):
                    values = {
                        NAME: "Amina Diallo",
                        TITLE: _("A page of the site"),
                        RULES: f"https://…/{language}/…",
                    }
                    texts.append((language, fill_message(self.message_of(reason), values)))
            shown.append({"label": reason.label, "texts": texts})
        return shown
