"""Keeping public pages: what is kept and how it is given, and what never is (T35)."""

import gzip
import os
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.decorators.csp import csp_override
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import BaseViewRestriction, PageViewRestriction

from portal.page_store import offer_to_store, tidy
from portal.page_store.addresses import Address, address_of, folder_of_url
from portal.page_store.entries import make_entry
from portal.page_store.middleware import PageStoreMiddleware
from portal.page_store.store import LONGEST_LIFE, MOST_VARIANTS, OLD_STAMP, TIDY_EVERY, open_store
from tests.project import APPS

OF_ONE_ANSWER = {"X-Request-ID", "Content-Length"}


def said(response: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in OF_ONE_ANSWER}


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


# --- What is kept ---------------------------------------------------------------------------------


def test_a_page_is_made_once_and_then_read_without_a_query(read, article):
    first, second = read(article.get_url()), read(article.get_url())
    assert first.queries > 0
    assert second.queries == 0
    assert "Le quai sera refait" in second.text
    assert (first.content, said(first)) == (second.content, said(second))


def test_front_pages_lists_and_feeds_are_kept(read):
    for path in ("/fr/", "/en/", "/fr/articles/", "/fr/dialogues/", "/fr/feeds/articles.atom"):
        assert read(path).status_code == 200
        assert read(path).queries == 0, path


def test_a_kept_page_says_what_it_said_without_the_store(read, article, settings):
    read(article.get_url())
    kept = read(article.get_url())
    settings.PAGE_STORE = False
    made = Client().get(article.get_url())
    assert kept.content == made.content
    added = {"ETag", "Vary", "Cache-Control"}
    assert {k: v for k, v in said(kept).items() if k not in added} == {
        k: v for k, v in said(made).items() if k not in added
    }
    assert kept["Cache-Control"] == "no-cache"
    assert kept["Vary"] == "Accept-Encoding, Cookie"


def test_who_can_unpack_it_gets_it_packed(read, article):
    plain = read(article.get_url())
    packed = read(article.get_url(), **{"accept-encoding": "br, gzip;q=0.8"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Content-Encoding" not in read(article.get_url(), **{"accept-encoding": "gzip;q=0, br"})


def test_who_has_it_is_told_so(read, article):
    tag = read(article.get_url())["ETag"]
    for asked in (tag, f"W/{tag}", f'"x", {tag}'):
        answer = read(article.get_url(), **{"if-none-match": asked})
        assert (answer.status_code, answer.content, answer.queries) == (304, b"", 0)
        assert answer["ETag"] == tag
        assert answer["Content-Security-Policy"]
    assert read(article.get_url(), **{"if-none-match": '"x"'}).status_code == 200


def test_the_same_page_made_again_has_the_same_tag(read, article, store):
    tag = read(article.get_url())["ETag"]
    store.discard()
    assert read(article.get_url(), **{"if-none-match": tag}).status_code == 304


def test_head_is_answered_without_a_body_and_keeps_nothing(read, article):
    before = read(article.get_url(), method="head")
    assert read(article.get_url()).queries > 0
    after = read(article.get_url(), method="head")
    assert (before.content, after.content, after.queries) == (b"", b"", 0)
    assert said(before) == said(after)


# --- Who is answered from it ------------------------------------------------------------------------


def test_a_browser_that_holds_a_token_or_a_language_reads_the_same(read, article):
    browser = Client()
    browser.cookies[project.CSRF_COOKIE_NAME] = "a" * 32
    browser.cookies[project.LANGUAGE_COOKIE_NAME] = "en"
    assert read(article.get_url(), browser).queries > 0
    assert read(article.get_url()).queries == 0
    assert read(article.get_url(), browser).queries == 0


def test_a_guest_reads_what_is_kept_and_has_nothing_kept(read, article):
    guest = Client()
    guest.cookies[project.GUEST_COOKIE_NAME] = "x"
    read(article.get_url(), guest)
    assert read(article.get_url()).queries > 0
    assert read(article.get_url(), guest).queries == 0


def test_t34_another_site_learns_nothing_of_a_guest_from_what_is_kept(read, article):
    read(article.get_url())
    guest = Client()
    guest.cookies[project.GUEST_COOKIE_NAME] = "x"
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
    assert read(article.get_url(), guest, **picture).status_code == 403
    assert read("/fr/nulle-part/", guest, **picture).status_code == 403


def test_whoever_has_a_session_is_answered_by_the_portal(read, article, signed_in, employee):
    read(article.get_url())
    answer = read(article.get_url(), signed_in(employee))
    assert answer.queries > 0
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer


def test_what_is_made_for_a_session_is_not_kept(read, article, signed_in, editor):
    read(article.get_url(), signed_in(editor))
    assert read(article.get_url()).queries > 0


def test_who_shows_papers_passes_by(read, article):
    read(article.get_url())
    assert read(article.get_url(), authorization="Bearer x").queries > 0
    assert read(article.get_url(), cookie="messages=x").queries > 0


def test_a_post_passes_by(read, article):
    read(article.get_url())
    assert read(article.get_url(), method="post").queries > 0


# --- What is not kept -------------------------------------------------------------------------------


NOT_OFFERED = [
    *("/", "/fr/nulle-part/", "/fr/search/", "/fr/account/login/", "/fr/data/retention/", "/admin/"),
    *("/fr/conversation/participant/ask/", "/fr/articles/?topic=quais", "/sitemap.xml", "/robots.txt"),
]


def test_what_no_view_offers_is_not_kept(read, store):
    for path in NOT_OFFERED:
        read(path)
        read(path)
        assert store.folders() == [], path


def test_a_restricted_page_is_not_kept(read, store, article):
    PageViewRestriction.objects.create(page=article, restriction_type=BaseViewRestriction.LOGIN)
    assert read(article.get_url()).status_code == 302
    assert store.folders() == []


def test_a_preview_is_not_kept(store, article, editor):
    article.make_preview_request(preview_mode="")
    assert store.folders() == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request, response: response.set_cookie("a", "b"),
        lambda request, response: response.headers.__setitem__("Cache-Control", "private"),
        lambda request, response: response.headers.__setitem__("Cache-Control", "max-age=0, no-store"),
        lambda request, response: response.headers.__setitem__("X-Something", "new"),
        lambda request, response: request.META.update({"CSRF_COOKIE_NEEDS_UPDATE": True}),
        lambda request, response: setattr(response, "status_code", 203),
        lambda request, response: delattr(response, "page_store_offer"),
    ],
)
def test_an_offer_is_refused_where_something_in_it_is_one_persons_or_unknown(store, spoil):
    def view(request):
        response = offer_to_store(HttpResponse("…"))
        spoil(request, response)
        return response

    PageStoreMiddleware(view)(RequestFactory(headers={"host": "testserver"}).get("/fr/articles/"))
    assert store.folders() == []


