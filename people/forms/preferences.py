"""The form of what people set for their account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User


class PreferencesForm(forms.ModelForm):
    """What people set for their account: the language in which we write to them."""

    class Meta:
        model = User
        fields = ("language",)
        labels = {"language": _("Language of the messages we send you")}
        widgets = {"language": forms.RadioSelect}
