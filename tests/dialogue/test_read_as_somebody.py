"""What is the same for all readers of a comment is made once; what depends on who reads is filled in."""

import re

import pytest
from django.template.loader import render_to_string
from django.test.signals import template_rendered

from dialogue.actions import edit_comment
from dialogue.fragments import SLOTS, fill_fragment, render_fragment
from dialogue.models import Comment
from dialogue.passages import find_passage

pytestmark = pytest.mark.django_db

NOTHING = dict.fromkeys(SLOTS, "")
FOOT = re.compile(r'<div class="comment__foot">.*?</div>')
LINE_BREAKS = re.compile(r"\s*\n\s*")
# What readers may do with a first comment: the links and buttons of its foot, by where they lead.
ACTS = {
    "stranger": ["reply", "follow", "flag"],
    "employee": ["reply", "follow", "flag"],
    "moderator": ["reply", "follow", "flag"],
    "editor": ["reply", "follow", "flag", "feature", "feature-in"],
    "author": ["reply", "follow", "flag", "edit"],
}


@pytest.fixture
def author(site, answerer):
    return answerer


@pytest.fixture
def thread(article, say, author) -> list[Comment]:
    """A comment of somebody with an account, changed since, and a guest's reply that quotes it."""
    root = say(article, "Un *banc* du quai.", user=author)
    reply = say(article, "Moi *aussi*.", parent=root, passage=find_passage(root, "du quai"))
    edit_comment(root, "Un *banc* du quai, deux.", by=root.participant)
    root.refresh_from_db()
    return [root, reply]


@pytest.fixture
def read_as(request, client, signed_in, article):
    """Return the conversation as one of the actors has it: `read_as("editor")`."""

    def read(who: str) -> str:
        viewer = request.getfixturevalue(who)
        browser = signed_in(viewer) if viewer.is_authenticated else client
        return browser.get(article.get_url()).content.decode()

    return read


def article_of(comment: Comment, html: str) -> str:
    """Return the element of `comment`."""
    return re.search(rf'<article [^>]*id="{comment.anchor}".*?</article>', html, re.DOTALL)[0]


class TestForAll:
    @pytest.mark.parametrize("who", ACTS)
    def test_no_comment_is_rendered_while_it_is_read(self, thread, read_as, who):
        rendered: list[str] = []

        def note(template, **kwargs):
            rendered.append(template.name)

        template_rendered.connect(note)
        try:
            html = read_as(who)
        finally:
            template_rendered.disconnect(note)
        assert "<em>banc</em> du quai, deux." in html
        assert "dialogue/_conversation.html" in rendered
        assert not [name for name in rendered if name and name.startswith("dialogue/_comment")]

    def test_all_have_the_same_but_for_what_they_may_do(self, thread, read_as):
        for comment in thread:
            seen = {who: FOOT.sub("", article_of(comment, read_as(who))) for who in ACTS}
            assert len(set(seen.values())) == 1
            assert comment.fragment.partition("<!--at-->")[0] in seen["stranger"]

    def test_the_template_for_all_asks_nothing_about_the_reader(self, thread):
        for comment in thread:
            alone = render_to_string(
                "dialogue/_comment.html", {"comment": comment, "is_reply": comment.depth > 0}
            )
            stored = fill_fragment(render_fragment(comment), NOTHING).replace(' data-at=""', "")
            assert LINE_BREAKS.sub("", alone) == LINE_BREAKS.sub("", stored)


class TestForTheReader:
    @pytest.mark.parametrize("who", ACTS)
    def test_each_is_offered_what_they_may_do(self, thread, read_as, who):
        root = thread[0]
        foot = FOOT.search(article_of(root, read_as(who)))[0]
        addresses = re.findall(r'(?:href|formaction)="([^"]*)"', foot)
        assert [address.rstrip("/").rsplit("/", 1)[1] for address in addresses] == ACTS[who]
        assert all(root.public_id in address for address in addresses)

    def test_ids_classes_and_links_of_a_reply(self, thread, read_as):
        reply = thread[1]
        html = article_of(reply, read_as("stranger"))
        assert re.findall(r' id="([^"]*)"', html) == [reply.anchor, f"name-{reply.public_id}"]
        assert re.findall(r'<(\w+)[^>]* class="(comment[\w-]*)', html) == [
            ("article", "comment"),
            ("div", "comment__head"),
            ("h4", "comment__heading"),
            ("bdi", "comment__name"),
            ("a", "comment__time"),
            ("blockquote", "comment__passage"),
            ("p", "comment__passage-note"),
            ("div", "comment__words"),
            ("div", "comment__foot"),
            ("a", "comment__reply"),
        ]

    def test_a_comment_alone_has_the_same_words_and_its_own_acts(self, client, thread):
        root = thread[0]
        html = article_of(root, client.get(root.reply_url).content.decode())
        assert '<h2 class="comment__heading"' in html
        assert "<em>banc</em> du quai, deux." in html
        assert "comment__edited" in html
        assert re.findall(r'<div class="comment__foot"><a href="([^"]*)"', html)[0].endswith("/flag/")
