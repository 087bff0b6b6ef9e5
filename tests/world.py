"""What every test begins with: a portal set up, the cast with their accounts, three pages to speak on.

It stands in the database before the first test (`tests.database`); fixtures only fetch it. Nobody has
spoken yet.
"""

from datetime import UTC, datetime, timedelta

import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils.translation import override
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPage
from demo.cast import SHIP_CREWS, SIGN_INS
from demo.factories.people import enrol
from dialogue.models import DialogueIndexPage, DialoguePage, InternalDialogueIndexPage
from people.models import User

LAID_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday, before whatever happens in a test
PAGES = ARTICLE, DIALOGUE, INTERNAL_DIALOGUE = "le-quai-sera-refait", "quel-horaire", "quels-quarts"


def lay_out() -> None:
    """Fill a migrated database."""
    call_command("setup_site", interactive=False, verbosity=0)
    for person in SIGN_INS:
        enrol(person)
    with time_machine.travel(LAID_AT, tick=False), override("fr"):
        words = "<p>Les travaux commencent en mars.</p>"
        article = BlogPage(title="Le quai sera refait", slug=ARTICLE, introduction=words)
        _publish(article, BlogIndexPage)
        _publish(_ask("Quel horaire pour l’hiver ?", DIALOGUE), DialogueIndexPage)
        _publish(_ask("Que changer aux quarts de nuit ?", INTERNAL_DIALOGUE), InternalDialogueIndexPage)


def take_down() -> None:
    """Leave a portal on which nothing is published; the three pages are drafts."""
    Page.objects.filter(slug__in=PAGES).update(live=False)


def take_pages_away() -> None:
    for page in Page.objects.filter(slug__in=PAGES):
        page.specific.delete()


def take_away() -> None:
    """Leave the portal as `setup_site` makes it."""
    take_pages_away()
    User.objects.all().delete()
    Group.objects.filter(name=SHIP_CREWS).delete()


def _ask(question: str, slug: str) -> DialoguePage:
    opens_at = LAID_AT - timedelta(days=1)
    return DialoguePage(title=question, question=question, slug=slug, opens_at=opens_at)


def _publish(page: Page, section: type[Page]) -> None:
    section.objects.get(locale__language_code="fr").add_child(instance=page)
    page.save_revision().publish()
