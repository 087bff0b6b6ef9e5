"""Acts: whatever the admin and its API can do to a closed page or file, asked for by whom it is closed to.

Each act names its page, file or place in every spelling. What counts is the outcome: what is closed stays as
it was, and no word of it is in an answer, or in a page that anybody can read who could not read the word.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from taggit.models import TaggedItem
from wagtail.models import Collection, Locale, Page, Revision, Workflow, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from blog.models import BlogIndexPage
from people.models import User
from portal.permissions import can_read_page, is_closed_in_admin
from tests.caches import clear_caches
from tests.database import for_a_while
from tests.trust.actors import Actor
from tests.trust.canaries import read
from tests.trust.planting import CREWS, WORD, Canary, Planting, plant, plant_article, plant_crews
from tests.trust.public_site import PublicSite, close_page
from tests.trust.requests import read_answer
from tests.trust.spellings import SPELLINGS

ASKERS = ("editor", "moderator")
BRIEF_PAGES = ("below what is open",)
AS_IT_IS = ("as it is",)
# Not every act finds something to do: what is no alias cannot be converted, what has nothing below, emptied.
LEAST_DONE = 0.6
IN_BRIEF = ("as it is", "space before", "closed last, with a space")
NUMBER = 987_654_321  # stands in an address where the number will be
Ids = list[Any]  # what is sent for one number: two for a parameter that is repeated
PAGE_ROW = (
    "pk",
    "path",
    "title",
    "draft_title",
    "live",
    "locked",
    "latest_revision_id",
    "live_revision_id",
    "last_published_at",
    "go_live_at",
    "alias_of_id",
    "view_restrictions__groups",
)
FILE_ROW = ("pk", "title", "collection")
COLLECTION_ROW = ("pk", "path", "name", "view_restrictions__groups")


@dataclass(frozen=True)
class Request:
    """What is sent; `data` goes as a form, or to the API as JSON."""

    path: str
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    is_json: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.data or ''}".strip()


@dataclass(frozen=True)
class Act:
    """One thing to do, to what has `number`; `other` is the number of something of the kind that is open.

    Where an address takes digits alone, no other spelling leads to the view.
    """

    name: str
    number: int
    other: int
    make: Callable[[Ids], Request]
    takes_digits: bool = False

    def requests(self, spellings: Iterable[str]) -> Iterator[tuple[str, Request]]:
        """Return the request in each spelling; JSON has numbers as such too."""
        for name in spellings:
            ids = SPELLINGS[name](self.number, self.other)
            if len(ids) == 1 or not self.takes_digits:
                yield name, self.make(ids)
        if self.make([self.number]).is_json and not self.takes_digits:
            yield "a number", self.make([self.number])


@dataclass
class Result:
    """How much was tried, and what was reached."""

    acts: int = 0
    spellings: int = 0
    requests: int = 0
    reached: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """What was reached; acts that do nothing for those who may, either, would prove nothing."""
        return [*self.reached, *(f"an administrator does nothing by: {name}" for name in self.idle)]

    @property
    def line(self) -> str:
        return f"acts: {self.acts} acts × {self.spellings} spellings, {len(self.reached)} reached"


class Scene:
    """What is closed to the askers, what is open beside it, and how it all stands."""

    def __init__(self, public_site: PublicSite, actors: dict[str, Actor]) -> None:
        self.public_site, self.actors = public_site, actors
        self.planting: Planting = plant(public_site)
        plant_crews(self.planting)
        home = public_site.pages["home_fr"]
        home.refresh_from_db()
        self.section = home.add_child(instance=BlogIndexPage(title="Avis", slug="avis"))
        below = plant_article(self.planting, "H6", "below what is open", CREWS, parent=self.section)
        close_page(below, public_site.crews)
        self.section = BlogIndexPage.objects.get(pk=self.section.pk)
        closed = {name: self.planting.pages[name] for name in ("crews", "restricted", "restricted_child")}
        closed["below what is open"] = below
        closed["alias"] = closed["restricted_child"].create_alias(update_slug="suit")
        Workflow.objects.first().start(below, public_site.users["administrator"])
        self.pages = {name: Page.objects.get(pk=page.pk) for name, page in closed.items()}
        self.collection = Collection.objects.get(name="Crews")
        self.before = self.look()
        self.known = self.revisions()

    def form_of(self, page: Page) -> dict[str, Any]:
        """Return what the editor's form sends for the page, without its words."""
        browser = self.actors["administrator"].open_browser()
        html = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        if 'id="page-edit-form"' not in html:
            return {}  # an alias is not edited
        sent = querydict_from_html(html, form_id="page-edit-form").lists()
        return {name: [WORD.sub("mot", value) for value in values] for name, values in sent} | {
            "body-count": "0"
        }

    def look(self) -> list[list[tuple]]:
        """Return how everything closed stands."""
        pages = Page.objects.filter(pk__in=[page.pk for page in self.pages.values()])
        collections = Collection.objects.filter(pk=self.collection.pk)
        of_pages = {
            "base_content_type": ContentType.objects.get_for_model(Page),
            "object_id__in": [str(page.pk) for page in self.pages.values()],
        }
        rows = [
            pages.values_list(*PAGE_ROW),
            Revision.objects.filter(**of_pages).values_list("pk", "approved_go_live_at"),
            WorkflowState.objects.filter(**of_pages).values_list("pk", "status"),
            collections.values_list(*COLLECTION_ROW),
        ]
        for file in (self.planting.pictures["crews"], self.planting.documents["crews"]):
            tagged = TaggedItem.objects.filter(
                content_type=ContentType.objects.get_for_model(file), object_id=file.pk
            )
            rows += [type(file).objects.filter(pk=file.pk).values_list(*FILE_ROW), tagged.values_list("tag")]
        return [sorted(found, key=str) for found in rows]

    @staticmethod
    def revisions() -> set[tuple[int, int | None, str]]:
        return set(Page.objects.values_list("pk", "latest_revision_id", "title"))

    def carried(self, asker: str) -> Iterator[str]:
        """Return where somebody reads words afterwards that neither they nor `asker` may read.

        What an editor may read and publishes, readers have from then on.
        """
        changed = {pk for pk, _revision, _title in self.revisions() - self.known}
        for page in Page.objects.filter(pk__in=changed).specific():
            for name, viewer in self.viewers():
                words = set()
                if can_read_page(viewer, page):
                    words |= words_of(page.serializable_data())
                if name == asker == "editor" and not is_closed_in_admin(viewer, page):
                    words |= words_of([page.serializable_data(), *contents_of(page)])
                for word in words & set(self.planting.canaries):
                    canary = self.planting.canaries[word]
                    if canary.may.isdisjoint({name, asker}):
                        yield f"{name} reads {canary} in page {page.pk}"

    def viewers(self) -> Iterator[tuple[str, Any]]:
        yield "anonymous", AnonymousUser()
        for name in ("employee_outside", *ASKERS):
            yield name, User.objects.get(pk=self.public_site.users[name].pk)


