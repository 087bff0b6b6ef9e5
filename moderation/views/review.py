"""One comment in its context, with what can be done about it."""

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from dialogue.models import Comment, CommentStatus
from dialogue.permissions import CommentPermissionTester
from moderation.actions import DecisionConflict
from moderation.forms import ReasonedDecisionForm, SeenForm
from moderation.models import Decision, Verb
from moderation.views.access import ModeratorRequired

VERBS_FOR = {
    CommentStatus.HELD: (Verb.PUBLISH, Verb.REJECT),
    CommentStatus.PUBLISHED: (Verb.HIDE,),
    CommentStatus.REJECTED: (Verb.PUBLISH,),
    CommentStatus.HIDDEN: (Verb.RESTORE,),
}
VERB_LABELS = {
    Verb.PUBLISH: pgettext_lazy("act", "Publish"),
    Verb.REJECT: pgettext_lazy("act", "Reject"),
    Verb.HIDE: pgettext_lazy("act", "Hide from readers"),
    Verb.RESTORE: pgettext_lazy("act", "Restore"),
}


class ReviewCommentView(ModeratorRequired, WagtailAdminTemplateMixin, View):
    """The comment in full, where it stands, who wrote it, what was decided, and the forms to decide."""

    template_name = "moderation/comment_review.html"
    header_icon = "comment"
    page_title = gettext_lazy("Comment")

    form: forms.Form | None = None  # as sent, where it has to be shown again
    conflict: DecisionConflict | None = None

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.public_id = kwargs["public_id"]

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
        seen = {"version": self.comment.version, "status": self.comment.status}
        choices = []
        for verb in VERBS_FOR.get(CommentStatus(self.comment.status), ()):
            form = ReasonedDecisionForm(initial=seen) if verb.needs_reason else SeenForm(initial=seen)
            if self.form is not None and type(self.form) is type(form):
                form = self.form
            url = reverse("moderation_comments:decide_on_comment", args=[self.comment.public_id, verb])
            choices.append({"verb": verb, "label": VERB_LABELS[verb], "form": form, "url": url})
        return choices

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

    def get_decisions(self) -> list[Decision]:
        return list(self.comment.decisions.select_related("by"))

    def get_next(self) -> Comment | None:
        return next_waiting(self.get_comments(), self.comment)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        comment = self.comment
        next_comment = self.get_next()
        return super().get_context_data(
            comment=comment,
            status_label=capfirst(comment.get_status_display()),
            choices=self.get_choices(),
            conflict=self.conflict,
            decisions=self.get_decisions(),
            other_comments=self.get_other_comments(),
            can_feature=CommentPermissionTester(comment, self.request.user).can_feature(),
            next_url=review_url(next_comment) if next_comment else "",
            list_url=reverse("moderation_comments:list_comments"),
            **kwargs,
        )


def review_url(comment: Comment) -> str:
    """Return where a moderator looks at `comment`."""
    return reverse("moderation_comments:review_comment", args=[comment.public_id])


def next_waiting(comments, after: Comment) -> Comment | None:
    """Return the held comment that comes after this one in the queue, or else the oldest, or None."""
    queue = comments.held().exclude(pk=after.pk).order_by("submitted_at", "pk").only("public_id")
    return queue.filter(submitted_at__gte=after.submitted_at).first() or queue.first()
