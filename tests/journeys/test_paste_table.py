"""An editor pastes a table that she copied in a spreadsheet."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from blog.models import BlogPage
from people.models import User
from tests.journeys.conftest import sign_in
from tests.journeys.editing import PageEditor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
    return !field.dispatchEvent(event);
}"""


def paste(field: Locator, text: str) -> bool:
    """Paste into a field; return whether the table took it, rather than the field."""
    return field.evaluate(PASTE, text)


def test_it_fills_headings_and_cells_and_is_saved(
    open_window: Callable[..., Window], article: BlogPage, editor: User
) -> None:
    window = open_window(viewport={"width": 1280, "height": 900})
    window.goto(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    sign_in(window, editor.username)
    form = PageEditor(window)
    table = form.add_block("Table").place
    caption = table.locator("[name$='-caption']")
    caption.fill("Traversées")
    assert not paste(caption, "rien qu’une phrase")
    assert paste(caption, 'Mois\tTraversées\r\nJanvier\t248\r\n"Février\n2026"\t"dit ""226"""\r\n')
    headings = table.locator(".column-heading")
    expect(headings).to_have_count(2)
    expect(headings.nth(1)).to_have_value("Traversées")
    expect(caption).to_have_value("Traversées")
    cells = table.locator("tbody td input[type=text]")
    expect(cells).to_have_count(4)
    expect(cells.nth(2)).to_have_value("Février 2026")
    expect(cells.nth(3)).to_have_value('dit "226"')
    # From a cell on: what is there is written over, what is missing is added.
    assert paste(cells.nth(3), "226\t12\nx\ty")
    expect(cells).to_have_count(9)
    expect(cells.nth(4)).to_have_value("226")
    expect(cells.nth(8)).to_have_value("y")
    form.publish()
    page = BlogPage.objects.get(pk=article.pk)
    value = next(child.value for child in page.body if child.block_type == "table")
    assert [column["heading"] for column in value.columns] == ["Mois", "Traversées", ""]
    assert [str(cell.value) for cell in next(iter(value.rows))] == ["Janvier", "248", ""]