def check(
    public_site: PublicSite,
    actors: dict[str, Actor],
    *,
    spellings: Iterable[str] = SPELLINGS,
    is_thorough: bool = True,
    at: str = "",
) -> Result:
    """Try every act, or those whose names have the pattern `at`, in each of the spellings.

    Whoever it is closed to tries it; what it does is undone.
    """
    scene = Scene(public_site, actors)
    acts = list(gather(scene, scene.pages if is_thorough else BRIEF_PAGES))
    acts = [act for act in acts if re.search(at, act.name)]
    result = Result(len(acts), len(list(spellings)))
    for asker in ASKERS if is_thorough else ASKERS[:1]:
        for act in acts:
            tried = spellings if is_thorough or not act.takes_digits else AS_IT_IS
            for spelling, request in act.requests(tried):
                result.requests += 1
                for finding in attempt(scene, asker, request):
                    result.reached.append(f"{asker}, {act.name}, {spelling}: {finding} ({request})")
    if is_thorough:
        result.idle = find_idle(scene)
    return result


def find_idle(scene: Scene) -> list[str]:
    """Return which acts come to nothing for those who may as well, if those are too many."""
    acts = list(gather(scene, BRIEF_PAGES))
    idle = [act.name for act in acts if not does_something(scene, act)]
    return idle if len(idle) > (1 - LEAST_DONE) * len(acts) else []


