"""An administrator puts the places to share pages at in an order of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from wagtail.models import Site

from people.models import User
from portal.models import PortalSettings
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_line_moves_by_its_buttons_keeps_the_focus_and_is_saved(
    open_window: Callable[..., Window], site: Site, administrator: User
) -> None:
    PortalSettings.objects.update_or_create(site=site, defaults={"share_targets": ["mail", "linkedin"]})
    window = open_window()
    window.goto("/admin/settings/portal/portalsettings/")
    sign_in(window, administrator.username)
    window.locator("[role=tab]", has_text=said("Sharing")).click()
    boxes = window.locator("[name=share_targets]")
    expect(boxes.nth(0)).to_have_value("mail")
    up = (
        window.locator(".order-list__item", has=window.locator("[value=linkedin]"))
        .get_by_role("button")
        .first
    )
    up.press("Enter")
    expect(boxes.nth(0)).to_have_value("linkedin")
    expect(up).to_be_focused()
    up.press("Enter")  # the first goes no higher
    expect(boxes.nth(0)).to_have_value("linkedin")
    window.locator("main form [type=submit]").last.click()
    expect(window.locator(".messages .success")).to_be_visible()
    assert PortalSettings.objects.get(site=site).share_targets == ["linkedin", "mail"]
