"""POSTs that decide: on one comment, or on many."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from dialogue.actions import CommentRefused
from dialogue.models import Comment
from moderation import actions
from moderation.actions import DecisionConflict, Justification, Seen
from moderation.forms import MAX_SELECTED, BulkDecisionForm, SeenForm, parse_seen
from moderation.models import Verb
from moderation.views.access import wants_json
from moderation.views.cards import form_for, id_of_fields
from moderation.views.goes import decided_by
from moderation.views.listing import CommentListView
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
            if form.errors.keys() & {"version", "status", "last_flag"}:
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
        if not settings.UNDO_SECONDS:
            return actions.ACTS[self.verb](comment, by=by, **given) is not None
        why = Justification(*(given.get(name, "") for name in ("reason_code", "reason_text", "note")))
        seen = Seen(comment, given["version"], given["status"])
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
        if self.verb in {Verb.HIDE, Verb.RESTORE, Verb.KEEP}:
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


class DecideOnCommentsView(CommentListView):
    """Publish or reject every ticked comment: all of them, or none.

    Refused, it shows the list as it was, with the ticks and the words still there; what has changed since it
    was ticked is ticked no more.
    """

    http_method_names = ["post"]

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        self.next_url = get_valid_next_url_from_request(request) or reverse(
            "moderation_comments:list_comments"
        )
        # Refused, the list is shown with the filters that it had: they stand in its address alone.
        asked = QueryDict(urlsplit(self.next_url).query, mutable=True)
        asked[self.page_kwarg] = request.POST.get(self.page_kwarg, "")
        request.GET = asked  # type: ignore[assignment]  # Django takes one that may be changed as well
        super().setup(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = BulkDecisionForm(request.POST)
        if not form.is_valid():
            return self.refuse(
                form, " ".join(str(error) for errors in form.errors.values() for error in errors)
            )
        seen = self.get_seen(request.POST.getlist("comment"))
        if not seen:
            return self.refuse(form, _("Tick at least one comment."))
        verb = Verb(form.cleaned_data["verb"])
        try:
            count = self.decide(verb, seen, form.justification)
        except CommentRefused as refusal:
            why = _("Nothing was changed. %(why)s") % {"why": self.explain(refusal)}
            return self.refuse(form, why, 409 if isinstance(refusal, DecisionConflict) else 422)
        if not settings.UNDO_SECONDS:
            messages.success(request, self.get_success_message(verb, count))
        return HttpResponseRedirect(self.next_url)

    def decide(self, verb: Verb, seen: list[Seen], why: dict[str, str]) -> int:
        """Do the act, or what leads to it once it can be taken back no more; return to how many."""
        by = self.moderator
        if not settings.UNDO_SECONDS:
            return len(actions.decide_on_comments(verb, seen, by=by, **why))
        return actions.decide_later(verb, seen, by=by, why=Justification(**why)).count

    def refuse(self, form: BulkDecisionForm, why: str, status: int = 422) -> HttpResponse:
        messages.error(self.request, why)
        self.bulk_form, self.ticked = form, set(self.request.POST.getlist("comment"))
        response = self.get(self.request)
        response.status_code = status
        return response

    def get_seen(self, ticks: list[str]) -> list[Seen]:
        """Read the ticks. Where one of them is not there for this moderator, none is done."""
        ticks = list(dict.fromkeys(ticks))
        parsed = [seen for tick in ticks if (seen := parse_seen(tick)) is not None]
        if len(parsed) < len(ticks) or len(parsed) > MAX_SELECTED:
            raise BadRequest("The ticks of the list cannot be read.")
        found = {
            comment.public_id: comment
            for comment in self.get_comments()
            .filter(public_id__in=[public_id for public_id, _version, _status in parsed])
            .select_related("page")
        }
        if any(public_id not in found for public_id, _version, _status in parsed):
            raise Http404
        return [Seen(found[public_id], version, status) for public_id, version, status in parsed]

    def explain(self, refusal: CommentRefused) -> str:
        if isinstance(refusal, DecisionConflict):
            return f"{refusal.comment.author_name} – {refusal}"
        return str(refusal)

    def get_success_message(self, verb: Verb, count: int) -> str:
        if verb == Verb.PUBLISH:
            text = ngettext("%(count)s comment is published.", "%(count)s comments are published.", count)
        else:
            text = ngettext("%(count)s comment is rejected.", "%(count)s comments are rejected.", count)
        return text % {"count": count}
