"""Readers of what is internal are told for whom it is, by the names of the groups (R17)."""

import pytest
from django.contrib.auth.models import Group
from django.utils.translation import override
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from demo.cast import SHIP_CREWS
from people.groups import EMPLOYEES, the_group
from portal.audiences import name_readers

pytestmark = pytest.mark.django_db


def restrict(page: Page, *groups: Group, kind: str = BaseViewRestriction.GROUPS) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind).groups.set(groups)


@pytest.fixture
def crews(site) -> Group:
    return Group.objects.get(name=SHIP_CREWS)


@pytest.fixture
def for_crews(internal_dialogue, crews) -> Page:
    """A dialogue among employees, for some of them alone."""
    restrict(internal_dialogue, crews)
    return internal_dialogue


class TestNames:
    def test_r17_the_groups_of_the_narrowest_restriction_are_named(self, article, internal_dialogue, crews):
        assert name_readers(article) == ""
        assert name_readers(internal_dialogue) == "Personnel"
        with override("en"):
            assert name_readers(internal_dialogue) == "Employees"
        restrict(internal_dialogue, crews)
        assert name_readers(internal_dialogue) == SHIP_CREWS

    def test_r17_a_wider_restriction_below_a_narrow_one_changes_nothing(self, internal_dialogue, crews):
        restrict(internal_dialogue, crews, the_group(EMPLOYEES))
        assert name_readers(internal_dialogue) == "Personnel"

    def test_r17_several_groups_are_alternatives(self, article, crews):
        restrict(article, crews, the_group(EMPLOYEES))
        assert name_readers(article) == f"Personnel ou {SHIP_CREWS}"

    def test_r17_an_account_may_be_enough(self, article):
        restrict(article, kind=BaseViewRestriction.LOGIN)
        assert name_readers(article) == "toutes les personnes qui ont un compte"

    def test_r17_a_restriction_without_groups_lets_administrators_in(self, article):
        restrict(article)
        assert name_readers(article) == "l’administration du site"

    def test_r17_a_group_that_is_renamed_is_named_so(self, internal_dialogue, crews):
        restrict(internal_dialogue, crews)
        assert name_readers(internal_dialogue) == SHIP_CREWS
        crews.name = "Les équipages"
        crews.save()
        assert name_readers(internal_dialogue) == "Les équipages"


class TestShown:
    @pytest.fixture
    def reader(self, signed_in, employee, crews):
        employee.groups.add(crews)
        return signed_in(employee)

    def test_r17_facts_and_band_say_it(self, reader, for_crews):
        body = reader.get(for_crews.url).content.decode()
        assert f"<dd>{SHIP_CREWS}</dd>" in body
        assert f"Réservé\u00a0: {SHIP_CREWS}." in body
        assert "Personnel" not in body

    def test_r17_a_list_says_it_of_what_is_for_fewer_than_itself(
        self, reader, internal_fr, internal_dialogue, crews
    ):
        assert "Interne\u00a0: Personnel" not in reader.get(internal_fr.url).content.decode()
        restrict(internal_dialogue, crews)
        assert f"Interne\u00a0: {SHIP_CREWS}" in reader.get(internal_fr.url).content.decode()

    def test_r17_the_search_marks_pages_and_comments(self, reader, for_crews, say, employee, article):
        say(for_crews, "Les quarts de nuit sont longs.", user=employee)
        body = reader.get("/fr/search/?query=quarts+nuit").content.decode()
        assert body.count(f"Interne\u00a0: {SHIP_CREWS}") == 2
        assert "Interne" not in reader.get("/fr/search/?query=travaux").content.decode()

    def test_r17_nobody_else_learns_the_name(self, client, signed_in, moderator, for_crews, internal_fr):
        for browser in (client, signed_in(moderator)):
            for path in (for_crews.url, internal_fr.url, "/fr/search/?query=quarts"):
                assert SHIP_CREWS not in browser.get(path, follow=True).content.decode()
