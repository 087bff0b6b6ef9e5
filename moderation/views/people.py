"""The page of a person for moderators, reached from a comment of theirs: what they said and what was decided.

Everything on it is limited to what the moderator may see: what was said, decided and noted elsewhere is not
told, and not counted.
"""

from dataclasses import dataclass, field

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from dialogue.models import Comment, CommentStatus
from dialogue.querysets import CommentQuerySet
from moderation.measure_forms import MeasureForm, NoteForm
from moderation.models import Decision, Flag, Measure, Note
from moderation.permissions import MeasurePermissionTester
from moderation.views.access import ModeratorRequired
from people.models import Participant, User
from privacy.models import Consent

SHOWN = 20  # of each list, the latest


@dataclass
class PersonHistory:
    """What a moderator may know of somebody: counts, and the latest of each."""

    person: Participant
    counts: list[tuple[str, int]]
    comments: list[Comment]
    decisions: list[Decision]
    flags_received: list[Flag]
    flags_made: list[Flag]
    consents: list[Consent]
    notes: list[Note]
    measures: list[Measure] = field(default_factory=list)

    @property
    def in_force(self) -> list[Measure]:
        return [measure for measure in self.measures if measure.is_in_force]

    @property
    def past(self) -> list[Measure]:
        return [measure for measure in self.measures if not measure.is_in_force]


def history_of(person: Participant, viewer: User, visible: CommentQuerySet) -> PersonHistory:
    """Return what `viewer`, who decides on the comments `visible`, may know of `person`.

    As many queries however much that is.
    """
    theirs = visible.filter(participant=person)
    counts = theirs.order_by().values_list("status").annotate(Count("pk")).order_by("status")
    keys = theirs.values("pk")
    decisions = Decision.objects.filter(comment__in=keys).select_related("comment__page", "by")
    received = Flag.objects.filter(comment__in=keys).select_related("comment__page", "settled_by")
    made = Flag.objects.filter(participant=person, comment__in=visible.values("pk"))
    # Those that came with a comment, where the comment may be known; what was agreed to by itself is a
    # choice of the person, and none of a moderator's business.
    consents = Consent.objects.filter(participant=person, cause_id__in=keys)
    measures = Measure.objects.seen_by(viewer).filter(participant=person).select_related("participant")
    notes = Note.objects.seen_by(viewer).about_person(person.pk)
    return PersonHistory(
        person=person,
        counts=[(str(capfirst(CommentStatus(status).label)), number) for status, number in counts],
        comments=list(theirs.select_related("page").order_by("-submitted_at", "-pk")[:SHOWN]),
        decisions=list(decisions[:SHOWN]),
        flags_received=list(received[:SHOWN]),
        flags_made=list(made.select_related("comment__page")[:SHOWN]),
        consents=list(consents.order_by("-recorded_at", "-pk")[:SHOWN]),
        notes=list(notes.select_related("written_by", "comment__page")[:SHOWN]),
        measures=list(measures.select_related("taken_by", "lifted_by", "section__locale", "comment")[:SHOWN]),
    )


class PersonView(ModeratorRequired, WagtailAdminTemplateMixin, View):
    """Who wrote the comment: their history, notes, measures, and the form for one."""

    template_name = "moderation/person.html"
    header_icon = "user"
    page_title = gettext_lazy("Person")

    form: MeasureForm | None = None  # as sent, where it has to be shown again
    note_form: NoteForm | None = None

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.public_id = str(kwargs["public_id"])

    @cached_property
    def comment(self) -> Comment:
        return self.get_comment(self.public_id)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def show_again(self, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=status)

    def get_page_subtitle(self) -> str:
        return self.comment.author_name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_comments:list_comments"), "label": _("Comments")},
            {
                "url": reverse("moderation_comments:review_comment", args=[self.public_id]),
                "label": _("Comment"),
            },
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        tester = MeasurePermissionTester(self.comment, self.moderator)
        history = history_of(self.comment.participant, self.moderator, self.get_comments())
        form = self.form
        if form is None and tester.can_measure():
            form = MeasureForm(comment=self.comment, by=self.moderator)
        return super().get_context_data(
            comment=self.comment,
            history=history,
            form=form,
            note_form=self.note_form or NoteForm(initial={"is_about_author": True}),
            liftable={one.pk for one in history.in_force if tester.can_lift_seen(one)},
            **kwargs,
        )


def person_url(comment: Comment) -> str:
    """Return where moderators see who wrote `comment`."""
    return reverse("moderation_comments:show_person", args=[comment.public_id])
