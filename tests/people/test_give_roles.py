"""A role is known in both languages, and what was said keeps both as they were then (R20)."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from dialogue.fragments import render_fragment
from dialogue.models import Comment
from dialogue.personal_data import COMMENT_FIELDS
from people.models import User
from people.permissions import can_be_called
from privacy.actions import ErasureReason, erase_participant
from tests.people.test_administer_people import ADD, fields, fields_of
from tests.speech import say

pytestmark = pytest.mark.database

ROLES = {"role_label_fr": "Capitaine de l’Éider", "role_label_en": "Captain of the Éider"}


@pytest.fixture
def captain(employee) -> User:
    User.objects.filter(pk=employee.pk).update(**ROLES)
    return User.objects.get(pk=employee.pk)


@pytest.mark.parametrize(
    ("french", "english", "read_in", "shown"),
    [
        ("Capitaine", "Captain", "fr", "Capitaine"),
        ("Capitaine", "Captain", "en", "Captain"),
        ("Capitaine", "", "en", "Capitaine"),
        ("", "Captain", "fr", "Captain"),
        ("", "", "en", ""),
    ],
)
def test_r20_a_role_is_read_in_ones_own_language_or_else_in_the_other(french, english, read_in, shown):
    with override(read_in):
        assert User(role_label_fr=french, role_label_en=english).role_label == shown
        assert Comment(role_label_fr=french, role_label_en=english).role_label == shown


class TestSaid:
    """What stands beside a comment is the role at the time, for readers of both languages."""

    def test_r20_a_comment_keeps_both_as_they_were(self, article, captain):
        comment = say(article, user=captain)
        User.objects.filter(pk=captain.pk).update(role_label_fr="Directeur", role_label_en="Director")
        comment.refresh_from_db()
        assert {name: getattr(comment, name) for name in ROLES} == ROLES

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_r20_each_reader_sees_theirs(self, article, captain, language):
        shown = render_fragment(say(article, user=captain), language)
        other = "en" if language == "fr" else "fr"
        assert ROLES[f"role_label_{language}"] in shown
        assert ROLES[f"role_label_{other}"] not in shown

    def test_r20_nobody_gives_themselves_a_role(self, client, article):
        comment = say(article)
        assert (comment.role_label_fr, comment.role_label_en) == ("", "")

    def test_r20_both_are_erased(self, article, captain, administrator):
        comment = say(article, user=captain)
        erase_participant(comment.participant, by=administrator, reason=ErasureReason.choices[0][0])
        comment.refresh_from_db()
        captain.refresh_from_db()
        for row in (comment, captain):
            assert (row.role_label_fr, row.role_label_en) == ("", "")

    def test_r20_both_are_among_what_is_kept_of_somebody(self):
        assert set(ROLES) <= set(COMMENT_FIELDS)


class TestGiven:
    """Administrators give it, and no guest takes it."""

    def test_r20_the_forms_ask_for_both(self, signed_in, administrator, captain):
        office = signed_in(administrator)
        office.post(reverse(ADD), fields(role_label_en="Captain", send_invitation="on"))
        made = User.objects.get(username="noemie")
        assert (made.role_label_fr, made.role_label_en) == ("Capitaine", "Captain")
        address = reverse("wagtailusers_users:edit", args=[captain.pk])
        assert ROLES["role_label_en"] in office.get(address).text
        office.post(address, fields_of(captain, role_label_fr="", role_label_en="First Officer"))
        captain.refresh_from_db()
        assert (captain.role_label_fr, captain.role_label_en) == ("", "First Officer")

    @pytest.mark.parametrize("name", ROLES.values())
    def test_r20_a_guest_is_called_by_neither(self, site, captain, name):
        assert not can_be_called(name)
