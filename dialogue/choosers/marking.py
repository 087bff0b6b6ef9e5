"""What of a comment is quoted, and under which name: marked on its words, and shown as readers will see it.

Nothing is stored here. What was marked goes back and forth with the form, and is checked each time; the
block's field takes it in the end.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.modal_workflow import render_modal_workflow

from dialogue.attributions import PROPOSABLE, write_attribution
from dialogue.blocks import QuotationLine, quotation_of, selection_of
from dialogue.choosers.finding import choosable, with_query
from dialogue.choosers.leaves import describe_leave, has_leave
from dialogue.descriptions import describe_quotation
from dialogue.excerpts import WHOLE, Excerpt, ExcerptRefused, carry_over
from dialogue.forms import MarkingForm
from dialogue.markings import Stretch, cut, keep, put_back, remove, stretches_of
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.negations import dropped_negations
from dialogue.placements import RELATED
from dialogue.selections import Selection, SelectionRefused
from portal.permissions import Audience, Viewer, audience_of

MAX_QUERY = 1500  # characters: the list's own form sends less

ACTS: dict[str, Callable[[str, Excerpt, int, int], Excerpt]] = {
    "keep": keep,
    "cut": cut,
    "put_back": put_back,
}
DONE = {
    "keep": gettext_lazy("These words are quoted."),
    "cut": gettext_lazy("These words are left out."),
    "remove": gettext_lazy("These words are removed; readers see for which reason."),
    "put_back": gettext_lazy("These words are quoted again."),
    "whole": gettext_lazy("The whole comment is quoted. Select words in it to quote less."),
    "renew": gettext_lazy("These are the words as they read now."),
}
IN_PART = gettext_lazy("Parts of the comment are quoted.")
MOVED_ON = gettext_lazy("The author has changed the comment since: these are the words as they read now.")
LOST = gettext_lazy(
    "The author has changed the comment since, and the words that were quoted are no longer there. "
    "Mark the excerpt again."
)


class Marking:
    """A comment, what of it is quoted so far, and what is said about that."""

    def __init__(self, quotation: FeaturedComment, row: FeaturedComment | None) -> None:
        self.quotation = quotation
        self.row = row  # the quotation that the page holds now
        self.form: MarkingForm | None = None
        self.refusal = ""
        self.has_moved = False  # to other words than those on which the editor marked
        self.news = str(DONE["whole"] if quotation.is_whole else IN_PART)

    @classmethod
    def of(cls, comment: Comment) -> Self:
        """Begin with the whole of a comment."""
        return cls(quotation_of(comment), None)

    @classmethod
    def read(cls, sent: str, viewer: Viewer) -> Self:
        """Go on with what the form holds. Raises `SelectionRefused` where that cannot be quoted."""
        chosen = Selection.read(sent)
        comment = choosable(viewer).select_related("page__locale").filter(public_id=chosen.comment).first()
        if comment is None:
            raise SelectionRefused(_("This comment is not there to be quoted. Choose another."))
        rows = FeaturedComment.objects.select_related(*RELATED).filter(comment=comment)
        row = rows.filter(pk=chosen.row).first() if chosen.row else None
        try:
            marking = cls(quotation_of(comment, chosen), row)
        except ExcerptRefused as refused:
            marking = cls(quotation_of(comment, replace(chosen, ranges=[], removals=[])), row)
            marking.refusal = str(refused)
        if marking.is_outdated and not marking.stands_in_page:
            marking.renew(MOVED_ON)
            marking.has_moved = True
        return marking

    # --- What is quoted ---------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.quotation.revision.words.plain

    @property
    def stretches(self) -> list[Stretch]:
        return list(stretches_of(self.text, self.quotation.excerpt))

    @property
    def is_outdated(self) -> bool:
        return self.quotation.original_wording_of is not None

    @property
    def stands_in_page(self) -> bool:
        """Whether the page quotes this wording, be it another part of it."""
        return self.row is not None and self.row.revision_id == self.quotation.revision_id

    @property
    def kept_row(self) -> FeaturedComment | None:
        """The row, where it says just what was marked: what was agreed to stays."""
        return self.row if self.row is not None and self.row.terms == self.quotation.terms else None

    @property
    def selection(self) -> Selection:
        return replace(selection_of(self.quotation), row=self.row.pk if self.row else None)

    # --- What an editor does ----------------------------------------------------------------------

    def act(self, sent: QueryDict) -> bool:
        """Do what was pressed, and return whether the editor is done. What cannot be done is said instead.

        Nothing is marked on words that the editor has not seen.
        """
        self.form = form = MarkingForm(sent)
        if not form.is_valid():
            self.refusal = form.complaint
            return False
        wanted = form.cleaned_data
        for name in ("name_form", "name_detail", "is_pinned"):
            setattr(self.quotation, name, wanted[name])
        if self.has_moved or self.refusal:
            return False
        if wanted["act"] == "use":
            return True
        try:
            self._mark(wanted)
        except ExcerptRefused as refused:
            self.refusal = str(refused)
        return False

    def _mark(self, wanted: dict[str, Any]) -> None:
        act, excerpt = wanted["act"], self.quotation.excerpt
        if act == "renew":
            self.renew(DONE["renew"])
            return
        if act == "whole":
            self._quote(WHOLE)
        elif act == "remove":
            self._quote(remove(self.text, excerpt, wanted["start"], wanted["end"], wanted["reason"]))
        elif act in ACTS:
            self._quote(ACTS[act](self.text, excerpt, wanted["start"], wanted["end"]))
        self.news = str(DONE.get(act, self.news))

    def renew(self, news: Any) -> None:
        """Quote the same of the words as they read now; all of them where the same are no longer there."""
        current = quotation_of(self.quotation.comment).revision
        excerpt: Excerpt | None = WHOLE
        if not self.quotation.is_whole:
            excerpt = _carried(self.text, current.words.plain, self.quotation.excerpt)
        self.quotation.revision = current
        self._quote(excerpt or WHOLE)
        self.news = str(LOST if excerpt is None else news)

    def _quote(self, excerpt: Excerpt) -> None:
        self.quotation.ranges, self.quotation.removals = excerpt.lists

    # --- What is said about it --------------------------------------------------------------------

    def describe(self) -> QuotationLine:
        """Return what stands beside the block from now on."""
        line = describe_quotation(self.kept_row or self.quotation)
        if self.kept_row or has_leave(self.quotation):
            return line
        return QuotationLine(
            _("%(comment)s (has not agreed to be quoted: readers do not see it)") % {"comment": line.words}
        )

    def names(self) -> list[dict[str, Any]]:
        """Return the forms of the name, each as it will look in the language that is active."""
        comment, chosen = self.quotation.comment, self.quotation
        return [
            {
                "value": form.value,
                "look": write_attribution(
                    comment.author_name, form, side=comment.side, detail=chosen.name_detail
                ),
                "label": form.label,
                "is_chosen": form == chosen.name_form,
            }
            for form in PROPOSABLE
        ]


def _carried(old: str, new: str, excerpt: Excerpt) -> Excerpt | None:
    try:
        return carry_over(old, new, excerpt)
    except ExcerptRefused:
        return None


class _ShowsMarking(View):
    """The step of Wagtail's modal in which an excerpt is marked."""

    template_name = "dialogue/mark_excerpt.html"

    def show(self, marking: Marking, query: QueryDict) -> HttpResponse:
        """Show what was marked, and as readers will see it: with names and signs in their language."""
        quotation = marking.quotation
        language = _language_of(query)
        with override(language):
            names = marking.names()
            name, role = quotation.attribution, quotation.role
            words = quotation.body
        return self.render(
            query,
            marking=marking,
            quotation=quotation,
            form=marking.form or MarkingForm(initial={"name_detail": quotation.name_detail}),
            names=names,
            preview={"name": name, "role": role, "words": words, "language": language},
            negations=dropped_negations(marking.text, quotation.excerpt),
            leave=describe_leave(quotation, marking.kept_row, marking.row),
            is_internal=audience_of(quotation.comment.page) == Audience.INTERNAL,
        )

    def render(self, query: QueryDict, **context: Any) -> HttpResponse:
        back = with_query(reverse("comment_chooser:choose"), query)
        context |= {"back": back, "query": query.urlencode(), "mark_url": reverse("comment_chooser:excerpt")}
        return render_modal_workflow(
            self.request, self.template_name, None, context, json_data={"step": "mark_excerpt"}
        )


class CommentChosenView(_ShowsMarking):
    """What follows the choice of a comment in the list; of one that they may not quote there is nothing."""

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        comment = choosable(request.user).select_related("page__locale").filter(public_id=pk).first()
        if comment is None:
            raise Http404
        return self.show(Marking.of(comment), request.GET)


class MarkExcerptView(_ShowsMarking):
    """One press after the other; also opens what a block of the editor quotes already."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("dialogue.feature_comment"):
            raise Http404
        query = QueryDict(request.POST.get("query", "")[:MAX_QUERY])
        try:
            marking = Marking.read(request.POST.get("selection", ""), request.user)
        except SelectionRefused as refused:
            return self.render(query, refusal=str(refused))
        is_done = "act" in request.POST and marking.act(request.POST)
        return self.choose(marking) if is_done else self.show(marking, query)

    def choose(self, marking: Marking) -> HttpResponse:
        line = marking.describe()
        result = {"id": marking.selection.write(), "title": line.words, "edit_url": line.address}
        return render_modal_workflow(
            self.request, None, None, None, json_data={"step": "chosen", "result": result}
        )


def _language_of(query: QueryDict) -> str:
    """Return the language of the page that is being edited, which Wagtail's modal says; else the editor's."""
    asked = query.get("locale", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
