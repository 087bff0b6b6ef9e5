"""Forms of the frame."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.sharing import ShareTarget


class ColourInput(forms.TextInput):
    """The browser's own colour picker."""

    input_type = "color"


class PortalSettingsForm(WagtailAdminModelForm):
    """The site's settings; where pages may be shared is a list to tick."""

    share_targets = forms.MultipleChoiceField(
        label=_("Share targets"),
        help_text=_("Plain links under public articles and dialogues; nothing is loaded from these places."),
        choices=ShareTarget.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
