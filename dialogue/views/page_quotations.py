"""What an editor does about the quotations of a page, from the draft to print; it works without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from dialogue.actions import (
    CommentRefused,
    accept_new_wording,
    ask_to_quote,
    cross_quotation,
    keep_wording,
    propose_wordings,
    remind_of_request,
)
from dialogue.differences import Piece, differences
from dialogue.forms.requests import RequestForm
from dialogue.models.featured import FeaturedComment
from dialogue.models.pages import ConversationPage
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import (
    CommentPermissionTester,
    FeaturedCommentPermissionTester,
    PageQuotationsPermissionTester,
    QuotationPermissionTester,
)
from dialogue.placements import Placement, find_placements
from dialogue.quotation_states import NextStep
from dialogue.quotations import has_quotations
from dialogue.views.answers import UNPROCESSABLE, SeeOther
from dialogue.views.elsewhere import show_elsewhere
from portal.permissions import PortalPagePermissionTester, is_closed_in_admin

FORBIDDEN, CONFLICT = 403, 409

DONE = {
    NextStep.ASK: gettext_lazy("The author is asked. You will be told what they answer."),
    NextStep.REMIND: gettext_lazy("The author is reminded."),
    NextStep.APPROVE: gettext_lazy("Approved: everybody who reads the page may see this quotation."),
    NextStep.RENEW: gettext_lazy("The draft quotes the new wording. See below what it still needs."),
    NextStep.KEEP: gettext_lazy("This wording is kept: no other is proposed."),
}
DONE_BEFORE = gettext_lazy("That had been done already.")
NOT_YOURS = {
    NextStep.ASK: gettext_lazy("You may not ask for this quotation."),
    NextStep.REMIND: gettext_lazy("You may not ask for this quotation."),
    NextStep.APPROVE: gettext_lazy(
        "You may not approve it: that is for somebody who may publish the page, and neither chose the words "
        "nor asked for them."
    ),
    NextStep.RENEW: gettext_lazy("You may not change the draft of this page now."),
    NextStep.KEEP: gettext_lazy("You may not change the draft of this page now."),
}


@dataclass
class ShownQuotation:
    """A quotation as an editor is shown it: as readers will see it, where it stands, and what to do next."""

    placement: Placement
    voice: SafeString | str  # nothing where this editor may see neither words nor name
    steps: list[NextStep]
    proposal: FeaturedComment | None = None
    form: RequestForm | None = None
    refusal: str = ""

    @property
    def quotation(self) -> FeaturedComment:
        return self.placement.quotation

    @property
    def is_for_public(self) -> bool:
        """Whether it is asked that more people see it than may read the comment."""
        return FeaturedCommentPermissionTester(self.quotation, self.quotation.page).needs_crossing()

    @property
    def pieces(self) -> list[Piece]:
        """How the new wording differs from the one that is quoted."""
        return differences(self.quotation.plain, self.proposal.plain) if self.proposal else []


class PageQuotationsView(WagtailAdminTemplateMixin, View):
    """Every quotation of a page's draft, and of the page that readers have."""

    template_name = "dialogue/page_quotations.html"
    page_title = gettext_lazy("Quotations of this page")
    header_icon = "openquote"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    @cached_property
    def page(self) -> ConversationPage:
        return get_page_of_editor(self.request, self.kwargs["page_id"])

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        draft = self.page.get_latest_revision_as_object()
        placements = find_placements(self.page, draft)
        shown = self.show(placements)
        return super().get_context_data(
            page=self.page,
            draft=draft,
            in_draft=[one for one in shown if one.placement.is_in_draft],
            replaced=[one for one in shown if not one.placement.is_in_draft],
            stops=sum(placement.stops_publication for placement in placements),
            elsewhere=show_elsewhere(self.page, draft),
            can_remove=PageQuotationsPermissionTester(self.page, self.request.user).can_remove(),
            edit_url=self.edit_url,
            **kwargs,
        )

    def show(self, placements: list[Placement]) -> list[ShownQuotation]:
        """Return each as this editor is shown it; what the authors made of them since is read at once."""
        renewable = [one.quotation for one in placements if one.standing.step == NextStep.RENEW]
        proposals = propose_wordings(renewable) if renewable else {}
        settings = ConversationSettings.for_site(self.page.get_site())
        on_page = PortalPagePermissionTester(self.request.user, self.page)
        return [
            ShownQuotation(
                placement,
                voice=write_voice(placement, settings) if self.can_see(placement.quotation) else "",
                steps=steps_for(placement, on_page),
                proposal=proposals.get(placement.quotation.pk),
                form=RequestForm(auto_id=f"id_{placement.quotation.pk}_%s"),
            )
            for placement in placements
        ]

    def can_see(self, quotation: FeaturedComment) -> bool:
        return CommentPermissionTester(quotation.comment, self.request.user).can_see()


