"""Rule 5: an editor marks on the words of a comment what of it is quoted, and sees it as readers will."""

import json

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from dialogue.actions import edit_comment, hide_comment
from dialogue.choosers.marking import LOST, MOVED_ON, Marking
from dialogue.excerpts import MAX_PARTS, Excerpt
from dialogue.forms import Leave
from dialogue.markings import cut, keep, put_back, remove, stretches_of
from dialogue.models import Comment, FeaturedComment
from dialogue.selections import MAX_READ, Selection
from mail.actions import suppress_address
from mail.models import SuppressedAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_french")]

WORDS = "Les bancs manquent 🚢. Sylvain Ross n’y a pas pensé.\n\nOn attend debout, au vent."
ROSS = "Sylvain Ross n’y a pas pensé."


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Maude Therrien", may_quote=True)


def at(words: str) -> tuple[int, int]:
    return WORDS.index(words), WORDS.index(words) + len(words)


def shown(excerpt: Excerpt) -> list[str]:
    return [one.words.strip() for one in stretches_of(WORDS, excerpt) if one.is_shown and one.has_words]


class TestMarkings:
    """The acts, one after the other, on a text."""

    def test_rule05_whole_words_are_taken_and_what_is_shown_adds_up(self):
        excerpt = keep(WORDS, Excerpt(), *at("ylvain Ross n"))
        assert shown(excerpt) == ["Sylvain Ross n’y"]
        excerpt = keep(WORDS, excerpt, *at("On attend"))
        assert shown(excerpt) == ["Sylvain Ross n’y", "On attend"]
        assert shown(put_back(WORDS, excerpt, *at(" a pas pensé."))) == [f"{ROSS}\n\nOn attend"]
        assert "".join(one.words for one in stretches_of(WORDS, excerpt)) == WORDS

    def test_rule05_what_is_cut_takes_its_removals_along_and_no_other(self):
        excerpt = remove(WORDS, Excerpt(), *at("Ross"), "name")
        excerpt = remove(WORDS, excerpt, *at("Sylvain Ross"), "insult")  # which holds the first
        assert [one[2] for one in excerpt.removals] == ["insult"]
        half = cut(WORDS, excerpt, *at("bancs manquent 🚢. Sylvain"))
        assert shown(half) == ["Les", "n’y a pas pensé.\n\nOn attend debout, au vent."]
        assert half.removals == ((*at("Ross"), "insult"),)
        assert cut(WORDS, excerpt, *at("Sylvain Ross")).removals == ()

    def test_rule05_what_was_removed_is_put_back_in_its_place(self):
        excerpt = remove(WORDS, keep(WORDS, Excerpt(), *at(ROSS)), *at("Sylvain Ross"), "name")
        assert shown(put_back(WORDS, excerpt, *at("Sylvain Ross"))) == [ROSS]

    def test_rule05_a_name_in_words_quoted_from_somebody_is_removed_alone(self):
        text = "> Sylvain Ross y pense.\nMoi aussi."
        excerpt = remove(text, Excerpt(), text.index("Ross"), text.index("Ross") + 4, "name")
        assert excerpt.removals == ((10, 14, "name"),)


@pytest.fixture
def press(signed_in, editor):
    """Press a button of the step, with words selected: `press(said, "keep", ROSS)`."""
    client = signed_in(editor)

    def send(said: str, act: str, words: str = "", **sent: object) -> HttpResponse:
        start, end = at(words)
        data = {"act": act, "start": start, "end": end, "name_form": "signed", **sent}
        return client.post(reverse("comment_chooser:excerpt"), {"selection": said, **data})

    return send


def marking(response: HttpResponse) -> Marking:
    assert response.status_code == 200
    assert response.json()["step"] == "mark_excerpt"
    return response.context["marking"]


def said(response: HttpResponse) -> str:
    return marking(response).selection.write()


