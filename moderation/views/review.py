"""One comment in its context, with what can be done about it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester
from dialogue.quotations import pages_that_quote
from moderation.actions import DecisionConflict
from moderation.forms import LanguageForm, SeenForm
from moderation.models import Decision, Verb
from moderation.views.access import ModeratorRequired
from moderation.views.cards import Card, cards_for
from moderation.views.choices import Choice
from moderation.views.queue import next_waiting


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

    @cached_property
    def card(self) -> Card:
        """The comment as it is decided on."""
        return cards_for([self.comment], self.get_comments(), self.moderator)[0]

    def get_choices(self) -> list[Choice]:
        """Each act that is open, with what was sent for one where it has to be shown again."""
        choices = self.card.choices
        if self.form is None:
            return choices
        return [
            replace(choice, form=self.form) if choice.verb == self.form_verb else choice for choice in choices
        ]

    @cached_property
    def decisions(self) -> list[Decision]:
        """What was decided on the comment, latest first."""
        return list(self.comment.decisions.select_related("by", "appeal"))

    def show_again(self, status: int) -> HttpResponse:
        """Show the comment as it stands by now."""
        # Cached properties: they are read anew, as somebody else has left it.
        for name in ("comment", "card"):
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
            card=self.card,
            choices=self.get_choices(),
            conflict=self.conflict,
            language_form=self.get_language_form(),
            decisions=self.decisions,
            quoting_pages=quoting_pages,
            other_quoting=other_quoting,
            can_feature=CommentPermissionTester(comment, self.request.user).can_feature(),
            next_url=review_url(next_comment) if next_comment else "",
            # Where a decision leads back to, where it was asked for on another screen.
            return_url=get_valid_next_url_from_request(self.request),
            attend_url=reverse("moderation_comments:attend"),
            made_at=timezone.now().isoformat(),
            list_url=reverse("moderation_comments:list_comments"),
            **self.get_pending(),
            **kwargs,
        )


def review_url(comment: Comment) -> str:
    """Return where a moderator looks at `comment`."""
    return reverse("moderation_comments:review_comment", args=[comment.public_id])
