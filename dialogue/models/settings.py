"""How conversations are led: the policy, the pages that explain it, the lines that go with a quotation."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import register_setting

from portal.models.settings import RememberedSetting

MINUTES_OF_A_DAY = 24 * 60


class CommentPolicy(models.TextChoices):
    """Which comments are published at once.

    A guest is asked first to confirm the address; until then nothing of theirs is even held.
    """

    HOLD_ALL = "hold_all", _("Hold every comment")
    HOLD_FIRST_TIMERS = "hold_first_timers", _("Hold the comments of each person until one is published")
    PUBLISH_SIGNED_IN = (
        "publish_signed_in",
        _("Publish comments of signed-in people at once, hold those of guests"),
    )
    PUBLISH_ALL = "publish_all", _("Publish every comment at once")


class ConversationOrder(models.TextChoices):
    """In which order the threads of a conversation are read."""

    OLDEST = "oldest", _("Oldest first")
    NEWEST = "newest", _("Newest first")


class HistoryReaders(models.TextChoices):
    """Who may read what a comment said before its author changed it."""

    EVERYBODY = "everybody", _("Whoever may read the comment")
    SIGNED_IN = "signed_in", _("Whoever may read the comment, signed in")
    STAFF = "staff", _("Moderators alone")


@register_setting(icon="comment")
class ConversationSettings(RememberedSetting):
    """Commenting defaults of the site."""

    policy = models.CharField(
        _("policy"),
        max_length=20,
        choices=CommentPolicy.choices,
        default=CommentPolicy.HOLD_FIRST_TIMERS,
        help_text=_(
            "Sections may choose another. Guests confirm their address first, whatever the policy; what the "
            "form finds unusual is held."
        ),
    )
    order = models.CharField(
        _("order of the threads"),
        max_length=6,
        choices=ConversationOrder.choices,
        default=ConversationOrder.OLDEST,
        help_text=_("What readers see first; they may choose the other."),
    )
    edit_minutes = models.PositiveSmallIntegerField(
        _("how long people may change a comment"),
        default=15,
        validators=[MaxValueValidator(MINUTES_OF_A_DAY)],
        help_text=_(
            "In minutes, counted from when it was sent, also where it is published by then. 0: not at all."
        ),
    )
    history_readers = models.CharField(
        _("who may read the earlier versions of a comment"),
        max_length=10,
        choices=HistoryReaders.choices,
        default=HistoryReaders.EVERYBODY,
        help_text=_(
            "Of what was published, and only while the comment is: what its author withdraws is gone with "
            "every version."
        ),
    )
    rules_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("rules of the conversation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers get it in their language, where the page has a translation."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy notice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers get it in their language, where the page has a translation."),
    )
    allow_crossing = models.BooleanField(
        _("show internal comments to the public"),
        default=False,
        help_text=_(
            "A comment made among fewer people may then be quoted on a page that more people read: where its "
            "author agrees to just that, under a name of their choice, and a second person here approves it."
        ),
    )
    not_endorsed_fr = models.CharField(
        _("line beside a featured comment (French)"),
        max_length=200,
        blank=True,
        default="Mettre un commentaire en vedette ne veut pas dire que nous l’approuvons.",
    )
    not_endorsed_en = models.CharField(
        _("line beside a featured comment (English)"),
        max_length=200,
        blank=True,
        default="Featuring a comment does not mean that we endorse it.",
    )

    panels = [
        FieldPanel("policy"),
        FieldPanel("order"),
        FieldPanel("edit_minutes"),
        FieldPanel("history_readers"),
        MultiFieldPanel(
            [PageChooserPanel("rules_page"), PageChooserPanel("privacy_page")],
            _("Pages linked from the form"),
        ),
        MultiFieldPanel(
            [FieldPanel("allow_crossing"), FieldPanel("not_endorsed_fr"), FieldPanel("not_endorsed_en")],
            _("Featured comments"),
        ),
    ]

    class Meta:
        verbose_name = _("conversation settings")

    @property
    def not_endorsed(self) -> str:
        """The line beside a featured comment, in the reader's language."""
        return self.not_endorsed_en if get_language() == "en" else self.not_endorsed_fr