def test_a_page_under_another_policy_is_not_kept():
    response = csp_override({})(lambda request: HttpResponse("…"))(RequestFactory().get("/"))
    assert make_entry(response) is None


def test_switched_off_it_leaves_nothing_behind(read, article, store, settings):
    read(article.get_url())
    settings.PAGE_STORE = False
    with pytest.raises(MiddlewareNotUsed):
        PageStoreMiddleware(lambda request: HttpResponse())
    settings.PAGE_STORE = True
    assert store.folders() == []


# --- Addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "variant", "is_exact"),
    [
        ("", "index", True),
        ("page=2", "page=2", True),
        ("order=newest&page=2", "order=newest&page=2", True),
        ("page=2&order=newest", "order=newest&page=2", False),
        ("utm_source=mail&page=2", "page=2", False),
        ("fbclid=x", "index", False),
    ],
)
def test_known_wishes_have_a_place_of_their_own_and_trackers_have_none(query, variant, is_exact):
    address = address_of(RequestFactory(headers={"host": "testserver"}).get(f"/fr/articles/?{query}"))
    assert address == Address("testserver/fr/articles", variant, is_exact)


@pytest.mark.parametrize(
    "query", ["page=2&page=3", "page=", "page=../x", "page=%2e", "PAGE=2", "query=x", "page", "&", "page=2&"]
)
def test_any_other_query_passes_by(query):
    assert address_of(RequestFactory(headers={"host": "testserver"}).get(f"/fr/articles/?{query}")) is None


def test_what_comes_with_a_tracker_is_read_from_the_page_and_not_kept(read, store):
    read("/fr/articles/?utm_source=x")
    assert store.folders() == []
    read("/fr/articles/")
    assert read("/fr/articles/?utm_source=x").queries == 0


def test_nobody_fills_the_disk_by_counting_up(store):
    folder = "testserver/fr/articles"
    entry = make_entry(HttpResponse("…"))
    for number in range(MOST_VARIANTS + 9):
        store.keep(Address(folder, f"page={number}"), entry, [], store.begin())
    kept = [name for name in files_in(Path(store.live)) if name.endswith(".json")]
    assert MOST_VARIANTS <= len(kept) <= MOST_VARIANTS + 1
    assert store.keep(Address(folder, "index"), entry, [], store.begin())


@pytest.mark.parametrize("host", ["evil.example", "testserver/../..", ".."])
def test_t35_an_unknown_host_is_refused_and_leaves_nothing(read, store, article, host):
    read(article.get_url())
    kept = files_in(Path(store.live))
    assert read(article.get_url(), host=host).status_code == 400
    assert files_in(Path(store.live)) == kept


def test_t35_each_host_has_its_own_pages_and_a_forwarded_one_counts_for_nothing(read, article):
    read(article.get_url())
    assert read(article.get_url(), host="localhost").queries > 0
    spoofed = {"x-forwarded-host": "evil.example", "x-original-url": "/fr/", "x-forwarded-scheme": "https"}
    assert "evil.example" not in read(article.get_url(), **spoofed).text


def store_folder(store) -> Path:
    return Path(store.root)


SIGNS = st.text(st.sampled_from("/.@%~\\:\0abzAZ09_-?&=#;é "), max_size=60)


