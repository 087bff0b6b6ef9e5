"""Whoever writes without the right to publish submits their article, and an editor publishes it."""

import pytest
from django.urls import reverse

from blog.models import BlogPage
from people.groups import WRITERS, the_group
from tests.blog.test_write_article import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(employee):
    employee.groups.add(the_group(WRITERS))
    return employee


@pytest.fixture
def write(signed_in, writer, articles_fr):
    """Send the form of a new article, with the button that is named."""
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", articles_fr.pk])

    def send(button: str = "") -> BlogPage:
        answer = signed_in(writer).post(
            address, form_data(slug="un-autre-quai", **({button: "1"} if button else {}))
        )
        assert answer.status_code == 302, answer.context["form"].errors
        return BlogPage.objects.get(slug="un-autre-quai")

    return send


def test_she_writes_and_nobody_reads_it_yet(write, writer):
    page = write()
    assert page.owner == writer
    assert not page.live


def test_she_cannot_publish_even_if_she_sends_what_the_button_would(write):
    assert not write("action-publish").live


def test_what_she_submits_waits_for_an_editor_who_publishes_it(write, signed_in, editor):
    page = write("action-submit")
    task = page.current_workflow_task_state
    assert task is not None
    editors = signed_in(editor)
    assert page.title in editors.get(reverse("wagtailadmin_home")).content.decode()
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert editors.post(action).status_code == 302
    page.refresh_from_db()
    assert page.live


def test_she_changes_nothing_of_others(signed_in, writer, article):
    browser = signed_in(writer)
    for act in ("edit", "delete", "unpublish"):
        address = reverse(f"wagtailadmin_pages:{act}", args=[article.pk])
        assert browser.get(address).status_code in {302, 403, 404}
    for address in ("/admin/moderation/ledger/", "/admin/moderation/comments/", "/admin/users/"):
        assert browser.get(address).status_code in {302, 403}
