"""A portal with one page of each kind: a second layer on `tests.world`, made once for each worker."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from wagtail.models import Locale, Page, Site

from blog.models import Author, BlogIndexPage, BlogPage
from demo.cast import DEMO_PASSWORD, find_guest
from demo.pictures import document, picture
from dialogue.blocks import quotation_of
from dialogue.models import Comment, DialogueIndexPage, DialoguePage, InternalDialogueIndexPage
from home.models import StandardPage
from people.models import User
from portal.models import PortalDocument, PortalImage, Topic
from tests.caches import clear_caches
from tests.database import Snapshot
from tests.speech import say

PARAGRAPHS = "Je prends ce bateau le soir.\n\nIl part trop tôt.\n\n- un quart\n- un train\n\n> Comptez mieux."


@dataclass(frozen=True)
class World:
    """One page of each kind in one language, with a conversation under the article."""

    language: str
    article: BlogPage
    answer: BlogPage
    dialogue: DialoguePage
    internal_dialogue: DialoguePage
    rules: StandardPage
    comment: Comment
    held: Comment
    unverified: Comment


@pytest.fixture
def make_world(live_address: str, site: Site, editor: User) -> Callable[[str], World]:
    """Return a function that fills the portal in one language: `make_world("fr")`. Call it first of all."""

    def make(language: str) -> World:
        if language not in MADE:
            world = build_world(language)
            MADE[language] = Snapshot(f"furnished_{language}"), world
            return world
        snapshot, world = MADE[language]
        snapshot.restore()
        clear_caches()
        return _fetched(world)

    return make


MADE: dict[str, tuple[Snapshot, World]] = {}


def _fetched(world: World) -> World:
    """Return the same world with everything read anew."""
    named = {name: thing for name, thing in vars(world).items() if isinstance(thing, Model)}
    return replace(world, **{name: type(thing).objects.get(pk=thing.pk) for name, thing in named.items()})


def build_world(language: str) -> World:
    locale = Locale.objects.get(language_code=language)
    guest = find_guest("odile")
    with override(language):
        article = BlogPage(
            title="Le dernier bateau part-il trop tôt?",
            introduction="<p>Nous avons compté qui prend la <b>dernière</b> traversée.</p>",
            lead_image=hang("ferry-crossing"),
            lead_image_alt="Un traversier blanc quitte le quai.",
            update_note="Le tableau a été corrigé.",
        )
        article.topics = [Topic.objects.create(name="Horaires", locale=locale)]
        article.tags.add("traversier")
        author = Author.objects.create(name="Maude Thériault", role="Communications", locale=locale)
        article.author_links.create(author=author)
        article.body = [*all_blocks(), ("document", {"document": lay_out("ice-plan-fr"), "title": ""})]
        publish(article, BlogIndexPage, locale)
        comment = say(article, PARAGRAPHS, guest.name, may_quote=True)
        reply = say(article, "Bien vu.", "Bertrand Savard", parent=comment)
        say(article, "Merci à vous deux.", guest.name, parent=reply)
        held = say(article, "Encore un mot.", "Yvette M.", is_published=False)
        for words in ("Un premier mot.", "Un autre."):
            unverified = say(
                article, words, guest.name, email=guest.email, is_verified=False, is_published=False
            )
        answer = BlogPage(title="Odile a raison", introduction="<p>Nous comptions mal.</p>")
        answer.source_page = article
        answer.body = [("featured_comment", {"quotation": quotation_of(comment), "why": "Elle a raison."})]
        publish(answer, BlogIndexPage, locale)
        dialogue = publish(ask("Quel arrêt déplacer?"), DialogueIndexPage, locale)
        say(dialogue, "Celui de l’église.", "Sami Haddad")
        internal = publish(ask("Où perdez-vous du temps?"), InternalDialogueIndexPage, locale)
    rules = StandardPage.objects.filter(locale=locale).order_by("path").first()
    return World(language, article, answer, dialogue, internal, rules, comment, held, unverified)


def publish(page: Page, section: type[Page], locale: Locale) -> Page:
    section.objects.get(locale=locale).add_child(instance=page)
    page.save_revision().publish()
    return page


def ask(question: str) -> DialoguePage:
    opened_at = timezone.now() - timedelta(days=1)
    return DialoguePage(title=question, question=question, host_name="Maude Thériault", opens_at=opened_at)


def all_blocks() -> list[tuple[str, object]]:
    """Return every block that introduces itself with a preview, as it does."""
    blocks = BlogPage.body.field.stream_block.child_blocks
    own = {"featured_comment", "document"}
    return [(name, block.get_preview_value()) for name, block in blocks.items() if name not in own]


def hang(name: str) -> PortalImage:
    """Return a picture of the demonstration; drawn once, it is hung where it is not yet."""
    file = ImageFile(ContentFile(picture(name)), name=f"{name}.jpg")
    found = PortalImage.objects.filter(title=name).first()
    return found or PortalImage.objects.create(title=name, description="Une image.", file=file)


def lay_out(name: str) -> PortalDocument:
    file = ContentFile(document(name), name=f"{name}.pdf")
    return PortalDocument.objects.create(title="Le plan en une page", file=file)


def sign_in(window: Window, username: str, password: str = DEMO_PASSWORD) -> None:
    """Fill the sign-in form that the window shows."""
    form = window.locator("form:has([name=password])")
    form.locator("[name=login]").fill(username)
    form.locator("[name=password]").fill(password)
    form.get_by_role("button").click()
    expect(form).to_have_count(0)
