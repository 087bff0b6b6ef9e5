"""What those who run the portal do in its admin: make accounts, write, publish, open dialogues."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from demo.cast import DEMO_PASSWORD, SignIn
from demo.factories.people import group_of
from portal.slugs import slug_of
from tests.journeys.conftest import sign_in
from tests.journeys.editing import PageEditor, said
from tests.journeys.readers import comment_of
from tests.journeys.story import ANSWER, ANSWER_TITLE, EDITOR, FIRST_VISITOR, SHARE_TARGETS, TITLE, TWIN_TITLE


def sign_in_to_admin(window: Page, person: SignIn) -> None:
    window.goto("/admin/")
    sign_in(window, person.username)
    expect(window).to_have_url(re.compile("/admin/$"))


def make_account(window: Page, person: SignIn) -> None:
    window.goto("/admin/users/new/")
    for name in ("username", "email", "first_name", "last_name"):
        window.locator(f"main [name={name}]").fill(getattr(person, name))
    for name in ("role_label_fr", "role_label_en"):
        window.locator(f"[name={name}]").fill(getattr(person, name))
    window.locator("[name=send_invitation]").uncheck()
    for name in ("password1", "password2"):
        window.locator(f"[name={name}]").fill(DEMO_PASSWORD)
    window.locator("main").get_by_role("tab").last.click()
    for group in person.groups:
        window.get_by_label(re.compile(rf"^\s*{re.escape(str(group_of(group)))}(\s–|\s*$)")).check()
    window.locator("main form [type=submit]").last.click()
    expect(window.locator(".messages .success")).to_contain_text(person.username)


def offer_every_share_target(window: Page) -> None:
    window.goto("/admin/settings/portal/portalsettings/")
    window.get_by_role("tab", name=said("Sharing")).click()
    for target in SHARE_TARGETS:
        window.locator(f"[name=share_targets][value={target}]").check()
    window.locator("main form [type=submit]").last.click()
    expect(window.locator(".messages .success")).to_be_visible()


def write_article(window: Page, files: dict[str, Path]) -> None:
    editor = start_page(window, "Articles")
    editor.write("title", TITLE)
    editor.write_introduction("Pendant quatre semaines, nous avons compté qui prend la dernière traversée.")
    editor.upload("lead_image", files["ferry.jpg"], title="La Sterne", description="Un traversier blanc.")
    editor.write("lead_image_alt", "Un traversier blanc quitte le quai au soleil couchant.")
    editor.add_block("Heading").write(text="Ce que disent les nombres")
    editor.add_block("Paragraph").write_paragraph("Dix-neuf personnes, en moyenne, montent à bord.")
    wharf = editor.add_block("Picture")
    wharf.upload("image-image", files["wharf.jpg"], title="Le quai", description="Un quai éclairé, la nuit.")
    wharf.write(caption="Le quai, un peu avant vingt-deux heures.")
    editor.add_block("Video").write(title="Une traversée en janvier", address="https://vimeo.com/76979871")
    editor.add_block("Quotation").write(text="Un horaire est une promesse.", attribution="Le comité")
    editor.add_block("Table").write_table(
        "Personnes à bord", ["Semaine", "Personnes"], [["Première", "17"], ["Deuxième", "21"]]
    )
    editor.add_block("Document").upload("document", files["plan.pdf"], title="Le plan en une page")
    preview = editor.preview()
    expect(preview.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(preview.get_by_role("table", name="Personnes à bord")).to_be_attached()
    editor.publish()


def start_page(window: Page, section: str) -> PageEditor:
    """Go to the French section, and add a page to it."""
    window.goto("/admin/pages/")
    row_of(window, "Accueil").locator("td.children a").click()
    row = row_of(window, section)
    row.hover()
    row.locator("[data-w-dropdown-target=toggle]").click()
    window.locator("a[href$='/add_subpage/']:visible").last.click()
    return PageEditor(window)


def row_of(window: Page, title: str) -> Locator:
    return window.get_by_role("row").filter(has=window.get_by_role("link", name=title, exact=True))


def translate_article(window: Page) -> None:
    window.get_by_role("link", name=TITLE, exact=True).click()
    editor = PageEditor(window)
    expect(editor.form.locator("[name=title]")).to_have_value(TITLE)
    window.get_by_role("button", name="Actions").first.click()
    window.locator("a[href*='/translation/submit/page/']:visible").click()
    window.locator("[name=locales]").first.check()
    window.locator("main form [type=submit]").click()
    twin = PageEditor(window)
    twin.write("title", TWIN_TITLE)
    twin.publish()


def publish_comment(window: Page, name: str) -> None:
    """Take the oldest comment of that author that waits, and publish it."""
    window.goto("/admin/")
    window.locator("main a[href*='/moderation/comments/']").first.click()
    card = window.locator(".moderation-card").filter(has_text=name).first
    with window.expect_response(lambda answer: answer.url.endswith("/publish/")) as told:
        card.locator("[data-verb=publish]").get_by_role("button").click()
    assert told.value.ok


def answer_with_article(window: Page) -> None:
    comment_of(window, FIRST_VISITOR.name).get_by_role(
        "button", name=said("Feature in a new article")
    ).click()
    editor = PageEditor(window)
    expect(editor.introduction).to_be_focused()
    editor.type_richly(editor.introduction, ANSWER)
    editor.write("title", ANSWER_TITLE)
    # That the address follows the title by itself is tried by keys, in a test of its own.
    editor.open_tab("Promote")
    editor.write("slug", slug_of(ANSWER_TITLE))
    editor.publish()


def open_dialogue(window: Page, section: str, title: str, question: str) -> None:
    editor = start_page(window, section)
    editor.write("title", title)
    editor.write("question", question)
    editor.write("host_name", EDITOR.name)
    editor.publish()