def does_something(scene: Scene, act: Act) -> bool:
    """Whether an administrator, who may, reaches something."""
    return bool(attempt(scene, "administrator", act.make([act.number]), is_closed=lambda it: it.may == CREWS))


def attempt(
    scene: Scene, asker: str, request: Request, *, is_closed: Callable[[Canary], bool] | None = None
) -> list[str]:
    """Send the request, follow where it leads, and return what should not have come of it.

    `is_closed` says of which words none should; by default it is those that the asker may not read.
    """
    is_closed = is_closed or (lambda canary: asker not in canary.may)
    client, canaries = scene.actors[asker].open_browser(), scene.planting.canaries
    kind = {"content_type": "application/json"} if request.is_json else {}
    send = getattr(client, request.method.lower())
    with for_a_while():
        response = send(request.path, request.data, follow=True, **kind)
        text = read(read_answer(response)) + str(response.redirect_chain)
        told = [canaries[word] for word in words_of(text) & set(canaries) - words_of(str(request))]
        found = [f"told {canary}" for canary in told if is_closed(canary)]
        if response.headers.get("Content-Type", "").startswith("image/"):
            found.append("shown a picture")
        if request.method == "POST":
            found += ["something is not as it was"] if scene.look() != scene.before else []
            found += scene.carried(asker)
    if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST:
        clear_caches()  # of what counted while it was done
    return found


def words_of(data: Any) -> set[str]:
    return set(WORD.findall(data if isinstance(data, str) else json.dumps(data, default=str)))


def contents_of(page: Page) -> list[Any]:
    return list(Revision.objects.for_instance(page).values_list("content", flat=True))


# --- The acts ------------------------------------------------------------------------------------


def gather(scene: Scene, names: Iterable[str]) -> Iterator[Act]:
    """Return every act there is, for each of the closed pages of these names, and for the closed files."""
    for name in names:
        page = scene.pages[name]
        for act in (*screens_of(scene, page), *api_of(scene, page), *lists_of(scene, page)):
            yield replace(act, name=f"{act.name}: {name}")
    yield from places_for(scene)
    yield from files_of(scene, "images", scene.planting.pictures["crews"], scene.public_site.picture)
    yield from files_of(scene, "documents", scene.planting.documents["crews"], scene.public_site.document)
    yield from collections_of(scene)


def at(name: str, *more: Any, query: str = "") -> Callable[[Ids], str]:
    """Return what makes the address of the view `name` with an id in it."""
    address = reverse(name, args=[NUMBER, *more]) + query
    return lambda ids: address.replace(str(NUMBER), quote(str(ids[-1])))


