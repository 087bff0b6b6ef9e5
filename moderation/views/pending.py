"""What a moderator has just decided is taken back, or carried out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from dialogue.models import Comment
from moderation import actions
from moderation.models import PendingDecision
from moderation.views.access import ModeratorRequired, wants_json


class TakeBackView(ModeratorRequired):
    """Undo what was just decided in one go."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        taken = actions.take_back(request.POST.get("batch", "")[:32], by=self.moderator)
        if not taken and wants_json(request):
            return JsonResponse({}, status=409)
        if not taken:
            messages.warning(request, _("It was too late to take that back. You can decide otherwise now."))
            return HttpResponseRedirect(reverse("moderation_comments:list_comments"))
        told = ngettext(
            "Taken back. Nothing was changed.", "Taken back. None of the %(count)s was changed.", len(taken)
        )
        sentence = told % {"count": len(taken)}
        if wants_json(request):
            return JsonResponse({"sentence": sentence})
        messages.success(request, sentence)
        return HttpResponseRedirect(self.get_success_url(taken))

    def get_success_url(self, taken: list[Comment]) -> str:
        if len(taken) == 1:
            return reverse("moderation_comments:review_comment", args=[taken[0].public_id])
        return reverse("moderation_comments:list_comments")


class CarryOutView(ModeratorRequired):
    """Do what is due. The script of the desk asks for it; so does the periodic work."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        actions.carry_out_due()
        return HttpResponse(status=204)


class DismissView(ModeratorRequired):
    """Take away what could not be done, once whoever decided has read it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        PendingDecision.objects.refused().filter(by=request.user).delete()
        return HttpResponseRedirect(reverse("moderation_comments:list_comments"))
