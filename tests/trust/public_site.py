"""The portal on which every proof stands: a little of everything, all of it for everybody to read.

What is hidden is planted on it afterwards (`tests.trust.planting`), as leaves: nothing public hangs from it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from PIL import Image
from wagtail.models import BaseViewRestriction, Locale, Page, PageViewRestriction, Site

from blog.models import Author, BlogIndexPage, BlogPage, BlogPageAuthor
from demo.cast import SHIP_CREWS, find_guest, find_sign_in
from demo.factories.people import enrol
from dialogue.actions import hide_comment, publish_comment
from dialogue.models import Comment, CommentRevision, DialogueIndexPage, DialoguePage
from dialogue.models.featured import FeaturedComment
from home.models import HomePage
from people.models import Participant, User
from portal.models import PortalDocument, PortalImage, Topic
from tests.caches import clear_caches, pages_kept
from tests.speech import receive

BUILT_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
PLANTED_AT = BUILT_AT + timedelta(hours=2)
ASKED_AT = BUILT_AT + timedelta(hours=4)
CAST = {  # the members of the cast who have an account, by the part that they play here
    "employee": "isaac",
    "employee_outside": "karim",
    "editor": "maude",
    "moderator": "fanny",
    "administrator": "sylvio",
    "answerer": "graham",
    "former_employee": "denis",
}
VISITORS = {"visitor": "odile", "other_visitor": "bertrand"}


@dataclass
class PublicSite:
    """What stands on the portal, each thing by a name that the proofs use."""

    users: dict[str, User] = field(default_factory=dict)
    guests: dict[str, Participant] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    picture: PortalImage = field(default_factory=PortalImage)
    document: PortalDocument = field(default_factory=PortalDocument)
    film: PortalDocument = field(default_factory=PortalDocument)
    topic: Topic = field(default_factory=Topic)
    author: Author = field(default_factory=Author)
    crews: Group = field(default_factory=Group)
    quotation: FeaturedComment = field(default_factory=FeaturedComment)


@contextmanager
def built_public_site() -> Iterator[PublicSite]:
    """Build the public site, let the block use it, and take it away again. The clock stands still meanwhile.

    Public pages are kept: what is proven is what readers get, from the store as well.
    """
    with pages_kept(), time_machine.travel(BUILT_AT, tick=False) as clock, translation.override("fr"):
        try:
            with transaction.atomic():
                clear_caches()
                public_site = build_public_site()
                clock.move_to(ASKED_AT)
                yield public_site
                transaction.set_rollback(True)
        finally:
            clear_caches()
            Site.clear_site_root_paths_cache()


def build_public_site() -> PublicSite:
    """Build everything that is public, on a portal as `setup_site` leaves it."""
    public_site = PublicSite()
    for part, key in CAST.items():
        public_site.users[part], _is_new = enrol(find_sign_in(key))
    for part, key in VISITORS.items():
        guest = find_guest(key)
        public_site.guests[part] = Participant.objects.create(
            name=guest.name, email=guest.email, verified_at=timezone.now()
        )
    file_subjects(public_site)
    publish_pages(public_site)
    hold_conversation(public_site)
    quote_a_reader(public_site)
    return public_site


def make_renditions(public_site: PublicSite) -> None:
    """Show every page once: what each request undoes would be made anew for the next, pictures too."""
    for page in public_site.pages.values():
        Client().get(page.get_url())
    clear_caches()


def file_subjects(public_site: PublicSite) -> None:
    french = Locale.objects.get(language_code="fr")
    public_site.picture = make_picture("Le quai", "teal")
    public_site.document = make_document("Horaire", "horaire.pdf")
    public_site.film = make_document("Film du quai", "quai.mp4")
    public_site.topic = Topic.objects.create(name="Navires", locale=french)
    public_site.author = Author.objects.create(name="Ngoc-Lan Tremblay", role="Planification", locale=french)


def publish_pages(public_site: PublicSite) -> None:
    for code in ("fr", "en"):
        locale = Locale.objects.get(language_code=code)
        public_site.pages[f"home_{code}"] = HomePage.objects.get(locale=locale)
        public_site.pages[f"articles_{code}"] = BlogIndexPage.objects.get(locale=locale)
        public_site.pages[f"dialogues_{code}"] = DialogueIndexPage.objects.get(locale=locale)
    public_site.crews = Group.objects.get_or_create(name=SHIP_CREWS)[0]
    public_site.pages["restricted"] = open_crews_section(public_site)
    public_site.pages["other_article"] = write_article(public_site, "Les quais en hiver")
    public_site.pages["article"] = write_article(public_site, "Le quai sera refait", lead_image_alt="Un quai")
    public_site.pages["article_en"] = write_article(public_site, "The pier will be rebuilt", code="en")
    public_site.pages["dialogue"] = ask(public_site.pages["dialogues_fr"], "Quel horaire pour les quais ?")


def open_crews_section(public_site: PublicSite) -> BlogIndexPage:
    """Restrict a section. That it is restricted, a sign-in tells; what is below it, nothing."""
    section = BlogIndexPage(title="Équipages", slug="equipages")
    public_site.pages["home_fr"].refresh_from_db()
    public_site.pages["home_fr"].add_child(instance=section)
    close_page(section, public_site.crews)
    return section


def close_page(page: Page, group: Group) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.set([group])


def write_article(public_site: PublicSite, title: str, code: str = "fr", **fields: Any) -> BlogPage:
    """Publish an article with everything that an article may have."""
    body = [("paragraph", "<p>Les travaux des quais commencent en mars.</p>")]
    article = BlogPage(title=title, introduction=f"<p>{title}, voici pourquoi.</p>", live=False)
    article.body, article.lead_image = body, public_site.picture if code == "fr" else None
    article.lead_image_alt = fields.pop("lead_image_alt", "Un quai au soleil")
    if code == "fr":
        article.author_links = [BlogPageAuthor(author=public_site.author, sort_order=0)]
    for name, value in fields.items():
        setattr(article, name, value)
    public_site.pages[f"articles_{code}"].refresh_from_db()
    public_site.pages[f"articles_{code}"].add_child(instance=article)
    article.topics = [public_site.topic] if code == "fr" else []
    article.tags.add("quais")
    article.save_revision(user=public_site.users["editor"], log_action=True).publish(
        user=public_site.users["editor"]
    )
    return BlogPage.objects.get(pk=article.pk)


def ask(section: Page, question: str, **fields: Any) -> DialoguePage:
    """Open a dialogue."""
    page = DialoguePage(title=question, question=question, live=False, **fields)
    page.opens_at = timezone.now() - timedelta(days=1)
    section.refresh_from_db()
    section.add_child(instance=page)
    page.save_revision(log_action=True).publish()
    return DialoguePage.objects.get(pk=page.pk)


def say(page: Page, text: str, by: User | Participant, **more: Any) -> Comment:
    """Post a comment, as somebody with an account or as a guest, and leave it where screening puts it."""
    if isinstance(by, User):
        return receive(page.specific, text, user=by, **more)
    return receive(page.specific, text, by.name, email=by.email, **more)


def make_public(comment: Comment) -> Comment:
    """See to it that a comment is published."""
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    return comment


def hold_conversation(public_site: PublicSite) -> None:
    """Let readers and an employee speak: a thread, a changed comment, one that may be quoted."""
    visitor, other = public_site.guests["visitor"], public_site.guests["other_visitor"]
    article, dialogue = public_site.pages["article"], public_site.pages["dialogue"]
    root = make_public(
        say(article, "Les bancs du quai manquent.", visitor, may_quote=True, tell_replies=True)
    )
    reply = make_public(say(article, "Au quai aussi.", public_site.users["employee"], parent=root))
    changed = make_public(say(dialogue, "Plus tôt le matin.", other))
    removed = make_public(say(article, "Un mot de trop.", other, may_quote=True))
    make_public(say(article, "Quel mot ?", visitor, parent=removed))
    quotation = quote(public_site, removed, "Ce qui fut retiré")
    hide_comment(removed, by=None)
    removed.refresh_from_db()
    assert quotation.placed_at
    decided = make_public(say(dialogue, "Un autre mot des quais.", visitor))
    changed.version = changed.published_version = 2
    changed.save(update_fields=["version", "published_version"])
    CommentRevision.objects.create(
        comment=changed,
        version=2,
        text=changed.text,
        html=changed.html,
        submitted_at=timezone.now(),
        accepted_at=timezone.now(),
    )
    public_site.comments = {
        "root": root,
        "reply": reply,
        "changed": changed,
        "removed": removed,
        "decided": decided,
    }


def quote_a_reader(public_site: PublicSite) -> None:
    """Quote a comment in an article of its own, and one that was removed afterwards in another."""
    public_site.quotation = quote(public_site, public_site.comments["root"], "Ce que vous en dites")


def quote(public_site: PublicSite, comment: Comment, title: str) -> FeaturedComment:
    quotation = FeaturedComment(comment=comment, revision=comment.revisions.get(version=1))
    article = write_article(public_site, title)
    article.body = [("featured_comment", {"quotation": quotation, "why": "Une idée de quai"})]
    article.source_page = public_site.pages["dialogue"]
    article.save_revision(user=public_site.users["editor"]).publish()
    public_site.pages[title] = BlogPage.objects.get(pk=article.pk)
    return FeaturedComment.objects.get(comment=comment, page_id=article.pk)


def make_picture(title: str, colour: str, collection: Any = None, name: str = "quai.png") -> PortalImage:
    data = BytesIO()
    Image.new("RGB", (320, 200), colour).save(data, "PNG")
    image = PortalImage(title=title, file=ImageFile(data, name=name))
    if collection:
        image.collection = collection
    image.save()
    return image


def make_document(title: str, name: str, collection: Any = None) -> PortalDocument:
    document = PortalDocument(title=title, file=ContentFile(f"{title}\n".encode(), name=name))
    if collection:
        document.collection = collection
    document.save()
    return document
