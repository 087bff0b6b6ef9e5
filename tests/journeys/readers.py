"""What readers do: read, comment, follow, print, share, reply in dialogues."""

import re

from django.core import mail
from playwright.sync_api import Locator, Page, expect

from demo.cast import Guest
from mail.actions import process_mail
from tests.journeys.editing import said
from tests.journeys.story import (
    ANSWER,
    ANSWER_TITLE,
    COMMENT,
    FIRST_VISITOR,
    INTERNAL_QUESTION,
    INTERNAL_TITLE,
    REMARK,
    REPLY,
    SHARED_AT,
    TITLE,
    TWIN_TITLE,
)


def path_of(window: Page) -> str:
    return window.url.split("#")[0]


def read_article(window: Page, complaints: list[str]) -> None:
    """Read without a cookie and without a request that leaves; only a click asks for the film."""
    main = window.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(main.get_by_role("table", name="Personnes à bord")).to_contain_text("21")
    expect(main.get_by_role("link", name="Le plan en une page")).to_have_attribute(
        "href", re.compile("/documents/")
    )
    for image in main.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 0
    assert window.context.cookies() == []
    assert not complaints
    assert window.locator("iframe").count() == 0

    player = re.compile("^https://player.vimeo.com/video/76979871")
    with window.expect_request(player):
        main.locator("video-embed a").click()
    expect(main.locator("video-embed iframe")).to_have_attribute("src", player)
    complaints[:] = [complaint for complaint in complaints if "player.vimeo.com" not in complaint]

    switch = window.get_by_role("banner").get_by_role("link", name="English").first
    switch.click()
    expect(window.get_by_role("heading", level=1)).to_have_text(TWIN_TITLE)
    window.get_by_role("banner").get_by_role("link", name="Français").first.click()
    expect(main.get_by_role("heading", level=1)).to_have_text(TITLE)


def comment_on(window: Page, guest: Guest, words: str, *, may_quote: bool = False) -> None:
    form = window.locator("comment-form form")
    form.locator("[name=text]").fill(words)
    send = form.get_by_role("button", name=said("Send my comment"))
    expect(send).to_be_visible()
    if form.locator("[data-writer]").is_hidden():  # this browser is not known
        form.locator("[name=name]").fill(guest.name)
        form.locator("[name=email]").fill(guest.email)
    if may_quote:
        form.locator("#agree-quoting-yes").check()
    send.click()


def expect_to_wait(window: Page) -> None:
    expect(window).to_have_url(re.compile("/fr/conversation/status/"))
    expect(window.get_by_role("heading", level=1)).to_have_text(said("Your comment waits for a moderator"))


def confirm_by_mail(window: Page, guest: Guest) -> None:
    """Read the message that was sent to the guest, open its link in the same browser, press the button."""
    expect(window).to_have_url(re.compile("/fr/conversation/status/"))
    expect(window.get_by_role("heading", level=1)).to_have_text(said("Please confirm your address"))
    open_mailed_link(window, guest)
    expect(window.get_by_role("heading", level=1)).to_have_text(said("Is this from you?"))
    window.get_by_role("button", name=said("Yes, I wrote it")).click()


def open_mailed_link(window: Page, guest: Guest) -> None:
    """Let the outbox be emptied, and open the first link of the last message to the guest."""
    process_mail()
    message = [message for message in mail.outbox if message.to == [guest.email]][-1]
    window.goto(re.search(r"https?://\S+/conversation/\S+", message.body)[0])


def comment_of(window: Page, name: str) -> Locator:
    return window.locator("#conversation").get_by_role("article", name=name).first


def read_answer(window: Page, article: str) -> None:
    main = window.get_by_role("main")
    expect(main).to_contain_text(ANSWER)
    expect(main.locator(".article__source").get_by_role("link", name=TITLE)).to_be_visible()
    voice = main.locator("figure.voice")
    expect(voice).to_contain_text(FIRST_VISITOR.name)
    expect(voice.locator("blockquote > *")).to_have_count(len(COMMENT))
    source = voice.get_by_role("link", name=said("Read it in its conversation"))
    source.click()
    expect(comment_of(window, FIRST_VISITOR.name)).to_be_in_viewport()
    assert path_of(window) == article
    expect(comment_of(window, FIRST_VISITOR.name).get_by_role("link", name=ANSWER_TITLE)).to_be_visible()


