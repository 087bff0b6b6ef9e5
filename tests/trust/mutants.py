"""Mutants: the mistakes that the proofs must find, each with the proof, the place and what is said there.

How they are tried is in `tests.trust.mutation`.
"""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import BaseViewRestriction, Collection, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

import blog.feeds
import blog.models.articles
import blog.models.sections
import dialogue.actions.visibility
import dialogue.conversations
import dialogue.mail
import dialogue.models.bindings
import dialogue.models.dialogues
import dialogue.own_quotations
import dialogue.views.conversation
import home.models.pages
import home.sitemaps
import home.templatetags.home_tags
import home.views.results
import moderation.actions.conflicts
import moderation.actions.pending
import portal.blocks.links
import portal.editions
import portal.frames
import portal.permissions
import portal.signals
import portal.urls
import portal.views.cards
import portal.views.faults
import portal.views.media
import portal.wagtail_patches.chosen
from dialogue.markup import plain
from dialogue.models import Comment, Conversation, FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester
from dialogue.querysets import CommentQuerySet
from mail.outbox import MailItem
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import Register
from moderation.registers.comments import CommentRegister
from moderation.registers.decisions import DecisionRegister
from moderation.registers.mail import MailPermissionHelper
from moderation.views.access import ModeratorRequired
from portal.middleware import DiscreetRedirectMiddleware, ViewRestrictionMiddleware
from portal.models import BasePage, PortalImage
from portal.page_store import changes, middleware
from portal.page_store.middleware import PageStoreMiddleware
from portal.permissions import Audience
from portal.settings.logs import LOGGING
from portal.visibility import Change
from tests.trust.mutation import Mutant, everywhere, put

MUTANTS: dict[str, Mutant] = {}