class ActOnQuotationView(PageQuotationsView):
    """Take the next step with one quotation, and show the page again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
        step, quotation = read_step(kwargs["step"]), self.get_quotation(kwargs["pk"])
        form = RequestForm(request.POST, auto_id=f"id_{quotation.pk}_%s") if step == NextStep.ASK else None
        if form is not None and not form.is_valid():
            return self.refuse(quotation, "", form, UNPROCESSABLE)
        try:
            is_new = self.take(step, quotation, form)
        except CommentRefused as refusal:
            return self.refuse(quotation, str(refusal), form, CONFLICT)
        except PermissionDenied:
            return self.refuse(quotation, str(NOT_YOURS[step]), form, FORBIDDEN)
        if is_new:
            messages.success(request, DONE[step])
        else:
            messages.info(request, DONE_BEFORE)
        return SeeOther(f"{address_of(self.page)}#quotation-{quotation.pk}")

    def take(self, step: NextStep, quotation: FeaturedComment, form: RequestForm | None) -> bool:
        """Take the step, and return whether that is new; the verbs themselves say who may."""
        by = self.request.user
        if form is not None:
            ask_to_quote(quotation, by=by, answer_by=form.answer_by)
            return True
        if step == NextStep.RENEW:
            accept_new_wording(self.page, quotation, by=by)
            return True
        return ACTS[step](quotation, by=by)

    def get_quotation(self, pk: int) -> FeaturedComment:
        """Return a quotation of this page whose comment is there for the editor, or raise `Http404`."""
        rows = FeaturedComment.objects.select_related("comment__page__locale", "revision", "page__locale")
        quotation = get_object_or_404(rows, pk=pk, page_id=self.page.pk)
        if not self.can_see(quotation):
            raise Http404
        return quotation

    def refuse(
        self, quotation: FeaturedComment, why: str, form: RequestForm | None, status: int
    ) -> HttpResponse:
        """Show the page as it stands by now, with what was sent and why it was not done."""
        context: dict[str, Any] = self.get_context_data()
        for shown in [*context["in_draft"], *context["replaced"]]:
            if shown.quotation.pk == quotation.pk:
                shown.refusal, shown.form = why, form or shown.form
        return self.render_to_response(context, status=status)


ACTS: dict[NextStep, Callable[..., bool]] = {
    NextStep.REMIND: remind_of_request,
    NextStep.APPROVE: cross_quotation,
    NextStep.KEEP: keep_wording,
}
RIGHTS: dict[NextStep, Callable[[QuotationPermissionTester], bool]] = {
    NextStep.ASK: QuotationPermissionTester.can_ask,
    NextStep.REMIND: QuotationPermissionTester.can_ask,
    NextStep.APPROVE: QuotationPermissionTester.can_cross,
    NextStep.RENEW: QuotationPermissionTester.can_renew,
    NextStep.KEEP: QuotationPermissionTester.can_renew,
}


def steps_for(placement: Placement, on_page: PortalPagePermissionTester) -> list[NextStep]:
    """Return what somebody may do next; of what stands before readers alone no new wording is drafted."""
    rights = QuotationPermissionTester(placement.quotation, on_page.user, on_page)
    steps = [step for step in placement.standing.steps if RIGHTS[step](rights)]
    return [step for step in steps if placement.is_in_draft or step not in {NextStep.RENEW, NextStep.KEEP}]


def write_voice(placement: Placement, settings: ConversationSettings) -> SafeString:
    """Return a quotation as readers see it, in the language of its page."""
    featured = placement.quotation
    with override(featured.page.locale.language_code):
        return render_to_string(
            "dialogue/_quotation.html",
            {"featured": featured, "why": placement.place.why, "note": settings.not_endorsed},
        )


def read_step(name: str) -> NextStep:
    """Return the step that an address names, or raise `Http404`."""
    try:
        return NextStep(name)
    except ValueError:
        raise Http404 from None


def get_page_of_editor(request: HttpRequest, page_id: int) -> ConversationPage:
    """Return a page whose quotations are the business of whoever asks.

    Raises `Http404` for one that is closed to them or quotes nobody, as for one that is missing;
    `PermissionDenied` where they do not edit it, or do not feature comments.
    """
    page = get_object_or_404(Page, pk=page_id)
    if is_closed_in_admin(request.user, page):
        raise Http404
    if not PageQuotationsPermissionTester(page, request.user).can_open():
        raise PermissionDenied
    specific = page.specific
    if not has_quotations(specific):
        raise Http404
    return specific


def address_of(page: Page) -> str:
    return reverse("dialogue_page_quotations", args=[page.pk])