def reply_to(window: Page, other: Guest, guest: Guest, words: str) -> None:
    comment = comment_of(window, other.name)
    comment.get_by_role("link", name=said("Reply")).click()
    expect(comment.locator("strong[data-reply-name]")).to_have_text(other.name)
    text = comment.locator("[name=text]")
    expect(text).to_be_focused()
    text.fill(words)
    comment_on(window, guest, words)


def read_thread(window: Page, address: str) -> None:
    window.goto(address)
    thread = window.locator("#conversation li.thread")
    expect(thread).to_have_count(1)
    expect(thread.get_by_role("article")).to_contain_text([REMARK, REPLY])
    expect(thread.locator("ol li").get_by_role("article")).to_have_count(1)


def follow_permalinks(window: Page, address: str, count: int) -> None:
    window.goto(address)
    links = window.locator("#conversation a[rel=bookmark]")
    expect(links).to_have_count(count)
    for link in [link.get_attribute("href") for link in links.all()]:
        window.goto(link)
        assert path_of(window) == address
        expect(window.locator(f"#{window.url.split('#')[1]}")).to_be_in_viewport()


def print_article(window: Page, address: str) -> None:
    window.goto(address)
    window.emulate_media(media="print")
    for chrome in ("header.site-header", "footer.site-footer", ".share-links", "comment-form"):
        expect(window.locator(chrome)).to_be_hidden()
    expect(window.locator(".print-address")).to_have_text(address)
    expect(comment_of(window, FIRST_VISITOR.name)).to_contain_text("quatre soirs par semaine")
    assert window.pdf().startswith(b"%PDF")
    window.emulate_media(media="screen")


def expect_share_links(window: Page, address: str) -> None:
    links = window.locator(".share-links").get_by_role("link")
    addresses = [link.get_attribute("href") for link in links.all()]
    hosts = {match[1] for link in addresses if (match := re.match("https://([^/]+)/", link))}
    assert hosts == SHARED_AT
    assert any(link.startswith("mailto:") for link in addresses)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.locator("copy-link button").click()
    expect(window.locator(".share-links [role=status]")).to_have_text(said("Address copied"))
    assert window.evaluate("navigator.clipboard.readText()") == address
    links.filter(has_text="Mastodon").click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("Mastodon")


def reply_in_dialogue(window: Page, section: str, question: str, words: str) -> str:
    """Return the address of the dialogue."""
    window.goto(section)
    window.get_by_role("main").get_by_role("link", name=question).click()
    expect(window.locator(".dialogue__question")).to_have_text(question)
    address = path_of(window)
    form = window.locator("comment-form form")
    form.locator("[name=text]").fill(words)
    form.get_by_role("button", name=said("Send my comment")).click()
    expect_to_wait(window)
    return address


def expect_no_trace(window: Page, internal: str) -> None:
    lists = ("/fr/", "/fr/dialogues/", "/fr/articles/", "/fr/feeds/articles.atom")
    found = ("/fr/search/?query=temps", "/fr/search/?query=vestiaire")
    maps = window.request.get("/sitemap.xml").text()
    for address in (*lists, *found, "/sitemap.xml", *re.findall("<loc>[^<]*?(/sitemap[^<]*)</loc>", maps)):
        answer = window.request.get(address)
        assert answer.ok, address
        for secret in (INTERNAL_TITLE, INTERNAL_QUESTION, "sans doute", "/interne/", "Dialogues internes"):
            assert secret not in answer.text(), f"{address} tells of “{secret}”"
    window.goto(internal)
    expect(window).to_have_url(re.compile(r"/fr/account/login/\?next=/fr/interne/"))
    expect(window.get_by_role("main")).not_to_contain_text(INTERNAL_TITLE)
