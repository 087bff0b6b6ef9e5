"""To whom an invitation to reply is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.addresses import AddressField


class InvitationForm(forms.Form):
    """The address of whoever was quoted from elsewhere, and in which block of the page."""

    block = forms.CharField(max_length=255, widget=forms.HiddenInput)
    email = AddressField(
        label=_("Email address of the author"),
        help_text=_("For this message alone: it is not kept with the page."),
        # Of somebody else: the browser is not to propose one's own.
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the address of the author.")},
    )
