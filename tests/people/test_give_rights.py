"""What one may change in a person, or in a group, is less than what one may do oneself (R32)."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from people.forms import EmployeeCreationForm, EmployeeEditForm, PortalGroupForm
from people.groups import EDITORS, EMPLOYEES, the_group
from people.models import User
from people.permissions import PersonPermissions

ONLY_ONES_OWN = "Vous ne pouvez donner que les droits que vous avez."
ONLY_THEY = "seule l’administration du site peut changer la façon dont elle se connecte"
GIVEN_BY_ADMINISTRATORS = "sont donnés par l’administration du site"

pytestmark = pytest.mark.django_db

ADD, EDIT = "wagtailusers_users:add", "wagtailusers_users:edit"
GROUP_ADD, GROUP_EDIT = "wagtailusers_groups:add", "wagtailusers_groups:edit"
RIGHTS = ("access_admin", "add_user", "change_user", "delete_user", "add_group", "change_group")


@pytest.fixture
def office(site) -> Group:
    """Human resources: they keep accounts and groups, and may do nothing else."""
    group = Group.objects.create(name="Human resources")
    group.permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    return group


@pytest.fixture
def clerk(office) -> User:
    user = User.objects.create_user("clara", "clara@example.org", "quatre lanternes bleues")
    user.groups.set([office, the_group(EMPLOYEES)])
    return user


@pytest.fixture
def desk(clerk, signed_in) -> Client:
    return signed_in(clerk)


def fields_of(user: User, **more: object) -> dict[str, object]:
    names = ("username", "email", "first_name", "last_name", "role_label_fr", "language")
    groups = list(user.groups.values_list("pk", flat=True))
    return {
        **{name: getattr(user, name) for name in names},
        "groups": groups,
        "is_active": "on",
        **more,
    }


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def bulk(action: str, *people: User) -> str:
    query = "&".join(f"id={person.pk}" for person in people)
    return f"{reverse('wagtail_bulk_action', args=['people', 'user', action])}?{query}"


class TestAdministrators:
    """Whoever is no administrator does not touch one."""

    def test_r32_they_are_not_edited(self, desk, administrator):
        url = reverse(EDIT, args=[administrator.pk])
        for method in ("get", "post"):
            answer = getattr(desk, method)(url, fields_of(administrator, email="clara@evil.example"))
            assert answer["Location"] == reverse("wagtailadmin_home")
        administrator.refresh_from_db()
        assert administrator.email != "clara@evil.example"

    def test_r32_the_list_leads_to_their_account_for_administrators_alone(
        self, desk, administrator, signed_in
    ):
        url = reverse(EDIT, args=[administrator.pk])
        index = reverse("wagtailusers_users:index")
        assert url not in desk.get(index).content.decode()
        assert url in signed_in(administrator).get(index).content.decode()

    @pytest.mark.parametrize(
        ("action", "form"),
        [("assign_role", {"role": "{group}"}), ("set_active_state", {"mark_as_active": "False"})],
    )
    def test_r32_neither_many_at_once(self, desk, administrator, employee, office, action, form):
        data = {name: value.format(group=office.pk) for name, value in form.items()}
        desk.post(bulk(action, administrator, employee), data)
        administrator.refresh_from_db()
        employee.refresh_from_db()
        assert administrator.is_active
        assert office.name not in groups_of(administrator)
        assert office.name in groups_of(employee) or not employee.is_active

    def test_r32_nor_deleted(self, desk, administrator):
        desk.post(reverse("wagtailusers_users:delete", args=[administrator.pk]))
        desk.post(bulk("delete", administrator))
        assert User.objects.filter(pk=administrator.pk).exists()

    def test_r32_nobody_becomes_one(self, desk, employee):
        answer = desk.post(reverse(EDIT, args=[employee.pk]), fields_of(employee, is_superuser="on"))
        [sentence] = answer.context["form"].errors["is_superuser"]
        assert str(sentence) == _("Only an administrator can make somebody an administrator.")
        employee.refresh_from_db()
        assert not employee.is_superuser

    def test_r32_not_at_once_either(self, desk):
        person = User(
            username="noé", email="noe@example.org", first_name="Noé", last_name="Roy", language="fr"
        )
        data = {
            "username": person.username,
            "email": person.email,
            "first_name": "Noé",
            "last_name": "Roy",
            "language": "fr",
            "send_invitation": "on",
            "is_superuser": "on",
        }
        assert "is_superuser" in desk.post(reverse(ADD), data).context["form"].errors
        assert not User.objects.filter(username="noé").exists()

    def test_r32_it_is_not_offered(self, clerk, administrator, employee):
        assert "is_superuser" not in EmployeeEditForm(instance=employee, by=clerk).fields
        assert "is_superuser" not in EmployeeCreationForm(by=clerk).fields
        assert "is_superuser" in EmployeeEditForm(instance=employee, by=administrator).fields

    def test_r32_an_account_is_not_copied(self, desk, administrator, signed_in, employee):
        for client in (desk, signed_in(administrator)):
            answer = client.get(f"/admin/users/copy/{employee.pk}/")
            assert answer.status_code == HTTPStatus.NOT_FOUND


class TestGroups:
    """Nobody lets another into a group that they are not in."""

    def test_r32_what_one_has_is_offered_and_given(self, desk, clerk, employee, office):
        form = EmployeeEditForm(instance=employee, by=clerk)
        assert set(form.fields["groups"].queryset) == set(clerk.groups.all())
        kept = groups_of(employee)
        desk.post(reverse(EDIT, args=[employee.pk]), fields_of(employee, groups=[office.pk]))
        assert groups_of(employee) == kept - {the_group(EMPLOYEES).name} | {office.name}

    @pytest.mark.parametrize("who", ["employee", "clerk"])
    def test_r32_another_is_refused_with_a_sentence(self, desk, who, request):
        person = request.getfixturevalue(who)
        before = groups_of(person)
        sent = fields_of(person, groups=[the_group(EDITORS).pk])
        answer = desk.post(reverse(EDIT, args=[person.pk]), sent)
        assert answer.context["form"].errors["groups"] == [
            _("You can give only the groups that you are in yourself.")
        ]
        assert groups_of(person) == before

    def test_r32_what_is_not_offered_stays(self, desk, editor, office):
        before = groups_of(editor)
        offered = [office.pk]
        desk.post(reverse(EDIT, args=[editor.pk]), fields_of(editor, groups=offered, role_label_fr="Reine"))
        editor.refresh_from_db()
        assert editor.role_label == "Reine"
        assert groups_of(editor) == before - {the_group(EMPLOYEES).name} | {office.name}

    def test_r32_neither_many_at_once(self, desk, employee):
        answer = desk.post(bulk("assign_role", employee), {"role": the_group(EDITORS).pk})
        assert answer.context["form"].errors["role"] == [
            _("You can give only the groups that you are in yourself.")
        ]
        assert the_group(EDITORS).name not in groups_of(employee)

    def test_r32_administrators_give_what_they_like(self, administrator, signed_in, employee):
        sent = fields_of(employee, groups=[the_group(EDITORS).pk], is_superuser="on")
        signed_in(administrator).post(reverse(EDIT, args=[employee.pk]), sent)
        employee.refresh_from_db()
        assert employee.is_superuser
        assert groups_of(employee) == {the_group(EDITORS).name}


class TestSignIn:
    """Whoever chooses with what somebody signs in can be that person, with all their rights."""

    def test_r32_of_whoever_may_more_it_stays(self, desk, editor):
        email, password = editor.email, editor.password
        sent = fields_of(
            editor,
            email="clara@evil.example",
            password1="quatre lanternes bleues",
            password2="quatre lanternes bleues",
            groups=[],
        )
        answer = desk.get(reverse(EDIT, args=[editor.pk]))
        assert ONLY_THEY in str(answer.context["form"].as_p())
        desk.post(reverse(EDIT, args=[editor.pk]), sent)
        editor.refresh_from_db()
        assert (editor.email, editor.password) == (email, password)

    def test_r32_of_whoever_may_less_it_is_changed(self, desk, employee):
        employee.groups.set([the_group(EMPLOYEES)])
        desk.post(reverse(EDIT, args=[employee.pk]), fields_of(employee, email="isaac@example.org"))
        employee.refresh_from_db()
        assert employee.email == "isaac@example.org"

    def test_r32_a_right_of_ones_own_counts_too(self, clerk, employee):
        employee.groups.set([the_group(EMPLOYEES)])
        assert PersonPermissions(clerk).can_change_sign_in(employee)
        employee.user_permissions.add(Permission.objects.get(codename="feature_comment"))
        assert not PersonPermissions(clerk).can_change_sign_in(employee)
        employee.is_active = False  # it would come back with the account
        assert not PersonPermissions(clerk).can_change_sign_in(employee)


class TestRights:
    """Nobody gives a group a right that they do not have."""

    def test_r32_each_right_is_given_by_those_who_have_it(self, clerk, administrator):
        registered = PortalGroupForm(by=administrator).fields["permissions"].queryset
        outcomes = {}
        for permission in registered:
            form = PortalGroupForm({"name": "New", "permissions": [permission.pk]}, by=clerk)
            outcomes[permission.codename] = form.is_valid()
            if not form.is_valid():
                assert form.errors["permissions"] == [
                    _("You can give only the rights that you have yourself.")
                ]
        assert len(outcomes) > 30
        assert {name for name, is_given in outcomes.items() if is_given} == set(RIGHTS)

    def test_r32_it_is_refused_on_the_screen_with_the_sentence(self, desk):
        moderate = Permission.objects.get(codename="moderate_comment")
        answer = desk.post(reverse(GROUP_ADD), {"name": "New", "permissions": [moderate.pk]})
        assert ONLY_ONES_OWN in answer.content.decode()
        assert not Group.objects.filter(name="New").exists()

    def test_r32_what_a_group_has_beyond_that_stays(self, desk, home_fr):
        group = the_group(EDITORS)
        before = set(group.permissions.all())
        on_pages = GroupPagePermission.objects.filter(group=group)
        count = on_pages.count()
        change = Permission.objects.get(codename="change_user")
        answer = desk.post(
            reverse(GROUP_EDIT, args=[group.pk]), {"name": "Rédaction", "permissions": [change.pk]}
        )
        assert answer.status_code == HTTPStatus.FOUND
        kept = before - set(Permission.objects.filter(codename__in=RIGHTS))
        assert set(group.permissions.all()) == kept | {change}
        assert on_pages.count() == count > 0

    def test_r32_rights_over_pages_are_neither_offered_nor_taken(self, desk, office, home_fr):
        data = {
            "name": office.name,
            "page_permissions-TOTAL_FORMS": "1",
            "page_permissions-INITIAL_FORMS": "0",
            "page_permissions-0-page": str(home_fr.pk),
            "page_permissions-0-permissions": ["publish_page"],
        }
        screen = desk.get(reverse(GROUP_EDIT, args=[office.pk])).content.decode()
        assert "page_permissions" not in screen
        assert GIVEN_BY_ADMINISTRATORS in screen
        desk.post(reverse(GROUP_EDIT, args=[office.pk]), data)
        assert not office.page_permissions.exists()

    def test_r32_administrators_give_all_of_them(self, administrator, signed_in, office):
        screen = signed_in(administrator).get(reverse(GROUP_EDIT, args=[office.pk])).content.decode()
        assert "page_permissions-TOTAL_FORMS" in screen
        assert GIVEN_BY_ADMINISTRATORS not in screen
