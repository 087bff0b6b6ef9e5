"""What became of quotations: a reply of who is quoted, and a request that waits for its answer."""

from datetime import timedelta

from demo.content import ARTICLES
from demo.content.shapes import Article, blocks_of
from demo.factories.demonstration import Demonstration
from dialogue import consents
from dialogue.actions import ask_to_quote, place_rejoinder
from dialogue.actions.features import feature_in_page
from dialogue.models import FeaturedComment
from dialogue.permissions import may_be_asked
from mail.models import ChoicePlace
from privacy.actions import record_consent

ANSWER_WITHIN = timedelta(days=14)


def place_rejoinders(demo: Demonstration) -> None:
    """Let replies of the people quoted stand with what is quoted of them."""
    for content in ARTICLES:
        page = demo.pages[content.key, content.language]
        for value in blocks_of(content.body, "featured_comment"):
            quoted = FeaturedComment.objects.filter(page=page.pk, comment=demo.comments[value["comment"]])
            # Only where nothing stands: somebody may have replied since.
            for quotation in quoted.filter(rejoinder=None) if value["rejoinder"] else ():
                place_rejoinder(quotation, demo.comments[value["rejoinder"]])
                demo.made["replies of people quoted"] += 1


def ask_authors(demo: Demonstration) -> None:
    """Quote comments in drafts of published pages, and ask their authors; once."""
    for content in ARTICLES:
        if content.asked_for:
            _ask(demo, content)


def _ask(demo: Demonstration, content: Article) -> None:
    comment = demo.comments[content.asked_for]
    page = demo.pages[content.key, content.language]
    rows = FeaturedComment.objects.filter(page=page.pk, comment=comment)
    if rows.exists():
        return
    if not may_be_asked(comment.participant):
        record_consent(comment.participant, consents.ASK, is_given=True, place=ChoicePlace.PAGE)
    page.refresh_from_db()
    feature_in_page(comment, page, seen=page.latest_revision_id, by=demo.editor)
    ask_to_quote(rows.get(), by=demo.editor, answer_by=demo.now + ANSWER_WITHIN)
    demo.made["requests to quote"] += 1
