"""Mutants: the portal with one mistake in it. A proof that lets one through proves less than it says.

Each is a named patch, made in a child process while it runs; no file is touched. The short form of the proof
that is most likely to notice goes first, the others follow until one does.
"""

import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.models import BaseViewRestriction, Collection, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

import blog.feeds
import blog.models.articles
import blog.models.sections
import dialogue.actions.statuses
import dialogue.mail
import dialogue.models.dialogues
import dialogue.threads
import dialogue.views.conversation
import home.models.pages
import home.sitemaps
import home.templatetags.home_tags
import home.views
import portal.acts
import portal.blocks.links
import portal.editions
import portal.frames
import portal.permissions
import portal.signals
import portal.urls
import portal.views.cards
import portal.views.faults
import portal.views.media
from dialogue.markup import plain
from dialogue.models import Comment, Conversation
from dialogue.permissions import FeaturedCommentPermissionTester
from dialogue.querysets import CommentQuerySet
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import Register
from moderation.registers.comments import CommentRegister
from moderation.registers.decisions import DecisionRegister
from moderation.views.access import ModeratorRequired
from people.outbox import MailItem
from portal.middleware import InternalDoorMiddleware
from portal.models import BasePage, PortalImage
from portal.page_store import changes, middleware
from portal.page_store.middleware import PageStoreMiddleware
from portal.permissions import Audience
from portal.settings.logs import LOGGING
from tests.trust import acts, canaries, matrix, states, worlds
from tests.trust.actors import gather_actors
from tests.trust.addresses import addresses
from tests.trust.ground import laid_ground
from tests.trust.planting import plant, plant_crews

LONGEST = 600  # seconds for one mutant
STEPS, SEED = 30, 2026
MUTANTS: dict[str, "Mutant"] = {}


@dataclass(frozen=True)
class Mutant:
    """One mistake, and the proof that should notice it first."""

    name: str
    make: Callable[[], None]
    noticed_by: str


@dataclass
class Verdict:
    """Whether a mutant was caught, by which proof, and what that proof said."""

    caught_by: str = ""
    fault: str = ""


# Proofs that complain of the portal as it is would catch whatever they were given.
NO_MISTAKE = Mutant("no mistake", lambda: None, "worlds")


