"""One comment in its context, with what can be done about it."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from dialogue.differences import differences
from dialogue.models import Comment, CommentStatus
from dialogue.passages import context_of, quote_passages
from dialogue.permissions import CommentPermissionTester
from dialogue.querysets import CommentQuerySet
from dialogue.quotations import pages_that_quote
from moderation.actions import DecisionConflict
from moderation.forms import KeepForm, LanguageForm, ReasonedDecisionForm, SeenForm
from moderation.models import VERBS_FOR, Decision, Flag, FlagState, PendingDecision, Verb, without_pending
from moderation.screening.registry import explain
from moderation.screening.signals import ENOUGH, pieces_of, risk_of
from moderation.views.access import ModeratorRequired

VERB_LABELS = {
    Verb.PUBLISH: pgettext_lazy("act", "Publish"),
    Verb.REJECT: pgettext_lazy("act", "Reject"),
    Verb.HIDE: pgettext_lazy("act", "Hide from readers"),
    Verb.RESTORE: pgettext_lazy("act", "Restore"),
    Verb.ACCEPT: pgettext_lazy("act", "Accept the change"),
    Verb.REFUSE: pgettext_lazy("act", "Refuse the change"),
    Verb.KEEP: pgettext_lazy("act", "Keep it, and dismiss the flags"),
}


class ReviewCommentView(ModeratorRequired, WagtailAdminTemplateMixin, View):
    """The comment in full, where it stands, who wrote it, what was decided, and the forms to decide."""

    template_name = "moderation/comment_review.html"
    header_icon = "comment"
    page_title = gettext_lazy("Comment")

    form: SeenForm | None = None  # as sent, where it has to be shown again
    form_verb: Verb | None = None  # what it was sent for
    conflict: DecisionConflict | None = None
    language_form: LanguageForm | None = None  # as sent, likewise

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.public_id = str(kwargs["public_id"])

    @cached_property
    def comment(self) -> Comment:
        return self.get_comment(self.public_id)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self) -> str:
        return self.comment.author_name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_comments:list_comments"), "label": _("Comments")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_choices(self) -> list[dict[str, object]]:
        """Each act that the comment's status leaves open, with its form and its address."""
        comment = self.comment
        if self.pending:
            return []
        verbs = list(VERBS_FOR.get(CommentStatus(comment.status), ()))
        last_flag = max((flag.pk for flag in self.open_flags), default=None)
        if last_flag is not None and comment.is_published:
            verbs.insert(0, Verb.KEEP)
        if comment.has_waiting_edit:
            verbs[:0] = [Verb.ACCEPT, Verb.REFUSE]
        choices = []
        for verb in verbs:
            version = comment.waiting_version if verb.is_about_edit else comment.version
            seen = {"version": version, "status": comment.status, "last_flag": last_flag}
            form = form_for(verb)(initial=seen, auto_id=f"id_{verb}_%s")
            if self.form is not None and verb == self.form_verb:
                form = self.form
            url = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])
            choices.append({"verb": verb, "label": VERB_LABELS[verb], "form": form, "url": url})
        return choices

    @cached_property
    def pending(self) -> PendingDecision | None:
        """What somebody has just decided on the comment, and nothing of it is done yet."""
        return self.comment.pending_decisions.open().select_related("by").first()

    @cached_property
    def flags(self) -> list[Flag]:
        """What readers hold against the comment, the open ones first."""
        flags = self.comment.flags.select_related("participant__user", "settled_by")
        return sorted(flags, key=lambda flag: flag.state != FlagState.OPEN)

    @property
    def open_flags(self) -> list[Flag]:
        return [flag for flag in self.flags if flag.state == FlagState.OPEN]

    def get_other_comments(self) -> list[dict[str, object]]:
        """How many other comments of this author stand where, on pages that the moderator may read."""
        rows = (
            self.get_comments()
            .filter(participant=self.comment.participant_id)
            .exclude(pk=self.comment.pk)
            .order_by()
            .values_list("status")
            .annotate(Count("pk"))
        )
        return [
            {"label": capfirst(CommentStatus(status).label), "count": count} for status, count in sorted(rows)
        ]

    @cached_property
    def decisions(self) -> list[Decision]:
        """What was decided on the comment, latest first."""
        return list(self.comment.decisions.select_related("by"))

    def get_change(self) -> dict[str, object]:
        """The new words that wait, and how they differ from those that readers read."""
        comment = self.comment
        if not comment.has_waiting_edit or comment.waiting_version is None:
            return {}
        change = comment.revisions.get(version=comment.waiting_version)
        return {"change": change, "pieces": differences(comment.text, change.text)}

    def get_noticed(self) -> dict[str, object]:
        """What screening noticed when it last looked, and where in the words as they were typed."""
        looked = next((decision for decision in self.decisions if decision.is_by_rule), None)
        if looked is None or not looked.signals:
            return {}
        signals = looked.noticed
        revision = self.comment.revisions.filter(version=looked.comment_version).first()
        return {
            "noticed": [(explain(signal), signal.score) for signal in signals],
            "risk": risk_of(signals),
            "enough": ENOUGH,
            "marked": pieces_of(revision.text if revision else "", signals),
        }

    def show_again(self, status: int) -> HttpResponse:
        """Show the comment as it stands by now."""
        # A cached property: it is read anew, as somebody else has left it.
        for name in ("comment", "pending"):
            self.__dict__.pop(name, None)
        return self.render_to_response(self.get_context_data(), status=status)

    def get_language_form(self) -> LanguageForm:
        comment = self.comment
        language = comment.words_language or comment.language
        seen = {"version": comment.version, "words_language": language}
        return self.language_form or LanguageForm(initial=seen, auto_id="id_language_%s")

    def get_next(self) -> Comment | None:
        return next_waiting(self.get_comments(), self.comment)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        comment = self.comment
        next_comment = self.get_next()
        quoting_pages, other_quoting = pages_that_quote(comment, self.request.user)
        return super().get_context_data(
            comment=comment,
            status_label=capfirst(comment.get_status_display()),
            choices=self.get_choices(),
            conflict=self.conflict,
            passage=context_of("", quote_passages([comment]).get(comment.pk)),
            **self.get_change(),
            language_form=self.get_language_form(),
            decisions=self.decisions,
            **self.get_noticed(),
            flags=self.flags,
            quoting_pages=quoting_pages,
            other_quoting=other_quoting,
            other_comments=self.get_other_comments(),
            can_feature=CommentPermissionTester(comment, self.request.user).can_feature(),
            next_url=review_url(next_comment) if next_comment else "",
            list_url=reverse("moderation_comments:list_comments"),
            pending=self.pending,
            **self.get_pending(),
            **kwargs,
        )


def form_for(verb: Verb) -> type[SeenForm]:
    """Return the form in which an act is decided on."""
    if verb == Verb.KEEP:
        return KeepForm
    return ReasonedDecisionForm if verb.needs_reason else SeenForm


def review_url(comment: Comment) -> str:
    """Return where a moderator looks at `comment`."""
    return reverse("moderation_comments:review_comment", args=[comment.public_id])


def next_waiting(comments: CommentQuerySet, after: Comment) -> Comment | None:
    """Return what comes after this one in the queue, or else the oldest, or None: the held, then changes."""
    comments = without_pending(comments)
    for waiting in (comments.held(), comments.changed()):
        queue = waiting.exclude(pk=after.pk).order_by("submitted_at", "pk").only("public_id")
        found = queue.filter(submitted_at__gte=after.submitted_at).first() or queue.first()
        if found is not None:
            return found
    return None