def mutant(proof: str, at: str, sign: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a patch under the name of its function."""

    def register(make: Callable[[], None]) -> Callable[[], None]:
        name = make.__name__
        MUTANTS[name] = Mutant(name, make, proof, at, sign)
        return make

    return register


def whatever(queryset: Any, *args: Any, **kwargs: Any) -> Any:
    """In the place of `visible_pages`: everything, drafts included."""
    return queryset


def live_ones(queryset: Any, *args: Any, **kwargs: Any) -> Any:
    """In the place of `visible_pages`: whatever is live, restricted or not."""
    return queryset.filter(live=True)


class Everybody:
    """A viewer whom every restriction admits."""

    is_active = is_authenticated = is_superuser = True


# --- Comments ------------------------------------------------------------------------------------


@mutant("worlds", "/reply/", "H8")
def comments_of_every_status_are_visible() -> None:
    put(CommentQuerySet, "visible_to", lambda self, viewer: self.on_pages_visible_to(viewer))


@mutant("worlds", "/articles/le-quai", "H8")
def every_comment_counts_as_published() -> None:
    put(CommentQuerySet, "published", lambda self: self)


@mutant("worlds", "/thread/", "H1")
def comments_forget_the_restrictions() -> None:
    put(CommentQuerySet, "on_pages_visible_to", lambda self, viewer: self.filter(page__live=True))


@mutant("worlds", "/thread/", "H5")
def comments_on_unpublished_pages_stay() -> None:
    def on_pages(self: CommentQuerySet, viewer: Any) -> CommentQuerySet:
        for restriction in portal.permissions.restrictions_against(viewer):
            self = self.exclude(page__path__startswith=restriction.path)
        return self

    put(CommentQuerySet, "on_pages_visible_to", on_pages)


@mutant("worlds", "/thread/", "H7")
def threads_show_every_reply() -> None:
    put(CommentQuerySet, "shown", lambda self: self)


@mutant("worlds", "/articles/le-quai", "[0-9]+ comm")
def the_count_counts_everything() -> None:
    def count(page: Page) -> tuple[Conversation, list[Page]]:
        everything = Comment.objects.filter(page_id=page.pk).count()
        return Conversation(page_id=page.pk, comment_count=everything), []

    put(dialogue.conversations, "conversations_of", count)


@mutant("worlds", "/c/", "H1")
def a_permalink_does_not_ask() -> None:
    def get(request: Any, public_id: str, **wanted: int) -> Comment:
        comments = Comment.objects.select_related("page__locale", "root")
        return get_object_or_404(comments, public_id=public_id, **wanted)

    put(dialogue.views.conversation, "get_shown_comment", get)


@mutant("worlds", "/articles/le-quai", "H10")
def a_tombstone_tells_the_name() -> None:
    put(Comment, "tombstone_sentence", property(lambda self: f"{self.author_name}: removed"))


@mutant("worlds", "/status/", "H6")
def a_status_page_asks_for_no_token() -> None:
    def any_digest(token: str) -> str:
        return Comment.objects.exclude(status_token_digest="").latest("pk").status_token_digest

    put(dialogue.views.conversation, "token_digest", any_digest)


@mutant("worlds", "/articles/ce-qui-fut", "H10")
def a_quotation_is_always_shown() -> None:
    put(FeaturedCommentPermissionTester, "why_withheld", lambda self: None)


@mutant("worlds", "/articles/ce-qui-fut", "H10")
def a_quotation_ignores_the_status() -> None:
    put(FeaturedCommentPermissionTester, "why_not_quotable", lambda self: None)


# --- Quotations ----------------------------------------------------------------------------------


@mutant("quotations", "", "shows .*is_closed=True|shows .*is_below_closed=True")
def internal_words_reach_the_public_by_the_box() -> None:
    put(FeaturedCommentPermissionTester, "has_crossed", lambda self: self.has_consent())


@mutant("quotations", "", "shows")
def a_no_to_one_page_is_forgotten() -> None:
    def has_consent(self: FeaturedCommentPermissionTester) -> bool:
        return bool(self.featured.agreed_at or self.featured.comment.quote_consented_at)

    put(FeaturedCommentPermissionTester, "has_consent", has_consent)


@mutant("quotations", "", "shows")
def an_excerpt_is_the_whole() -> None:
    put(FeaturedComment, "body", property(lambda self: self.revision.body))


@mutant("quotations", "", "shows")
def a_quotation_follows_its_comment() -> None:
    put(FeaturedComment, "body", property(lambda self: self.comment.body))


@mutant("quotations", "", "shows")
def a_hidden_reply_stays_with_the_quotation() -> None:
    def can_show_rejoinder(self: FeaturedCommentPermissionTester) -> bool:
        return self.featured.rejoinder is not None and not self.needs_crossing()

    put(FeaturedCommentPermissionTester, "can_show_rejoinder", can_show_rejoinder)


@mutant("quotations", "", "shows")
def a_copy_brings_what_was_agreed_to_for_another_page() -> None:
    def make_rows(page: Page, unbound: list[Any], by: Any) -> None:
        given = [value["quotation"] for value in unbound]
        honest(page, unbound, by)
        for value, former in zip(unbound, given, strict=True):
            rows = FeaturedComment.objects.filter(pk=value["quotation"].pk)
            rows.update(agreed_at=former.agreed_at)

    honest = dialogue.models.bindings._make_rows
    put(dialogue.models.bindings, "_make_rows", make_rows)


# --- Pages ---------------------------------------------------------------------------------------


@mutant("worlds", "/feeds/articles", "H6")
def pages_forget_the_restrictions() -> None:
    everywhere(portal.permissions.visible_pages, live_ones)


@mutant("worlds", "/feeds/articles", "H2")
def pages_need_not_be_live() -> None:
    honest = portal.permissions.reachable_pages
    everywhere(portal.permissions.visible_pages, lambda pages, viewer, *known: honest(pages, viewer))


@mutant("worlds", "/ticket/", "200")
def every_page_can_be_read() -> None:
    everywhere(portal.permissions.can_read_page, lambda viewer, page, restrictions=None: True)


@mutant("worlds", "/interne/", "H1")
def the_middleware_lets_everybody_through() -> None:
    put(ViewRestrictionMiddleware, "_is_restricted", staticmethod(lambda request: False))


@mutant("worlds", "/interne/", "H1")
def an_address_below_a_restriction_is_asked_first() -> None:
    def is_restricted(request: Any) -> bool:
        path = request.path.rstrip("/").rpartition("/")[2]
        there = Page.objects.filter(slug=path).exists()
        return there and honest(request)

    honest = ViewRestrictionMiddleware._is_restricted
    put(ViewRestrictionMiddleware, "_is_restricted", staticmethod(is_restricted))


@mutant("worlds", "/ancienne-adresse/", "H1")
def redirects_ask_nobody() -> None:
    put(DiscreetRedirectMiddleware, "process_response", RedirectMiddleware.process_response)


@mutant("worlds", "/search/", "H1")
def search_forgets_who_asks() -> None:
    put(home.views.results, "visible_pages", live_ones)


@mutant("worlds", "/search/", "H2")
def search_finds_drafts() -> None:
    put(home.views.results, "visible_pages", whatever)


@mutant("worlds", "/feeds/articles", "H2")
def the_feed_of_articles_is_unfiltered() -> None:
    put(blog.feeds, "visible_pages", whatever)


@mutant("worlds", "/feeds/comments", "H1")
def feeds_are_written_for_an_administrator() -> None:
    put(blog.feeds, "AnonymousUser", Everybody)


@mutant("worlds", "/sitemap", "H1.*H2")
def the_sitemap_is_unfiltered() -> None:
    put(home.sitemaps, "visible_pages", whatever)


@mutant("worlds", "/articles/le-quai", "H2")
def the_language_switch_leads_to_drafts() -> None:
    put(home.templatetags.home_tags, "visible_pages", whatever)


@mutant("worlds", "/articles/les-quais", "H6")
def related_articles_are_unfiltered() -> None:
    put(blog.models.articles, "visible_pages", whatever)


@mutant("worlds", r"/articles/\?topic", "H5")
def lists_of_articles_are_unfiltered() -> None:
    put(blog.models.sections, "visible_pages", whatever)


@mutant("worlds", "^/fr/$", "H1, H5, H6")
def the_front_page_is_unfiltered() -> None:
    put(home.models.pages, "visible_pages", whatever)


@mutant("worlds", "/interne/", "H1")
def lists_of_dialogues_are_unfiltered() -> None:
    put(dialogue.models.dialogues, "visible_pages", whatever)


@mutant("canaries", "/articles/un-article-qui", "^H1 .* anonymous")
def chosen_pages_are_unfiltered() -> None:
    put(portal.blocks.links, "visible_pages", whatever)


@mutant("worlds", "/cards/", "200")
def cards_are_made_for_drafts() -> None:
    put(portal.views.cards, "visible_pages", whatever)


@mutant("worlds", "/ticket/", "403")
def hidden_is_forbidden_not_missing() -> None:
    def get(request: Any, page_id: int) -> Any:
        try:
            return honest(request, page_id)
        except Http404:
            if Page.objects.filter(pk=page_id).exists():
                raise PermissionDenied from None
            raise

    honest = dialogue.views.conversation.get_conversation_page
    everywhere(honest, get)


@mutant("worlds", "/media/", "vary")
def a_missing_file_varies_less_than_a_hidden_one() -> None:
    put(portal.views.faults, "patch_vary_headers", lambda response, names: None)


# --- What pages remember -------------------------------------------------------------------------


@mutant("worlds", "/articles/les-quais", "H6")
def pages_are_remembered_for_everybody_alike() -> None:
    everywhere(portal.frames.kind_of_reader, lambda request: ())


@mutant("states", "", ".")
def nothing_moves_the_edition() -> None:
    everywhere(portal.editions.move_edition, lambda: None)
    put(portal.signals, "is_shown", lambda model, is_added=False: False)


# --- Files ---------------------------------------------------------------------------------------


@mutant("worlds", "/media/", "H15")
def pictures_are_served_to_everybody() -> None:
    def find(path: str) -> Any:
        found = honest(path)
        return (found[0], Collection.get_first_root_node(), found[2]) if found else None

    honest = portal.views.media.find_file
    put(portal.views.media, "find_file", find)


@mutant("worlds", "/documents/", "H15")
def files_ask_for_no_group() -> None:
    put(BaseViewRestriction, "accept_request", lambda self, request: True)


@mutant("worlds", "/documents/", "H15")
def a_closed_document_leads_to_a_sign_in() -> None:
    drop_hook("before_serve_document", "hide_closed_document")


@mutant("canaries", "/admin/images/chooser/", "^H15 .* editor")
def files_follow_wagtails_own_policy() -> None:
    policy = CollectionOwnershipPermissionPolicy(
        PortalImage, "wagtailimages.Image", owner_field_name="uploaded_by_user"
    )
    patch.dict(policy_registry.values_by_exact_class, {PortalImage: policy}).start()


# --- The admin -----------------------------------------------------------------------------------


def drop_hook(name: str, function: str) -> None:
    hooks.get_hooks(name)
    kept = [entry for entry in hooks._hooks[name] if entry[0].__name__ != function]
    patch.dict(hooks._hooks, {name: kept}).start()


@mutant("canaries", "/admin/choose-page/", "^H1 .* editor")
def the_chooser_offers_every_page() -> None:
    drop_hook("construct_page_chooser_queryset", "leave_closed_pages_out_of_chooser")


@mutant("acts", "copy with all below", "editor reads H6")
def copies_are_compared_by_nobody() -> None:
    everywhere(portal.permissions.copy_stays_among_readers, lambda page, destination, **kwargs: True)


@mutant("acts", "chosen: ", "space before: told H6")
def ids_are_read_by_another_rule() -> None:
    """As a guard before the view does that knows digits, where the view takes whatever is a number."""

    def dispatch(self: ChosenMultipleView, request: Any) -> Any:
        known = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        pages = Page.objects.filter(pk__in=known)
        if any(portal.permissions.is_closed_in_admin(request.user, page) for page in pages):
            raise Http404
        return portal.wagtail_patches.chosen.SHOW_CHOSEN(self, request)

    put(ChosenMultipleView, "dispatch", dispatch)


@mutant("canaries", "/admin/pages/search/", "^H6 .* editor")
def pages_follow_wagtails_own_policy() -> None:
    patch.dict(policy_registry.values_by_class, {Page: PagePermissionPolicy(Page)}).start()


@mutant("matrix", "admin/pages/<int:parent_page_id>/ @ crews", "editor is answered 200")
def the_admin_opens_restricted_pages() -> None:
    put(ViewRestrictionMiddleware, "process_view", lambda self, *args: None)
    put(BasePage, "permissions_for_user", Page.permissions_for_user)


@mutant("canaries", "/moderation/ledger/", "^H7 .* moderator")
def the_ledger_holds_every_comment() -> None:
    put(CommentRegister, "get_queryset", Register.get_queryset)


@mutant("canaries", "/moderation/decisions/", "^H1 .* moderator")
def the_log_of_decisions_holds_every_one() -> None:
    put(DecisionRegister, "get_queryset", Register.get_queryset)


@mutant("canaries", "/moderation/comments/results/", "^H7 .* moderator")
def the_desk_shows_every_comment() -> None:
    put(ModeratorRequired, "get_comments", lambda self: Comment.objects.all())


@mutant("matrix", r"moderation/mail/\$", "moderator is answered 200")
def moderators_read_the_outbox() -> None:
    put(MailPermissionHelper, "can_open", ModerationPermissionTester.can_moderate)


@mutant("matrix", "<language>/account/", "former_employee is answered 200")
def who_has_left_stays_signed_in() -> None:
    backend = "django.contrib.auth.backends.ModelBackend.user_can_authenticate"
    patch(backend, lambda self, user: True).start()


@mutant("matrix", "_util", "no longer there")
def wagtails_own_sign_in_is_open() -> None:
    pages = portal.urls.urlpatterns[-1]
    patterns = [entry for entry in pages.url_patterns if "_util" not in str(entry.pattern)]
    put(pages, "url_patterns", patterns)


# --- The page store ------------------------------------------------------------------------------


@mutant("states", "", "HIDDEN|WITHDRAWN|REJECTED")
def a_decision_purges_no_page() -> None:
    everywhere(dialogue.actions.tell_of_comments, lambda comments: frozenset())
    put(changes, "SHOWN_OF_COMMENTS", set())  # the net beneath


@mutant("states", "", "is_internal=True|is_closed=True|is_live=False")
def whatever_is_written_purges_no_page() -> None:
    put(changes, "is_quiet", lambda table, sql: True)
    put(changes, "purge_everything", lambda: None)


@mutant("states", "", "HIDDEN|WITHDRAWN|REJECTED")
def pages_are_purged_without_what_quotes_them() -> None:
    def without_quoting(quoted_in: frozenset[int] = frozenset(), **more: Any) -> Change:
        return Change(**more)

    put(dialogue.actions.visibility, "Change", without_quoting)


@mutant("worlds", "^/fr/$", "H1")
def the_store_forgets_who_asked() -> None:
    def begin(self: PageStoreMiddleware, get_response: Any) -> None:
        honest(self, get_response)
        self.personal = ()

    honest = PageStoreMiddleware.__init__
    put(PageStoreMiddleware, "__init__", begin)
    put(middleware, "offer_in", lambda request, response: getattr(response, "page_store_offer", None))


# --- What leaves by other ways -------------------------------------------------------------------


@mutant("canaries", "^/fr/$", "^H1 .* mail")
def mail_tells_what_internal_comments_say() -> None:
    put(dialogue.mail, "audience_of", lambda page: Audience.PUBLIC)


@mutant("canaries", "^/fr/$", "^H6 .* mail")
def a_request_to_quote_tells_what_was_said_inside() -> None:
    put(dialogue.own_quotations.OwnQuotation, "is_internal", False)


@mutant("canaries", "^/fr/$", "^H10 .* mail")
def mail_tells_what_was_hidden_meanwhile() -> None:
    def read(mail: Any) -> MailItem:
        comment = Comment.objects.get(pk=mail.cause_id)
        return MailItem("Une réponse", "Voici.", comment.permalink, "Lire", quotation=plain(comment.text))

    [kind] = [kind for kind in dialogue.mail.KINDS if kind.name == dialogue.mail.REPLY]
    patch.dict(vars(kind), read=read).start()  # of a frozen value


@mutant("canaries", "", "^H2 .* the log")
def the_log_names_the_path() -> None:
    json = LOGGING["formatters"]["json"]
    patch.dict(json, processors=[lambda logger, method, event: event, *json["processors"][1:]]).start()


# --- Two moderators at once ----------------------------------------------------------------------


@mutant("races", "", "2 stand in the log")
def nobody_compares_what_was_seen() -> None:
    everywhere(moderation.actions.conflicts.refuse_stale, lambda verb, seen, current: None)


@mutant("races", "", "was not told")
def nobody_asks_who_has_just_decided() -> None:
    put(moderation.actions.pending, "_is_decided_likewise", lambda pending, verb, by, comment: False)
