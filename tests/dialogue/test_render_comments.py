"""What readers see of a comment is made when it is published, and filled in for each of them."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from dialogue.actions import hide_comment, restore_comment
from dialogue.actions.erasures import erase_each
from dialogue.conversations import load_conversation
from dialogue.fragments import FRAGMENT_VERSION, SLOTS, WORDS, WORDS_END, render_fragment
from dialogue.markup import render
from dialogue.models import Comment
from people.models import Side
from tests import dialogue
from tests.dialogue.many_comments import plant

pytestmark = pytest.mark.django_db

HOSTILE_TEXTS = (Path(dialogue.__path__[0]) / "hostile_texts.txt").read_text().splitlines()
MARKS = [*SLOTS.values(), WORDS, WORDS_END]
ELEMENT = re.compile(r"<(?!/)([a-z0-9]+)")
HEADING = re.compile(r'<h\d class="comment__heading".*?</h\d>')
TAG = re.compile(r"<[^>]*>")
OURS = {
    "article",
    "bdi",
    "div",
    "h3",
    "h4",
    "span",
    "a",
    "time",
    "p",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "br",
    "blockquote",
}


def read(article, viewer=None):
    """Return what somebody sees of every comment, by its `public_id`."""
    view = load_conversation(article, viewer or AnonymousUser())
    return {comment.public_id: comment.html for thread in view.threads for comment in thread.comments}


class TestWhenItIsMade:
    def test_a_waiting_comment_has_none(self, article, say):
        comment = say(article, is_published=False)
        assert (comment.fragment, comment.fragment_version) == ("", 0)

    def test_it_is_made_when_the_comment_is_published_and_goes_when_it_is_hidden(self, article, say):
        comment = say(article, "Un banc.")
        assert "Un banc." in comment.fragment
        assert comment.fragment_version == FRAGMENT_VERSION
        hide_comment(comment, by=None)
        comment.refresh_from_db()
        assert comment.fragment == ""
        restore_comment(comment, by=None)
        comment.refresh_from_db()
        assert "Un banc." in comment.fragment

    def test_erasing_leaves_nothing_of_it(self, article, say):
        comment = say(article, "Un banc.")
        erase_each([comment])
        comment.refresh_from_db()
        assert comment.fragment == ""

    def test_it_is_in_the_language_of_the_page(self, article, say):
        with translation.override("en"):
            assert re.search(r'title="[^"]* à \d', say(article).fragment)


class TestWhatReadersSee:
    def test_no_mark_is_left_and_no_cookie_is_needed(self, client, article, say):
        root = say(article)
        say(article, parent=root)
        body = client.get(article.url).content.decode()
        assert not [mark for mark in MARKS if mark in body]

    def test_a_stored_one_is_what_would_be_made_now(self, article, say):
        root = say(article, "Un banc.")
        say(article, "Deux.", parent=root)
        stored = read(article)
        Comment.objects.update(fragment="", fragment_version=0)
        assert read(article) == stored

    def test_one_of_another_version_is_not_shown(self, article, say):
        comment = say(article, "Un banc.")
        Comment.objects.update(fragment="<p>Autrefois.</p>", fragment_version=FRAGMENT_VERSION + 1)
        assert "Un banc." in read(article)[comment.public_id]

    def test_in_another_language_the_words_say_theirs(self, client, article, say):
        root = say(article)
        address = reverse("show_thread", args=[root.public_id]).replace("/fr/", "/en/")
        body = client.get(address).content.decode()
        assert '<div class="comment__words" lang="fr">' in body
        assert re.search(r'title="\w+\.? \d+, \d{4}, ', body)
        assert 'class="comment__words" lang' not in client.get(article.url).content.decode()

    def test_a_reply_names_whom_it_answers_while_that_may_be_read(self, article, say):
        root = say(article, name="Odile Roy")
        say(article, parent=root)
        reply = say(article, parent=root)
        line = f'<a href="#{root.anchor}">En réponse à <bdi>Odile Roy</bdi></a>'
        assert line in read(article)[reply.public_id]
        hide_comment(root, by=None)
        assert "Odile Roy" not in "".join(read(article).values())

    def test_nor_where_what_it_answers_stands_right_above(self, article, say):
        reply = say(article, parent=say(article))
        nested = say(article, parent=reply)
        shown = read(article)
        assert "En réponse" not in shown[reply.public_id] + shown[nested.public_id]

    def test_what_is_on_another_page_is_answered_from_afar(self, client, article, say, monkeypatch):
        """Of a thread read from a later reply on, the first shown says whom it answers."""
        monkeypatch.setattr("dialogue.threads.THREAD_PAGE_REPLIES", 1)
        root = say(article, name="Odile Roy")
        first = say(article, parent=root, name="Camille Roy")
        later = say(article, parent=first)
        address = reverse("show_thread", args=[root.public_id])
        body = client.get(address, {"from": later.public_id}).content.decode()
        far = reverse("comment_permalink", args=[first.public_id])
        assert f'<a href="{far}">En réponse à <bdi>Camille Roy</bdi></a>' in body

    def test_for_whom_somebody_speaks_is_said_but_for_the_public(self, article, say, employee, answerer):
        """The organisation has a sign and a role, its people a role or, without one, their side."""
        lines = {}
        for who, role in ((None, ""), (employee, ""), (employee, "Capitaine"), (answerer, "Horaires")):
            said = say(article, user=who, for_organisation=who == answerer)
            Comment.objects.filter(pk=said.pk).update(
                role_label_fr=role, role_label_en=role, fragment_version=0
            )
            found = HEADING.search(read(article)[said.public_id])[0]
            lines[role or said.side] = " ".join(TAG.sub("", found).split()).partition(said.author_name)[2]
        for words, told in (
            ("external", ""),
            ("internal", " membre du personnel"),
            ("Capitaine", " Capitaine"),
            ("Horaires", " organisation Horaires"),
        ):
            assert re.fullmatch(rf"{told} \w+ \w+\.? \d{{4}}", lines[words]), lines

    def test_who_may_not_reply_is_offered_nothing(self, article, say):
        comment = say(article)
        assert "comment__reply" in read(article)[comment.public_id]
        article.commenting_enabled = False
        assert "comment__reply" not in read(article)[comment.public_id]

    @pytest.mark.parametrize(("who", "is_offered"), [("stranger", 0), ("employee", 0), ("editor", 1)])
    def test_those_who_feature_comments_have_one_form_for_all(
        self, request, article, client, say, who, is_offered
    ):
        comments = [say(article), say(article)]
        viewer = request.getfixturevalue(who)
        if viewer.is_authenticated:
            client.force_login(viewer)
        body = client.get(article.url).content.decode()
        assert body.count('<form id="conversation-acts" method="post">') == is_offered
        for comment in comments:
            address = reverse("dialogue_feature_comment", args=[comment.public_id])
            assert body.count(f'form="conversation-acts" formaction="{address}"') == is_offered


class TestHostileWords:
    def test_t21_whatever_is_written_only_our_elements_are_made(self, site):
        for text in HOSTILE_TEXTS:
            made = render_fragment(
                Comment(
                    public_id="222222222222",
                    author_name=text[:80],
                    role_label_fr=text[:80],
                    side=Side.INTERNAL,
                    language="fr",
                    status="published",
                    html=render(text),
                )
            )
            assert set(ELEMENT.findall(made)) <= OURS, text
            for mark in MARKS:
                assert made.count(mark) == 1, text

    @pytest.mark.parametrize(
        "name", ["<!--foot-->", "{name} {id}", '"><script>', "%(name)s", "{0.__class__}"]
    )
    def test_t21_names_are_words_wherever_they_are_filled_in(self, article, name):
        [root] = plant(article, 1)
        [_above, reply] = plant(article, 2, root=root)
        Comment.objects.filter(pk=root.pk).update(author_name=name, fragment_version=0)
        shown = read(article)
        escaped = name.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        assert f'aria-label="Répondre à {escaped}"' in shown[root.public_id]
        assert f"En réponse à <bdi>{escaped}</bdi></a></p>" in shown[reply.public_id]


class TestCommand:
    def render(self, **options) -> str:
        told = StringIO()
        call_command("render_comments", stdout=told, **options)
        return told.getvalue()

    def test_it_makes_what_is_missing_or_old_and_the_second_time_nothing(self, article, say):
        kept = dict.fromkeys(say(article) for _number in range(5))
        Comment.objects.update(fragment="", fragment_version=0)
        assert "made anew: 5." in self.render(batch=2)
        assert "made anew: 0." in self.render()
        assert "made anew: 5." in self.render(all=True)
        for comment in kept:
            made = comment.fragment
            comment.refresh_from_db()
            assert comment.fragment == made

    def test_what_is_not_published_loses_it(self, article, say):
        comment = say(article)
        Comment.objects.update(status="held")
        assert "made anew: 1." in self.render()
        comment.refresh_from_db()
        assert comment.fragment == ""