@hypothesis_settings(max_examples=400)
@given(path=SIGNS, host=SIGNS, query=SIGNS)
@example(path="fr/../../etc/passwd/", host="testserver", query="")
@example(path="fr/@/index.html/", host="testserver", query="")
@example(path="fr/a/", host="..", query="page=..")
def test_t35_no_request_names_a_place_outside_of_its_folder(path, host, query):
    request = RequestFactory().get("/")
    request.path_info = f"/{path}"
    request.META |= {"HTTP_HOST": host, "QUERY_STRING": query}
    address = address_of(request)
    for folder in {address.folder if address else None, folder_of_url(f"https://{host}/{path}")} - {None}:
        whole = f"/root/sites/{folder}/@"
        assert os.path.normpath(whole) == whole
        assert "@" not in folder
    if address:
        assert os.path.basename(f"{address.variant}.html") == f"{address.variant}.html"


# --- One at a time ----------------------------------------------------------------------------------


def test_whoever_comes_while_it_is_made_waits_for_it(read, store, article, monkeypatch):
    monkeypatch.setattr("portal.page_store.middleware.LONGEST_WAIT", 60)
    read(article.get_url())
    folder = Path(store.live, "sites", f"testserver{article.get_url()}@")
    folder.rename(store_folder(store) / "aside")
    lock = store.claim(Address(f"testserver{article.get_url().rstrip('/')}", "index"))

    def finish() -> None:
        time.sleep(0.05)
        (store_folder(store) / "aside").rename(folder)
        os.close(lock)

    maker = threading.Thread(target=finish)
    maker.start()
    answer = read(article.get_url())
    maker.join()
    assert answer.queries == 0


def test_whoever_waits_for_too_long_is_served_all_the_same(read, store, article, monkeypatch):
    monkeypatch.setattr("portal.page_store.middleware.LONGEST_WAIT", 0.05)
    lock = store.claim(Address(f"testserver{article.get_url().rstrip('/')}", "index"))
    assert read(article.get_url()).status_code == 200
    os.close(lock)
    assert store.folders() == []


# --- The disk ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["scratch", "building", "marks", "trash"])
def test_f08_where_nothing_can_be_written_all_is_served_unkept(read, store, article, name):
    store.make_folders()
    (store_folder(store) / name).rmdir()
    (store_folder(store) / name).write_text("in the way")
    for _time in range(2):
        assert "Le quai sera refait" in read(article.get_url()).text
    assert name in {"building", "trash"} or store.folders() == []


def test_what_is_removed_by_hand_is_made_anew(read, article, store):
    read(article.get_url())
    store.discard()
    os.rename(store.root, f"{store.root}-away")
    assert read(article.get_url()).queries > 0
    assert read(article.get_url()).queries == 0


def test_tidying_removes_what_is_old_and_former_releases(read, article, store):
    read(article.get_url())
    read("/fr/")
    old = Path(store.live, "sites", f"testserver{article.get_url()}@")
    former = store_folder(store) / "live-former"
    former.mkdir()
    os.utime(old, (0, time.time() - LONGEST_LIFE - 9))
    os.utime(former, (0, time.time() - OLD_STAMP - 9))
    tidy()
    assert store.folders() == ["testserver/fr"]
    assert not former.exists()
    assert files_in(store_folder(store) / "trash") == set()
    os.utime(Path(store.live, "sites", "testserver/fr/@"), (0, 0))
    tidy()
    assert store.folders() == ["testserver/fr"], "it looks now and then only"
    os.utime(store_folder(store) / "tidied", (0, time.time() - TIDY_EVERY - 9))
    tidy()
    assert store.folders() == []


def test_tidying_begins_anew_where_there_is_too_much(read, article, store, monkeypatch):
    read(article.get_url())
    monkeypatch.setattr("portal.page_store.store.MOST_ENTRIES", 0)
    tidy()
    assert store.folders() == []


def test_a_new_release_begins_with_nothing(store, settings, monkeypatch):
    stamp = open_store().live
    monkeypatch.setenv("PARLEY_BASE_URL", "https://elsewhere.example")
    settings.PAGE_STORE_DIR = f"{settings.PAGE_STORE_DIR}-2"
    assert os.path.basename(open_store().live) != os.path.basename(stamp)


def test_the_offer_of_a_view_is_a_promise_of_public_pages_only():
    """Whoever offers an answer promises that it is everybody's: name it here when you have made sure."""
    offering = {
        str(path.relative_to(project.BASE_DIR))
        for app in APPS
        for path in Path(project.BASE_DIR, app).rglob("*.py")
        if "offer_to_store(" in path.read_text(encoding="utf-8")
    }
    assert offering == {"portal/page_store/offers.py", "portal/models/pages.py", "blog/feeds.py"}


def test_addresses_of_one_person_are_never_looked_for():
    for name in ("personal_page", "search", "account_login"):
        request = RequestFactory(headers={"host": "testserver"}).get(reverse(name))
        assert address_of(request) is None
