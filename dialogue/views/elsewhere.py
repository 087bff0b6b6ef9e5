"""Words from elsewhere as an editor is shown them: as readers have them, and the form to invite."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override
from wagtail.models import Page

from dialogue.actions import CommentRefused, refuse_where_nobody_replies
from dialogue.elsewhere import WordsFromElsewhere, find_elsewhere
from dialogue.forms.invitations import InvitationForm
from dialogue.models.pages import ConversationPage


@dataclass
class ShownWords:
    """Words from elsewhere, how they look, and the form by which their author is invited to reply."""

    words: WordsFromElsewhere
    voice: SafeString
    form: InvitationForm | None  # none where nobody could reply
    why_not: str = ""
    refusal: str = ""


def show_elsewhere(page: ConversationPage, draft: Page) -> list[ShownWords]:
    """Return all words from elsewhere in `draft` and before the readers of `page`, each with its form."""
    return [_show(page, words) for words in find_elsewhere(page, draft)]


def _show(page: ConversationPage, words: WordsFromElsewhere) -> ShownWords:
    with override(page.locale.language_code):
        voice = render_to_string("blocks/comment_from_elsewhere.html", {"value": words.value})
    try:
        refuse_where_nobody_replies(page, words.block_id)
    except CommentRefused as refusal:
        return ShownWords(words, voice, None, why_not=str(refusal))
    form = InvitationForm(initial={"block": words.block_id}, auto_id=f"id_{words.anchor}_%s")
    return ShownWords(words, voice, form)
