"""What the rules of screening notice, what it weighs, and where it stands in the words."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from dialogue.actions import edit_comment
from dialogue.models import Comment, CommentStatus
from moderation.actions import reject_comment
from moderation.models import Rule, ScreeningTerm, ScreeningTrace
from moderation.rules import addresses, capitals, links
from moderation.screening.evidence import Evidence
from moderation.screening.signals import Signal, risk_of
from privacy.actions import apply_retention

pytestmark = pytest.mark.django_db

HELD, PUBLISHED = CommentStatus.HELD, CommentStatus.PUBLISHED
LONG = "Le traversier de sept heures est plein depuis que la rampe du quai est fermée aux gros camions."


def noticed(comment: Comment) -> dict[str, Signal]:
    """The signals of a comment's last decision, by their names."""
    return {signal.name: signal for signal in comment.decisions.order_by("pk").last().noticed}


def words_at(comment: Comment, signal: Signal) -> list[str]:
    return [comment.text[start:end] for start, end in signal.spans]


@pytest.fixture(autouse=True)
def everybody_is_published(policy):
    """Where a comment is held here, it is for what the rules noticed."""
    policy("publish_all")


def test_where_everybody_is_published_nothing_unusual_holds_nobody(receive, article):
    comment = receive(article, LONG)
    assert comment.status == PUBLISHED
    assert (comment.decisions.get().rule, comment.decisions.get().signals) == (Rule.ANYBODY, [])


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "score"),
        [
            ("Rien ici, pas même etc.", None),
            ("Voir https://exemple.org/rampe pour le plan.", 10),
            ("Voir https://exemple.org/a puis www.exemple.org/b pour les plans.", 30),
            ("Voir https://a.org, https://b.org et encore https://c.org pour tout.", 60),
        ],
    )
    def test_they_weigh_by_their_number(self, text, score):
        found = [signal.score for signal in links.count_links(Evidence(text))]
        assert found == ([] if score is None else [score])

    def test_one_that_hides_where_it_leads_is_named(self):
        [signal] = links.notice_shorteners(Evidence("Le plan est à https://bit.ly/3xYz, je crois."))
        assert (signal.about, signal.score) == ("bit.ly", 30)

    def test_one_without_words_says_nothing(self):
        assert [signal.name for signal in links.notice_link_alone(Evidence("Ici : https://a.org/plan"))]
        assert not list(links.notice_link_alone(Evidence("Le plan des rampes : https://a.org/plan")))

    def test_three_hold_the_comment_and_are_marked(self, receive, article):
        comment = receive(article, "Offre https://a.org, https://b.org et https://c.org ici.")
        assert (comment.status, comment.decisions.get().rule) == (HELD, Rule.SIGNALS)
        assert words_at(comment, noticed(comment)["links"]) == [
            "https://a.org,",
            "https://b.org",
            "https://c.org",
        ]


@pytest.mark.parametrize(
    ("text", "is_shouted"),
    [
        ("POURQUOI LA RAMPE EST-ELLE FERMÉE DEPUIS LUNDI?", True),
        ("Pourquoi la rampe est-elle fermée depuis lundi?", False),
        ("La STQ et la SAAQ!", False),
        ("ほげ" * 40, False),
    ],
)
def test_a_text_that_shouts_is_noticed(text, is_shouted):
    assert bool(list(capitals.notice_capitals(Evidence(text)))) == is_shouted


@pytest.mark.parametrize(
    ("address", "is_throwaway"),
    [("a@mailinator.com", True), ("a@x.mailinator.com", True), ("a@example.org", False), ("", False)],
)
def test_an_address_that_is_thrown_away_is_noticed(address, is_throwaway):
    assert bool(list(addresses.notice_throwaway(Evidence("Un mot.", email=address)))) == is_throwaway


