"""Who may read a page: the predicate, its spelling for lists, and the audiences that follow from it."""

import itertools

import pytest
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from demo.cast import SHIP_CREWS
from demo.factories.people import group_of
from home.models import HomePage
from people.groups import EMPLOYEES, the_group
from people.models import User
from portal.editions import edition_kept
from portal.permissions import (
    Audience,
    Restriction,
    audience_of,
    can_read_page,
    load_restrictions,
    reachable_pages,
    readers_are_within,
    readers_stay_within,
    restrictions_against,
    visible_pages,
)
from tests.database import for_a_while

ACTORS = [
    "stranger",
    "verified_visitor",
    "other_visitor",
    "employee",
    "outsider_employee",
    "editor",
    "outsider_editor",
    "moderator",
    "administrator",
    "former_employee",
    "former_administrator",
]


def restrict(
    page: Page, kind: str = BaseViewRestriction.GROUPS, groups: tuple[str, ...] = ()
) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open sesame")
    restriction.groups.set(map(group_of, groups))
    return restriction


def grow(parent: Page, title: str, *, live: bool = True) -> Page:
    """Put a plain page below `parent`: who may read is asked of pages of any type."""
    return parent.add_child(instance=Page(title=title, slug=title, live=live, locale=parent.locale))


@pytest.fixture
def verified_visitor(stranger):
    """A guest has no account: to a page they are nobody, whatever their address."""
    return stranger


other_visitor = verified_visitor


@pytest.fixture
def outsider_editor(editor):
    """An editor who is no employee."""
    editor.groups.remove(the_group(EMPLOYEES))
    return editor


@pytest.fixture
def former_administrator(administrator):
    return User.objects.create(username="gone", email="gone@example.org", is_superuser=True, is_active=False)


@pytest.fixture(scope="module")
def tree(django_db_setup, django_db_blocker):
    """One page for each way to be closed, and what stands below it."""
    with django_db_blocker.unblock(), for_a_while():
        yield plant(HomePage.objects.get(locale__language_code="fr"))


def plant(home: HomePage) -> dict[str, Page]:
    pages = {"public": grow(home, "public"), "draft": grow(home, "draft", live=False)}
    pages["login"] = grow(home, "login")
    pages["employees"] = grow(home, "employees")
    pages["nobody"] = grow(home, "nobody")
    pages["password"] = grow(home, "password")
    pages["either"] = grow(home, "either")
    pages["below"] = grow(pages["employees"], "below")
    pages["crews"] = grow(pages["employees"], "crews")
    pages["below-crews"] = grow(pages["crews"], "below-crews")
    pages["internal-draft"] = grow(pages["employees"], "internal-draft", live=False)
    pages["crews-below-login"] = grow(pages["login"], "crews-below-login")
    restrict(pages["login"], BaseViewRestriction.LOGIN)
    restrict(pages["employees"], groups=(EMPLOYEES,))
    restrict(pages["crews"], groups=(SHIP_CREWS,))
    restrict(pages["crews-below-login"], groups=(SHIP_CREWS,))
    restrict(pages["either"], groups=(EMPLOYEES, SHIP_CREWS))
    restrict(pages["nobody"])
    restrict(pages["password"], BaseViewRestriction.PASSWORD)
    return {name: Page.objects.get(pk=page.pk) for name, page in pages.items()}


EVERYBODY = set(ACTORS)
SIGNED_IN = EVERYBODY - {
    "stranger", "verified_visitor", "other_visitor", "former_employee", "former_administrator"
}  # fmt: skip
STAFF_OF_COMPANY = {"employee", "outsider_employee", "moderator", "editor", "administrator"}
READERS = {
    "public": EVERYBODY,
    "draft": set(),
    "login": SIGNED_IN,
    "employees": STAFF_OF_COMPANY,
    "nobody": {"administrator"},
    "password": {"administrator"},
    "either": STAFF_OF_COMPANY,
    "below": STAFF_OF_COMPANY,
    "crews": {"employee", "administrator"},
    "below-crews": {"employee", "administrator"},
    "internal-draft": set(),
    "crews-below-login": {"employee", "administrator"},
}


@pytest.mark.parametrize("actor", ACTORS)
def test_readers(tree, actor, request):
    """The table of pages and readers; the spelling for one page and the one for lists agree on each."""
    viewer = request.getfixturevalue(actor)
    expected = {name for name, readers in READERS.items() if actor in readers}
    one_by_one = {name for name, page in tree.items() if can_read_page(viewer, page)}
    listed = set(visible_pages(Page.objects.filter(pk__in=[p.pk for p in tree.values()]), viewer))
    assert one_by_one == expected
    assert listed == {tree[name] for name in expected}


@pytest.mark.parametrize("actor", ACTORS)
def test_the_admin_reaches_drafts_but_no_closed_page(tree, actor, request):
    viewer = request.getfixturevalue(actor)
    restrictions = restrictions_against(viewer)
    reached = set(reachable_pages(Page.objects.all(), viewer))
    for page in tree.values():
        assert (page in reached) == (not any(restriction.covers(page.path) for restriction in restrictions))


