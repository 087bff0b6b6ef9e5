"""Every screen of the admin speaks the language of whoever reads it, and that language alone."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from babel.messages.mofile import read_mo
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry
from wagtail.users.models import UserProfile

from blog.models import Author, BlogPage
from demo.pictures import picture
from dialogue.blocks import Selection, quotation_of
from mail.actions import queue_mail
from moderation.actions import Notice, flag_comment
from moderation.models import ScreeningTerm
from people.models import User
from portal.models import PortalDocument, PortalImage, Topic
from portal.wagtail_words import COUNTED, WORDS
from tests.house.admin_words import LIBRARIES, foreign_words, words_of
from tests.house.test_text import report

SCREENS = 130
ADDRESS = re.compile(r"/admin/[^\"'\s<>\\)]*")
WAYS_OUT = re.compile(r"/logout|/account/|export=|/styleguide/|\.(?:csv|xlsx)$|/documents/\d|/bulk/")
# The site itself, in the language of a page, shown within the admin.
READERS = {
    "dialogue_see_draft_as_reader",
    "tell_session",
    "wagtailadmin_block_preview",
    "wagtailadmin_pages:revisions_view",
    "wagtailadmin_pages:view_draft",
}
SPOKEN = "Un mot sur les quarts."


def screens(client: Client) -> Iterator[tuple[str, str]]:
    """Yield where a screen is and its HTML, one of each kind that another one leads to."""
    waiting, seen = {"wagtailadmin_home": "/admin/"}, set()
    while waiting:
        kind, path = waiting.popitem()
        seen.add(kind)
        answer = client.get(path)
        html = _html_of(answer)
        yield path, html
        for address in sorted(set(ADDRESS.findall(unescape(html).replace("\\u0026", "&")))):
            if WAYS_OUT.search(address):
                continue
            try:
                kind = resolve(address.partition("?")[0].partition("#")[0]).view_name
            except Resolver404:
                continue
            if kind not in seen | READERS and not kind.endswith("_results"):  # a part of another screen
                waiting[kind] = address
    assert len(seen) >= SCREENS, sorted(seen)


def _html_of(answer: HttpResponse) -> str:
    """Return what an answer shows: a screen, or what a script puts in one."""
    kind = answer.get("Content-Type", "")
    if answer.status_code != 200 or not ("html" in kind or "json" in kind):
        return ""
    if "html" in kind:
        return answer.content.decode()
    content = answer.json()
    return content.get("html", "") if isinstance(content, dict) else ""


def typed_words() -> Iterator[str]:
    """Yield what people have written: titles, names, roles; comments, and what the history says of them."""
    yield from (SPOKEN, "Québec", "crétin", "Horaires", "Le quai", "Le plan", "/ancien")
    for page in Page.objects.filter(depth__gt=1):
        yield from (page.title, page.draft_title)
    yield from PageLogEntry.objects.values_list("label", flat=True)
    for person in User.objects.all():
        yield from (person.get_full_name(), person.last_name, person.role_label_fr, person.role_label_en)


@pytest.fixture
def one_of_each(article, dialogue, internal_dialogue, say, receive, editor, home_fr):
    """A row in each list, so that the screens of one thing are walked as well."""
    comment = say(article, SPOKEN, "Odile", email="odile@example.org", may_quote=True)
    receive(article, SPOKEN, "Bertrand")
    queue_mail("dialogue.reply", comment.participant, cause_id=comment.pk)
    flag_comment(comment, Notice("attack", user=editor, text=SPOKEN))
    page = BlogPage(title=SPOKEN, introduction=SPOKEN)
    selection = Selection(comment.public_id)
    page.body = [("featured_comment", {"quotation": quotation_of(comment, selection), "why": ""})]
    article.get_parent().add_child(instance=page)
    page.save_revision(user=editor).publish()
    ScreeningTerm.objects.create(term="crétin", kind="suspect")
    Author.objects.create(name="Odile", locale=home_fr.locale)
    Topic.objects.create(name="Horaires", locale=home_fr.locale)
    Redirect.objects.create(old_path="/ancien", redirect_page=article)
    PortalImage.objects.create(
        title="Le quai", file=ImageFile(BytesIO(picture("ferry-crossing")), name="quai.jpg")
    )
    PortalDocument.objects.create(title="Le plan", file=ContentFile(b"%PDF", name="plan.pdf"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_screen_has_words_of_the_other_language(language, administrator, signed_in, one_of_each):
    UserProfile.objects.update_or_create(user=administrator, defaults={"preferred_language": language})
    typed = list(typed_words())
    faults = {
        words: path
        for path, html in screens(signed_in(administrator))
        for words in foreign_words(words_of(html), language, typed)
    }
    report(
        f"The admin in {language}: translate, or thaw in portal/wagtail_patches/thawed_words.py",
        sorted(f"{words} ({path})" for words, path in faults.items()),
    )


def test_what_we_say_in_the_place_of_wagtails_words_is_still_said_there():
    said = set()
    for path in (path for library in LIBRARIES for path in library.rglob("fr/*/django.mo")):
        with path.open("rb") as file:
            said |= {
                message.id if isinstance(message.id, str) else message.id[0] for message in read_mo(file)
            }
    with override("en"):
        gone = [words for words in map(str, (*WORDS, *COUNTED)) if words not in said]
    report("portal/wagtail_words.py: Wagtail has other words by now, or none.", gone)


class TestTheRulesThemselves:
    """Each is seen to fail."""

    @pytest.mark.parametrize(
        ("language", "html"),
        [
            ("en", "<button>Rechercher</button>"),
            ("en", "<p>Approbation de la rédaction</p>"),
            ("en", '<script type="application/json">{"label": "Ce qui est nouveau"}</script>'),
            ("fr", "<option>Root</option>"),
            ("fr", "<td>1-3 sur 3 None</td>"),
            ("fr", "<td>Participant object (3)</td>"),
            ("fr", '<label class="w-sr-only">Can add author</label>'),
            ("fr", '<a aria-label="More options for this page"></a>'),
        ],
    )
    def test_foreign_words_are_found(self, language, html):
        assert foreign_words(words_of(html), language, [])

    @pytest.mark.parametrize(
        ("language", "html"),
        [
            ("en", "<p>Vie privée</p>"),  # typed
            ("fr", "<p>Documents, images, pages</p>"),
            ("fr", '<script type="application/json">{"label": "comment", "type": "ITEM"}</script>'),
            ("fr", "<p hidden>None</p><!-- None --><script>not = None</script>"),
            ("en", "<p>https://example.org/le-quai/ /fr/recherche/</p>"),
            ("en", '<div lang="fr"><p>Rechercher</p></div>'),
        ],
    )
    def test_others_are_not(self, language, html):
        assert not foreign_words(words_of(html), language, ["Vie privée"])