class TestTerms:
    def test_a_suspect_one_holds_whatever_the_disguise_and_is_marked(self, receive, article):
        ScreeningTerm.objects.create(term="crétin*", kind="suspect")
        comment = receive(article, "Bande de CRETlNS de la rampe.")
        assert comment.status == HELD
        assert words_at(comment, noticed(comment)["suspect"]) == ["CRETlNS"]
        assert noticed(comment)["suspect"].about == "crétin*"

    def test_one_that_is_noted_holds_nothing_alone(self, receive, article):
        ScreeningTerm.objects.create(term="loterie", kind="noted")
        assert receive(article, "Cette rampe est une loterie.").status == PUBLISHED
        assert receive(article, "LA LOTERIE DE LA RAMPE, ICI https://bit.ly/a").status == HELD

    def test_a_blocked_one_in_the_name_holds_too(self, receive, article):
        ScreeningTerm.objects.create(term="casino", kind="blocked")
        comment = receive(article, LONG, "Casino Royal")
        assert comment.status == HELD
        assert (noticed(comment)["blocked"].score, noticed(comment)["blocked"].spans) == (100, ())

    def test_it_holds_in_its_language_alone(self, receive, article):
        ScreeningTerm.objects.create(term="rampe", kind="suspect", language="en")
        assert receive(article, LONG).status == PUBLISHED
        ScreeningTerm.objects.create(term="rampe", kind="suspect", language="fr")
        assert receive(article, f"{LONG} Encore.").status == HELD

    def test_it_holds_below_its_section_alone(self, receive, article, dialogue, articles_fr):
        ScreeningTerm.objects.create(term="rampe", kind="suspect", section=articles_fr)
        assert receive(article, LONG).status == HELD
        assert receive(dialogue, "Et cette rampe, quand?").status == PUBLISHED

    def test_a_change_is_looked_at_as_well(self, say, article, employee):
        comment = say(article, user=employee)
        ScreeningTerm.objects.create(term="crétin", kind="suspect")
        edit_comment(comment, "Quel crétin.", by=comment.participant)
        comment.refresh_from_db()
        assert comment.has_waiting_edit
        assert noticed(comment)["suspect"].spans == ((5, 11),)


class TestRepeats:
    def test_the_same_words_of_another_guest_elsewhere_are_held(self, receive, article, dialogue):
        assert receive(article, LONG).status == PUBLISHED
        again = receive(dialogue, LONG.upper())
        assert (again.status, "repeat" in noticed(again)) == (HELD, True)

    def test_nearly_the_same_are_held(self, receive, article):
        text = f"{LONG} Nous l’avons dit à la mairie et à la capitainerie, sans réponse jusqu’ici."
        receive(article, text)
        again = receive(article, text.replace("sept", "huit"))
        assert (again.status, "near_repeat" in noticed(again)) == (HELD, True)

    def test_thanks_are_said_by_many(self, receive, article):
        receive(article, "Merci pour tout!")
        assert receive(article, "Merci pour tout!").status == PUBLISHED

    def test_one_phrase_again_and_again_is_known_too(self, receive, article):
        receive(article, "Fermez la rampe. " * 20)
        assert receive(article, "Fermez la rampe. " * 20).status == HELD
        assert receive(article, "non " * 20).status == PUBLISHED

    def test_people_with_an_account_are_not_compared(self, receive, article, employee):
        receive(article, LONG)
        assert receive(article, LONG, user=employee).status == PUBLISHED
        assert ScreeningTrace.objects.count() == 1

    def test_a_trace_holds_no_word_and_goes_after_its_days(self, receive, article):
        receive(article, LONG)
        [trace] = ScreeningTrace.objects.values()
        assert "traversier" not in str(trace)
        later = timezone.now() + timedelta(days=settings.KEEP_DAYS["traces"], hours=1)
        with time_machine.travel(later, tick=False):
            list(apply_retention())
        assert not ScreeningTrace.objects.exists()

    def test_many_guests_at_once_on_one_page_are_noticed(self, receive, article, dialogue):
        rows = [receive(article, f"Un mot, le {number}e.") for number in range(15)]
        assert "rush" in noticed(receive(article, "Et moi donc."))
        assert "rush" not in noticed(receive(dialogue, "Et moi ailleurs."))
        assert "rush" not in noticed(rows[-1])


class TestHistory:
    def test_one_rejection_is_a_slip_and_two_are_held(self, receive, article, moderator):
        def of_her(text: str) -> Comment:
            return receive(article, text, email="c@example.org")

        reject_comment(held(of_her("Un.")), by=moderator, reason_code="off_topic")
        second = of_her("Deux fois.")
        assert (second.status, noticed(second)["rejections"].about) == (PUBLISHED, "1")
        reject_comment(held(second), by=moderator, reason_code="off_topic")
        assert of_her("Trois fois.").status == HELD

    def test_what_is_old_is_forgiven(self, receive, article, moderator):
        with time_machine.travel(timezone.now() - timedelta(days=100), tick=False):
            reject_comment(
                held(receive(article, "Un.", email="c@example.org")), by=moderator, reason_code="off_topic"
            )
        assert noticed(receive(article, "Deux.", email="c@example.org")) == {}


def held(comment: Comment) -> Comment:
    """A comment as it waits."""
    Comment.objects.filter(pk=comment.pk).update(status=HELD, published_at=None)
    comment.refresh_from_db()
    return comment


def test_the_risk_has_an_end():
    assert risk_of([Signal("a", 90), Signal("b", 90)]) == 100
    assert risk_of([]) == 0


def test_the_organisation_is_held_by_what_is_enough_alone(receive, article, answerer):
    ScreeningTerm.objects.create(term="rampe", kind="suspect")
    comment = receive(article, LONG, user=answerer, for_organisation=True)
    assert comment.status == HELD
