"""How often what was said in public was rejected or hidden, and why: told to everybody, where the site wants.

Of the internal sections nothing is counted here. Small numbers are not told: among few people, a number may
say who it was.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from dialogue.views import form_links
from moderation.models import Appeal, Decision, ModerationSettings, Reason
from portal.editions import remember
from portal.formats import write_number

QUARTERS = 4  # shown, the current one last
LEAST = 5  # smaller numbers are not told


@dataclass(frozen=True)
class Line:
    """One line of the table: of what, and how many in each quarter, as it is written."""

    label: str
    cells: tuple[str, ...]


@require_safe
def show_decision_counts(request: HttpRequest) -> HttpResponse:
    """Show the table, remembered for some minutes; nothing is there where the site does not tell it."""
    site = Site.find_for_request(request)
    if site is None or not ModerationSettings.for_site(site).shows_counts:
        raise Http404
    quarters = quarters_until(timezone.localdate())
    lines = remember(("counts of decisions", site.pk, quarters[-1]), lambda: count_decisions(site, quarters))
    context = {
        "quarters": [write_quarter(start) for start in quarters],
        "lines": lines,
        **form_links(request),
    }
    return render(request, "moderation/decision_counts.html", context)


def quarters_until(today: date) -> list[date]:
    """Return the first days of the last quarters, that of `today` last."""
    starts = [date(today.year, today.month - (today.month - 1) % 3, 1)]
    while len(starts) < QUARTERS:
        before = starts[0] - timedelta(days=1)
        starts.insert(0, date(before.year, before.month - 2, 1))
    return starts


def write_quarter(start: date) -> str:
    return _("Q%(number)s %(year)s") % {"number": (start.month + 2) // 3, "year": start.year}


def count_decisions(site: Site, quarters: list[date]) -> list[Line]:
    """Return a line for each reason, and two of appeals; two queries, however many decisions there are."""
    decisions = Decision.objects.filter(comment__page__path__startswith=site.root_page.path)
    public = decisions.on_pages_visible_to(AnonymousUser())
    by_reason = public.counted_by_reason(quarters[0])
    answers = Appeal.objects.filter(outcome__in=public.values("pk")).counted_by_quarter(quarters[0])
    lines = [_line(str(capfirst(reason.label)), by_reason.get(reason, {}), quarters) for reason in Reason]
    answered = {start: every for start, (every, _overturned) in answers.items()}
    overturned = {start: number for start, (_every, number) in answers.items()}
    return [
        *lines,
        _line(_("Appeals answered"), answered, quarters),
        _line(_("Decisions overturned after an appeal"), overturned, quarters),
    ]


def _line(label: str, numbers: dict[date, int], quarters: list[date]) -> Line:
    return Line(label, tuple(write_count(numbers.get(start, 0)) for start in quarters))


def write_count(number: int) -> str:
    """Write a number as the public is told it."""
    if 0 < number < LEAST:
        return _("fewer than %(least)s") % {"least": LEAST}
    return write_number(number)
