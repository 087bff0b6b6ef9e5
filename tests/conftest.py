"""What every test may ask for: the world in which it begins, a browser, an eye on queries."""

import gc
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.urls import clear_script_prefix
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key
from wagtail.models import Page, Site
from xdist import is_xdist_worker

from demo.cast import find_sign_in
from dialogue.models import Comment
from people.models import User
from portal.editions import forget_everything
from tests.caches import clear_caches
from tests.database import Snapshot, make_database, make_template
from tests.indexing import written_when_read
from tests.pictures import cut_once
from tests.samples import WHOLE
from tests.speech import receive, say
from tests.visibility import say_what_is_untold, watched_visibility
from tests.world import ARTICLE, DIALOGUE, INTERNAL_DIALOGUE, take_away, take_down, take_pages_away

pytest_plugins = ["tests.browser", "tests.mail.server", "tests.people.provider", "tests.people.saml"]

# --- How the suite runs -------------------------------------------------------------------------

# Examples are counted, not timed, and the same tree has the same ones everywhere.
hypothesis.settings.register_profile("parley", deadline=None, derandomize=True)
hypothesis.settings.load_profile("parley")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to make the database while the workers gather the tests; they wait for it where they need it."""
    config = session.config
    if is_xdist_worker(session) or not config.getoption("numprocesses", None) or config.option.collectonly:
        return
    folder = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    unblock = config.stash[blocking_manager_key].unblock

    def make() -> None:
        with unblock():
            make_template(folder, _kept(config))

    # Here are no threads yet, no connections, no driver of a browser.
    multiprocessing.get_context("fork").Process(target=make, daemon=True).start()


def _kept(config: pytest.Config) -> Path | None:
    """Return the folder that all runs on this machine share, if there is one."""
    has_cache = config.pluginmanager.has_plugin("cacheprovider")
    return config.cache.mkdir("parley-database") if has_cache and config.cache else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a test was skipped: what was not tested must not look as if it had passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if is_xdist_worker(session) or not reporter or session.config.getoption("--allow-skips"):
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    _tell_skipped(terminalreporter, config)
    if file := config.getoption("--list-failed"):
        reports = (report for kind in ("failed", "error") for report in terminalreporter.stats.get(kind, []))
        names = dict.fromkeys(report.nodeid for report in reports)
        Path(file).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _tell_skipped(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and not config.getoption("--allow-skips"):
        terminalreporter.section("Skipped tests fail the run", red=True)
        for report in skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            terminalreporter.line(f"{report.nodeid}: {reason}")
        terminalreporter.line("Install what they ask for, or say that it does not matter: --allow-skips.")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--list-failed", metavar="FILE", help="write there which tests failed, a line each")
    parser.addoption("--allow-skips", action="store_true", help="a skipped test does not fail the run")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for another in the end.

    On SQLite, leave out what several processes can only do with PostgreSQL; there, what one case has told.
    """
    if connection.vendor == "postgresql":
        left_out = [] if WHOLE else list(_told_by_others(items))
    else:
        left_out = [item for item in items if item.get_closest_marker("postgresql")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    items.sort(key=_rank)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for rubbish seldom, and never in what stays to the end: it takes a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _told_by_others(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield the cases of each test between the first and the last: the same statements with other words."""
    cases: defaultdict[str, list[pytest.Function]] = defaultdict(list)
    for item in items:
        if isinstance(item, pytest.Function) and not item.get_closest_marker("every_case"):
            cases[item.nodeid.partition("[")[0]].append(item)
    for alike in cases.values():
        alike.sort(
            key=lambda item: tuple(item.callspec.indices.values()) if hasattr(item, "callspec") else ()
        )
        yield from alike[1:-1]


# By the beginnings of their names; the rest are quick.
LONGEST_FIRST = (
    # Meanwhile the database is made, which these do not need.
    "tests/house/test_text",
    "tests/portal/test_settings",
    "tests/dialogue/test_markup",
    "tests/journeys/test_founding",
    "tests/trust/",
    "tests/demo/test_seed_demo",
    "tests/journeys/",
)


def _rank(item: pytest.Item) -> int:
    beginnings = enumerate(LONGEST_FIRST)
    return next((rank for rank, name in beginnings if item.nodeid.startswith(name)), len(LONGEST_FIRST))


@pytest.fixture(scope="session")
def shared_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder which all processes of the run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if is_xdist_worker(request) else folder


@pytest.fixture(scope="session", autouse=True)
def _pictures(shared_folder: Path) -> Iterator[None]:
    with cut_once(shared_folder / "pictures"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    shared_folder: Path,
) -> Iterator[None]:
    """Lay the database out once for the run, and after each test that commits lay it back."""
    with django_db_blocker.unblock():
        make_database(shared_folder, _kept(request.config))
        snapshot = Snapshot("world")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: snapshot.restore())
        yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def _fresh_start() -> Iterator[None]:
    """No test inherits another's cache, language or address prefix."""
    clear_caches()
    translation.activate("fr")
    clear_script_prefix()
    yield
    translation.activate("fr")


@pytest.fixture(autouse=True)
def _visibility() -> Iterator[None]:
    """Whatever an app changes of who sees what, it tells."""
    with watched_visibility() as watch, written_when_read():
        yield
    if untold := say_what_is_untold(watch):
        pytest.fail(untold, pytrace=False)


# --- The portal ---------------------------------------------------------------------------------


@pytest.fixture
def site(db: None) -> Site:
    """The portal as `setup_site` leaves it."""
    return Site.objects.get(is_default_site=True)


def _only(model: str, language: str) -> Page:
    return apps.get_model(model).objects.get(locale__language_code=language)


@pytest.fixture
def bare_portal(site: Site) -> None:
    """Nothing is published: the pages of the world are drafts."""
    take_down()


@pytest.fixture
def empty_portal(site: Site) -> None:
    """Nobody has written a page yet."""
    take_pages_away()


@pytest.fixture
def new_portal(site: Site) -> None:
    """The portal as `setup_site` leaves it: there are no such pages, and nobody has an account."""
    take_away()


@pytest.fixture
def home_fr(site: Site) -> Page:
    return _only("home.HomePage", "fr")


@pytest.fixture
def home_en(site: Site) -> Page:
    return _only("home.HomePage", "en")


@pytest.fixture
def articles_fr(site: Site) -> Page:
    return _only("blog.BlogIndexPage", "fr")


@pytest.fixture
def articles_en(site: Site) -> Page:
    return _only("blog.BlogIndexPage", "en")


@pytest.fixture
def dialogues_fr(site: Site) -> Page:
    return _only("dialogue.DialogueIndexPage", "fr")


@pytest.fixture
def dialogues_en(site: Site) -> Page:
    return _only("dialogue.DialogueIndexPage", "en")


@pytest.fixture
def internal_fr(site: Site) -> Page:
    return _only("dialogue.InternalDialogueIndexPage", "fr")


@pytest.fixture
def internal_en(site: Site) -> Page:
    return _only("dialogue.InternalDialogueIndexPage", "en")


@pytest.fixture
def article(site: Site) -> Page:
    """A published article in French that takes comments; nobody has spoken yet."""
    return _page("blog.BlogPage", ARTICLE)


@pytest.fixture
def dialogue(site: Site) -> Page:
    """A public dialogue in French, open for long."""
    return _page("dialogue.DialoguePage", DIALOGUE)


@pytest.fixture
def internal_dialogue(site: Site) -> Page:
    """A dialogue among employees, open for long."""
    return _page("dialogue.DialoguePage", INTERNAL_DIALOGUE)


def _page(model: str, slug: str) -> Page:
    return apps.get_model(model).objects.get(slug=slug)


# --- The cast -----------------------------------------------------------------------------------


def _account(key: str) -> User:
    return User.objects.get(username=find_sign_in(key).username)


@pytest.fixture
def administrator(site: Site) -> User:
    """Sylvio, who may do everything."""
    return _account("sylvio")


@pytest.fixture
def editor(site: Site) -> User:
    """Maude: writes, publishes, features comments, opens and closes dialogues."""
    return _account("maude")


@pytest.fixture
def moderator(site: Site) -> User:
    """Fanny: publishes, rejects, hides and restores comments."""
    return _account("fanny")


@pytest.fixture
def answerer(site: Site) -> User:
    """Graham: replies in the organisation's name."""
    return _account("graham")


@pytest.fixture
def employee(site: Site) -> User:
    """Isaac, of the ship crews."""
    return _account("isaac")


@pytest.fixture
def outsider_employee(site: Site) -> User:
    """Karim: an employee, but not of the ship crews."""
    return _account("karim")


@pytest.fixture
def former_employee(site: Site) -> User:
    """Denis, who has left: his account is disabled."""
    return _account("denis")


@pytest.fixture
def stranger() -> AnonymousUser:
    """Whoever opens the site signed out."""
    return AnonymousUser()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a client in which somebody has signed in: `signed_in(editor).get(…)`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(name="say")
def _say() -> Callable[..., Comment]:
    """`tests.speech.say`: `say(article, "…", parent=…)`."""
    return say


@pytest.fixture(name="receive")
def _receive() -> Callable[..., Comment]:
    """`tests.speech.receive`: the same, left where screening puts it."""
    return receive


# --- An eye on queries --------------------------------------------------------------------------


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    """Return a function that counts the queries of an act: `count_queries(lambda: client.get(url))`."""

    def count(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count


@pytest.fixture
def count_cold_queries(count_queries: Callable) -> Callable[[Callable[[], object]], int]:
    """Return the same for an act in a process that remembers nothing yet."""

    def count(act: Callable[[], object]) -> int:
        forget_everything()
        return count_queries(act)

    return count
