"""Wagtail's page editor, as somebody who writes an article uses it."""

import re
from pathlib import Path

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

CHILD = "#body-root > [data-streamfield-stream-container] > [data-streamfield-child]"
ADD = "#body-root > [data-streamfield-stream-container] > div > button.c-sf-add-button"

AUTOSAVE_PAUSE = 700  # milliseconds: more than Wagtail waits between looking at the form and saving it
IS_SAVED = """() =>
    document.querySelector("form[data-edit-form]").dataset.wUnsavedHasEditsValue !== "true"
    && document.querySelector("#w-autosave-indicator")?.dataset.wAutosaveStateValue !== "saving"
"""


def said(words: str, language: str = "fr") -> str:
    """Return `words` of our screens as the catalogue says them to somebody who reads `language`."""
    with override(language):
        return gettext(words)


class PageEditor:
    """The form in which a page is written."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.form = page.locator("form[data-edit-form]")
        self.introduction = self.form.locator("[data-contentpath=introduction] [contenteditable=true]")
        expect(self.form.locator("[name=title]")).to_be_visible()

    def write(self, name: str, words: str) -> None:
        """Fill a plain field, by its name in the form."""
        self.form.locator(f"[name='{name}']").fill(words)

    def write_introduction(self, words: str) -> None:
        self.write_richly(self.introduction, words)

    def write_richly(self, area: Locator, words: str) -> None:
        """Type into one of Wagtail's text areas."""
        area.click()
        self.type_richly(area, words)

    def type_richly(self, area: Locator, words: str) -> None:
        """Type where the cursor is: in `area`, which is no form field but fills one a little later."""
        self.page.keyboard.insert_text(words)
        expect(area).to_have_text(words)
        field = area.locator("xpath=ancestor::*[contains(@class, 'Draftail-Editor__wrapper')]/../input")
        expect(field).to_have_value(re.compile(re.escape(words)))

    def open_tab(self, label: str) -> None:
        """`label` is its English name."""
        self.form.get_by_role("tab", name=said(label)).click()

    def add_block(self, label: str) -> "Block":
        """Put a new block at the end of the body; `label` is its English name."""
        blocks = self.form.locator(CHILD)
        count = blocks.count()
        self.form.locator(ADD).last.click()
        self.page.get_by_role("option", name=said(label), exact=True).click()
        expect(blocks).to_have_count(count + 1)
        return Block(self, blocks.nth(count), f"body-{count}-value")

    def upload(self, name: str, file: Path, **words: str) -> None:
        """Choose a file that the portal does not have yet; `words` fill its own fields, by name."""
        chosen = self.page.locator(f"[name='{name}']")
        field = self.form.locator("[data-field-input]").filter(has=chosen).last
        # By keyboard: the form may still be moving under a mouse, where a block was just added.
        field.locator("[data-chooser-action-choose]:visible").press("Enter")
        window = self.page.locator(".modal-dialog")
        window.get_by_role("tab").last.click()
        upload = window.locator("form:has([type=file])")
        upload.locator("[type=file]").set_input_files(file)
        for field, value in words.items():
            upload.locator(f"[name$='-{field}']").fill(value)
        upload.locator("[type=submit]").click()
        expect(window).to_have_count(0)
        expect(chosen).not_to_have_value("")

    def preview(self) -> Locator:
        """Open the preview beside the form, and return what it shows."""
        self.page.locator("[data-side-panel-toggle=preview]").click()
        return self.page.frame_locator("#w-preview-iframe").locator("body")

    def settle(self) -> None:
        """Let the editor save by itself what was typed last.

        Wagtail 8.0 sends a form while a draft of it is still on its way; a person sees that it is saving.
        """
        for _once_more in range(2):
            self.page.wait_for_timeout(AUTOSAVE_PAUSE)
            self.page.wait_for_function(IS_SAVED)

    def publish(self) -> None:
        """Press the button in the menu at the foot, and wait to be told."""
        self.settle()
        self.form.locator("footer [data-w-dropdown-target=toggle]").click()
        with self.page.expect_navigation():  # a message may be there from before
            self.form.locator("[name=action-publish]").click()
        expect(self.page.locator(".messages .success")).to_be_visible()


class Block:
    """One block of the body."""

    def __init__(self, editor: PageEditor, place: Locator, prefix: str) -> None:
        self.editor = editor
        self.place = place
        self.prefix = prefix

    def write(self, **words: str) -> None:
        """Fill fields of the block, by their names."""
        for name, value in words.items():
            self.place.locator(f"[name='{self.prefix}-{name}']").fill(value)

    def write_paragraph(self, words: str) -> None:
        self.editor.write_richly(self.place.locator("[contenteditable=true]"), words)

    def upload(self, name: str, file: Path, **words: str) -> None:
        self.editor.upload(f"{self.prefix}-{name}", file, **words)

    def write_table(self, caption: str, headings: list[str], rows: list[list[str]]) -> None:
        """Fill a table of plain texts, by keyboard: a click misses while the form moves."""
        self.write(caption=caption)
        for number, heading in enumerate(headings):
            self.place.locator("[data-append-column]").last.press("Enter")
            self.place.locator(".add-column-menu:visible").get_by_role("button").first.press("Enter")
            self.place.locator(f"[name='{self.prefix}-column-{number}-heading']").fill(heading)
        for number, row in enumerate(rows):
            if number:  # the first row came with the first column
                self.place.locator("[data-add-row]").last.press("Enter")
            for column, words in enumerate(row):
                self.place.locator(f"[name='{self.prefix}-cell-{number}-{column}']").fill(words)