def mutant(noticed_by: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a patch under the name of its function."""

    def register(make: Callable[[], None]) -> Callable[[], None]:
        name = make.__name__
        MUTANTS[name] = Mutant(name, make, noticed_by)
        return make

    return register


def try_all(only: str = "") -> tuple[str, list[str]]:
    """Try every mutant, each in a child of its own; return the closing line, and who survived."""
    chosen = [each for each in MUTANTS.values() if not only or each.name == only]
    survivors = []
    without = try_one(NO_MISTAKE)
    if without.caught_by or without.fault:
        survivors.append(f"without any mistake, {without.caught_by} complains: {without.fault}")
    for each in chosen:
        verdict = try_one(each)
        words = f"caught by {verdict.caught_by}: {verdict.fault}" if verdict.caught_by else "SURVIVED"
        sys.stdout.write(f"  {each.name}: {' '.join(words.split())[:150]}\n")
        sys.stdout.flush()
        if not verdict.caught_by:
            survivors.append(f"mutant “{each.name}” survived: no proof noticed it {verdict.fault}")
    return f"mutants: {len(chosen) - len(survivors)} of {len(chosen)} caught", survivors


def try_one(each: Mutant) -> Verdict:
    """Try one mutant in a child process, which inherits no connection to the database."""
    connections.close_all()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=live_and_tell, args=(each, theirs))
    child.start()
    theirs.close()
    try:
        verdict = ours.recv() if ours.poll(LONGEST) else Verdict(fault=f"(no answer in {LONGEST} seconds)")
    except EOFError:
        verdict = Verdict(fault="(its process died)")
    if child.is_alive() and not verdict.caught_by:
        child.terminate()
    child.join()
    return verdict


def live_and_tell(each: Mutant, out: Connection) -> None:
    out.send(live(each))
    out.close()
    connections.close_all()


def live(each: Mutant) -> Verdict:
    """Make the mistake, and run the proofs until one notices."""
    each.make()
    for name in sorted(SHORT_FORMS, key=lambda name: name != each.noticed_by):
        faults = SHORT_FORMS[name]()
        if faults:
            return Verdict(name, faults[0])
    return Verdict()


def short_worlds() -> list[str]:
    with laid_ground() as ground:
        return worlds.compare(ground, gather_actors(ground), is_thorough=False).differences


def short_canaries() -> list[str]:
    with laid_ground() as ground:
        # What a short look never came upon is no fault of the portal: it looks where words leak.
        return canaries.look(ground, gather_actors(ground), is_thorough=False).outside


def short_matrix() -> list[str]:
    with laid_ground() as ground:
        actors = gather_actors(ground)
        planting = plant(ground)
        plant_crews(planting)
        return matrix.check(actors, addresses(planting), ["GET"], matrix.in_brief).deviations


def short_states() -> list[str]:
    with laid_ground() as ground:
        return states.walk(ground, gather_actors(ground), steps=STEPS, seed=SEED).faults


def short_acts() -> list[str]:
    with laid_ground() as ground:
        return acts.check(ground, gather_actors(ground), spellings=acts.IN_BRIEF, is_thorough=False).reached


SHORT_FORMS: dict[str, Callable[[], list[str]]] = {
    "acts": short_acts,
    "worlds": short_worlds,
    "canaries": short_canaries,
    "matrix": short_matrix,
    "states": short_states,
}


# --- How a mistake is made -----------------------------------------------------------------------


def put(owner: Any, name: str, value: Any) -> None:
    """Set an attribute for the life of the child."""
    patch.object(owner, name, value).start()


def everywhere(original: Callable[..., Any], value: Callable[..., Any]) -> None:
    """Set a function in every module that has taken it by name."""
    for module in list(sys.modules.values()):
        for name, found in list(getattr(module, "__dict__", {}).items()):
            if found is original:
                put(module, name, value)


def whatever(queryset: Any, *args: Any, **kwargs: Any) -> Any:
    """In the place of `visible_pages`: everything, drafts included."""
    return queryset


def live_ones(queryset: Any, *args: Any, **kwargs: Any) -> Any:
    """In the place of `visible_pages`: whatever is live, behind a door or not."""
    return queryset.filter(live=True)


class Everybody:
    """A viewer to whom every door is open."""

    is_active = is_authenticated = is_superuser = True


# --- Comments ------------------------------------------------------------------------------------


@mutant("worlds")
def comments_of_every_status_are_visible() -> None:
    put(CommentQuerySet, "visible_to", lambda self, viewer: self.on_pages_visible_to(viewer))


@mutant("worlds")
def every_comment_counts_as_published() -> None:
    put(CommentQuerySet, "published", lambda self: self)


@mutant("worlds")
def comments_forget_the_doors() -> None:
    put(CommentQuerySet, "on_pages_visible_to", lambda self, viewer: self.filter(page__live=True))


@mutant("worlds")
def comments_on_unpublished_pages_stay() -> None:
    def on_pages(self: CommentQuerySet, viewer: Any) -> CommentQuerySet:
        for door in portal.permissions.closed_doors(viewer):
            self = self.exclude(page__path__startswith=door.path)
        return self

    put(CommentQuerySet, "on_pages_visible_to", on_pages)


@mutant("worlds")
def threads_show_every_reply() -> None:
    put(CommentQuerySet, "shown", lambda self: self)


@mutant("worlds")
def the_count_counts_everything() -> None:
    def count(page: Page) -> Conversation:
        return Conversation(page_id=page.pk, comment_count=Comment.objects.filter(page_id=page.pk).count())

    put(dialogue.threads, "_count", count)


@mutant("worlds")
def a_permalink_does_not_ask() -> None:
    def get(request: Any, public_id: str, **wanted: int) -> Comment:
        comments = Comment.objects.select_related("page__locale", "root")
        return get_object_or_404(comments, public_id=public_id, **wanted)

    put(dialogue.views.conversation, "get_shown_comment", get)


@mutant("worlds")
def a_tombstone_tells_the_name() -> None:
    put(Comment, "tombstone_sentence", property(lambda self: f"{self.author_name}: removed"))


@mutant("worlds")
def a_status_page_asks_for_no_token() -> None:
    def any_digest(token: str) -> str:
        return Comment.objects.exclude(status_token_digest="").latest("pk").status_token_digest

    put(dialogue.views.conversation, "token_digest", any_digest)


@mutant("worlds")
def a_quotation_is_always_shown() -> None:
    put(FeaturedCommentPermissionTester, "why_withheld", lambda self: None)


@mutant("worlds")
def a_quotation_ignores_the_status() -> None:
    put(FeaturedCommentPermissionTester, "why_not_quotable", lambda self: None)


# --- Pages ---------------------------------------------------------------------------------------


@mutant("worlds")
def pages_forget_the_doors() -> None:
    everywhere(portal.permissions.visible_pages, live_ones)


@mutant("worlds")
def pages_need_not_be_live() -> None:
    everywhere(portal.permissions.visible_pages, portal.permissions.reachable_pages)


@mutant("worlds")
def every_page_can_be_read() -> None:
    everywhere(portal.permissions.can_read_page, lambda viewer, page, doors=None: True)


@mutant("worlds")
def the_door_lets_everybody_through() -> None:
    put(InternalDoorMiddleware, "_is_shut", staticmethod(lambda request: False))


@mutant("worlds")
def an_address_below_a_door_is_asked_first() -> None:
    def is_shut(request: Any) -> bool:
        path = request.path.rstrip("/").rpartition("/")[2]
        there = Page.objects.filter(slug=path).exists()
        return there and honest(request)

    honest = InternalDoorMiddleware._is_shut
    put(InternalDoorMiddleware, "_is_shut", staticmethod(is_shut))


@mutant("worlds")
def redirects_come_before_the_door() -> None:
    order = [name for name in settings.MIDDLEWARE if "redirects" not in name]
    order.insert(order.index("portal.middleware.InternalDoorMiddleware"), REDIRECTS)
    put(settings, "MIDDLEWARE", order)


REDIRECTS = next(name for name in settings.MIDDLEWARE if "RedirectMiddleware" in name)


@mutant("worlds")
def search_forgets_who_asks() -> None:
    put(home.views, "visible_pages", live_ones)


@mutant("worlds")
def search_finds_drafts() -> None:
    put(home.views, "visible_pages", whatever)


@mutant("worlds")
def the_feed_of_articles_is_unfiltered() -> None:
    put(blog.feeds, "visible_pages", whatever)


@mutant("worlds")
def feeds_are_written_for_an_administrator() -> None:
    put(blog.feeds, "AnonymousUser", Everybody)


@mutant("worlds")
def the_sitemap_is_unfiltered() -> None:
    put(home.sitemaps, "visible_pages", whatever)


@mutant("worlds")
def the_language_switch_leads_to_drafts() -> None:
    put(home.templatetags.home_tags, "visible_pages", whatever)


@mutant("worlds")
def related_articles_are_unfiltered() -> None:
    put(blog.models.articles, "visible_pages", whatever)


@mutant("worlds")
def lists_of_articles_are_unfiltered() -> None:
    put(blog.models.sections, "visible_pages", whatever)


@mutant("worlds")
def the_front_page_is_unfiltered() -> None:
    put(home.models.pages, "visible_pages", whatever)


@mutant("worlds")
def lists_of_dialogues_are_unfiltered() -> None:
    put(dialogue.models.dialogues, "visible_pages", whatever)


@mutant("canaries")
def chosen_pages_are_unfiltered() -> None:
    put(portal.blocks.links, "visible_pages", whatever)


@mutant("worlds")
def cards_are_made_for_drafts() -> None:
    put(portal.views.cards, "visible_pages", whatever)


@mutant("worlds")
def hidden_is_forbidden_not_missing() -> None:
    def get(request: Any, page_id: int) -> Any:
        try:
            return honest(request, page_id)
        except Http404:
            if Page.objects.filter(pk=page_id).exists():
                raise PermissionDenied from None
            raise

    honest = dialogue.views.conversation.get_conversation_page
    put(dialogue.views.conversation, "get_conversation_page", get)


@mutant("worlds")
def a_missing_file_varies_less_than_a_hidden_one() -> None:
    put(portal.views.faults, "patch_vary_headers", lambda response, names: None)


# --- What pages remember -------------------------------------------------------------------------


@mutant("worlds")
def pages_are_remembered_for_everybody_alike() -> None:
    everywhere(portal.frames.kind_of_reader, lambda request: ())


@mutant("worlds")
def nothing_moves_the_edition() -> None:
    everywhere(portal.editions.move_edition, lambda: None)
    put(portal.signals, "is_shown", lambda model, is_added=False: False)


# --- Files ---------------------------------------------------------------------------------------


@mutant("worlds")
def pictures_are_served_to_everybody() -> None:
    def find(path: str) -> Any:
        found = honest(path)
        return (found[0], Collection.get_first_root_node(), found[2]) if found else None

    honest = portal.views.media.find_file
    put(portal.views.media, "find_file", find)


@mutant("worlds")
def files_ask_for_no_group() -> None:
    put(BaseViewRestriction, "accept_request", lambda self, request: True)


@mutant("worlds")
def a_closed_document_leads_to_a_sign_in() -> None:
    drop_hook("before_serve_document", "hide_closed_document")


@mutant("canaries")
def files_follow_wagtails_own_policy() -> None:
    policy = CollectionOwnershipPermissionPolicy(
        PortalImage, "wagtailimages.Image", owner_field_name="uploaded_by_user"
    )
    policy_registry.values_by_exact_class[PortalImage] = policy


# --- The admin -----------------------------------------------------------------------------------


def drop_hook(name: str, function: str) -> None:
    hooks.get_hooks(name)
    hooks._hooks[name] = [entry for entry in hooks._hooks[name] if entry[0].__name__ != function]


@mutant("canaries")
def the_chooser_offers_every_page() -> None:
    drop_hook("construct_page_chooser_queryset", "leave_closed_pages_out_of_chooser")


@mutant("acts")
def copies_are_compared_by_nobody() -> None:
    everywhere(portal.permissions.copy_stays_among_readers, lambda page, destination, **kwargs: True)


@mutant("acts")
def ids_are_read_by_another_rule() -> None:
    """As a guard before the view does that knows digits, where the view takes whatever is a number."""

    def dispatch(self: ChosenMultipleView, request: Any) -> Any:
        known = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        pages = Page.objects.filter(pk__in=known)
        if any(portal.permissions.is_closed_in_admin(request.user, page) for page in pages):
            raise Http404
        return portal.acts.SHOW_CHOSEN(self, request)

    put(ChosenMultipleView, "dispatch", dispatch)


@mutant("canaries")
def pages_follow_wagtails_own_policy() -> None:
    policy_registry.values_by_class[Page] = PagePermissionPolicy(Page)


@mutant("matrix")
def the_admin_opens_pages_behind_a_door() -> None:
    put(InternalDoorMiddleware, "process_view", lambda self, *args: None)
    put(BasePage, "permissions_for_user", Page.permissions_for_user)


@mutant("canaries")
def the_ledger_holds_every_comment() -> None:
    put(CommentRegister, "get_queryset", Register.get_queryset)


@mutant("canaries")
def the_log_of_decisions_holds_every_one() -> None:
    put(DecisionRegister, "get_queryset", Register.get_queryset)


@mutant("canaries")
def the_desk_shows_every_comment() -> None:
    put(ModeratorRequired, "get_comments", lambda self: Comment.objects.all())


@mutant("matrix")
def moderators_read_the_outbox() -> None:
    put(ModerationPermissionTester, "can_read_mail", ModerationPermissionTester.can_moderate)


@mutant("matrix")
def who_has_left_stays_signed_in() -> None:
    backend = "django.contrib.auth.backends.ModelBackend.user_can_authenticate"
    patch(backend, lambda self, user: True).start()


@mutant("matrix")
def wagtails_own_sign_in_is_open() -> None:
    patterns = portal.urls.urlpatterns[-1].url_patterns
    patterns[:] = [entry for entry in patterns if "_util" not in str(entry.pattern)]


# --- The page store ------------------------------------------------------------------------------


@mutant("states")
def a_decision_purges_no_page() -> None:
    put(dialogue.actions.statuses, "purge_comment", lambda comment: None)


@mutant("states")
def whatever_is_written_purges_no_page() -> None:
    put(changes, "is_quiet", lambda table, sql: True)


@mutant("states")
def pages_are_purged_without_what_quotes_them() -> None:
    put(dialogue.actions.statuses, "purge_comment", lambda comment: changes.purge_pages([comment.page_id]))


@mutant("worlds")
def the_store_forgets_who_asked() -> None:
    def begin(self: PageStoreMiddleware, get_response: Any) -> None:
        honest(self, get_response)
        self.personal = ()

    honest = PageStoreMiddleware.__init__
    put(PageStoreMiddleware, "__init__", begin)
    put(middleware, "offer_in", lambda request, response: getattr(response, "page_store_offer", None))


# --- What leaves by other ways -------------------------------------------------------------------


@mutant("canaries")
def mail_tells_what_internal_comments_say() -> None:
    put(dialogue.mail, "audience_of", lambda page: Audience.PUBLIC)


@mutant("canaries")
def mail_tells_what_was_hidden_meanwhile() -> None:
    def read(mail: Any) -> MailItem:
        comment = Comment.objects.get(pk=mail.cause_id)
        return MailItem("Une réponse", "Voici.", comment.permalink, "Lire", quotation=plain(comment.text))

    [kind] = [kind for kind in dialogue.mail.KINDS if kind.name == dialogue.mail.REPLY]
    object.__setattr__(kind, "read", read)


@mutant("canaries")
def the_log_names_the_path() -> None:
    processors = LOGGING["formatters"]["json"]["processors"]
    processors[0] = lambda logger, method, event: event
