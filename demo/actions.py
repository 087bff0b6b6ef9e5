"""Fills a portal with the demonstration."""

from collections.abc import Callable

from django.db import transaction
from wagtail.models import Locale

from blog.models import BlogIndexPage
from demo.cast import find_sign_in
from demo.factories import Demonstration
from demo.factories.comments import hold_conversations
from demo.factories.many_comments import open_article, speak_up
from demo.factories.pages import publish_shells, write_bodies
from demo.factories.people import enrol, enrol_cast
from demo.factories.pictures import hang_pictures, lay_out_documents
from demo.factories.quotations import ask_authors, place_rejoinders
from demo.factories.site import add_to_menus, dress_site
from demo.factories.subjects import introduce_authors, name_topics
from dialogue.models import ConversationPage
from home.actions import setup_site


@transaction.atomic
def seed_demo(report: Callable[[str], object] = lambda sentence: None) -> Demonstration:
    """Build the demonstration, all of it or nothing; run again, add only what is missing.

    `made` of what is returned counts the things that were not there, and is empty where all was.
    """
    demo = Demonstration(report=report)
    demo.made["steps of setting up"] = len(setup_site(report=report))
    demo.locales = {locale.language_code: locale for locale in Locale.objects.all()}
    enrol_cast(demo)
    hang_pictures(demo)
    lay_out_documents(demo)
    dress_site(demo)
    name_topics(demo)
    introduce_authors(demo)
    drafts = publish_shells(demo)
    if drafts:
        report("Publishing pages and holding conversations…")
    hold_conversations(demo)
    write_bodies(demo, drafts)
    place_rejoinders(demo)
    ask_authors(demo)
    add_to_menus(demo)
    demo.made = +demo.made  # without what is counted as nothing
    return demo


@transaction.atomic
def seed_load(count: int, *, page: ConversationPage | None = None, language: str = "fr") -> ConversationPage:
    """Put `count` published comments under `page` or, without one, under a new article; return the page.

    Every call adds as many again.
    """
    setup_site()
    moderator, _is_new = enrol(find_sign_in("fanny"))
    if page is None:
        page = open_article(BlogIndexPage.objects.get(locale__language_code=language), count)
    speak_up(page, count, moderator)
    return page
