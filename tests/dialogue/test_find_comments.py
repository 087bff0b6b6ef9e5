"""An editor finds a comment to quote: by words, by filters, and with its thread before their eyes."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from dialogue import consents
from dialogue.actions import hide_comment
from dialogue.forms import Leave
from dialogue.models import Comment
from dialogue.permissions import who_may_be_asked
from mail.models import ChoicePlace
from people.models import Side
from portal.permissions import Audience
from privacy.actions import record_consent
from tests.dialogue.many_comments import plant

pytestmark = pytest.mark.django_db

RESULTS = "comment_chooser:choose_results"


@pytest.fixture
def find(signed_in, editor):
    """Return what the editor finds: `find(q="banc")`, as the first words of each comment, in their order."""
    client = signed_in(editor)

    def ask(*, unusable="on", **wanted):
        response = client.get(reverse(RESULTS), {"unusable": unusable, **wanted})
        assert response.status_code == 200
        return [one.comment.excerpt for one in response.context["found"]]

    return ask


@pytest.fixture
def answer(signed_in, editor):
    """Return what the editor reads: `answer(q="banc")`."""
    client = signed_in(editor)
    return lambda **wanted: client.get(reverse(RESULTS), {"unusable": "on", **wanted}).content.decode()


def let_ask(comment, *, is_given=True):
    record_consent(comment.participant, consents.ASK, is_given=is_given, place=ChoicePlace.PAGE)


class TestWords:
    def test_by_words_by_person_and_by_page(self, find, article, dialogue, say):
        say(article, "Il manque un banc.", name="Camille Roy")
        say(dialogue, "Plus tôt le matin.", name="Odile Cyr")
        assert find(q="banc") == ["Il manque un banc."]
        assert find(q="odile") == ["Plus tôt le matin."]
        assert find(q="quai refait") == ["Il manque un banc."]
        assert find(q="odile banc") == []

    def test_the_newest_first_or_the_most_answered(self, find, article, say):
        first = say(article, "Le premier.")
        say(article, "Le dernier.")
        say(article, "Une réponse.", parent=first)
        assert find() == ["Une réponse.", "Le dernier.", "Le premier."]
        assert find(order="answered") == ["Le premier.", "Une réponse.", "Le dernier."]


class TestFilters:
    def test_by_page(self, find, article, dialogue, say):
        say(article, "Sous l’article.")
        say(dialogue, "Sous le dialogue.")
        assert find(page=dialogue.pk) == ["Sous le dialogue."]

    def test_by_days_both_included(self, find, article, say):
        today = timezone.localdate()
        for days, words in ((0, "Aujourd’hui."), (1, "Hier."), (2, "Avant-hier.")):
            comment = say(article, words)
            moment = timezone.now() - timedelta(days=days)
            Comment.objects.filter(pk=comment.pk).update(submitted_at=moment)
        yesterday = today - timedelta(days=1)
        assert find(since=yesterday) == ["Aujourd’hui.", "Hier."]
        assert find(until=yesterday) == ["Hier.", "Avant-hier."]
        assert find(since=yesterday, until=yesterday) == ["Hier."]

    def test_by_audience(self, find, article, internal_dialogue, say, employee):
        say(article, "Devant tous.")
        say(internal_dialogue, "Entre nous.", user=employee)
        assert find(audience=Audience.PUBLIC) == ["Devant tous."]
        assert find(audience=Audience.INTERNAL) == ["Entre nous."]

    def test_by_the_language_of_the_words(self, find, article, say):
        for words, language in (
            ("En français.", "fr"),
            ("In English.", "en"),
            ("Auf Deutsch.", "de"),
            ("Non dit.", ""),
        ):
            comment = say(article, words)
            Comment.objects.filter(pk=comment.pk).update(words_language=language)
        assert find(language="en") == ["In English."]
        assert find(language="fr") == ["Non dit.", "En français."]
        assert find(language="other") == ["Auf Deutsch."]

    def test_by_side(self, find, article, say, employee):
        say(article, "De la rue.")
        say(article, "De la maison.", user=employee)
        assert find(side=Side.EXTERNAL) == ["De la rue."]
        assert find(side=Side.INTERNAL) == ["De la maison."]
        assert find(side=Side.ORGANISATION) == []

    def test_by_what_its_author_agreed_to(self, find, article, say):
        say(article, "Citez-moi.", may_quote=True)
        let_ask(say(article, "Demandez-moi."))
        let_ask(both := say(article, "Les deux.", may_quote=True))
        once = say(article, "Plus maintenant.")
        let_ask(once)
        let_ask(once, is_given=False)
        say(article, "Rien.")
        assert both.quote_consented_at
        assert find(leave=Leave.GIVEN) == ["Les deux.", "Citez-moi."]
        assert find(leave=Leave.TO_ASK) == ["Demandez-moi."]
        assert find(leave=Leave.NONE) == ["Rien.", "Plus maintenant."]

    def test_what_nobody_may_quote_is_left_out_unless_asked_for(self, find, answer, article, say):
        say(article, "Rien.")
        assert gettext("There is no comment yet that may be quoted.") in answer(unusable="")
        say(article, "Citez-moi.", may_quote=True)
        let_ask(say(article, "Demandez-moi."))
        assert find(unusable="") == ["Demandez-moi.", "Citez-moi."]
        assert find(unusable="", leave=Leave.NONE) == ["Rien."]
        assert find() == ["Demandez-moi.", "Citez-moi.", "Rien."]
        assert gettext("No comment that you may read is like that.") in answer(unusable="", q="rien")

    def test_rule07_whoever_cannot_be_reached_is_not_to_be_asked(self, find, article, say, employee):
        let_ask(guest := say(article, "Sans adresse confirmée."))
        let_ask(left := say(article, "Parti depuis.", user=employee))
        assert find(leave=Leave.TO_ASK) == ["Parti depuis.", "Sans adresse confirmée."]
        type(guest.participant).objects.filter(pk=guest.participant_id).update(verified_at=None)
        type(employee).objects.filter(pk=employee.pk).update(is_active=False)
        assert find(leave=Leave.TO_ASK) == []
        assert find(leave=Leave.NONE) == ["Parti depuis.", "Sans adresse confirmée."]
        assert not who_may_be_asked(Comment.objects.get(pk=one.pk).participant for one in (guest, left))

    def test_all_together(self, find, article, say):
        say(article, "Il manque un banc.", may_quote=True)
        say(article, "Il manque un abri.", may_quote=True)
        wanted = {"q": "manque banc", "page": article.pk, "leave": "given", "language": "fr"}
        wanted |= {"side": "external", "audience": "public", "since": "2020-01-01"}
        assert find(**wanted) == ["Il manque un banc."]

    def test_the_newest_pages_that_were_spoken_under_are_offered(
        self, signed_in, editor, article, dialogue, internal_dialogue, say, employee
    ):
        say(article)
        say(internal_dialogue, user=employee)
        form = signed_in(editor).get(reverse("comment_chooser:choose")).context["filter_form"]
        offered = {label for value, label in form.fields["page"].choices if value}
        assert offered == {article.title, internal_dialogue.title}

    def test_the_page_asked_for_is_among_them_however_many_are_newer(
        self, signed_in, editor, article, say, monkeypatch
    ):
        monkeypatch.setattr("dialogue.forms.finding.PAGES_OFFERED", 0)
        say(article)
        url = reverse("comment_chooser:choose")
        form = signed_in(editor).get(url, {"page": article.pk}).context["filter_form"]
        assert [label for value, label in form.fields["page"].choices if value] == [article.title]


class TestNobodyElses:
    """Nothing that the editor may not read, whatever is asked for."""

    def test_what_is_not_published_is_not_found(self, find, article, say):
        say(article, "En attente.", is_published=False)
        hide_comment(say(article, "Masqué."), by=None)
        assert find() == []

    def test_nor_what_stands_on_a_page_that_is_closed_to_them(self, find, signed_in, editor, article, say):
        say(article, "Pour d’autres.")
        PageViewRestriction.objects.create(page=article, restriction_type="groups")
        assert find() == []
        assert find(audience=Audience.INTERNAL) == []
        form = signed_in(editor).get(reverse("comment_chooser:choose")).context["filter_form"]
        assert [value for value, _label in form.fields["page"].choices] == [""]

    def test_a_closed_page_is_answered_as_one_that_is_missing(self, answer, article, say):
        say(article)
        PageViewRestriction.objects.create(page=article, restriction_type="groups")
        assert answer(page=article.pk) == answer(page=999_999)

    @pytest.mark.parametrize("who", ["moderator", "answerer"])
    def test_without_the_right_nothing_is_found(self, who, request, signed_in, article, say):
        say(article, "Devant tous.")
        response = signed_in(request.getfixturevalue(who)).get(reverse(RESULTS))
        assert b"Devant tous." not in response.content

    def test_a_stranger_is_led_to_the_sign_in(self, client):
        assert client.get(reverse(RESULTS)).status_code in {302, 401}

    def test_what_it_replies_to_is_told_only_while_it_stands(self, answer, article, say):
        parent = say(article, "Au-dessus.", name="Yvon Dubé")
        say(article, "En dessous.", parent=parent)
        assert "Au-dessus." in answer(q="dessous")
        hide_comment(parent, by=None)
        body = answer(q="dessous")
        assert "Au-dessus." not in body
        assert "Yvon Dubé" not in body
        assert gettext("In reply to a comment that readers no longer see") in body


class TestWhatIsShown:
    def test_each_says_who_where_when_and_with_what_leave(self, answer, article, say):
        words = "Il manque un banc. " * 30
        say(article, words, name="Camille Roy", may_quote=True)
        body = answer()
        for told in ("Camille Roy", article.title, capfirst(str(Side.EXTERNAL.label))):
            assert told in body
        assert capfirst(str(Leave.GIVEN.label)) in body
        assert words.strip() in body  # in full, though folded

    def test_an_internal_one_says_so(self, answer, internal_dialogue, say, employee):
        say(internal_dialogue, user=employee)
        assert re.search(rf"found-comment__audience.*{gettext('internal')}", answer(), re.DOTALL)

    def test_it_counts_the_replies(self, answer, article, say):
        root = say(article, "Le premier.")
        say(article, "Une réponse.", parent=root)
        assert re.search(r"\(1\s", answer(q="premier"))

    def test_hostile_words_stay_words(self, answer, article, say):
        say(article, "<script>alert(1)</script>", name="<b>Odile</b>")
        body = answer()
        assert "<script>alert" not in body
        assert "<b>Odile" not in body

    def test_nobody_has_spoken(self, answer):
        assert gettext("There is no comment yet that you may read.") in answer()

    def test_nothing_is_like_that_and_it_says_what_to_change(self, answer, article, say):
        say(article)
        body = answer(q="absent", side=Side.ORGANISATION)
        assert gettext("No comment that you may read is like that.") in body
        assert gettext("Search") in body
        assert gettext("Side") in body


class TestNonsense:
    """Whatever the address says, there is an answer."""

    @pytest.mark.parametrize(
        "wanted",
        [
            {"since": "hier"},
            {"since": "0001-01-01"},
            {"until": "9999-12-31"},
            {"since": "2026-02-31"},
            {"since": "2026-03-02", "until": "2026-03-01"},
            {"page": "x"},
            {"page": "9" * 40},
            {"page": "\0"},
            {"page": "-1"},
            {"side": "nobody"},
            {"audience": "x"},
            {"language": "x" * 90},
            {"leave": "x"},
            {"order": "x"},
            {"q": "a\0b"},
            {"q": "x" * 5_000},
        ],
        ids=str,
    )
    def test_it_says_that_it_does_not_understand(self, answer, article, say, wanted):
        say(article, "Il manque un banc.")
        body = answer(**wanted)
        assert "Il manque un banc." not in body
        assert gettext("Nothing was looked for: one of the fields cannot be understood.") in body

    @pytest.mark.parametrize(
        ("number", "at"),
        [("0", 1), ("x", 1), ("-3", 1), ("", 1), ("9" * 400, 2), ("99", 2), ("2", 2), ("²", 1)],
    )
    def test_a_page_that_there_is_not_is_the_nearest(self, signed_in, editor, article, number, at):
        plant(article, 20)
        response = signed_in(editor).get(reverse(RESULTS), {"p": number, "unusable": "on"})
        assert response.status_code == 200
        assert response.context["results"].number == at

    def test_unknown_wishes_are_passed_over(self, find, article, say):
        say(article, "Il manque un banc.")
        assert find(colour="blue", status="held") == ["Il manque un banc."]


@pytest.mark.database
def test_a_thousand_cost_as_many_queries_as_one(signed_in, editor, article, say, count_queries, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # that a session was seen is written once a minute
    client = signed_in(editor)
    say(article, "Il manque un banc.", may_quote=True)
    wanted = {"q": "banc", "audience": "public", "leave": "given", "order": "answered"}
    for address in ("comment_chooser:choose", RESULTS):
        url = reverse(address)
        client.get(url)
        few = count_queries(lambda url=url: client.get(url))
        filtered = count_queries(lambda url=url: client.get(url, wanted))
        plant(article, 1_000)
        assert count_queries(lambda url=url: client.get(url)) == few
        assert count_queries(lambda url=url: client.get(url, wanted)) == filtered
        Comment.objects.filter(author_name__startswith="Voix").delete()
