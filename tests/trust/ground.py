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

LAID_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
PLANTED_AT = LAID_AT + timedelta(hours=2)
ASKED_AT = LAID_AT + timedelta(hours=4)
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
class Ground:
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
def laid_ground() -> Iterator[Ground]:
    """Lay the ground, let the block use it, and take it away again. The clock stands still meanwhile.

    Public pages are kept: what is proven is what readers get, from the store as well.
    """
    with pages_kept(), time_machine.travel(LAID_AT, tick=False) as clock, translation.override("fr"):
        try:
            with transaction.atomic():
                clear_caches()
                ground = lay_ground()
                clock.move_to(ASKED_AT)
                make_renditions(ground)
                yield ground
                transaction.set_rollback(True)
        finally:
            clear_caches()
            Site.clear_site_root_paths_cache()


def lay_ground() -> Ground:
    """Build everything that is public, on a portal as `setup_site` leaves it."""
    ground = Ground()
    for part, key in CAST.items():
        ground.users[part], _is_new = enrol(find_sign_in(key))
    for part, key in VISITORS.items():
        guest = find_guest(key)
        ground.guests[part] = Participant.objects.create(
            name=guest.name, email=guest.email, verified_at=timezone.now()
        )
    file_subjects(ground)
    publish_pages(ground)
    hold_conversation(ground)
    quote_a_reader(ground)
    return ground


def make_renditions(ground: Ground) -> None:
    """Show every page once: what each request undoes would be made anew for the next, pictures too."""
    for page in ground.pages.values():
        Client().get(page.get_url())
    clear_caches()


def file_subjects(ground: Ground) -> None:
    french = Locale.objects.get(language_code="fr")
    ground.picture = make_picture("Le quai", "teal")
    ground.document = make_document("Horaire", "horaire.pdf")
    ground.film = make_document("Film du quai", "quai.mp4")
    ground.topic = Topic.objects.create(name="Navires", locale=french)
    ground.author = Author.objects.create(name="Ngoc-Lan Tremblay", role="Planification", locale=french)


def publish_pages(ground: Ground) -> None:
    for code in ("fr", "en"):
        locale = Locale.objects.get(language_code=code)
        ground.pages[f"home_{code}"] = HomePage.objects.get(locale=locale)
        ground.pages[f"articles_{code}"] = BlogIndexPage.objects.get(locale=locale)
        ground.pages[f"dialogues_{code}"] = DialogueIndexPage.objects.get(locale=locale)
    ground.crews = Group.objects.get_or_create(name=SHIP_CREWS)[0]
    ground.pages["restricted"] = open_crews_section(ground)
    ground.pages["other_article"] = write_article(ground, "Les quais en hiver")
    ground.pages["article"] = write_article(ground, "Le quai sera refait", lead_image_alt="Un quai")
    ground.pages["article_en"] = write_article(ground, "The pier will be rebuilt", code="en")
    ground.pages["dialogue"] = ask(ground.pages["dialogues_fr"], "Quel horaire pour les quais ?")


def open_crews_section(ground: Ground) -> BlogIndexPage:
    """Put a section behind a door. That the door is there, a sign-in tells; what is behind it, nothing."""
    section = BlogIndexPage(title="Équipages", slug="equipages")
    ground.pages["home_fr"].refresh_from_db()
    ground.pages["home_fr"].add_child(instance=section)
    close_page(section, ground.crews)
    return section


def close_page(page: Page, group: Group) -> None:
    door = PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.GROUPS)
    door.groups.set([group])


def write_article(ground: Ground, title: str, code: str = "fr", **fields: Any) -> BlogPage:
    """Publish an article with everything that an article may have."""
    body = [("paragraph", "<p>Les travaux des quais commencent en mars.</p>")]
    article = BlogPage(title=title, introduction=f"<p>{title}, voici pourquoi.</p>", live=False)
    article.body, article.lead_image = body, ground.picture if code == "fr" else None
    article.lead_image_alt = fields.pop("lead_image_alt", "Un quai au soleil")
    if code == "fr":
        article.author_links = [BlogPageAuthor(author=ground.author, sort_order=0)]
    for name, value in fields.items():
        setattr(article, name, value)
    ground.pages[f"articles_{code}"].refresh_from_db()
    ground.pages[f"articles_{code}"].add_child(instance=article)
    article.topics = [ground.topic] if code == "fr" else []
    article.tags.add("quais")
    article.save_revision(user=ground.users["editor"], log_action=True).publish(user=ground.users["editor"])
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


def hold_conversation(ground: Ground) -> None:
    """Let readers and an employee speak: a thread, a changed comment, one that may be quoted."""
    visitor, other = ground.guests["visitor"], ground.guests["other_visitor"]
    article, dialogue = ground.pages["article"], ground.pages["dialogue"]
    root = make_public(
        say(article, "Les bancs du quai manquent.", visitor, may_quote=True, tell_replies=True)
    )
    reply = make_public(say(article, "Au quai aussi.", ground.users["employee"], parent=root))
    changed = make_public(say(dialogue, "Plus tôt le matin.", other))
    removed = make_public(say(article, "Un mot de trop.", other, may_quote=True))
    make_public(say(article, "Quel mot ?", visitor, parent=removed))
    quotation = quote(ground, removed, "Ce qui fut retiré")
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
    ground.comments = {
        "root": root,
        "reply": reply,
        "changed": changed,
        "removed": removed,
        "decided": decided,
    }


def quote_a_reader(ground: Ground) -> None:
    """Quote a comment in an article of its own, and one that was removed afterwards in another."""
    ground.quotation = quote(ground, ground.comments["root"], "Ce que vous en dites")


def quote(ground: Ground, comment: Comment, title: str) -> FeaturedComment:
    quotation = FeaturedComment(comment=comment, revision=comment.revisions.get(version=1))
    article = write_article(ground, title)
    article.body = [("featured_comment", {"quotation": quotation, "why": "Une idée de quai"})]
    article.source_page = ground.pages["dialogue"]
    article.save_revision(user=ground.users["editor"]).publish()
    ground.pages[title] = BlogPage.objects.get(pk=article.pk)
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
