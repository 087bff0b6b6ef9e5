"""The POST by which a moderator says in which language a comment is written."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation.actions import DecisionConflict, correct_language
from moderation.forms import LanguageForm
from moderation.views.review import ReviewCommentView, review_url


class CorrectLanguageView(ReviewCommentView):
    """Correct the language of the words, and come back to them."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = LanguageForm(request.POST, auto_id="id_language_%s")
        comment = self.comment
        if "version" in form.errors:
            raise BadRequest("The form says nothing of the comment as it was seen.")
        if not form.is_valid():
            self.language_form = form
            return self.show_again(422)
        try:
            decision = correct_language(comment, by=request.user, **form.cleaned_data)
        except DecisionConflict as conflict:
            self.conflict = conflict
            return self.show_again(409)
        told = {"language": comment.get_words_language_display()}
        if decision is None:
            messages.info(request, _("The language of the words was %(language)s already.") % told)
        else:
            messages.success(request, _("The language of the words is now %(language)s.") % told)
        return HttpResponseRedirect(review_url(comment))
