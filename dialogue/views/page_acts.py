"""Beside the next step: to take a quotation out of the draft, to invite whoever was quoted from elsewhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin import messages

from dialogue.actions import CommentRefused, invite_author, remove_from_draft
from dialogue.forms.invitations import InvitationForm
from dialogue.models.featured import FeaturedComment
from dialogue.views.answers import UNPROCESSABLE, SeeOther
from dialogue.views.elsewhere import ShownWords
from dialogue.views.page_quotations import CONFLICT, FORBIDDEN, PageQuotationsView, address_of


class RemoveFromDraftView(PageQuotationsView):
    """Take a quotation out of the draft, and show the page again; also one that the editor may not read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
        quotation = get_object_or_404(FeaturedComment, pk=kwargs["pk"], page_id=self.page.pk)
        try:
            is_new = remove_from_draft(self.page, quotation, by=request.user)
        except PermissionDenied:
            messages.error(request, _("You may not change the draft of this page now."))
            return self.render_to_response(self.get_context_data(), status=FORBIDDEN)
        if is_new:
            messages.success(request, self.say_done())
        else:
            messages.info(request, _("That had been done already."))
        return SeeOther(address_of(self.page))

    def say_done(self) -> str:
        if self.page.live:
            return _(
                "The quotation is out of the draft. The page of readers stays as it is until you publish."
            )
        return _("The quotation is out of the draft.")


class InviteAuthorView(PageQuotationsView):
    """Invite whoever is quoted from elsewhere to reply, and show the page again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
        context: dict[str, Any] = self.get_context_data()
        shown = self.find(context["elsewhere"], request.POST.get("block", ""))
        form = InvitationForm(request.POST, auto_id=f"id_{shown.words.anchor}_%s")
        shown.form = form
        if not form.is_valid():
            return self.render_to_response(context, status=UNPROCESSABLE)
        try:
            is_new = invite_author(
                self.page, shown.words.block_id, form.cleaned_data["email"], by=request.user
            )
        except CommentRefused as refusal:
            shown.refusal = str(refusal)
            return self.render_to_response(context, status=CONFLICT)
        if is_new:
            messages.success(request, _("The author is invited to reply."))
        else:
            messages.info(request, _("This address was invited to reply to these words before."))
        return SeeOther(f"{address_of(self.page)}#{shown.words.anchor}")

    def find(self, elsewhere: list[ShownWords], block_id: str) -> ShownWords:
        """Return the words in a block of this page, or raise `Http404`."""
        for shown in elsewhere:
            if shown.words.block_id == block_id:
                return shown
        raise Http404
