"""The groups of the portal, made by code that may be run again."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from people import groups
from people.models import User

pytestmark = pytest.mark.database


def make_stock_groups() -> None:
    """What a new Wagtail comes with, before `ensure_groups` has run."""
    root = Page.get_first_root_node()
    Group.objects.filter(name=groups.EDITORS).delete()
    for model in (GroupApprovalTask, Workflow):
        model.objects.filter(name=groups.approval_name()).delete()
    editors = Group.objects.create(name=groups.EDITORS)
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

    def test_it_makes_the_four_groups(self, site):
        assert {groups.EDITORS, groups.MODERATORS, groups.ANSWERERS, groups.EMPLOYEES} <= set(
            Group.objects.values_list("name", flat=True)
        )

    def test_it_resets_wagtails_stock_groups(self, home_fr):
        make_stock_groups()
        groups.ensure_groups(pages=[home_fr])
        assert not Group.objects.filter(name=groups.STOCK_MODERATORS).exists()
        assert not GroupPagePermission.objects.filter(page__depth=1).exists()

    def test_it_hands_the_approval_of_pages_to_editors(self, home_fr):
        make_stock_groups()
        groups.ensure_groups(pages=[home_fr])
        task = GroupApprovalTask.objects.get(name=groups.approval_name())
        assert [group.name for group in task.groups.all()] == [groups.EDITORS]
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
        answerers = Group.objects.get(name=groups.ANSWERERS)
        answerers.permissions.add(extra)
        groups.ensure_groups(pages=[home_fr])
        assert extra in answerers.permissions.all()

    def test_every_snippet_it_names_exists(self):
        missing = [
            label for label in groups.SNIPPETS if label not in {m._meta.label for m in apps.get_models()}
        ]
        assert not missing, f"people.groups.SNIPPETS names {missing}: correct the label there."

    def test_it_refuses_a_permission_that_nobody_knows(self, db):
        with pytest.raises(Permission.DoesNotExist):
            groups.permission_named("portal.fly")


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