def screens_of(scene: Scene, page: Page) -> Iterator[Act]:
    """Return the screens and verbs of one page."""
    open_page = scene.public_site.pages["article"]
    home, articles = scene.public_site.pages["home_fr"].pk, scene.public_site.pages["articles_fr"].pk
    english = Locale.objects.get(language_code="en").pk
    revision = page.latest_revision_id or 0
    copy = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": articles, "copy_subpages": "on"}
    write = scene.form_of(page) | {"title": "Autre", "slug": "autre"}
    publish = write | {"action-publish": "1"}
    review = page.current_workflow_task_state
    pages = "wagtailadmin_pages"
    looks = {
        "explore": at("wagtailadmin_explore"),
        "explore results": at("wagtailadmin_explore_results"),
        "choose below": at("wagtailadmin_choose_page_child"),
        "look at revision": at(f"{pages}:revisions_view", revision),
        "revert, look": at(f"{pages}:revisions_revert", revision),
        "compare": at(f"{pages}:revisions_compare", "earliest", "latest"),
        "preview while editing": at(f"{pages}:preview_on_edit"),
        "add below": at(f"{pages}:add_subpage"),
        "edit, look": at(f"{pages}:edit"),
        "copy, look": at(f"{pages}:copy"),
        "move, look": at(f"{pages}:move"),
        "move, confirm": at(f"{pages}:move_confirm", home),
        "delete, look": at(f"{pages}:delete"),
        "unpublish, look": at(f"{pages}:unpublish"),
        "translate, look": at("simple_translation:submit_page_translation"),
        "cancel review, look": at(f"{pages}:confirm_workflow_cancellation"),
        **{name: at(f"{pages}:{name}") for name in ("view_draft", "history", "workflow_history", "usage")},
    }
    verbs: dict[str, tuple[Callable[[Ids], str], dict[str, Any]]] = {
        "copy": (at(f"{pages}:copy"), copy),
        "copy, live": (at(f"{pages}:copy"), copy | {"publish_copies": "on"}),
        "alias": (at(f"{pages}:copy"), copy | {"alias": "on"}),
        "translate": (
            at("simple_translation:submit_page_translation"),
            {"locales": [english], "include_subtree": "on"},
        ),
        "move": (at(f"{pages}:move"), {"new_parent_page": articles}),
        "move, confirmed": (at(f"{pages}:move_confirm", articles), {}),
        "reorder": (at(f"{pages}:set_page_position", query="?position=0"), {}),
        "convert": (at(f"{pages}:convert_alias"), {}),
        "delete": (at(f"{pages}:delete"), {}),
        "unpublish": (at(f"{pages}:unpublish"), {"include_descendants": "on"}),
        "lock": (at(f"{pages}:lock"), {}),
        "unlock": (at(f"{pages}:unlock"), {}),
        "open": (at(f"{pages}:set_privacy"), {"restriction_type": "none", "password": "", "groups": []}),
        "write": (at(f"{pages}:edit"), write),
        "publish": (at(f"{pages}:edit"), publish),
        "schedule": (at(f"{pages}:edit"), publish | {"go_live_at": "2030-01-01 09:00"}),
        "submit": (at(f"{pages}:edit"), write | {"action-submit": "1"}),
        "preview": (at(f"{pages}:preview_on_edit"), write),
        "revert": (at(f"{pages}:edit"), publish | {"revision": revision}),
        "unschedule": (at(f"{pages}:revisions_unschedule", revision), {}),
        "approve": (at(f"{pages}:workflow_action", "approve", review.pk if review else 1), {}),
        "ping": (
            lambda ids: f"/admin/editing-sessions/ping/wagtailcore/page/{quote(str(ids[-1]))}/0/",
            {"revision_id": revision},
        ),
    }
    for name, address in looks.items():
        yield Act(name, page.pk, open_page.pk, get(address), takes_digits=True)
    for name, (address, data) in verbs.items():
        takes_digits = name != "ping"
        yield Act(name, page.pk, open_page.pk, post(address, data), takes_digits=takes_digits)


def api_of(scene: Scene, page: Page) -> Iterator[Act]:
    """Return what the API of the admin does to one page."""
    articles, other = scene.public_site.pages["articles_fr"].pk, scene.public_site.pages["article"].pk
    place = {"destination_page_id": articles, "recursive": True}
    data = {
        "copy": place | {"slug": "copie", "keep_live": True},
        "create_alias": place | {"update_slug": "copie"},
        "copy_for_translation": {"locale": "en", "recursive": True, "copy_parents": True},
        "move": {"destination_page_id": articles, "position": "last-child"},
        "revert_to_page_revision": {"revision_id": page.latest_revision_id},
        **{verb: {} for verb in ("convert_alias", "delete", "publish", "unpublish")},
    }
    for verb, sent in data.items():
        address = api_address("pages", f"action/{verb}/")
        yield Act(f"API {verb}", page.pk, other, post(address, sent, is_json=True), takes_digits=True)
    yield Act("API", page.pk, other, get(api_address("pages")), takes_digits=True)
    for name in ("child_of", "descendant_of", "ancestor_of", "translation_of", "id"):
        yield Act(f"API {name}", page.pk, other, ask("/admin/api/main/pages/", name))


