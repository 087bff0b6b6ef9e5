"""The groups of the portal, made by code that may be run again."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)
from wagtail.users.models import UserProfile

from dialogue.models import ConversationSettings
from home.actions import setup_site
from home.models import NavigationMenu, StandardPage
from people import groups
from people.models import GroupKey, User
from portal.models import PortalSettings
from tests.database import all_rows

pytestmark = pytest.mark.database


def make_stock_groups() -> None:
    """What a new Wagtail comes with, before `ensure_groups` has run."""
    root = Page.get_first_root_node()
    groups.the_group(groups.EDITORS).delete()
    for model in (GroupApprovalTask, Workflow):
        model.objects.filter(name=groups.approval_name()).delete()
    editors = Group.objects.create(name="Editors")
    moderators = Group.objects.create(name=groups.STOCK_MODERATORS)
    for group, codenames in ((editors, ["add_page"]), (moderators, ["add_page", "publish_page"])):
        group.permissions.add(groups.permission_named("wagtailadmin.access_admin"))
        for codename in codenames:
            permission = groups.permission_named(f"wagtailcore.{codename}")
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    task = GroupApprovalTask.objects.create(name=groups.STOCK_APPROVAL)
    task.groups.add(moderators)
    Workflow.objects.create(name=groups.STOCK_APPROVAL)


def rights() -> set[tuple[str, str]]:
    """Everything that any group may do."""
    general = Group.objects.values_list("name", "permissions__codename")
    on_pages = GroupPagePermission.objects.values_list("group__name", "permission__codename", "page__title")
    on_files = GroupCollectionPermission.objects.values_list("group__name", "permission__codename")
    return {tuple(map(str, row)) for rows in (general, on_pages, on_files) for row in rows}


class TestEnsureGroups:
    """`ensure_groups`, also called by `setup_site`."""

    def test_it_makes_each_and_calls_it_so_in_the_language_of_the_portal(self, site):
        with override("fr"):
            assert {groups.the_group(key).name for key in GroupKey} == {str(key.label) for key in GroupKey}

    def test_it_resets_wagtails_stock_groups(self, home_fr):
        make_stock_groups()
        groups.ensure_groups(pages=[home_fr])
        assert not Group.objects.filter(name=groups.STOCK_MODERATORS).exists()
        assert not GroupPagePermission.objects.filter(page__depth=1).exists()

    def test_it_hands_the_approval_of_pages_to_editors(self, home_fr):
        make_stock_groups()
        groups.ensure_groups(pages=[home_fr])
        task = GroupApprovalTask.objects.get(name=groups.approval_name())
        assert list(task.groups.all()) == [groups.the_group(groups.EDITORS)]
        assert Workflow.objects.filter(name=groups.approval_name()).exists()

    def test_it_leaves_a_group_of_that_name_alone_if_somebody_is_in_it(self, home_fr, employee):
        make_stock_groups()
        employee.groups.add(Group.objects.get(name=groups.STOCK_MODERATORS))
        groups.ensure_groups(pages=[home_fr])
        assert Group.objects.filter(name=groups.STOCK_MODERATORS).exists()

    def test_it_changes_nothing_the_second_time(self, home_fr, home_en):
        groups.ensure_groups(pages=[home_fr, home_en])
        before = rights()
        groups.ensure_groups(pages=[home_fr, home_en])
        assert rights() == before

    def test_it_keeps_what_an_administrator_has_added(self, home_fr):
        extra = groups.permission_named("people.view_participant")
        answerers = groups.the_group(groups.ANSWERERS)
        answerers.permissions.add(extra)
        groups.ensure_groups(pages=[home_fr])
        assert extra in answerers.permissions.all()

    def test_it_refuses_a_permission_that_nobody_knows(self, db):
        with pytest.raises(Permission.DoesNotExist):
            groups.permission_named("portal.fly")


class TestKeys:
    """A group of the portal is known by its key, whatever it is called."""

    @pytest.mark.parametrize("name", ["Rédaction", "Les plumes", "Employees", "Modération 2", "編集"])
    def test_r03_a_group_that_is_renamed_is_the_same_one(self, home_fr, internal_fr, editor, name):
        group = groups.the_group(groups.EDITORS)
        group.name = name
        group.save()
        told = []
        groups.ensure_groups([home_fr], told.append)
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"])
        assert told == []
        assert groups.the_group(groups.EDITORS) == group
        assert editor.has_perm("dialogue.feature_comment")

    def test_r03_renamed_employees_read_and_nobody_else_does(self, internal_fr, employee, signed_in, client):
        Group.objects.filter(profile__key=groups.EMPLOYEES).update(name="L’équipage")
        internal_fr.save()
        call_command("migrate", verbosity=0)
        assert signed_in(employee).get(internal_fr.url).status_code == HTTPStatus.OK
        assert client.get(internal_fr.url)["Location"].startswith(reverse("account_login"))

    def test_r03_a_deleted_one_is_missed_by_nothing_but_set_up(self, internal_fr, employee, signed_in):
        groups.the_group(groups.EMPLOYEES).delete()
        internal_fr.save()
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"])
        assert groups.find_groups([groups.EMPLOYEES]) == {}
        assert signed_in(employee).get(internal_fr.url).status_code == HTTPStatus.NOT_FOUND
        told = []
        setup_site(report=told.append)
        assert "Made the group “Personnel” (employees)." in told
        assert "Closed “Dialogues internes” to everybody but “Personnel”." in told
        employee.groups.add(groups.the_group(groups.EMPLOYEES))
        assert signed_in(employee).get(internal_fr.url).status_code == HTTPStatus.OK

    def test_r03_a_name_that_is_taken_by_a_group_of_ones_own_is_taken_over_and_told(self, home_fr):
        groups.the_group(groups.ANSWERERS).delete()
        own = Group.objects.create(name="Answerers")
        told = []
        groups.ensure_groups([home_fr], told.append)
        assert groups.the_group(groups.ANSWERERS) == own
        assert "The group “Answerers” is now “Réponses” (answerers)." in told

    @pytest.mark.parametrize(("language", "name"), [("fr", "Personnel"), ("en", "Employees")])
    def test_r03_names_are_translated_until_somebody_gives_another(self, site, language, name):
        group = groups.the_group(groups.EMPLOYEES)
        with override(language):
            assert str(group) == name
            group.name = "L’équipage"
            assert str(group) == "L’équipage"


class TestTold:
    """Whatever `setup_site` changes, it says; where it says nothing, nothing was changed."""

    @pytest.mark.parametrize(
        "take_away",
        [
            lambda: groups.the_group(groups.MODERATORS).delete(),
            lambda: groups.the_group(groups.EMPLOYEES).delete(),
            lambda: groups.the_group(groups.ANSWERERS).permissions.clear(),
            lambda: GroupPagePermission.objects.all().delete(),
            lambda: GroupCollectionPermission.objects.all().delete(),
            lambda: PortalSettings.objects.all().delete(),
            lambda: ConversationSettings.objects.all().delete(),
            lambda: ConversationSettings.objects.update(rules_page=None),
            lambda: NavigationMenu.objects.first().delete(),
            lambda: StandardPage.objects.first().delete(),
            lambda: Collection.objects.get(name="Internal").delete(),
            lambda: make_stock_groups(),
            lambda: None,
        ],
    )
    def test_r03_it_says_nothing_was_changed_only_when_nothing_was(self, site, take_away):
        take_away()
        before, told = all_rows(), setup_site()
        assert bool(told) is (before != all_rows())
        assert setup_site() == []


class TestScreens:
    """In the admin."""

    def test_r03_the_list_says_what_each_is_for(self, signed_in, administrator):
        shown = signed_in(administrator).get(reverse("wagtailusers_groups:index")).content.decode()
        for key in GroupKey:
            assert str(key.purpose) in shown

    def test_r03_so_does_its_own_screen_whatever_its_name(self, signed_in, administrator):
        group = groups.the_group(groups.MODERATORS)
        Group.objects.filter(pk=group.pk).update(name="Les oreilles")
        shown = signed_in(administrator).get(reverse("wagtailusers_groups:edit", args=[group.pk]))
        assert str(GroupKey.MODERATORS.purpose) in shown.content.decode()

    def test_r03_they_are_listed_in_the_language_of_whoever_looks(self, signed_in, administrator):
        administrator.language = "en"
        administrator.save()
        UserProfile.objects.update_or_create(user=administrator, defaults={"preferred_language": "en"})
        shown = signed_in(administrator).get(reverse("wagtailusers_groups:index")).content.decode()
        assert "Employees" in shown
        assert "Personnel" not in shown

    @pytest.mark.parametrize("name", ["Personnel", "Employees", "Réponses", "Answerers"])
    def test_r03_their_names_are_given_to_no_other(self, signed_in, administrator, name):
        group = Group.objects.create(name="Les capitaines")
        address = reverse("wagtailusers_groups:edit", args=[group.pk])
        sent = {"name": name, "page_permissions-TOTAL_FORMS": 0, "page_permissions-INITIAL_FORMS": 0}
        answer = signed_in(administrator).post(address, sent)
        assert answer.context["form"].errors["name"]
        assert Group.objects.get(pk=group.pk).name == "Les capitaines"

    def test_r20_any_group_has_a_name_in_both_languages(self, signed_in, administrator):
        browser = signed_in(administrator)
        sent = {"name": "Capitaines", "name_en": "Captains"}
        sent |= {"page_permissions-TOTAL_FORMS": 0, "page_permissions-INITIAL_FORMS": 0}
        sent |= {"image_permissions-TOTAL_FORMS": 0, "image_permissions-INITIAL_FORMS": 0}
        sent |= {"document_permissions-TOTAL_FORMS": 0, "document_permissions-INITIAL_FORMS": 0}
        sent |= {"collection_permissions-TOTAL_FORMS": 0, "collection_permissions-INITIAL_FORMS": 0}
        browser.post(reverse("wagtailusers_groups:add"), sent)
        group = Group.objects.get(name="Capitaines")
        assert str(group) == "Capitaines"
        with override("en"):
            assert str(group) == "Captains"
        address = reverse("wagtailusers_groups:edit", args=[group.pk])
        assert 'value="Captains"' in browser.get(address).content.decode()
        browser.post(address, {**sent, "name_en": ""})
        with override("en"):
            assert str(Group.objects.get(pk=group.pk)) == "Capitaines"

    def test_r03_deleting_names_first_what_it_keeps_closed(self, signed_in, administrator, internal_fr):
        group = groups.the_group(groups.EMPLOYEES)
        address = reverse("wagtailusers_groups:delete", args=[group.pk])
        shown = signed_in(administrator).get(address).content.decode()
        assert internal_fr.title in shown
        assert "Internal" in shown
        assert "setup_site" in shown
        signed_in(administrator).post(address)
        assert groups.find_groups([groups.EMPLOYEES]) == {}

    def test_r03_what_one_may_not_read_is_counted_not_named(self, signed_in, moderator, internal_fr):
        moderator.user_permissions.add(groups.permission_named("auth.delete_group"))
        moderator.groups.remove(groups.the_group(groups.EMPLOYEES))
        address = reverse("wagtailusers_groups:delete", args=[groups.the_group(groups.EMPLOYEES).pk])
        shown = signed_in(moderator).get(address).content.decode()
        assert internal_fr.title not in shown
        assert "2 pages que vous ne pouvez pas lire" in shown


# Who × what; a superuser may do all of it, a stranger none.
RIGHTS = [
    ("wagtailadmin.access_admin", {"editor", "moderator"}),
    ("dialogue.view_comment", {"editor", "moderator"}),
    ("dialogue.moderate_comment", {"moderator"}),
    ("dialogue.feature_comment", {"editor"}),
    ("dialogue.speak_for_organisation", {"editor", "answerer"}),
    ("portal.change_topic", {"editor"}),
    ("wagtailredirects.add_redirect", {"editor"}),
    ("simple_translation.submit_translation", {"editor"}),
    ("people.change_user", set()),
    ("people.view_participant", set()),
    ("portal.change_portalsettings", set()),
]
CAST = ["editor", "moderator", "answerer", "employee", "outsider_employee", "former_employee", "stranger"]


@pytest.mark.parametrize(("permission", "may"), RIGHTS)
def test_rights(permission, may, request):
    allowed = {name for name in CAST if request.getfixturevalue(name).has_perm(permission)}
    assert allowed == may
    assert request.getfixturevalue("administrator").has_perm(permission)


def test_a_disabled_account_has_no_right_left(editor):
    editor.is_active = False
    editor.save()
    assert not User.objects.get(pk=editor.pk).has_perm("wagtailadmin.access_admin")