class TestStep:
    def test_rule05_from_the_list_to_the_block(self, comment, editor, signed_in, press):
        client = signed_in(editor)
        opened = client.get(
            reverse("comment_chooser:chosen", args=[comment.public_id]), {"q": "banc", "locale": "en"}
        )
        assert "?q=banc&amp;locale=en" in opened.json()["html"]
        assert opened.context["preview"]["role"] == "guest"
        answer = press(said(opened), "keep", ROSS)
        answer = press(said(answer), "remove", "Sylvain Ross", reason="name")
        answer = press(said(answer), "cut", "pas")
        assert answer.context["negations"] == ["pas"]
        assert "Sylvain Ross" not in answer.context["preview"]["words"]
        answer = press(said(answer), "show", name_form="role", name_detail=" la  nuit ")
        assert answer.context["preview"]["name"].endswith(", la nuit")
        done = press(said(answer), "use", name_form="role", name_detail="la nuit", is_pinned="on").json()
        assert done["step"] == "chosen"
        chosen = Selection.read(done["result"]["id"])
        assert (chosen.version, chosen.name_form, chosen.name_detail, chosen.is_pinned) == (
            1,
            "role",
            "la nuit",
            True,
        )
        assert "Sylvain" not in done["result"]["title"]
        assert ", la nuit" in done["result"]["title"]

    @pytest.mark.parametrize(
        ("act", "words", "sent"),
        [
            ("keep", "", {}),
            ("cut", " ", {}),
            ("cut", WORDS, {}),
            ("remove", "Ross", {}),
            ("remove", "Ross", {"reason": "<b>"}),
            ("keep", "Ross", {"start": "x"}),
            ("keep", "Ross", {"end": 10**9}),
            ("keep", "Ross", {"name_form": "own"}),
            ("keep", "Ross", {"name_form": "role", "name_detail": "a" * 81}),
            ("eat", "Ross", {}),
            ("cut:9-" + "9" * 30, "", {}),
            ("use", "", {"name_form": ""}),
        ],
    )
    def test_rule05_what_cannot_be_done_is_said_and_what_was_marked_stays(
        self, comment, press, act, words, sent
    ):
        before = said(press(comment.public_id, "keep", "Les bancs"))
        if words == WORDS:
            before = comment.public_id
        answer = press(before, act, words, **sent)
        assert marking(answer).refusal.endswith(".")
        assert 'role="alert"' in answer.json()["html"]
        assert marking(answer).quotation.ranges == json_of(before).get("ranges", [])
        if "name_detail" in sent:
            assert sent["name_detail"] in answer.json()["html"]

    @pytest.mark.parametrize(
        "crafted",
        [
            {"version": 9},
            {"version": "1"},
            {"comment": "personne1234"},
            {"name_form": "own"},
            {"row": 10**30},
            {"name_detail": "a" * MAX_READ},
        ],
        ids=str,
    )
    def test_what_is_crafted_is_refused_in_a_sentence(self, comment, press, crafted):
        answer = press(json.dumps({"comment": comment.public_id, **crafted}), "use")
        assert answer.status_code == 200
        assert answer.context["refusal"].endswith(".")
        assert "Sylvain" not in answer.json()["html"]

    @pytest.mark.parametrize(
        "crafted",
        [{"ranges": [[1, 9]]}, {"ranges": [[0, 9]] * (MAX_PARTS + 1)}, {"removals": [[0, 9, "<b>"]]}],
    )
    def test_rule05_an_excerpt_that_is_none_is_refused_and_never_used(self, comment, press, crafted):
        answer = press(json.dumps({"comment": comment.public_id, **crafted}), "use")
        assert marking(answer).refusal.endswith(".")
        assert marking(answer).quotation.is_whole


def json_of(selection: str) -> dict:
    return json.loads(selection) if selection.startswith("{") else {}


