"""A group that moderates in some sections decides there, and sees nothing of the others anywhere."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester
from mail.models import OutgoingMail
from moderation.actions import publish_comment, tell_moderators
from moderation.mail import count_waiting
from moderation.models import Flag
from moderation.section_forms import GroupSectionsForm
from people.groups import MODERATORS, the_group
from people.models import GroupSection, User

pytestmark = pytest.mark.django_db

OPINION = "OPINION sur le quai"


@pytest.fixture
def moderators() -> Group:
    return the_group(MODERATORS)


@pytest.fixture
def held(dialogue, receive) -> Comment:
    """What waits outside of the section of articles."""
    return receive(dialogue, OPINION)


@pytest.fixture
def held_here(article, receive) -> Comment:
    return receive(article, "Et les bancs ?")


@pytest.fixture
def of_articles(moderators, articles_fr) -> GroupSection:
    """Moderators decide under French articles alone."""
    return GroupSection.objects.create(group=moderators, page=articles_fr)


def known_anew(user: User) -> User:
    """Return them as the next request knows them."""
    return User.objects.get(pk=user.pk)


def moderated(user: User) -> set[Comment]:
    """Return what somebody may decide on, in both spellings."""
    user = known_anew(user)
    listed = set(Comment.objects.moderated_by(user))
    one_by_one = {
        comment for comment in Comment.objects.all() if CommentPermissionTester(comment, user).can_moderate()
    }
    assert listed == one_by_one
    return listed


def test_without_a_section_a_group_moderates_everywhere(held, held_here, held_inside, moderator):
    assert {held, held_here, held_inside} <= moderated(moderator)


def test_it_decides_in_its_sections_alone(held, held_here, held_inside, of_articles, moderator):
    assert moderated(moderator) & {held, held_here, held_inside} == {held_here}
    with pytest.raises(PermissionDenied):
        publish_comment(held, by=known_anew(moderator))
    publish_comment(held_here, by=known_anew(moderator))


def test_a_section_does_not_open_what_its_members_may_not_read(
    held_inside, moderators, internal_fr, outside_moderator, moderator
):
    GroupSection.objects.create(group=moderators, page=internal_fr)
    assert held_inside in moderated(moderator)
    assert moderated(outside_moderator) == set()


def test_who_is_in_two_groups_has_the_sections_of_both(
    held, held_here, held_inside, of_articles, dialogues_fr, moderator
):
    other = Group.objects.create(name="Quais")
    other.permissions.add(Permission.objects.get(codename="moderate_comment"))
    GroupSection.objects.create(group=other, page=dialogues_fr)
    moderator.groups.add(other)
    assert moderated(moderator) & {held, held_here, held_inside} == {held, held_here}


@pytest.mark.parametrize("has_right", [True, False])
def test_a_group_without_sections_opens_all_where_it_has_the_right(held, of_articles, moderator, has_right):
    other = Group.objects.create(name="Quais")
    if has_right:
        other.permissions.add(Permission.objects.get(codename="moderate_comment"))
    moderator.groups.add(other)
    assert (held in moderated(moderator)) is has_right


def test_a_right_that_comes_from_no_group_holds_everywhere(held, employee, administrator, of_articles):
    employee.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    assert held in moderated(employee)
    assert held in moderated(administrator)


def test_where_a_section_is_deleted_nobody_comes_to_moderate_all(held_here, moderators, home_fr, moderator):
    section = home_fr.add_child(instance=type(home_fr.get_children().first().specific)(title="À part"))
    GroupSection.objects.create(group=moderators, page=section)
    section.delete()
    assert moderators.sections.get().page is None
    assert moderated(moderator) == set()


class TestScreens:
    """What a moderator of articles sees of a comment in a dialogue: nothing."""

    @pytest.mark.parametrize("status", ["held", "published", "changed", "flagged", "all"])
    def test_the_list(self, desk, held, of_articles, status):
        answer = desk.get(reverse("moderation_comments:list_comments"), {"status": status}).content.decode()
        assert "OPINION" not in answer
        assert held.page.title not in answer

    def test_its_own_screen_and_every_act_are_not_found(self, desk, held, of_articles):
        assert desk.get(_address("review_comment", held.public_id)).status_code == 404
        sent = {"version": held.version, "status": held.status}
        assert desk.post(_address("decide_on_comment", held.public_id, "publish"), sent).status_code == 404
        ticks = {"comment": f"{held.public_id}:{held.version}:{held.status}", "verb": "publish"}
        assert desk.post(_address("decide_on_comments"), ticks).status_code == 404
        held.refresh_from_db()
        assert not held.is_published

    def test_what_waits_is_counted_without_it(self, desk, held, held_here, of_articles, moderator):
        assert count_waiting(known_anew(moderator)) == (1, 0, 0)
        home = desk.get(reverse("wagtailadmin_home")).content.decode().replace("&quot;", '"')
        assert '"data-waiting": "1"' in home
        assert "OPINION" not in home

    @pytest.mark.parametrize("register", ["ledger", "decisions", "flags", "consents"])
    def test_registers_and_their_exports(self, desk, held, of_articles, flagged, register):
        address = f"/admin/moderation/{register}/"
        for form in ("", "csv", "xlsx"):
            answer = desk.get(address, {"export": form} if form else {})
            content = b"".join(answer) if answer.streaming else answer.content
            assert answer.status_code == 200
            assert held.public_id.encode() not in content
            assert b"OPINION" not in content

    @pytest.fixture
    def flagged(self, held) -> Flag:
        return Flag.objects.create(
            comment=held, comment_version=1, reason_code="attack", text="OPINION", person_digest="d"
        )

    def test_mail_tells_whoever_decides_there(
        self, held, of_articles, outside_moderator, moderator, employee
    ):
        OutgoingMail.objects.all().delete()
        employee.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
        tell_moderators()
        told = OutgoingMail.objects.filter(kind="moderation.waiting")
        assert set(told.values_list("participant__user__username", flat=True)) == {employee.username}


class TestForm:
    """Administrators tick the sections in the form of a group."""

    def test_they_are_kept_and_shown(self, signed_in, administrator, moderators, articles_fr, dialogues_fr):
        browser = signed_in(administrator)
        address = reverse("wagtailusers_groups:edit", args=[moderators.pk])
        form = browser.get(address).context
        sent = _fields(form) | {"moderation-sections": [articles_fr.pk, dialogues_fr.pk]}
        assert browser.post(address, sent).status_code == 302
        assert set(moderators.sections.values_list("page", flat=True)) == {articles_fr.pk, dialogues_fr.pk}
        panels = browser.get(address).context["permission_panels"]
        (shown,) = (panel for panel in panels if isinstance(panel, GroupSectionsForm))
        assert set(shown["sections"].value()) == {articles_fr.pk, dialogues_fr.pk}
        sent["moderation-sections"] = [articles_fr.pk]
        browser.post(address, sent)
        assert [section.page for section in moderators.sections.all()] == [articles_fr.page_ptr]

    def test_other_pages_are_refused(self, signed_in, administrator, moderators, article):
        browser = signed_in(administrator)
        address = reverse("wagtailusers_groups:edit", args=[moderators.pk])
        sent = _fields(browser.get(address).context) | {"moderation-sections": [article.pk]}
        assert browser.post(address, sent).status_code == 200
        assert not moderators.sections.exists()


def _fields(context) -> dict[str, object]:
    """Return what the form of a group sends when nothing was changed."""
    fields: dict[str, object] = {}
    for form in (context["form"], *context["permission_panels"]):
        management = getattr(form, "management_form", None)
        if management is not None:
            fields |= {field.html_name: field.value() for field in management}
        parts = [form] if hasattr(form, "fields") else list(form)
        for part in parts:
            fields |= {field.html_name: field.value() for field in part if field.value() is not None}
    return fields


def _address(name: str, *args: object) -> str:
    return reverse(f"moderation_comments:{name}", args=args)