def lists_of(scene: Scene, page: Page) -> Iterator[Act]:
    """Return what is done to many pages at once, and what takes pages by their numbers."""
    other = scene.public_site.pages["other_article"].pk
    chosen = reverse("wagtailadmin_choose_page_chosen_multiple")
    yield Act("chosen", page.pk, other, ask(chosen, "id"))
    sent = {"chooser": scene.public_site.pages["articles_fr"].pk, "include_descendants": "on"}
    for verb in ("delete", "move", "publish", "unpublish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", verb])
        yield Act(f"bulk {verb}, look", page.pk, other, ask(bulk, "id"))
        yield Act(f"bulk {verb}", page.pk, other, ask(bulk, "id", sent))
    redirects = reverse("wagtailredirects:add")
    data = {"old_path": "/ancienne", "is_permanent": "on"}
    yield Act("redirect", page.pk, other, fill(redirects, data, "redirect_page"))


def places_for(scene: Scene) -> Iterator[Act]:
    """Return what is done to an open section in which something is closed; the place is what is spelled."""
    section, home = scene.section.pk, scene.public_site.pages["home_fr"].pk
    other = scene.public_site.pages["home_en"].pk
    copy = {"new_title": "Copie", "new_slug": "copie", "copy_subpages": "on"}
    form = reverse("wagtailadmin_pages:copy", args=[section])
    for name, more in {"copy": {}, "copy, live": {"publish_copies": "on"}, "alias": {"alias": "on"}}.items():
        yield Act(f"{name} with all below", home, other, fill(form, copy | more, "new_parent_page"))
    move = reverse("wagtailadmin_pages:move", args=[section])
    yield Act("move with all below", other, home, fill(move, {}, "new_parent_page"))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={section}"
    yield Act("bulk move with all below", other, home, fill(bulk, {}, "chooser"))
    data = {
        "copy": {"recursive": True, "slug": "copie"},
        "create_alias": {"recursive": True, "update_slug": "copie"},
        "move": {"position": "last-child"},
    }
    for verb, sent in data.items():
        address = f"/admin/api/main/pages/{section}/action/{verb}/"
        make = fill(address, sent, "destination_page_id", is_json=True)
        yield Act(f"API {verb} with all below", home, other, make)
    sent = {"include_descendants": "on", "chooser": scene.public_site.pages["articles_fr"].pk}
    for verb in ("delete", "move", "unpublish", "publish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", verb])
        yield Act(f"bulk {verb} with all below", section, home, ask(bulk, "id", sent))
        yield Act(f"bulk {verb} all below, look", section, other, ask(f"{bulk}?id=all", "childOf"))
        yield Act(f"bulk {verb} all below", section, other, ask(f"{bulk}?id=all", "childOf", sent))
    for name in ("wagtailadmin_home", "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks"):
        yield Act(name, section, other, ask(reverse(name), "p"))
    english = [Locale.objects.get(language_code="en").pk]
    translate = at("simple_translation:submit_page_translation")
    sent = {"locales": english, "include_subtree": "on"}
    yield Act("translate with all below", section, home, post(translate, sent), takes_digits=True)
    for verb, sent in {"delete": {}, "unpublish": {"include_descendants": "on"}}.items():
        make = post(at(f"wagtailadmin_pages:{verb}"), sent)
        yield Act(f"{verb} with all below", section, home, make, takes_digits=True)


