"""What every test may ask for: the cast, a portal that is set up, a browser, an eye on queries.

The database of a test run holds what `setup_site` makes, as if an administrator had just run it; each test
begins with that and nothing else.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.urls import clear_script_prefix
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page, Site

from demo.cast import SignIn, find_sign_in
from people.models import User
from portal.editions import forget_everything
from tests.caches import clear_caches
from tests.snapshot import Snapshot, find_migrated, keep_migrated

pytest_plugins = ["tests.browser", "tests.people.provider", "tests.people.saml"]

# --- How the suite runs -------------------------------------------------------------------------

# Examples are counted, not timed, and the same tree has the same ones everywhere.
hypothesis.settings.register_profile("parley", deadline=None, derandomize=True)
hypothesis.settings.load_profile("parley")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a test was skipped: what was not tested must not look as if it had passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    is_worker = hasattr(session.config, "workerinput")
    if is_worker or not reporter or session.config.getoption("--allow-skips"):
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on SQLite, what several processes can only do with PostgreSQL."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> Path | None:
    """Where a migrated database is kept between runs; PostgreSQL's is made anew each time."""
    if connection.vendor != "sqlite" or not request.config.pluginmanager.has_plugin("cacheprovider"):
        return None
    return find_migrated(request.config.cache.mkdir("parley-database"))


@pytest.fixture(scope="session")
def django_db_keepdb(migrated: Path | None) -> bool:
    """Begin with the kept database where there is one."""
    if migrated is None or not migrated.exists():
        return False
    shutil.copyfile(migrated, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    migrated: Path | None, django_db_keepdb: bool, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Set the portal up once; after a test that commits, lay back the copy taken here."""
    with django_db_blocker.unblock():
        if migrated is not None and not django_db_keepdb:
            keep_migrated(migrated)
        call_command("setup_site", interactive=False, verbosity=0)
        snapshot = Snapshot()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: snapshot.restore())
        yield
    with django_db_blocker.unblock():
        snapshot.discard()


@pytest.fixture(autouse=True)
def _fresh_start() -> Iterator[None]:
    """No test inherits another's cache, language or address prefix."""
    clear_caches()
    translation.activate("fr")
    clear_script_prefix()
    yield
    translation.activate("fr")


# --- The portal ---------------------------------------------------------------------------------


@pytest.fixture
def site(db: None) -> Site:
    """The portal as `setup_site` leaves it."""
    return Site.objects.get(is_default_site=True)


def _only(model: str, language: str) -> Page:
    return apps.get_model(model).objects.get(locale__language_code=language)


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


# --- The cast -----------------------------------------------------------------------------------


def enrol(person: SignIn) -> User:
    """Give a member of the cast their account; the second time, find it."""
    user, is_new = User.objects.get_or_create(
        username=person.username,
        defaults={
            "email": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "role_label": person.role_label,
            "language": person.language,
            "is_superuser": person.is_superuser,
            "is_active": person.is_active,
        },
    )
    if is_new:
        user.set_password(person.password)
        user.save()
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in person.groups])
    return user


@pytest.fixture
def administrator(site: Site) -> User:
    """Sylvio, who may do everything."""
    return enrol(find_sign_in("sylvio"))


@pytest.fixture
def editor(site: Site) -> User:
    """Maude: writes, publishes, features comments, opens and closes dialogues."""
    return enrol(find_sign_in("maude"))


@pytest.fixture
def moderator(site: Site) -> User:
    """Fanny: publishes, rejects, hides and restores comments."""
    return enrol(find_sign_in("fanny"))


@pytest.fixture
def answerer(site: Site) -> User:
    """Graham: replies in the organisation's name."""
    return enrol(find_sign_in("graham"))


@pytest.fixture
def employee(site: Site) -> User:
    """Isaac, of the ship crews."""
    return enrol(find_sign_in("isaac"))


@pytest.fixture
def outsider_employee(site: Site) -> User:
    """Karim: an employee, but not of the ship crews."""
    return enrol(find_sign_in("karim"))


@pytest.fixture
def former_employee(site: Site) -> User:
    """Denis, who has left: his account is disabled."""
    return enrol(find_sign_in("denis"))


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
