"""What an administrator sets for the whole site, without a developer."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import RichTextField, StreamField

from portal.blocks.links import SocialLinksBlock
from portal.brand import (
    DARK_SURFACES,
    LIGHT_SURFACES,
    digest_of,
    render_brand_stylesheet,
    validate_colour,
    validate_contrast,
)
from portal.editions import remember
from portal.forms import ColourInput, PortalSettingsForm
from portal.models.settings import RememberedSetting
from portal.sharing import ShareTarget

DEFAULT_ACCENT = "#2a3a9c"
DEFAULT_VOICE = "#e9a100"
DEFAULT_SHARE_TARGETS = [
    ShareTarget.LINKEDIN,
    ShareTarget.FACEBOOK,
    ShareTarget.PINTEREST,
    ShareTarget.MAIL,
    ShareTarget.COPY,
]
UNNAMED = "Parley"  # until somebody gives the portal a name
NAME_RATIO = 1.6  # width to height: words are wider than this, marks are not
FOOTER_FEATURES = ["bold", "italic", "link"]


def default_share_targets() -> list[str]:
    """Return the targets of a new site."""
    return [target.value for target in DEFAULT_SHARE_TARGETS]


@register_setting(icon="site")
class PortalSettings(RememberedSetting):
    """The organisation's name, marks and colours, its footer and where its pages may be shared."""

    select_related = ["logo"]

    name_fr = models.CharField(_("name (French)"), max_length=80, default=UNNAMED)
    name_en = models.CharField(_("name (English)"), max_length=80, default=UNNAMED)
    tagline_fr = models.CharField(_("tagline (French)"), max_length=160, blank=True)
    tagline_en = models.CharField(_("tagline (English)"), max_length=160, blank=True)
    logo = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("logo"),
        help_text=_("A mark stands beside the name; a logo much wider than high, in place of it."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[validate_colour],
        help_text=_("Links and buttons: the colour in which the organisation speaks."),
    )
    accent_on_dark = models.CharField(
        _("accent colour on dark"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("For readers who prefer a dark page. Empty: a light shade of the accent colour."),
    )
    voice = models.CharField(
        _("voice colour"),
        max_length=7,
        default=DEFAULT_VOICE,
        validators=[validate_colour],
        help_text=_("Marks beside the words of people; never the colour of the words themselves."),
    )
    privacy_officer = models.CharField(
        _("person in charge of personal information"),
        max_length=120,
        blank=True,
        help_text=_(
            "Name and title. Readers find them in the privacy notice; the law of Québec asks for it."
        ),
    )
    privacy_contact = models.CharField(
        _("how to reach that person"),
        max_length=200,
        blank=True,
        help_text=_("An email address, or a telephone number."),
    )
    footer_fr = RichTextField(_("footer (French)"), blank=True, features=FOOTER_FEATURES)
    footer_en = RichTextField(_("footer (English)"), blank=True, features=FOOTER_FEATURES)
    social_links = StreamField(SocialLinksBlock(), verbose_name=_("social links"), blank=True)
    share_targets = models.JSONField(_("share targets"), default=default_share_targets, blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name_fr"),
                    FieldPanel("name_en"),
                    FieldPanel("tagline_fr"),
                    FieldPanel("tagline_en"),
                    FieldPanel("logo"),
                ],
                heading=_("Organisation"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        _("Colours are checked when you save: words must stay readable in both themes.")
                    ),
                    FieldPanel("accent", widget=ColourInput),
                    FieldPanel("accent_on_dark"),
                    FieldPanel("voice", widget=ColourInput),
                ],
                heading=_("Colours"),
            ),
            ObjectList(
                [FieldPanel("footer_fr"), FieldPanel("footer_en"), FieldPanel("social_links")],
                heading=_("Footer"),
            ),
            ObjectList([FieldPanel("share_targets")], heading=_("Sharing")),
            ObjectList(
                [FieldPanel("privacy_officer"), FieldPanel("privacy_contact")],
                heading=_("Privacy"),
            ),
        ],
        base_form_class=PortalSettingsForm,
    )

    class Meta:
        verbose_name = _("portal settings")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {}
        for field, surfaces, is_dark in (
            ("accent", LIGHT_SURFACES, False),
            ("accent_on_dark", DARK_SURFACES, True),
        ):
            value = getattr(self, field)
            try:
                if value:
                    validate_colour(value)
                    validate_contrast(value, surfaces, is_dark=is_dark)
            except ValidationError as error:
                errors[field] = error
        unknown = set(self.share_targets or []) - set(ShareTarget.values)
        if unknown:
            errors["share_targets"] = ValidationError(_("These places to share at are not known."))
        if errors:
            raise ValidationError(errors)

    @property
    def name(self) -> str:
        """The organisation's name in the reader's language."""
        return self._in_language("name")

    @classmethod
    def every_name(cls) -> frozenset[str]:
        """Return what the organisation is called, on every site and in each language."""
        rows = remember(
            ("names of the organisation",), lambda: list(cls.objects.values_list("name_fr", "name_en"))
        )
        return frozenset(name for names in rows for name in names)

    @property
    def is_named(self) -> bool:
        """Whether somebody has given the portal a name of its own, in each language."""
        return UNNAMED not in (self.name_fr, self.name_en)

    @property
    def names_privacy_officer(self) -> bool:
        """Whether the privacy notice can say who is in charge, and how to reach them."""
        return bool(self.privacy_officer and self.privacy_contact)

    @property
    def tagline(self) -> str:
        """What the organisation says of itself in one line, in the reader's language."""
        return self._in_language("tagline")

    @property
    def footer(self) -> str:
        """The footer in the reader's language."""
        return self._in_language("footer")

    @property
    def is_logo_the_name(self) -> bool:
        """Whether the logo spells the name, as one does that is much wider than high; else it is a mark."""
        return bool(self.logo and self.logo.width > NAME_RATIO * self.logo.height)

    @property
    def logo_alt(self) -> str:
        """What is read aloud for the logo: the name it stands for; nothing for a mark beside the name."""
        return self.name if self.is_logo_the_name else ""

    @property
    def social_places(self) -> list[dict[str, str]]:
        """The places elsewhere where the organisation speaks: label and url."""
        return [{"label": link.value["label"], "url": link.value["url"]} for link in self.social_links]

    @property
    def colours(self) -> dict[str, str]:
        """The brand's colours by the name of their role in the stylesheets."""
        colours = {"accent": self.accent, "voice": self.voice}
        if self.accent_on_dark:
            colours["accent-on-dark"] = self.accent_on_dark
        return colours

    @cached_property
    def brand_stylesheet(self) -> str:
        """The stylesheet that sets the brand's colours."""
        return render_brand_stylesheet(self.colours)

    @property
    def brand_digest(self) -> str:
        """A name for the stylesheet that changes with it."""
        return digest_of(self.brand_stylesheet)

    def _in_language(self, field: str) -> str:
        return getattr(self, f"{field}_en" if (get_language() or "").startswith("en") else f"{field}_fr")