def files_of(scene: Scene, kind: str, file: Any, other: Any) -> Iterator[Act]:
    """Return what is done to a picture or a document."""
    app = {"images": "wagtailimages", "documents": "wagtaildocs"}[kind]
    usage = {"images": "image_usage", "documents": "document_usage"}[kind]
    root = Collection.get_first_root_node().pk
    write = {"title": "Autre", "collection": root, "tags": "trouvé"}
    prefix = {"images": "image", "documents": "doc"}[kind] + f"-{file.pk}"
    looks = {
        "edit, look": at(f"{app}:edit"),
        "delete, look": at(f"{app}:delete"),
        "usage": at(f"{app}:{usage}"),
        "chosen": at(f"{app}_chooser:chosen"),
        "API": api_address(kind),
    }
    verbs = {
        "edit": (at(f"{app}:edit"), write),
        "delete": (at(f"{app}:delete"), {}),
        "edit among many": (
            at(f"{app}:edit_multiple"),
            {f"{prefix}-{name}": value for name, value in write.items()},
        ),
        "delete among many": (at(f"{app}:delete_multiple"), {}),
    }
    if kind == "images":
        looks |= {
            "format": at(f"{app}_chooser:select_format"),
            "preview": at(f"{app}:preview", "width-100"),
        }
        insert = {"image-chooser-insertion-format": "fullwidth", "image-chooser-insertion-alt_text": "Un"}
        verbs["insert"] = (at(f"{app}_chooser:select_format"), insert)
    for name, address in looks.items():
        takes_digits = name != "chosen"
        yield Act(f"{name}, {kind}", file.pk, other.pk, get(address), takes_digits=takes_digits)
    for name, (address, data) in verbs.items():
        yield Act(f"{name}, {kind}", file.pk, other.pk, post(address, data), takes_digits=True)
    chosen = reverse(f"{app}_chooser:chosen_multiple")
    yield Act(f"chosen, many {kind}", file.pk, other.pk, ask(chosen, "id"))
    for verb in ("delete", "add_tags", "add_to_collection"):
        bulk = reverse("wagtail_bulk_action", args=["portal", type(file)._meta.model_name, verb])
        yield Act(f"bulk {verb}, {kind}, look", file.pk, other.pk, ask(bulk, "id"))
        yield Act(f"bulk {verb}, {kind}", file.pk, other.pk, ask(bulk, "id", write))
        yield Act(
            f"bulk {verb} all, {kind}", scene.collection.pk, root, ask(f"{bulk}?id=all", "childOf", write)
        )
    yield Act(
        f"of a collection, {kind}", scene.collection.pk, root, ask(reverse(f"{app}:index"), "collection_id")
    )
    chooser = reverse(f"{app}_chooser:choose_results")
    yield Act(f"choose of a collection, {kind}", scene.collection.pk, root, ask(chooser, "collection_id"))


def collections_of(scene: Scene) -> Iterator[Act]:
    root = Collection.get_first_root_node().pk
    collections = "wagtailadmin_collections"
    for name, data in {"edit": {"name": "Autre", "parent": root}, "delete": {}}.items():
        address = at(f"{collections}:{name}")
        for make, way in ((get(address), "look"), (post(address, data), "do")):
            yield Act(f"{name} collection, {way}", scene.collection.pk, root, make, takes_digits=True)
    make = post(at(f"{collections}:set_privacy"), {"restriction_type": "none", "password": "", "groups": []})
    yield Act("open collection", scene.collection.pk, root, make, takes_digits=True)


def api_address(kind: str, rest: str = "") -> Callable[[Ids], str]:
    return lambda ids: f"/admin/api/main/{kind}/{quote(str(ids[-1]))}/{rest}"


def get(address: Callable[[Ids], str]) -> Callable[[Ids], Request]:
    return lambda ids: Request(address(ids))


def post(
    address: Callable[[Ids], str], data: dict[str, Any], *, is_json: bool = False
) -> Callable[[Ids], Request]:
    return lambda ids: Request(address(ids), "POST", data, is_json)


def ask(path: str, name: str, data: dict[str, Any] | None = None) -> Callable[[Ids], Request]:
    """Return what sends the ids in the query; with `data`, as a POST."""

    def make(ids: Ids) -> Request:
        address = path + ("&" if "?" in path else "?") + urlencode({name: ids}, doseq=True)
        return Request(address) if data is None else Request(address, "POST", data)

    return make


def fill(path: str, data: dict[str, Any], name: str, *, is_json: bool = False) -> Callable[[Ids], Request]:
    """Return what sends the ids in the field `name`; JSON has one."""
    return lambda ids: Request(path, "POST", data | {name: ids[-1] if is_json else ids}, is_json)
