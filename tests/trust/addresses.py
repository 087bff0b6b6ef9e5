"""Every address that the resolver knows, filled in with things of which we know who may see them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Locale,
    Page,
    Site,
    Workflow,
)

from dialogue import links, topics
from dialogue.actions import status_token
from dialogue.models import FeaturedComment, Follow
from home.models import NavigationMenu
from mail.actions import make_link
from mail.models import OutgoingMail
from mail.outbox import unsubscribe_address
from moderation.models import Decision, Flag, Measure, Note, ScreeningTerm
from people.models import Device, User, UserSession
from portal.cards import card_of
from portal.models import PortalSettings
from privacy.models import Consent
from tests.trust.planting import Planting

LANGUAGE = "<language>/"
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
NAMED_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
UNKNOWN = "999999"  # for a part of an address that nothing below speaks of
PAGE_PARTS = {"page_id", "page_pk", "parent_page_id", "page_to_move_id"}
Values = dict[str, str]


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver, filled in for one subject; `name` is how the table calls it."""

    route: str
    subject: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.route} @ {self.subject}" if self.subject else self.route

    @property
    def is_admin(self) -> bool:
        return self.route.startswith("admin/")


def routes() -> list[str]:
    """Return every pattern of the resolver as it is written in the `urls` modules, each once."""
    return list(dict.fromkeys(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        part = str(entry.pattern)
        if not prefix and part in {f"{code}/" for code, _name in settings.LANGUAGES}:
            part = LANGUAGE
        if isinstance(entry, URLPattern):
            yield prefix + part
        else:
            yield from _walk(entry, prefix + part)


def addresses(planting: Planting) -> list[Address]:
    """Return every pattern, filled in for each subject that makes a difference there."""
    book = AddressBook(planting)
    found = []
    for route in routes():
        for subject, values in book.subjects(route).items():
            found.append(Address(route, subject, fill_in(route, values)))
    return found


def fill_in(route: str, values: Values) -> str:
    """Return the path that `route` matches with these values; groups without a name are numbered."""
    path = route.replace(LANGUAGE, "fr/", 1)
    path = re.sub(r"(^|/)\^", r"\1", path).removesuffix("$")
    path = NAMED_GROUP.sub(lambda match: values.get(match[1], UNKNOWN), path)
    path = CONVERTER.sub(lambda match: values.get(match[1], UNKNOWN), path)
    number = iter(range(1, 10))
    path = GROUP.sub(lambda match: values.get(f"group {next(number)}", UNKNOWN), path)
    path = path.replace(".*", "nowhere").replace("\\", "")
    return f"/{path}{values.get('query', '')}"


class AddressBook:
    """Which things are asked for at which pattern."""

    def __init__(self, planting: Planting) -> None:
        self.planting, self.public_site = planting, planting.public_site

    def subjects(self, route: str) -> dict[str, Values]:
        """Return, by the name of each subject, the values of the parts of `route`."""
        for beginning, find in self.special().items():
            if route.startswith(beginning):
                return find(route)
        parts = set(CONVERTER.findall(route)) | set(NAMED_GROUP.findall(route))
        if parts & PAGE_PARTS or route.startswith(("admin/pages/^", "admin/api/main/^pages/<int:pk>")):
            return self.pages()
        if "public_id" in parts:
            return self.comments()
        if parts & {"image_id"} or ("pk" in parts and "images" in route):
            return self.files(self.public_site.picture, self.planting.pictures)
        if parts & {"document_id", "doc_id"} or ("pk" in parts and "documents" in route):
            return self.files(self.public_site.document, self.planting.documents)
        return {"": self.one(route)}

    def special(self) -> dict[str, Callable[[str], dict[str, Values]]]:
        """Return what is asked for where the names of the parts do not tell; the first beginning counts."""
        public_site, planting = self.public_site, self.planting
        return {
            "admin/comment_chooser/chosen/": lambda route: self.comments("pk"),
            "admin/comment_chooser/chosen-m": lambda route: self.comments("query", "?id="),
            "admin/dialogue/comments/<slug:public_id>/feature-in/<": self.comments_for_a_page,
            "admin/^moderation/ledger/inspect/": self.ledger,
            "admin/dialogue/pages/<int:page_id>/quotations/<int:pk>": self.quotations,
            "admin/bulk/": lambda route: self.pages("?id="),
            "admin/choose-page/chosen-multiple/": lambda route: self.pages("?id="),
            "admin/pages/add/": self.sections,
            "admin/pages/<int:parent_page_id>/add_subpage/": self.sections,
            "admin/pages/usage/": lambda route: {"": TYPE},
            "admin/pages/create/": lambda route: {"": {"app_label": "blog", "model_name": "blogpage"}},
            "documents/^": self.served_documents,
            "media/": self.media,
            "brand/": lambda route: {"": {"digest": self.settings().brand_digest}},
            "cards/": self.cards,
            "mail/stop/": lambda route: {
                "theirs": {"token": unsubscribe_token(public_site.guests["visitor"])},
                "unknown": {"token": "x"},
            },
            f"{LANGUAGE}conversation/status/": lambda route: {
                "of the visitor": {"token": planting.status_pages[0]},
                "unknown": {"token": status_token("x")},
            },
            f"{LANGUAGE}conversation/confirm/": self.confirm_links,
            f"{LANGUAGE}conversation/quotation/": self.quotation_links,
            f"{LANGUAGE}conversation/participant/quotations/": self.own_quotations,
            f"{LANGUAGE}conversation/follow/": self.follow_links,
            f"{LANGUAGE}conversation/follows/<int:pk>/stop/": self.follows,
            "admin/guide/<": lambda route: {"": {"slug": "moderate"}},
            f"{LANGUAGE}feeds/topics/": lambda route: {"": {"slug": public_site.topic.slug}},
            f"{LANGUAGE}search/": lambda route: {"": {"query": "?query=quais"}},
            f"{LANGUAGE}_util/authenticate": lambda route: self.pages(),
            f"{LANGUAGE}^((?:": self.served_pages,
        }

    # --- What the subjects are -------------------------------------------------------------------

    def pages(self, query: str = "") -> dict[str, Values]:
        """A public article, a draft, a page among all employees, and one among the crews."""
        named: dict[str, Page] = {"public": self.public_site.pages["article"]}
        named |= {name: self.planting.pages[name] for name in ("draft", "internal", "crews")}
        return {name: self.about_page(page, query) for name, page in named.items()}

    def about_page(self, page: Page, query: str) -> Values:
        values = dict.fromkeys(PAGE_PARTS | {"pk"}, str(page.pk))
        revision = str(Page.objects.get(pk=page.pk).latest_revision_id)
        home = self.public_site.pages["home_fr"]
        values |= {"revision_id": revision, "destination_id": str(home.pk), "task_state_id": "0"}
        values |= {"task_id": str(GroupApprovalTask.objects.get().pk)}
        values |= {"revision_id_a": "earliest", "revision_id_b": "latest", "action_name": "approve"}
        values |= {"app_label": "wagtailcore", "model_name": "page", "action": "delete"}
        return values | ({"query": f"{query}{page.pk}"} if query else {})

    def sections(self, route: str) -> dict[str, Values]:
        """Sections below which somebody may wish to add a page."""
        internal, restricted = self.planting.pages["internal"].get_parent(), self.planting.pages["restricted"]
        articles = {"content_type_app_name": "blog", "content_type_model_name": "blogpage"}
        return {
            "public": {"parent_page_id": str(self.public_site.pages["dialogues_fr"].pk), **TYPE},
            "internal": {"parent_page_id": str(internal.pk), **TYPE},
            "crews": {"parent_page_id": str(restricted.pk), **articles},
        }

    def quotations(self, route: str) -> dict[str, Values]:
        """One that stands in a public article, and the same where it does not stand."""
        quotation, step = self.public_site.quotation, {"step": "keep"}
        of_crews = self.planting.pages["crews"]
        return {
            "of its page": {"page_id": str(quotation.page_id), "pk": str(quotation.pk), **step},
            "of the crews": {"page_id": str(of_crews.pk), "pk": str(quotation.pk), **step},
        }

    def comments(self, part: str = "public_id", prefix: str = "") -> dict[str, Values]:
        """Comments in every state, and those among all employees and among the crews."""
        planted = self.planting.comments
        named = {"published": self.public_site.comments["root"]}
        named |= {name: planted[name] for name in ("unverified", "held", "rejected", "hidden", "erased")}
        named |= {name: planted[str(self.planting.pages[name].pk)] for name in ("internal", "crews")}
        verb = {"verb": "publish"}
        return {name: {part: f"{prefix}{comment.public_id}", **verb} for name, comment in named.items()}

    def comments_for_a_page(self, route: str) -> dict[str, Values]:
        page_id = str(self.public_site.pages["article"].pk)
        return {name: {**values, "page_id": page_id} for name, values in self.comments().items()}

    def ledger(self, route: str) -> dict[str, Values]:
        planted = self.planting
        named = {"published": self.public_site.comments["root"], "held": planted.comments["held"]}
        named["unverified"] = planted.comments["unverified"]
        named["crews"] = planted.comments[str(planted.pages["crews"].pk)]
        return {name: {"instance_pk": str(comment.pk)} for name, comment in named.items()}

    def files(self, public: Any, closed: dict[str, Any]) -> dict[str, Values]:
        named = {"public": public, **closed}
        parts = ("image_id", "document_id", "doc_id", "pk")
        more = {"filter_spec": "width-100"}
        return {name: {**dict.fromkeys(parts, str(file.pk)), **more} for name, file in named.items()}

    def served_documents(self, route: str) -> dict[str, Values]:
        named = {"public": self.public_site.document, **self.planting.documents}
        return {name: {"group 1": str(doc.pk), "group 2": doc.filename} for name, doc in named.items()}

    def media(self, route: str) -> dict[str, Values]:
        named = {"public": self.public_site.picture, **self.planting.pictures}
        paths = {f"picture, {name}": {"path": picture.file.name} for name, picture in named.items()}
        return {
            **paths,
            "film, public": {"path": self.public_site.film.file.name},
            "missing": {"path": "a.jpg"},
        }

    def cards(self, route: str) -> dict[str, Values]:
        named = {"public": self.public_site.pages["article"]}
        named |= {name: self.planting.pages[name] for name in ("draft", "internal", "crews")}
        digests = {name: card_of(page.specific, self.settings()).digest for name, page in named.items()}
        return {name: {"page_id": str(page.pk), "digest": digests[name]} for name, page in named.items()}

    def confirm_links(self, route: str) -> dict[str, Values]:
        token = make_link(self.public_site.guests["visitor"], links.CONFIRM)
        return {"open": {"token": token}, "unknown": {"token": "x"}}

    def quotation_links(self, route: str) -> dict[str, Values]:
        quotations = {"of the visitor": self.public_site.quotation, "of a hidden comment": self._withheld()}
        return {
            **{name: {"token": link_to_quotation(row)} for name, row in quotations.items()},
            "unknown": {"token": "x"},
        }

    def own_quotations(self, route: str) -> dict[str, Values]:
        return {
            "of the visitor": {"pk": str(self.public_site.quotation.pk)},
            "of somebody else": {"pk": str(self._withheld().pk)},
            "among the crews": {"pk": str(self.planting.request.pk)},
            "unknown": {"pk": UNKNOWN},
        }

    def _withheld(self) -> FeaturedComment:
        return FeaturedComment.objects.filter(comment=self.public_site.comments["removed"]).earliest("pk")

    def follow_links(self, route: str) -> dict[str, Values]:
        visitor = self.public_site.guests["visitor"]
        Follow.objects.get_or_create(
            participant=visitor, page=self.public_site.pages["article"], defaults={"asked_at": timezone.now()}
        )
        return {
            "open": {"token": make_link(visitor, links.FOLLOW)},
            "unknown": {"token": "x"},
        }

    def follows(self, route: str) -> dict[str, Values]:
        follow, _is_new = Follow.objects.get_or_create(
            participant=self.public_site.guests["visitor"],
            page=self.public_site.pages["dialogue"],
            defaults={"followed_at": timezone.now()},
        )
        return {"of the visitor": {"pk": str(follow.pk)}, "unknown": {"pk": "999999"}}

    def served_pages(self, route: str) -> dict[str, Values]:
        """Pages as readers ask for them, in every state."""
        named = {"home": self.public_site.pages["home_fr"], "article": self.public_site.pages["article"]}
        named["dialogue"] = self.public_site.pages["dialogue"]
        named["voices"] = Page.objects.get(slug="voix", depth=3)
        hidden = ("draft", "scheduled", "expired", "unpublished", "internal", "crews", "restricted_child")
        named |= {name: self.planting.pages[name] for name in hidden}
        named["internal section"] = self.planting.pages["internal"].get_parent()
        paths = {name: page.url_path.split("/", 2)[2] for name, page in named.items()}
        paths["missing"] = "nulle-part/"
        paths["missing below a restriction"] = f"{paths['internal section']}nulle-part/"
        return {name: {"group 1": path} for name, path in paths.items()}

    def settings(self) -> PortalSettings:
        return PortalSettings.for_site(Site.objects.get(is_default_site=True))

    def one(self, route: str) -> Values:
        """The values of parts of which any thing will do."""
        snippet = next((find for part, find in SNIPPETS.items() if part in route), None)
        thing = snippet(self) if snippet else None
        values = {"app_name": "portal", "model_name": "portalsettings", "app_label": "portal"}
        if thing is not None:
            values |= dict.fromkeys(PARTS_OF_THINGS, str(thing.pk))
        if "snippet/<slug:app_label>" in route:
            values["model_name"] = "topic"
        if "tag-autocomplete" in route:
            values |= {"app_name": "taggit", "model_name": "tag", "query": "?term=q"}
        return values


PARTS_OF_THINGS = ("pk", "instance_pk", "collection_id", "task_id", "redirect_id", "session_id", "object_id")
TYPE = {"content_type_app_name": "dialogue", "content_type_model_name": "dialoguepage"}

# What stands at `pk`, by a part of the pattern; the first that fits.
SNIPPETS: dict[str, Callable[[AddressBook], Any]] = {
    "admin/collections/": lambda book: Collection.objects.get(name="Crews"),
    "admin/workflows/task": lambda book: GroupApprovalTask.objects.first(),
    "admin/workflows/": lambda book: Workflow.objects.first(),
    "navigationmenu": lambda book: NavigationMenu.objects.first(),
    "author": lambda book: book.public_site.author,
    "topic": lambda book: book.public_site.topic,
    "submit/snippet": lambda book: book.public_site.topic,
    "admin/locales/": lambda book: Locale.objects.get(language_code="en"),
    "admin/sites/": lambda book: Site.objects.first(),
    "admin/users/": lambda book: User.objects.get(username="karim"),
    "admin/groups/": lambda book: Group.objects.first(),
    "admin/settings/": lambda book: book.settings(),
    "moderation/terms": lambda book: ScreeningTerm.objects.get_or_create(term="casino*")[0],
    "comments/notes": lambda book: Note.objects.get(comment=book.public_site.comments["decided"]),
    "measures": lambda book: Measure.objects.first(),
    "moderation/flags": lambda book: Flag.objects.first(),
    "decisions": lambda book: Decision.objects.filter(by__isnull=False).first(),
    "featured": lambda book: book.public_site.quotation,
    "moderation/mail": lambda book: OutgoingMail.objects.first(),
    "moderation/consents": lambda book: Consent.objects.get(
        kind="publish", cause_id=book.public_site.comments["root"].pk
    ),
    "admin/privacy/": lambda book: book.public_site.guests["visitor"],
    "admin/editing-sessions/ping/": lambda book: book.settings(),
    "admin/redirects/": lambda book: Redirect.objects.first(),
    "account/sessions/": lambda book: UserSession.objects.get(user=book.public_site.users["employee"]),
    "participant/devices/": lambda book: Device.objects.get(participant=book.public_site.guests["visitor"]),
}


def link_to_quotation(quotation: FeaturedComment) -> str:
    return make_link(quotation.comment.participant, links.QUOTATION, cause=str(quotation.pk))


def unsubscribe_token(participant: Any) -> str:
    return unsubscribe_address(participant, topics.REPLIES).rstrip("/").rpartition("/")[2]
