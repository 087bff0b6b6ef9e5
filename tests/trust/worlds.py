"""Two worlds: the same requests to a portal with hidden things and to one without; what differs, leaks.

Nothing is excused: an answer is compared to the letter, headers and all, but for what our process draws at
random. Before each world is asked, those who may see the hidden things look at them, so that whatever is kept
on the way (a cache, a rendition) is there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import islice

import time_machine
from django.urls import reverse
from wagtail.models import Page

from dialogue.actions import status_token
from dialogue.models import Comment
from dialogue.tickets import issue_ticket
from portal.cards import card_of
from portal.models import PortalSettings
from tests.caches import clear_caches
from tests.database import for_a_while
from tests.trust.actors import Actor
from tests.trust.planting import COMMON, WORD, Planting, plant, plant_crews
from tests.trust.public_site import BUILT_AT, PublicSite
from tests.trust.requests import Asked, ask_for_good, send

OUTSIDERS = ("anonymous", "other_visitor")  # to whom everything that is planted is hidden
INSIDERS = ("administrator", "employee", "moderator", "visitor")  # who look first
OUTSIDE_THE_CREWS = "employee_outside"  # to whom only what is the crews' own is hidden
LANGUAGES = ("fr", "en")
NOT_THERE = 999_999
ODD_PARAMETERS = (
    "status",
    "order",
    "author",
    "exclude",
    "expand",
    "fields",
    "side",
    "live",
    "preview",
    "from",
)
LINES_SHOWN = 12
# What a short look leaves to the long one.
LEFT_OUT = (
    "/en/c/",
    "/en/conversation/",
    "/en/feeds/",
    "/mastodon/",
    "/admin/",
    "_util",
    "?from=",
    "/account/",
)
POSTS_LEFT_OUT = 5


@dataclass
class Result:
    """What the two worlds showed."""

    requests: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return f"two worlds: {self.requests} requests, {len(self.differences)} differences"


Answers = dict[tuple[str, Asked], str]


def compare(public_site: PublicSite, actors: dict[str, Actor], *, is_thorough: bool, at: str = "") -> Result:
    """Ask everything in each world, or what has the pattern `at` in its address, and return what differs."""
    warm_up(public_site, actors, at)
    result = Result()
    outsiders = OUTSIDERS if is_thorough else OUTSIDERS[:1]
    with for_a_while():
        planting = plant(public_site)
        # Looked at for good, so that the sizes of their pictures are made once, and have addresses.
        ask_for_good(actors["administrator"], Asked(planting.pages["internal"].get_url()))
        with for_a_while():
            plant_crews(planting)
            ask_for_good(actors["administrator"], Asked(planting.pages["crews"].get_url()))
            questions = list(dict.fromkeys(ask_about(planting, is_thorough=is_thorough)))
            questions = [asked for asked in questions if re.search(at, asked.path)]
            looked_at = [path for path in pages_of(planting) if re.search(at, path)]
            with_everything = ask_all(actors, (*outsiders, OUTSIDE_THE_CREWS), questions, looked_at)
        without_crews = ask_all(actors, (OUTSIDE_THE_CREWS,), questions, looked_at)
    without_anything = ask_all(actors, outsiders, questions, looked_at)
    for key, without in (without_anything | without_crews).items():
        result.requests += 1
        if with_everything[key] != without:
            result.differences.append(describe(key, without, with_everything[key], planting))
    return result


def warm_up(public_site: PublicSite, actors: dict[str, Actor], at: str) -> None:
    """Let what is made once (sizes of pictures, for instance) be made before the worlds part."""
    for page in (*public_site.pages.values(), *public_site.pages.values()):
        if re.search(at, page.get_url()):
            ask_for_good(actors["anonymous"], Asked(page.get_url()))


def pages_of(planting: Planting) -> list[str]:
    """Return the addresses of the pages that those who may see hidden things look at."""
    hidden = [page for name, page in planting.pages.items() if page.live and name != "restricted"]
    return [page.get_url() for page in (*planting.public_site.pages.values(), *hidden)]


def ask_all(
    actors: dict[str, Actor], names: Iterable[str], questions: list[Asked], looked_at: list[str]
) -> Answers:
    clear_caches()
    for insider in INSIDERS:
        for path in looked_at:
            send(actors[insider], Asked(path))
    return {(name, asked): send(actors[name], asked).normal() for name in names for asked in questions}


def describe(key: tuple[str, Asked], without: str, with_hidden: str, planting: Planting) -> str:
    """Say who is told what by which request, and of which class the words are that get out."""
    name, asked = key
    lines = list(
        unified_diff(without.splitlines(), with_hidden.splitlines(), "without", "with", lineterm="", n=0)
    )
    words = set(WORD.findall("\n".join(lines))) & set(planting.canaries)
    told = ", ".join(sorted({planting.canaries[word].hidden_class for word in words})) or "no word"
    shown = "\n    ".join(line.strip()[:200] for line in lines[2 : 2 + LINES_SHOWN])
    return f"{name}: {asked} tells {told}\n    {shown}"


# --- What is asked -------------------------------------------------------------------------------


def ask_about(planting: Planting, *, is_thorough: bool) -> Iterator[Asked]:
    """Yield every request: at what everybody may see, at what is hidden, and at what was never there."""
    for path in (*open_paths(planting), *hidden_paths(planting)):
        if not is_thorough and any(part in path for part in LEFT_OUT):
            continue
        yield Asked(path)
        if is_thorough:
            yield Asked(path, "HEAD")
            yield Asked(path, "OPTIONS")
            yield Asked(path, "POST")
    yield from searches(planting, is_thorough=is_thorough)
    yield from posts(planting) if is_thorough else islice(posts(planting), 0, None, POSTS_LEFT_OUT)
    if is_thorough:
        yield from conditional(planting)
        yield from odd_spellings(planting)


def open_paths(planting: Planting) -> Iterator[str]:
    """What anybody may ask for: where something hidden would show among the rest."""
    public_site = planting.public_site
    yield from ("/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz")
    for page in public_site.pages.values():
        yield page.get_url()
        yield from (f"/{code}/feeds/comments/{page.pk}.atom" for code in LANGUAGES)
    for code in LANGUAGES:
        yield from (f"/{code}/", f"/{code}/search/", f"/{code}/feeds/articles.atom")
        yield from (f"/{code}/account/login/", f"/{code}/share/mastodon/", f"/{code}/nowhere/")
        yield f"/{code}/feeds/topics/{public_site.topic.slug}.atom"
    yield from threads(public_site.comments.values())
    articles = public_site.pages["articles_fr"].get_url()
    for filters in (
        f"topic={public_site.topic.slug}",
        "tag=quais",
        f"author={public_site.author.slug}",
        "year=2026",
    ):
        yield f"{articles}?{filters}"
    yield f"{articles}?page=2"
    yield reverse(
        "share_card", args=[public_site.pages["article"].pk, card_digest(public_site.pages["article"])]
    )


def hidden_paths(planting: Planting) -> Iterator[str]:
    """Where what is hidden would be found, were it not hidden."""
    missing = Page(pk=NOT_THERE)
    for page in (*planting.pages.values(), missing):
        if page is not missing:
            yield page.get_url()
            yield f"{planting.public_site.pages['article'].get_url()}?from={page.slug}"
            if not page.specific_class.__name__.endswith("IndexPage"):
                yield reverse("share_card", args=[page.pk, card_digest(page)])
        for code in LANGUAGES:
            yield f"/{code}/feeds/comments/{page.pk}.atom"
            yield f"/{code}/conversation/{page.pk}/ticket/"
            yield f"/{code}/share/mastodon/?page={page.pk}"
        yield f"/fr/_util/authenticate_with_password/1/{page.pk}/"
        yield f"/admin/pages/{page.pk}/edit/"
        yield f"/admin/pages/{page.pk}/view_draft/"
    yield from threads(planting.comments.values())
    yield from threads([Comment(public_id="222222222222")])
    for picture in planting.pictures.values():
        yield picture.file.url
        yield from (rendition.url for rendition in picture.renditions.all())
    for document in planting.documents.values():
        yield from (document.url, document.file.url)
    yield from ("/documents/authenticate_with_password/1/", "/documents/authenticate_with_password/99/")
    yield reverse("comment_status", args=[status_token("nobody")])
    section = planting.pages["internal"].get_parent().get_url()
    yield from (section, f"{section}nowhere/", f"{section}nowhere/x.css", f"{section}ancienne-adresse/")


def threads(comments: Iterable[Comment]) -> Iterator[str]:
    for comment in comments:
        yield from (f"/{code}/c/{comment.public_id}/" for code in LANGUAGES)
        yield reverse("reply_to_comment", args=[comment.public_id])
        yield reverse("show_thread", args=[comment.public_id])
        if comment.page_id:
            yield f"{comment.page.get_url() or '/'}?from={comment.public_id}"


def searches(planting: Planting, *, is_thorough: bool) -> Iterator[Asked]:
    """Search for what everybody may find, and for the hidden words themselves."""
    articles = planting.public_site.pages["articles_fr"].get_url()
    yield Asked(f"/fr/search/?query={COMMON}")
    yield Asked(f"/fr/search/?query={COMMON}&page=2")
    yield Asked(f"{articles}?query={COMMON}")
    words = list(planting.canaries)
    if not is_thorough:
        return
    for word in words:
        yield Asked(f"/fr/search/?query={word}")
    for word in words[::4]:
        yield Asked(f"{articles}?query={word}")
        yield Asked(f"{articles}?tag={word}")


def posts(planting: Planting) -> Iterator[Asked]:
    """Speak on pages and reply to comments, hidden ones and ones that are not there; ask for a password."""
    public_site = planting.public_site
    with time_machine.travel(BUILT_AT, tick=False):
        tickets = {
            page.pk: issue_ticket(page.pk) for page in (*public_site.pages.values(), *planting.pages.values())
        }
    text = (("text", f"Et les {COMMON} ?"), ("name", "Camille"), ("email", "camille@example.org"))
    targets = [(page, "") for page in (public_site.pages["article"], *planting.pages.values())]
    parents = [*planting.comments.values(), Comment(public_id="222222222222")]
    targets += [(public_site.pages["article"], comment.public_id) for comment in parents]
    for page, parent in targets:
        ticket = tickets[page.pk]
        fields = (*text, ("ticket_key", ticket.key), ("ticket_time", ticket.time), ("parent", parent))
        yield Asked(reverse("preview_comment", args=[page.pk]), "POST", fields)
        yield Asked(reverse("create_comment", args=[page.pk]), "POST", fields)
    neighbour = planting.comments["of a neighbour"].participant.email
    for address in (neighbour, "nobody@example.org"):
        yield Asked(reverse("account_reset_password"), "POST", (("email", address),))


def conditional(planting: Planting) -> Iterator[Asked]:
    """Ask whether a file is still the one whose digest is known."""
    for picture in planting.pictures.values():
        yield Asked(picture.file.url, headers=(("If-None-Match", f'"{picture.get_file_hash()}"'),))
    for document in planting.documents.values():
        yield Asked(document.url, headers=(("If-None-Match", f'"{document.get_file_hash()}"'),))


def odd_spellings(planting: Planting) -> Iterator[Asked]:
    """Ask with other spellings of an address, with suffixes, and with parameters nobody documented."""
    for page in (*planting.pages.values(), planting.public_site.pages["article"]):
        path = page.get_url()
        spellings = (
            path.upper(),
            path.rstrip("/"),
            f"{path}x.css",
            f"{path}print/",
            path.replace("/fr/", "/fr//"),
        )
        for spelling in (*spellings, path.replace("/fr/", "/en/"), f"{path}?preview=1"):
            yield Asked(spelling)
    articles, article = planting.public_site.pages["articles_fr"], planting.public_site.pages["article"]
    comment = planting.comments["held"]
    for name in ODD_PARAMETERS:
        for value in ("1", "held", "draft", comment.public_id, str(planting.pages["draft"].pk)):
            yield Asked(f"{articles.get_url()}?{name}={value}")
            yield Asked(f"{article.get_url()}?{name}={value}")


def card_digest(page: Page) -> str:
    return card_of(page.specific, PortalSettings.objects.get()).digest
