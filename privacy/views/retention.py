"""The page that tells everybody how long what is kept, made from the rules that are applied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privacy.retention import retention_rules, standing_rules


@require_safe
def show_retention(request: HttpRequest) -> HttpResponse:
    context = {"rules": retention_rules(), "standing_rules": standing_rules()}
    return render(request, "privacy/retention.html", context)
