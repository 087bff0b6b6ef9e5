"""The admin: one way in, and no sight of internal pages for those who may not read them (T19, L03, L17)."""

import re
from http import HTTPStatus

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask
from wagtail.permissions import policy_registry

from blog.models import BlogPage
from demo.cast import DEMO_PASSWORD
from dialogue.models import DialoguePage, InternalDialogueIndexPage
from people.groups import EMPLOYEES, the_group
from portal.permissions import PortalPagePermissionPolicy

LEAF = "Feuille-d-érable-0417"  # a title found nowhere else
COUNT = re.compile(r"(\d+)\s+pages?\s+<span class=\"w-sr-only\">", re.IGNORECASE)


def pages_counted_for(client) -> int:
    """Return how many pages the front of the admin says there are."""
    [found] = COUNT.findall(client.get(reverse("wagtailadmin_home")).content.decode())
    return int(found)


class TestOneWayIn:
    """Wagtail's own sign-in and reset are closed."""

    @pytest.mark.parametrize("method", ["get", "post", "head"])
    def test_its_sign_in_leads_to_ours(self, client, administrator, method):
        data = {"username": administrator.username, "password": DEMO_PASSWORD}
        answer = getattr(client, method)(
            "/admin/login/?next=/admin/pages/", data if method == "post" else None
        )
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"].startswith(reverse("account_login"))
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("rest", ["", "done/", "complete/", "confirm/MQ/abc-def/"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_its_reset_is_not_there(self, client, site, rest, method):
        answer = getattr(client, method)(f"/admin/password_reset/{rest}", {"email": "a@example.org"})
        assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_a_stranger_is_sent_to_sign_in_and_back(self, client, editor):
        answer = client.get(reverse("wagtailadmin_home"))
        assert answer["Location"] == f"{reverse('account_login')}?next=/admin/"
        data = {"login": editor.username, "password": DEMO_PASSWORD, "next": "/admin/"}
        assert client.post(reverse("account_login"), data)["Location"] == "/admin/"
        assert client.get("/admin/").status_code == HTTPStatus.OK

    @pytest.mark.parametrize("who", ["employee", "answerer"])
    @pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/nowhere/", "/admin/account/"])
    def test_who_is_not_staff_is_refused_without_a_loop(self, signed_in, who, address, request):
        client = signed_in(request.getfixturevalue(who))
        answer = client.get(address, follow=True)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not answer.redirect_chain
        by_admin_login = client.get(f"/admin/login/?next={address}", follow=True)
        assert by_admin_login.status_code == HTTPStatus.FORBIDDEN

    def test_signing_out_of_the_admin_leads_to_sign_in(self, signed_in, editor):
        client = signed_in(editor)
        client.post(reverse("wagtailadmin_logout"), follow=True)
        assert "_auth_user_id" not in client.session

    def test_the_account_screen_offers_no_second_password_form(self, signed_in, editor):
        """It leads to the one there is."""
        content = signed_in(editor).get(reverse("wagtailadmin_account")).content.decode()
        assert 'type="password"' not in content
        assert 'name="password' not in content
        assert set(re.findall(r"\S*password\S*", content)) == {f'href="{reverse("account_change_password")}"'}

    def test_the_account_screen_offers_only_what_has_an_effect(self, signed_in, editor):
        """Editors' remarks to each other are off, and administrators keep people's names."""
        content = signed_in(editor).get(reverse("wagtailadmin_account")).content.decode()
        assert 'name="notifications-approved_notifications"' in content
        assert "updated_comments_notifications" not in content
        assert "name_email" not in content


@pytest.fixture
def outsider(editor):
    """An editor who is no employee: may edit the site, may not read what is internal."""
    editor.groups.remove(the_group(EMPLOYEES))
    return editor


@pytest.fixture
def hidden(internal_fr, administrator) -> DialoguePage:
    page = DialoguePage(title=LEAF, slug="feuille", question=LEAF, owner=administrator)
    internal_fr.add_child(instance=page)
    page.save_revision(user=administrator, log_action=True).publish(user=administrator)
    page.get_latest_revision()
    return DialoguePage.objects.get(pk=page.pk)


def lists(page: DialoguePage) -> list[str]:
    """Addresses of the admin on which titles of pages are listed."""
    section = page.get_parent()
    home = section.get_parent()
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[home.pk]),
        reverse("wagtailadmin_explore", args=[home.pk]) + "?q=Feuille&search_all=1",
        reverse("wagtailadmin_explore_results", args=[home.pk]) + "?q=Feuille&search_all=1",
        reverse("wagtailadmin_pages:search") + "?q=Feuille",
        reverse("wagtailadmin_pages:search_results") + "?q=Feuille",
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page") + "?page_type=dialogue.DialoguePage",
        reverse("wagtailadmin_choose_page_child", args=[home.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Feuille",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:site_history_results"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:aging_pages") + "?export=csv",
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:page_types_usage"),
        reverse("wagtailadmin_reports:page_types_usage_results"),
        reverse("wagtailadmin_pages:type_use", args=["dialogue", "dialoguepage"]),
        f"/admin/api/main/pages/?child_of={section.pk}",
        "/admin/api/main/pages/?search=Feuille",
        f"/admin/api/main/pages/{page.pk}/",
    ]


def about(page: Page) -> list[str]:
    """Addresses of the admin that are about this one page."""
    section = page.get_parent()
    pages = "wagtailadmin_pages"
    names = (
        "edit",
        "delete",
        "unpublish",
        "copy",
        "move",
        "history",
        "usage",
        "view_draft",
        "set_privacy",
        "lock",
    )
    addresses = [reverse(f"{pages}:{name}", args=[page.pk]) for name in names]
    bulk = "wagtail_bulk_action"
    return [
        *addresses,
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("wagtailadmin_explore", args=[page.pk]),
        reverse("wagtailadmin_explore_results", args=[section.pk]),
        reverse("wagtailadmin_choose_page_child", args=[section.pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}",
        reverse(f"{pages}:add", args=["dialogue", "dialoguepage", section.pk]),
        reverse(f"{pages}:add_subpage", args=[section.pk]),
        reverse(f"{pages}:preview_on_edit", args=[page.pk]),
        reverse(f"{pages}:revisions_view", args=[page.pk, page.latest_revision_id]),
        reverse(f"{pages}:revisions_compare", args=[page.pk, "earliest", "latest"]),
        reverse(f"{pages}:move_confirm", args=[page.pk, section.get_parent().pk]),
        reverse("simple_translation:submit_page_translation", args=[page.pk]),
        *(
            reverse(bulk, args=["wagtailcore", "page", verb]) + f"?id={page.pk}"
            for verb in ("delete", "move", "publish")
        ),
    ]


class TestNoSight:
    """An editor who may not read internal pages does not learn of them in the admin."""

    def test_no_list_names_them(self, signed_in, outsider, hidden):
        client = signed_in(outsider)
        for address in lists(hidden):
            answer = client.get(address, follow=True)
            content = b"".join(answer) if answer.streaming else answer.content
            assert LEAF not in content.decode().replace("\\u00e9", "é"), address

    def test_each_screen_about_them_is_not_found(self, signed_in, outsider, hidden):
        client = signed_in(outsider)
        for address in about(hidden):
            for method in ("get", "post"):
                answer = getattr(client, method)(address)
                assert answer.status_code == HTTPStatus.NOT_FOUND, address
                assert LEAF not in answer.content.decode()

    @pytest.mark.parametrize("number", ["9" * 30, "0"])
    def test_a_number_that_is_no_pages_is_not_found_either(self, signed_in, outsider, hidden, number):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        answer = signed_in(outsider).get(f"{address}?id={number}")
        assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_the_home_of_the_admin_counts_what_one_reaches(self, signed_in, outsider, administrator, hidden):
        inside = sum(
            section.get_descendants(inclusive=True).count()
            for section in InternalDialogueIndexPage.objects.all()
        )
        assert inside
        everything = Page.objects.filter(depth__gt=1).count()
        assert pages_counted_for(signed_in(administrator)) == everything
        assert pages_counted_for(signed_in(outsider)) == everything - inside

    def test_and_of_one_tree_where_one_works_in_it_alone(self, signed_in, outsider, hidden):
        """What is closed in the other tree was not counted in the first place."""
        home = hidden.get_ancestors().get(depth=2)
        other = Page.objects.filter(depth=2).exclude(pk=home.pk).first()
        GroupPagePermission.objects.filter(page=home).delete()
        closed = InternalDialogueIndexPage.objects.descendant_of(other)
        inside = sum(section.get_descendants(inclusive=True).count() for section in closed)
        in_tree = other.get_descendants(inclusive=True).count()
        assert pages_counted_for(signed_in(outsider)) == in_tree - inside

    def test_the_report_on_all_pages_is_for_those_who_reach_all(
        self, signed_in, outsider, administrator, hidden
    ):
        address = reverse("wagtailadmin_reports:page_types_usage")
        assert signed_in(administrator).get(address).status_code == HTTPStatus.OK
        assert signed_in(outsider).get(address).status_code == HTTPStatus.NOT_FOUND
        for user, is_offered in ((administrator, True), (outsider, False)):
            menu = signed_in(user).get(reverse("wagtailadmin_home")).content.decode()
            assert (address in menu) == is_offered

    def test_an_editor_who_is_an_employee_has_them_all(self, signed_in, editor, hidden):
        """Or else the tests above would show nothing."""
        client = signed_in(editor)
        seen = [address for address in lists(hidden) if LEAF in page_text(client, address)]
        assert len(seen) >= 8
        assert client.get(reverse("wagtailadmin_pages:edit", args=[hidden.pk])).status_code == HTTPStatus.OK

    def test_public_pages_are_theirs_as_before(self, signed_in, outsider, dialogues_fr):
        page = dialogues_fr.add_child(instance=DialoguePage(title="Ouvert", slug="ouvert", question="?"))
        client = signed_in(outsider)
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == HTTPStatus.OK
        assert "Ouvert" in page_text(client, reverse("wagtailadmin_explore", args=[dialogues_fr.pk]))


def page_text(client, address: str) -> str:
    answer = client.get(address, follow=True)
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode().replace("\\u00e9", "é")


class TestPermissions:
    """What Wagtail grants, a view restriction takes away."""

    VERBS = (
        "can_edit",
        "can_delete",
        "can_publish",
        "can_unpublish",
        "can_lock",
        "can_unlock",
        "can_view_revisions",
        "can_set_view_restrictions",
        "can_move",
        "can_copy",
    )

    def test_the_policy_is_ours(self, hidden):
        assert isinstance(policy_registry.get(hidden), PortalPagePermissionPolicy)

    @pytest.mark.parametrize("verb", VERBS)
    def test_each_verb(self, hidden, outsider, administrator, verb):
        assert not getattr(hidden.permissions_for_user(outsider), verb)()
        assert getattr(hidden.permissions_for_user(administrator), verb)()
        plain = Page.objects.get(
            pk=hidden.pk
        )  # not the page's own class: Wagtail asks its class all the same
        assert not getattr(plain.permissions_for_user(outsider), verb)()

    @pytest.mark.filterwarnings("ignore:get_connection")  # Wagtail 8.0's mail
    def test_a_task_of_a_workflow_lifts_no_restriction(self, hidden, outsider, administrator):
        workflow = Workflow.objects.create(name="Relecture")
        task = GroupApprovalTask.objects.create(name="Relecture")
        task.groups.add(*outsider.groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        workflow.start(hidden, administrator)
        assert hidden.current_workflow_task.specific.user_can_access_editor(hidden, outsider)
        page = DialoguePage.objects.get(pk=hidden.pk)
        assert not page.permissions_for_user(outsider).can_edit()
        assert not page.permissions_for_user(outsider).can_lock()

    def test_the_policy_answers_for_one_page_and_for_all(self, hidden, outsider, articles_fr, administrator):
        policy = policy_registry.get_by_type(Page)
        assert not policy.user_has_permission_for_instance(outsider, "change", hidden)
        assert policy.user_has_permission_for_instance(outsider, "change", articles_fr)
        for pages in (
            policy.instances_user_has_permission_for(outsider, "change"),
            policy.explorable_instances(outsider),
        ):
            assert not pages.filter(pk=hidden.pk).exists()
            assert pages.filter(pk=articles_fr.pk).exists()
        assert policy.explorable_instances(administrator).filter(pk=hidden.pk).exists()

    def test_l17_whoever_may_not_move_a_draft_is_not_told_its_title(
        self, signed_in, moderator, editor, articles_fr
    ):
        draft = articles_fr.add_child(instance=BlogPage(title=LEAF, live=False))
        url = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, articles_fr.get_parent().pk])
        answer = signed_in(moderator).get(url, follow=True)
        assert answer.redirect_chain
        assert LEAF not in answer.text
        assert LEAF in signed_in(editor).get(url).text

    def test_restrictions_are_looked_up_once_for_a_list(
        self, hidden, outsider, articles_fr, django_assert_num_queries
    ):
        articles_fr.permissions_for_user(outsider)
        with django_assert_num_queries(0):
            hidden.permissions_for_user(outsider)
            articles_fr.permissions_for_user(outsider)