class TestRights:
    def test_no_word_of_what_they_may_not_read(
        self, internal_dialogue, say, employee, editor, press, comment
    ):
        inside = say(internal_dialogue, "Entre nous.", user=employee)
        editor.groups.remove(*editor.groups.filter(profile__key="employees"))
        hide_comment(comment, by=None)
        for closed in (inside, comment):
            answer = press(closed.public_id, "show")
            assert answer.context["refusal"]
            assert not any(words in answer.json()["html"] for words in ("Entre nous", "bancs", "Therrien"))

    def test_whoever_features_nothing_is_not_let_in(self, comment, moderator, signed_in):
        answer = signed_in(moderator).post(
            reverse("comment_chooser:excerpt"), {"selection": comment.public_id}
        )
        assert answer.status_code == 404


class TestWordings:
    """Rule 3: the wording that the page quotes, or the one that readers have."""

    @pytest.fixture
    def row(self, comment, quoting_draft) -> FeaturedComment:
        return quoting_draft(comment, ranges=[list(at(ROSS))])

    def test_rule03_what_the_page_quotes_stays_until_an_editor_takes_the_new_words(self, row, comment, press):
        edit_comment(comment, f"Bonjour. {WORDS}", by=comment.participant, may_quote=True)
        standing = json.dumps(
            {"comment": comment.public_id, "row": row.pk, "version": 1, "ranges": row.ranges}
        )
        answer = press(standing, "show")
        assert marking(answer).selection.version == 1
        assert marking(answer).is_outdated
        renewed = marking(press(standing, "renew"))
        assert (renewed.selection.version, renewed.quotation.plain) == (2, f"[…] {ROSS} […]")
        edit_comment(comment, "Tout autre chose.", by=comment.participant, may_quote=True)
        lost = marking(press(standing, "renew"))
        assert (lost.news, lost.quotation.is_whole) == (str(LOST), True)

    def test_rule03_a_wording_that_no_page_quotes_gives_way(self, comment, press):
        first = said(press(comment.public_id, "keep", ROSS))
        edit_comment(comment, f"Bonjour. {WORDS}", by=comment.participant, may_quote=True)
        moved = marking(press(first, "show"))
        assert (moved.selection.version, moved.quotation.plain) == (2, f"[…] {ROSS} […]")
        assert moved.news == str(MOVED_ON)
        # What was pressed was meant for other words.
        for act in ("use", "cut", "whole"):
            assert marking(press(first, act, "Les bancs")).selection == moved.selection

    def test_rule07_what_was_agreed_belongs_to_the_row_that_says_the_same(
        self, article, say, quoting_draft, press
    ):
        comment = say(article, WORDS)
        row = quoting_draft(comment, ranges=[list(at(ROSS))])
        FeaturedComment.objects.update(agreed_at=timezone.now())
        standing = json.dumps(
            {"comment": comment.public_id, "row": row.pk, "version": 1, "ranges": row.ranges}
        )
        assert press(standing, "show").context["leave"].leave == Leave.GIVEN
        done = press(standing, "use").json()["result"]
        assert Selection.read(done["id"]).row == row.pk
        assert done["edit_url"].endswith(f"#quotation-{row.pk}")
        changed = press(standing, "cut", "pensé.")
        assert changed.context["leave"].lost
        assert changed.context["leave"].leave == Leave.NONE


class TestLeave:
    def test_rule07_each_is_told_what_they_may_expect(self, article, say, press):
        asked = say(article, WORDS, may_ask=True)
        assert press(asked.public_id, "show").context["leave"].leave == Leave.TO_ASK
        suppress_address(asked.participant.address, reason=SuppressedAddress.Reason.BOUNCE)
        assert press(asked.public_id, "show").context["leave"].leave == Leave.NONE
        agreed = say(article, WORDS, may_quote=True)
        assert press(agreed.public_id, "show").context["leave"].leave == Leave.GIVEN
        title = press(say(article, WORDS).public_id, "use").json()["result"]["title"]
        assert gettext("%(comment)s (has not agreed to be quoted: readers do not see it)")[-20:] in title
