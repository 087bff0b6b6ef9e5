"""Articles, dialogues and plain pages, each a pair of translations.

They are built in two rounds. The first publishes every page without its body, so that people can comment on
it; the second, when all that a body may name is there, writes it and keeps it as a revision.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from wagtail.models import BaseViewRestriction, Page, PageLogEntry, PageViewRestriction, Revision

from blog.models import BlogIndexPage, BlogPage, BlogPageAuthor, RelatedArticle
from demo.content import ARTICLES, DIALOGUES, PLAIN_PAGES
from demo.content.shapes import Article, Dialogue, PlainPage, blocks_of, paragraph
from demo.factories.bodies import BodyWriter
from demo.factories.demonstration import Demonstration
from dialogue.actions import date_quotations
from dialogue.models import (
    ConversationSettings,
    DialogueIndexPage,
    DialoguePage,
    InternalDialogueIndexPage,
)
from home.models import HomePage, StandardPage
from people.models import User

ANNOUNCED_BEFORE = -2  # days from today at which a dialogue that has not opened yet was announced
CLOSING_HOUR = 17
OPENING_HOUR = 9
FOUNDED = 400  # days since the plain pages were written


@dataclass
class Draft:
    """A page of the first round, waiting for its body."""

    content: Article | Dialogue | PlainPage
    page: Page
    published_at: datetime


def publish_shells(demo: Demonstration) -> list[Draft]:
    """Publish, without their bodies, the pages that are missing; return them."""
    drafts = [_shelve_article(demo, content) for content in reversed(ARTICLES)]
    drafts += [_shelve_dialogue(demo, content) for content in DIALOGUES]
    drafts += [_shelve_plain_page(demo, content) for content in PLAIN_PAGES]
    return [draft for draft in drafts if draft]


def write_bodies(demo: Demonstration, drafts: list[Draft]) -> None:
    """Write what the pages say, publish them, and let them have been published when they were."""
    for draft in drafts:
        writer = BodyWriter(demo, draft.content.language)
        body = draft.content.body
        if isinstance(draft.content, Dialogue):
            body = (paragraph(draft.content.introduction), *body)
        page = draft.page
        page.body = writer.write(body, type(page).body.field.stream_block)
        if isinstance(draft.content, Article):
            _relate(demo, draft.content, page)
        revision = page.save_revision(user=page.owner, log_action="wagtail.create")
        revision.publish(user=page.owner)
        _date(page, revision, draft)
        demo.made["pages"] += 1


def _shelve_article(demo: Demonstration, content: Article) -> Draft | None:
    section = BlogIndexPage.objects.get(locale=demo.locales[content.language])
    published_at = demo.day(-content.days_ago, content.hour)
    page = BlogPage(
        introduction=f"<p>{content.introduction}</p>",
        search_description=content.introduction,
        lead_image=demo.pictures[content.picture],
        lead_image_alt=content.picture_alt,
        first_published_at=published_at,
        update_note=content.update_note,
        updated_on=_updated_at(content, published_at).date() if content.update_note else None,
    )
    page.author_links = [
        BlogPageAuthor(author=demo.authors[key, content.language], sort_order=order)
        for order, key in enumerate(content.authors)
    ]
    page.topics = [demo.topics[key, content.language] for key in content.topics]
    page.tags.add(*content.tags)
    return _shelve(demo, content, page, section, published_at)


def _shelve_dialogue(demo: Demonstration, content: Dialogue) -> Draft | None:
    model = InternalDialogueIndexPage if content.is_internal else DialogueIndexPage
    section = model.objects.get(locale=demo.locales[content.language])
    opens_at = demo.day(content.opens_in, OPENING_HOUR)
    published_at = min(opens_at, demo.day(ANNOUNCED_BEFORE, OPENING_HOUR))
    page = DialoguePage(
        question=content.question,
        search_description=content.introduction,
        host_name=content.host_name,
        host_role=content.host_role,
        opens_at=opens_at,
        comments_close_at=demo.day(content.closes_in, CLOSING_HOUR),
        closing_words=content.closing_word,
        first_published_at=published_at,
    )
    draft = _shelve(demo, content, page, section, published_at)
    if draft and content.group:
        restriction = PageViewRestriction.objects.create(
            page=draft.page, restriction_type=BaseViewRestriction.GROUPS
        )
        restriction.groups.set([Group.objects.get(name=content.group)])
    return draft


def _shelve_plain_page(demo: Demonstration, content: PlainPage) -> Draft | None:
    """Make the page, or put these words into the one that the portal was set up with."""
    written_at = demo.day(-FOUNDED, OPENING_HOUR)
    first = _first_page(demo, content)
    if first is None:
        home = HomePage.objects.get(locale=demo.locales[content.language])
        page = StandardPage(
            introduction=f"<p>{content.introduction}</p>",
            search_description=content.introduction,
            first_published_at=written_at,
        )
        return _shelve(demo, content, page, home, written_at)
    demo.pages[content.key, content.language] = first
    if first.revisions.count() > 1:  # these words are there already, or somebody's own
        return None
    first.title = first.draft_title = content.title
    first.introduction = f"<p>{content.introduction}</p>"
    first.search_description = content.introduction
    first.owner = demo.editor
    return Draft(content, first, written_at)


def _first_page(demo: Demonstration, content: PlainPage) -> StandardPage | None:
    """Return the page of this kind that the comment form links to; it keeps its address."""
    settings = ConversationSettings.objects.get(site__is_default_site=True)
    page = {"rules": settings.rules_page, "privacy": settings.privacy_page}.get(content.key)
    return page.specific.get_translation_or_none(demo.locales[content.language]) if page else None


def _shelve(
    demo: Demonstration,
    content: Article | Dialogue | PlainPage,
    page: Page,
    section: Page,
    published_at: datetime,
) -> Draft | None:
    """Put the page into its section as the twin of its translation, unless it stands there already."""
    place = content.key, content.language
    existing = type(page).objects.child_of(section).filter(slug=content.slug).first()
    if existing:
        demo.pages[place] = existing
        return None
    page.title = content.title
    page.slug = content.slug
    page.locale = demo.locales[content.language]
    page.owner = _owner(demo, content)
    twin = demo.pages.get((content.key, "en" if content.language == "fr" else "fr"))
    if twin:
        page.translation_key = twin.translation_key
    demo.pages[place] = section.add_child(instance=page)
    return Draft(content, page, published_at)


def _owner(demo: Demonstration, content: Article | Dialogue | PlainPage) -> User:
    """Return who publishes the page: the editor or, where a narrower group is asked, the administrator."""
    return demo.users["sylvio"] if getattr(content, "group", "") else demo.editor


def _relate(demo: Demonstration, content: Article, page: BlogPage) -> None:
    """Recommend what to read next and, around a featured comment, say what the article responds to."""
    page.related_links = [
        RelatedArticle(related_page=demo.pages[key, content.language], sort_order=order)
        for order, key in enumerate(content.related)
    ]
    featured = next(blocks_of(content.body, "featured_comment"), None)
    if featured:
        page.source_page = Page(pk=demo.comments[featured["comment"]].page_id)


def _updated_at(content: Article, published_at: datetime) -> datetime:
    return published_at + timedelta(days=content.updated_after)


def _date(page: Page, revision: Revision, draft: Draft) -> None:
    """Let the page have been written and published when the content says."""
    published_at = draft.published_at
    is_updated = getattr(draft.content, "update_note", "")
    last = _updated_at(draft.content, published_at) if is_updated else published_at
    Revision.objects.filter(pk=revision.pk).update(created_at=last)
    Page.objects.filter(pk=page.pk).update(
        first_published_at=published_at, last_published_at=last, latest_revision_created_at=last
    )
    PageLogEntry.objects.filter(page=page.pk).update(timestamp=last)
    date_quotations(page, at=published_at)
