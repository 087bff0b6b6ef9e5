"""The POST that decides on one comment."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from dialogue.actions import CommentRefused
from dialogue.models import Comment
from moderation import actions
from moderation.actions import DecisionConflict, Justification, Seen
from moderation.forms import SeenForm
from moderation.models import Verb
from moderation.views.access import wants_json
from moderation.views.choices import form_for, id_of_fields
from moderation.views.goes import decided_by
from moderation.views.queue import next_waiting
from moderation.views.review import ReviewCommentView, review_url

DONE = {
    Verb.PUBLISH: gettext_lazy("The comment by %(name)s is published."),
    Verb.REJECT: gettext_lazy("The comment by %(name)s is rejected."),
    Verb.HIDE: gettext_lazy("The comment by %(name)s is hidden from readers."),
    Verb.RESTORE: gettext_lazy("Readers see the comment by %(name)s again."),
    Verb.ACCEPT: gettext_lazy("Readers now read what %(name)s changed."),
    Verb.REFUSE: gettext_lazy("The change by %(name)s is refused; readers read what they did before."),
    Verb.KEEP: gettext_lazy("The comment by %(name)s stays, and its flags are dismissed."),
    Verb.UPHOLD: gettext_lazy("The appeal by %(name)s is answered: the decision stands."),
}


class DecideOnCommentView(ReviewCommentView):
    """Do one act to one comment, then lead on to the next that waits."""

    http_method_names = ["post"]

    @cached_property
    def verb(self) -> Verb:
        try:
            verb = Verb(self.kwargs["verb"])
        except ValueError:
            raise Http404 from None
        if verb not in actions.ACTS:
            raise Http404
        return verb

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # The page holds a form for each act: each has ids of its own.
        form = form_for(self.verb)(request.POST, auto_id=id_of_fields(self.comment, self.verb))
        comment = self.comment
        if not form.is_valid():
            # Hidden fields, which our page fills: nothing that a moderator could mend.
            if form.errors.keys() & {"version", "status", "last_flag", "appeal"}:
                raise BadRequest("The form says nothing of the comment as it was seen.")
            return self.refuse(form, 422)
        try:
            is_new = self.decide(form.cleaned_data)
        except DecisionConflict as conflict:
            self.conflict = conflict
            return self.refuse(None, 409)
        except CommentRefused as refusal:
            self.conflict = DecisionConflict(comment, None, str(refusal))
            return self.refuse(None, 409)
        if wants_json(request):
            return self.answer_script(is_new)
        if not is_new:
            messages.info(request, already_done(comment), buttons=[link_to(comment)])
        elif not settings.UNDO_SECONDS:
            messages.success(request, self.done_sentence, buttons=[link_to(comment)])
        return HttpResponseRedirect(self.get_success_url())

    @property
    def done_sentence(self) -> str:
        return DONE[self.verb] % {"name": self.comment.author_name}

    def answer_script(self, is_new: bool) -> HttpResponse:
        """Say to the script of the desk what was done, or will be, with the form that takes it back."""
        if not is_new:
            return JsonResponse({"sentence": already_done(self.comment)})
        for go in decided_by(self.moderator)[0]:
            if go.comments == (self.comment.public_id,):
                shown = render_to_string("moderation/_go.html", {"go": go}, request=self.request)
                return JsonResponse({"sentence": go.sentence, "go": shown})
        return JsonResponse({"sentence": self.done_sentence})

    def decide(self, given: dict[str, Any]) -> bool:
        """Do the act, or what leads to it once it can be taken back no more; return whether that is new.

        What is still to be done, the next screen tells.
        """
        comment, by = self.comment, self.moderator
        appeal = given.pop("appeal", None)
        if not settings.UNDO_SECONDS:
            answered = {"appeal": appeal} if appeal else {}
            return actions.ACTS[self.verb](comment, by=by, **given, **answered) is not None
        why = Justification(*(given.get(name, "") for name in ("reason_code", "reason_text", "note")))
        seen = Seen(comment, given["version"], given["status"], appeal)
        last_flag = given.get("last_flag")
        return bool(actions.decide_later(self.verb, [seen], by=by, why=why, last_flag=last_flag).count)

    def refuse(self, form: SeenForm | None, status: int) -> HttpResponse:
        """Show the comment again, with what was sent and why it was not done."""
        if wants_json(self.request):
            told = [str(self.conflict)] if self.conflict else []
            told += [str(error) for errors in (form.errors.values() if form else []) for error in errors]
            return JsonResponse({"sentence": " ".join(told)}, status=status)
        self.form, self.form_verb = form, self.verb
        return self.show_again(status)

    def get_success_url(self) -> str:
        if asked := get_valid_next_url_from_request(self.request):
            return asked
        if self.verb in {Verb.HIDE, Verb.RESTORE, Verb.KEEP, Verb.UPHOLD}:
            return review_url(self.comment)
        waiting = next_waiting(self.get_comments(), self.comment)
        return review_url(waiting) if waiting else reverse("moderation_comments:list_comments")


def already_done(comment: Comment) -> str:
    """Say that nothing was left to do, and who did it."""
    # A corrected language changes nothing of where the comment stands.
    decision = comment.decisions.exclude(verb=Verb.LANGUAGE).select_related("by").first()
    if decision is None:
        return _("That had been done already.")
    return _("%(who)s had done that already.") % {"who": decision.decider}


def link_to(comment: Comment) -> object:
    """A button that leads back to what was decided on."""
    return messages.button(review_url(comment), _("Look at it again"))
