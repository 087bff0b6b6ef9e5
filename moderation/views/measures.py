"""The POSTs by which a moderator takes a measure on the author of a comment, and lifts one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from dialogue.actions import CommentRefused
from moderation.actions import lift_measure, take_measure
from moderation.measure_forms import MeasureForm
from moderation.models import Measure, MeasureKind
from moderation.permissions import MeasurePermissionTester
from moderation.views.access import NEVER_READ, ModeratorRequired
from moderation.views.people import PersonView, person_url

TAKEN = {
    MeasureKind.WARNING: gettext_lazy("%(name)s is warned."),
    MeasureKind.HOLDING: gettext_lazy("Every comment by %(name)s is held from now on."),
    MeasureKind.SUSPENSION: gettext_lazy("%(name)s is suspended."),
    MeasureKind.BAN: gettext_lazy("%(name)s is banned."),
}


class TakeMeasureView(PersonView):
    """Take a measure, in force at once, and come back to the person; refused, the form is shown as sent."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        comment = self.comment
        if not MeasurePermissionTester(comment, self.moderator).can_measure():
            raise PermissionDenied
        self.form = form = MeasureForm(request.POST, comment=comment, by=self.moderator)
        if not form.is_valid():
            return self.show_again(422)
        kind = MeasureKind(form.cleaned_data["kind"])
        try:
            measure = take_measure(comment, kind, by=self.moderator, **form.given)
        except CommentRefused as refusal:
            form.add_error("last_day" if form.cleaned_data["last_day"] else None, str(refusal))
            return self.show_again(422)
        if measure is None:
            messages.info(request, _("That had been done already."))
        else:
            messages.success(request, _said(TAKEN[kind], comment.author_name, measure))
        return HttpResponseRedirect(f"{person_url(comment)}#measures")


class LiftMeasureView(ModeratorRequired):
    """Lift a measure; one that the moderator may not know of is not there for them."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        measures = Measure.objects.seen_by(self.moderator).select_related("comment__page", "participant")
        measure = get_object_or_404(measures, pk=pk)
        if lift_measure(measure, by=self.moderator):
            messages.success(request, _("The measure is lifted."))
        else:
            messages.info(request, _("It was over already."))
        if measure.comment.status in NEVER_READ or not measure.comment.page.live:
            return HttpResponseRedirect(reverse("moderation_measures_modeladmin_index"))
        return HttpResponseRedirect(f"{person_url(measure.comment)}#measures")


def _said(sentence: Any, name: str, measure: Measure) -> str:
    """Say what was done, and whether the person is told."""
    told = (
        _("A message tells them in a few seconds, unless you lift it before.")
        if measure.participant.is_reachable
        else _("No message reaches them: they read it on the site.")
    )
    return f"{sentence % {'name': name}} {told}"
