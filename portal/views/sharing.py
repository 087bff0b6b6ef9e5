"""Asks for the reader's Mastodon server, for there are many, and leads there by a plain link."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.permissions import visible_pages


class ServerForm(forms.Form):
    """Which server a reader's account is on."""

    server = forms.CharField(
        label=_("Your Mastodon server"),
        help_text=_("For example mastodon.social: the part of your address after the last @."),
        max_length=253,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )

    def clean_server(self) -> str:
        server = self.cleaned_data["server"].strip().lower().removeprefix("https://").rstrip("/")
        server = server.rpartition("@")[2]
        try:
            DomainNameValidator(accept_idna=False)(server)
        except ValidationError:
            server = ""
        if "." not in server or server.rpartition(".")[2].isdigit():
            raise ValidationError(_("This is not the name of a server. Write it like mastodon.social."))
        return server


@require_safe
def share_on_mastodon(request: HttpRequest) -> HttpResponse:
    """Show the form, or the link to the server named. Nobody is sent anywhere without pressing it."""
    key = request.GET.get("page", "")
    # A longer one can be more than a key of the database holds, and would be a fault (R36).
    if not (key.isdecimal() and len(key) < 19):
        key = "0"
    page = get_object_or_404(visible_pages(Page.objects.all(), AnonymousUser()), pk=key)
    form = ServerForm(request.GET if "server" in request.GET else None)
    address = ""
    if form.is_bound and form.is_valid():
        words = urlencode({"text": f"{page.title} {page.full_url}"})
        address = f"https://{form.cleaned_data['server']}/share?{words}"
    context = {"shared_page": page, "form": form, "address": address}
    return render(request, "portal/share_on_mastodon.html", context)
