"""Where no moderator may read, administrators hear of what is held, and whoever closes it knows (R18)."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from demo.cast import SHIP_CREWS
from mail.models import OutgoingMail
from moderation.actions import publish_comment, tell_moderators
from people.groups import EMPLOYEES, the_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def crews(site) -> Group:
    return Group.objects.get(name=SHIP_CREWS)


@pytest.fixture
def for_crews(internal_dialogue, crews):
    restriction = PageViewRestriction.objects.create(page=internal_dialogue, restriction_type="groups")
    restriction.groups.set([crews])
    return internal_dialogue


def told() -> set[str]:
    tell_moderators()
    waiting = OutgoingMail.objects.filter(kind="moderation.waiting")
    return set(waiting.values_list("participant__user__username", flat=True))


def close(browser, page, *groups):
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    sent = {"restriction_type": "groups", "groups": [group.pk for group in groups]}
    return browser.post(address, sent).json()


def test_r18_administrators_hear_of_what_no_moderator_may_read(
    for_crews, receive, employee, administrator, moderator, policy
):
    policy("hold_all")
    receive(for_crews, "SECRET", user=employee)
    assert told() == {administrator.username}


def test_r18_where_a_moderator_may_they_do_not(internal_dialogue, receive, employee, moderator, policy):
    policy("hold_all")
    receive(internal_dialogue, "SECRET", user=employee)
    assert told() == {moderator.username}


def test_r18_they_can_act(for_crews, receive, employee, administrator, signed_in, policy):
    policy("hold_all")
    held = receive(for_crews, "SECRET", user=employee)
    listed = signed_in(administrator).get(reverse("moderation_comments:list_comments")).content.decode()
    assert "SECRET" in listed
    publish_comment(held, by=administrator)
    held.refresh_from_db()
    assert held.is_published


def test_r18_whoever_closes_a_page_is_told_first(signed_in, administrator, dialogue, crews):
    answer = close(signed_in(administrator), dialogue, crews)
    assert answer["step"] == "set_privacy"
    assert "Aucun membre de la modération" in answer["html"]


def test_r18_but_not_where_a_moderator_is_in(signed_in, administrator, dialogue, moderator):
    assert close(signed_in(administrator), dialogue, the_group(EMPLOYEES))["step"] == "set_privacy_done"


def test_r18_nor_of_pages_on_which_nobody_speaks(signed_in, administrator, home_fr, crews):
    plain = home_fr.get_children().type(home_fr.get_children().last().specific_class).last()
    assert close(signed_in(administrator), plain, crews)["step"] == "set_privacy_done"
