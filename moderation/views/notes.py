"""Notes for colleagues on a card, and the POSTs that write one and take one back."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from dialogue.actions import CommentRefused
from dialogue.models import Comment
from moderation.actions import take_back_note, write_note
from moderation.measure_forms import NoteForm
from moderation.models import Note
from moderation.views.access import ModeratorRequired
from moderation.views.people import PersonView, person_url
from people.models import User


def notes_beside(comments: Collection[Comment], viewer: User) -> dict[int, list[Note]]:
    """Return the notes that `viewer` reads beside each of `comments`, newest first: one query for all.

    Those on the comment itself, and those on its author at whichever comment they were written.
    """
    authors = {comment.participant_id for comment in comments}
    about = Q(comment__in=comments) | Q(is_about_author=True, comment__participant__in=authors)
    rows = Note.objects.seen_by(viewer).filter(about).select_related("written_by", "comment")
    found: defaultdict[int, list[Note]] = defaultdict(list)
    for note in rows:
        for comment in comments:
            is_about_person = note.is_about_author and note.comment.participant_id == comment.participant_id
            if note.comment_id == comment.pk or is_about_person:
                found[comment.pk].append(note)
    return found


class WriteNoteView(PersonView):
    """Leave a note, and come back to where the moderator was; refused, it is shown again with its words."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.note_form = form = NoteForm(request.POST)
        if not form.is_valid():
            return self.show_again(422)
        try:
            write_note(self.comment, by=self.moderator, **form.cleaned_data)
        except CommentRefused as refusal:
            form.add_error("text", str(refusal))
            return self.show_again(422)
        return HttpResponseRedirect(_back(request, self.comment))


class TakeBackNoteView(ModeratorRequired):
    """Delete a note of one's own; one of somebody else is not there to be taken back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        notes = Note.objects.seen_by(self.moderator).filter(written_by=self.moderator)
        note = get_object_or_404(notes.select_related("comment"), pk=pk)
        take_back_note(note, by=self.moderator)
        messages.success(request, _("The note is gone."))
        return HttpResponseRedirect(_back(request, note.comment))


def _back(request: HttpRequest, comment: Comment) -> str:
    return get_valid_next_url_from_request(request) or f"{person_url(comment)}#notes"
