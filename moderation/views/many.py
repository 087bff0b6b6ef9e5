"""The POST that decides on many comments: those that are ticked, or all that the filters show."""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from dialogue.actions import CommentRefused
from dialogue.models import Comment
from moderation import actions
from moderation.actions import DecisionConflict, Justification, OwnDecision, Seen
from moderation.forms import MAX_SELECTED, BulkDecisionForm, parse_seen, write_seen
from moderation.models import Reason, Verb
from moderation.views.choices import VERB_LABELS
from moderation.views.listing import CommentListView
from portal.formats import write_number

MOST_AT_ONCE = 500  # comments
SAMPLE = 5  # comments that are shown before many are decided on


def digest_of(comments: Iterable[Comment]) -> str:
    """Return what tells one set of comments, each as it was seen, from another."""
    return hashlib.sha256(" ".join(sorted(map(write_seen, comments))).encode()).hexdigest()


class DecideOnCommentsView(CommentListView):
    """Publish or reject every ticked comment, or every one that the filters show: all of them, or none.

    Refused, it shows the list as it was, with the ticks and the words still there; what has changed since it
    was ticked is ticked no more. What nobody has seen on one screen is confirmed on another, which tells how
    many it is and shows the first; if it is not the same any more then, it is confirmed anew.
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
        verb = Verb(form.cleaned_data["verb"])
        if request.POST.get("all"):
            comments = self.get_matching()
            if not 0 < len(comments) <= MOST_AT_ONCE:
                return self.refuse(form, self.get_size_refusal(len(comments)))
            if request.POST.get("set") != digest_of(comments):
                return self.confirm(form, comments)
            seen = [Seen(comment, comment.version, comment.status) for comment in comments]
        else:
            seen = self.get_seen(request.POST.getlist("comment"))
        if not seen:
            return self.refuse(form, _("Tick at least one comment."))
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

    def get_matching(self) -> list[Comment]:
        """Return what the filters of the list show, on all of its pages; one more than may be decided on."""
        if not self.bulk_verbs:
            return []
        return list(self.get_queryset()[: MOST_AT_ONCE + 1])

    def get_size_refusal(self, count: int) -> str:
        if not count:
            return _("No comment is like that any more.")
        limit = {"limit": write_number(MOST_AT_ONCE)}
        return _("At most %(limit)s comments can be decided on at once. Narrow the list.") % limit

    def confirm(self, form: BulkDecisionForm, comments: list[Comment]) -> HttpResponse:
        """Show how many it is and the first of them, before anything is done."""
        has_changed = bool(self.request.POST.get("set"))
        reason = dict(Reason.choices).get(form.cleaned_data["reason_code"], "")
        label = VERB_LABELS[Verb(form.cleaned_data["verb"])]
        context = {
            "header_title": label,
            "header_icon": self.header_icon,
            "breadcrumbs_items": [
                *self.breadcrumbs_items,
                {"url": self.next_url, "label": self.page_title},
                {"url": "", "label": label},
            ],
            "count": len(comments),
            "sample": comments[:SAMPLE],
            "digest": digest_of(comments),
            "has_changed": has_changed,
            "verb": form.cleaned_data["verb"],
            "label": label,
            "reason": reason if Verb(form.cleaned_data["verb"]).needs_reason else "",
            "form": form,
            "next_url": self.next_url,
        }
        template = "moderation/confirm_many.html"
        return TemplateResponse(self.request, template, context, status=409 if has_changed else 200)

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
        if isinstance(refusal, DecisionConflict | OwnDecision):
            return f"{refusal.comment.author_name} – {refusal}"
        return str(refusal)

    def get_success_message(self, verb: Verb, count: int) -> str:
        if verb == Verb.PUBLISH:
            text = ngettext("%(count)s comment is published.", "%(count)s comments are published.", count)
        else:
            text = ngettext("%(count)s comment is rejected.", "%(count)s comments are rejected.", count)
        return text % {"count": count}