def test_audiences(tree):
    assert {name for name, page in tree.items() if audience_of(page) == Audience.PUBLIC} == {
        "public",
        "draft",
    }


def test_a_page_not_yet_in_the_tree_is_public_and_passed_restrictions_are_not_looked_up(
    tree, django_assert_num_queries
):
    restrictions = load_restrictions()
    with django_assert_num_queries(0):
        assert audience_of(Page(title="new"), restrictions) == Audience.PUBLIC
        assert readers_are_within(tree["crews"], tree["employees"], restrictions)
        assert not readers_stay_within(tree["crews"], tree["public"], restrictions)


class TestCost:
    """Asking is cheap, however many pages and restrictions there are: the edition, and who somebody is."""

    @pytest.fixture(autouse=True)
    def _restrictions_remembered(self, tree):
        load_restrictions()

    def test_it_takes_one_query_for_a_stranger(self, tree, stranger, django_assert_num_queries):
        with django_assert_num_queries(1):
            can_read_page(stranger, tree["crews"])

    def test_it_takes_one_more_for_the_groups_of_somebody_signed_in(
        self, tree, employee, django_assert_num_queries
    ):
        with django_assert_num_queries(2):
            can_read_page(employee, tree["crews"])

    def test_it_takes_none_more_for_an_administrator(self, tree, administrator, django_assert_num_queries):
        with django_assert_num_queries(1):
            can_read_page(administrator, tree["crews"])


class TestReadersAreWithin:
    """`readers_are_within(page, source)`: may every reader of `page` read `source`?"""

    @pytest.mark.parametrize(
        ("page", "source"),
        [
            ("public", "public"),
            ("employees", "public"),
            ("employees", "login"),
            ("crews", "employees"),
            ("crews", "below"),
            ("employees", "either"),
            ("crews-below-login", "login"),
            ("below", "employees"),
            ("password", "password"),
            ("nobody", "login"),
        ],
    )
    def test_yes(self, tree, page, source):
        assert readers_are_within(tree[page], tree[source])

    @pytest.mark.parametrize(
        ("page", "source"),
        [
            ("public", "login"),
            ("public", "employees"),
            ("login", "employees"),
            ("employees", "crews"),
            ("either", "employees"),
            ("login", "password"),
            ("password", "login"),
            ("crews-below-login", "employees"),
            ("nobody", "employees"),  # one that admits nobody is half made: it proves nothing
        ],
    )
    def test_no(self, tree, page, source):
        assert not readers_are_within(tree[page], tree[source])

    def test_a_yes_holds_for_each_of_the_cast(self, tree, request):
        cast = [request.getfixturevalue(name) for name in ACTORS]
        live = [page for page in tree.values() if page.live]
        for page, source in itertools.product(live, live):
            if readers_are_within(page, source):
                assert all(can_read_page(each, source) for each in cast if can_read_page(each, page))


class TestReadersStayWithin:
    """`readers_stay_within(page, destination)`: would the move show it to nobody new?"""

    @pytest.mark.parametrize(
        ("page", "destination", "expected"),
        [
            ("public", "employees", True),
            ("below", "public", False),
            ("below", "login", False),
            ("below", "crews", True),
            ("below", "employees", True),
            ("employees", "public", True),  # its own restriction goes along
            # It keeps the narrower restriction and loses the wider, which the narrower does not imply.
            ("crews", "public", False),
            ("crews-below-login", "public", True),
        ],
    )
    def test_move(self, tree, page, destination, expected):
        assert readers_stay_within(tree[page], tree[destination]) is expected


class TestRestriction:
    """One restriction, compared with another."""

    def test_it_ignores_the_address_of_its_page(self):
        assert Restriction("0001", "login", frozenset(), "/a/") == Restriction(
            "0001", "login", frozenset(), "/b/"
        )

    def test_only_the_outermost_restriction_is_told(self, tree, stranger):
        paths = [restriction.path for restriction in restrictions_against(stranger)]
        assert tree["employees"].path in paths
        assert tree["crews"].path not in paths


class TestRememberedRestrictions:
    """They are remembered until one of them changes; whether that is so is asked once in a request."""

    def test_in_a_request_they_cost_one_query_and_that_for_the_edition(self, internal_fr, count_queries):
        load_restrictions()
        with edition_kept():
            assert count_queries(lambda: [load_restrictions() for _number in range(5)]) == 1

    def test_outside_of_a_request_the_edition_is_asked_each_time(self, internal_fr, count_queries):
        load_restrictions()
        assert count_queries(lambda: [load_restrictions() for _number in range(5)]) == 5

    def test_a_restriction_that_is_set_up_meanwhile_is_seen(self, articles_fr):
        with edition_kept():
            before = len(load_restrictions())
            restriction = PageViewRestriction.objects.create(page=articles_fr, restriction_type="login")
            assert len(load_restrictions()) == before + 1
            restriction.delete()
            assert len(load_restrictions()) == before
