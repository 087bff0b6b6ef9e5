"""The employees' section closes itself and stays closed, whatever is done to it."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from demo.cast import SHIP_CREWS
from dialogue.checks import check_internal_sections
from dialogue.models import (
    Comment,
    CommentStatus,
    DialogueIndexPage,
    DialoguePage,
    InternalDialogueIndexPage,
)
from people.groups import EMPLOYEES, the_group
from people.models import Participant, Side
from portal.permissions import Audience, audience_of


def restrictions_of(page: Page) -> list[tuple[str, list[str]]]:
    return [
        (
            restriction.restriction_type,
            [key or name for key, name in restriction.groups.values_list("profile__key", "name")],
        )
        for restriction in PageViewRestriction.objects.filter(page=page)
    ]


CLOSED = [(BaseViewRestriction.GROUPS, [EMPLOYEES])]


@pytest.fixture
def restriction(internal_fr) -> PageViewRestriction:
    return internal_fr.view_restrictions.get()


class TestItStaysClosed:
    """Made by code, put back by code."""

    def test_a_new_section_is_closed_at_once(self, home_fr):
        section = home_fr.add_child(instance=InternalDialogueIndexPage(title="Entre nous", slug="entre-nous"))
        assert restrictions_of(section) == CLOSED

    def test_a_draft_of_one_is_closed_too(self, home_fr):
        section = home_fr.add_child(instance=InternalDialogueIndexPage(title="A", slug="a", live=False))
        assert restrictions_of(section) == CLOSED

    def test_saving_and_publishing_again_adds_no_second_restriction(self, internal_fr):
        internal_fr.save()
        internal_fr.save_revision().publish()
        assert restrictions_of(internal_fr) == CLOSED

    def test_a_deleted_restriction_is_back(self, internal_fr, restriction):
        restriction.delete()
        assert restrictions_of(internal_fr) == CLOSED

    def test_it_is_back_after_many_are_deleted_at_once(self, internal_fr, internal_en):
        PageViewRestriction.objects.all().delete()
        assert restrictions_of(internal_fr) == restrictions_of(internal_en) == CLOSED

    @pytest.mark.parametrize("kind", [BaseViewRestriction.LOGIN, BaseViewRestriction.PASSWORD])
    def test_a_changed_kind_is_put_back(self, internal_fr, restriction, kind):
        restriction.restriction_type, restriction.password = kind, "open sesame"
        restriction.save()
        assert restrictions_of(internal_fr) == CLOSED
        assert internal_fr.view_restrictions.get().password == ""

    def test_changed_groups_are_put_back(self, internal_fr, restriction):
        everybody = Group.objects.create(name="Everybody")
        for change in (
            lambda: restriction.groups.add(everybody),
            lambda: restriction.groups.set([everybody]),
            restriction.groups.clear,
            lambda: everybody.pageviewrestriction_set.add(restriction),
            lambda: the_group(EMPLOYEES).pageviewrestriction_set.clear(),
        ):
            change()
            assert restrictions_of(internal_fr) == CLOSED

    def test_without_its_group_it_is_closed_to_everybody(self, internal_fr, employee, signed_in):
        the_group(EMPLOYEES).delete()
        assert restrictions_of(internal_fr) == [(BaseViewRestriction.GROUPS, [])]
        assert signed_in(employee).get(internal_fr.get_url()).status_code == HTTPStatus.NOT_FOUND

    def test_the_admins_privacy_screen_does_not_open_it(self, signed_in, administrator, internal_fr):
        client = signed_in(administrator)
        url = reverse("wagtailadmin_pages:set_privacy", args=[internal_fr.pk])
        for kind in ("none", "login"):
            client.post(url, {"restriction_type": kind, "password": "", "groups": []})
            assert restrictions_of(internal_fr) == CLOSED

    def test_deleting_the_page_leaves_nothing_behind(self, internal_en):
        pk = internal_en.pk
        Page.objects.get(pk=pk).delete()
        assert not PageViewRestriction.objects.filter(page_id=pk).exists()

    def test_other_sections_are_free(self, dialogues_fr):
        restriction = PageViewRestriction.objects.create(
            page=dialogues_fr, restriction_type=BaseViewRestriction.LOGIN
        )
        restriction.delete()
        assert restrictions_of(dialogues_fr) == []

    def test_a_dialogue_below_may_be_narrower(self, internal_fr):
        page = internal_fr.add_child(instance=DialoguePage(title="b", slug="b", question="?"))
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=BaseViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.get_or_create(name=SHIP_CREWS)[0])
        assert restrictions_of(page) == [(BaseViewRestriction.GROUPS, [SHIP_CREWS])]

    def test_a_translation_is_as_narrow(self, internal_fr, internal_en):
        page = internal_fr.add_child(instance=DialoguePage(title="b", slug="b", question="?"))
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=BaseViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.get_or_create(name=SHIP_CREWS)[0])
        assert restrictions_of(page.copy_for_translation(internal_en.locale)) == restrictions_of(page)


class TestSystemCheck:
    """dialogue.E001, for what goes past the signals."""

    def open_quietly(self) -> None:
        PageViewRestriction.objects.all()._raw_delete("default")

    def test_all_is_well(self, internal_fr, internal_en):
        assert check_internal_sections(databases=["default"]) == []

    def test_it_asks_no_database_unless_told(self, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert check_internal_sections() == []

    def test_it_finds_an_open_section(self, internal_fr, internal_en):
        through = PageViewRestriction.groups.through
        through.objects.all()._raw_delete("default")
        self.open_quietly()
        errors = check_internal_sections(databases=["default"])
        assert [error.id for error in errors] == ["dialogue.E001"] * 2
        with pytest.raises(SystemCheckError, match="setup_site"):
            call_command("check", databases=["default"], verbosity=0)

    def test_it_finds_one_group_too_many(self, internal_fr, internal_en, restriction):
        other = Group.objects.create(name="Everybody")
        PageViewRestriction.groups.through.objects.bulk_create(
            [PageViewRestriction.groups.through(pageviewrestriction=restriction, group=other)]
        )
        assert [error.id for error in check_internal_sections(databases=["default"])] == ["dialogue.E001"]

    def test_saving_the_page_mends_it(self, internal_fr, internal_en):
        PageViewRestriction.groups.through.objects.all()._raw_delete("default")
        self.open_quietly()
        internal_fr.save()
        internal_en.save()
        assert check_internal_sections(databases=["default"]) == []


@pytest.fixture
def spoken(internal_fr, employee) -> DialoguePage:
    """An internal dialogue in which somebody has spoken; what they said still waits."""
    page = internal_fr.add_child(instance=DialoguePage(title="Quarts", slug="quarts", question="?"))
    participant = Participant.objects.create(user=employee, name=employee.display_name)
    Comment.objects.create(
        page=page,
        participant=participant,
        author_name=participant.name,
        side=Side.INTERNAL,
        language="fr",
        status=CommentStatus.HELD,
        text="La relève arrive trop tard.",
        submitted_at=timezone.now(),
    )
    return page


@pytest.fixture
def public_dialogues(dialogues_fr) -> DialogueIndexPage:
    return dialogues_fr


class TestMoving:
    """What was said among employees is not carried before the public."""

    def test_the_admin_refuses_with_a_sentence(self, signed_in, administrator, spoken, public_dialogues):
        url = reverse("wagtailadmin_pages:move_confirm", args=[spoken.pk, public_dialogues.pk])
        for method in ("get", "post"):
            answer = getattr(signed_in(administrator), method)(url, follow=True)
            assert "Quarts" in answer.content.decode()
            assert len(list(answer.context["messages"])) == 1
        assert spoken.get_parent().specific_class is InternalDialogueIndexPage

    def test_it_refuses_many_at_once(self, signed_in, administrator, spoken, public_dialogues):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={spoken.pk}"
        signed_in(administrator).post(url, {"chooser": public_dialogues.pk, "move_applicable": "on"})
        assert Page.objects.get(pk=spoken.pk).get_parent().pk != public_dialogues.pk

    def test_code_is_refused_too(self, spoken, public_dialogues):
        with pytest.raises(PermissionDenied):
            spoken.move(public_dialogues, pos="last-child")

    def test_a_page_without_comments_may_go(self, internal_fr, public_dialogues):
        page = internal_fr.add_child(instance=DialoguePage(title="b", slug="b", question="?"))
        page.move(public_dialogues, pos="last-child")
        assert audience_of(Page.objects.get(pk=page.pk)) == Audience.PUBLIC

    def test_a_page_may_change_places_in_its_section(self, internal_fr, spoken):
        page = internal_fr.add_child(instance=DialoguePage(title="b", slug="b", question="?"))
        spoken.move(page, pos="right")
        assert Page.objects.get(pk=spoken.pk).get_prev_sibling().pk == page.pk

    def test_the_whole_section_takes_its_restriction_along(self, internal_fr, spoken, home_en):
        internal_fr.move(home_en, pos="last-child")
        assert audience_of(Page.objects.get(pk=spoken.pk)) == Audience.INTERNAL


class TestCopying:
    """A copy comes without the restrictions of its original."""

    def copy(self, client, page, destination):
        data = {
            "new_title": "Copie",
            "new_slug": "copie",
            "new_parent_page": destination.pk,
            "copy_subpages": "",
            "publish_copies": "on",
        }
        return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data, follow=True)

    def test_across_it_is_refused_with_a_sentence(self, signed_in, administrator, spoken, public_dialogues):
        answer = self.copy(signed_in(administrator), spoken, public_dialogues)
        assert len(answer.context["form"].errors["new_parent_page"]) == 1
        assert not Page.objects.filter(slug="copie").exists()

    def test_within_the_section_it_works(self, signed_in, administrator, spoken, internal_fr):
        self.copy(signed_in(administrator), spoken, internal_fr)
        assert audience_of(Page.objects.get(slug="copie")) == Audience.INTERNAL

    def test_a_narrower_dialogue_has_no_wider_copy(self, signed_in, administrator, spoken, internal_fr):
        restriction = PageViewRestriction.objects.create(
            page=spoken, restriction_type=BaseViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.get_or_create(name=SHIP_CREWS)[0])
        self.copy(signed_in(administrator), spoken, internal_fr)
        assert not Page.objects.filter(slug="copie").exists()

    def test_nonsense_in_place_of_a_page_is_no_fault_of_ours(self, signed_in, administrator, spoken):
        client = signed_in(administrator)
        url = reverse("wagtailadmin_pages:copy", args=[spoken.pk])
        assert client.get(url).status_code == HTTPStatus.OK
        assert client.post(url, {"new_parent_page": "x"}).context["form"].errors["new_parent_page"]
        assert not Page.objects.filter(slug="copie").exists()
