"""Screening learns from the moderators' decisions; it explains itself, and decides nothing alone."""

import subprocess
import sys
from collections.abc import Callable
from math import exp

import numpy as np
import pytest
from django.conf import settings
from django.core.management import call_command
from sklearn.feature_extraction.text import TfidfVectorizer

from dialogue.models import Comment, CommentStatus
from home.management.commands.run_periodic import JOBS
from moderation.actions import hide_comment, publish_comment, reject_comment
from moderation.learner import lessons
from moderation.matching.folding import fold, words_of
from moderation.models import LearnedWord, Reason, Training
from moderation.rules import learned
from moderation.screening.evidence import Evidence
from moderation.screening.signals import ENOUGH, Signal

pytestmark = pytest.mark.django_db

# What advertisers write, in both languages, and what readers do.
REFUSED = [
    "Gagnez un crédit rapide garanti, crédit facile sans enquête pour {0}",
    "Fast credit guaranteed, easy credit without questions for {0}",
]
PUBLISHED = [
    "Le traversier de sept heures est en retard devant {0}, et personne ne prévient au quai",
    "The seven o’clock ferry is late near {0}, and nobody tells us at the wharf",
]
PLACES = ["Gaspé", "Matane", "Rimouski", "Carleton", "Percé", "Sept-Îles"]


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch, policy):
    """A dozen of each kind teaches a test what two hundred teach a site."""
    monkeypatch.setattr(lessons, "ENOUGH", 24)
    monkeypatch.setattr(lessons, "ENOUGH_OF_EACH", 10)
    policy("hold_all")


@pytest.fixture
def decided(article, receive, moderator) -> Callable[..., list[Comment]]:
    """Let guests say things, and a moderator decide on them."""

    def decide(reason: str = Reason.ADVERTISING) -> list[Comment]:
        for place in PLACES:
            for text in REFUSED:
                comment = receive(article, text.format(place), name=f"Un invité de {place}")
                reject_comment(comment, by=moderator, reason_code=reason)
            for text in PUBLISHED:
                publish_comment(receive(article, f"{text.format('la gare')} {place * 2}"), by=moderator)
        return list(Comment.objects.order_by("pk"))

    return decide


@pytest.fixture
def taught(decided, policy) -> list[Comment]:
    comments = decided()
    call_command("learn_from_decisions")
    policy("publish_all")
    return comments


def noticed(text: str) -> Signal | None:
    """What the rule says of a line of a file."""
    return next(iter(learned.notice_likeness(Evidence(text))), None)


class TestLearned:
    def test_what_reads_like_refused_words_is_told_with_these_words(self, taught):
        text = "Un CRÉDIT rapide, garanti à tous"
        signal = noticed(text)
        assert signal.name == "learned"
        assert {text[start:end] for start, end in signal.spans} <= {"CRÉDIT", "rapide", "garanti"}
        assert "CRÉDIT" in signal.about  # as it was typed, not as it is compared
        assert len(signal.about.split(", ")) <= learned.TOLD

    @pytest.mark.parametrize(
        "text", ["Le traversier est en retard au quai", "The ferry is late", "Bonjour", ""]
    )
    def test_what_reads_like_published_words_is_not(self, taught, text):
        assert noticed(text) is None

    def test_it_holds_nothing_alone(self, taught, article, receive):
        comment = receive(article, "Enfin un crédit rapide garanti, vraiment facile")
        [signal] = (one for one in comment.decisions.get().noticed if one.name == "learned")
        assert 0 < signal.score <= learned.MOST < ENOUGH
        assert comment.status == CommentStatus.PUBLISHED

    def test_of_people_with_an_account_it_says_nothing(self, taught, article, receive, employee):
        comment = receive(article, "Un crédit rapide garanti, un crédit facile", user=employee)
        assert comment.decisions.get().noticed == []

    def test_of_whoever_was_published_it_says_nothing(self, taught, article, receive):
        known = {"name": "Aline Joncas", "email": "aline@example.org"}
        assert receive(article, "Le quai est gelé ce matin", **known).status == CommentStatus.PUBLISHED
        comment = receive(article, "Enfin un crédit rapide garanti, vraiment facile", **known)
        assert "learned" not in {signal.name for signal in comment.decisions.get().noticed}

    def test_it_weighs_as_the_library_does(self, taught):
        said = "Un crédit rapide, crédit facile et garanti au quai; fast easy credit guaranteed"
        words = list(LearnedWord.objects.order_by("word"))
        weigher = TfidfVectorizer(analyzer=list, vocabulary=[word.word for word in words], sublinear_tf=True)
        weigher.idf_ = np.array([word.rarity for word in words])
        [row] = weigher.transform([lessons.learned_words(words_of(said))]).toarray()
        sum_of_all = row @ [word.weight for word in words] + Training.objects.get().intercept
        likeness = 1 / (1 + exp(-sum_of_all))
        assert noticed(said).score == round(learned.MOST * (likeness - 0.5) * 2)

    def test_it_asks_once(self, taught, django_assert_num_queries):
        with django_assert_num_queries(1):
            noticed("Un crédit rapide, garanti à tous, au quai de sept heures")

    def test_a_site_can_switch_it_off(self, taught, settings):
        settings.LEARNS_FROM_DECISIONS = False
        assert noticed(REFUSED[0]) is None

    def test_a_learner_that_is_seldom_right_says_nothing(self, taught):
        assert noticed(REFUSED[0])
        Training.objects.update(accuracy=learned.RIGHT_ENOUGH - 0.01)
        assert noticed(REFUSED[0]) is None

    @pytest.mark.parametrize("intercept", [-1e6, 1e6])
    def test_no_weight_is_too_great(self, taught, intercept):
        Training.objects.update(intercept=intercept)
        assert (noticed(REFUSED[0]) is not None) == (intercept > 0)


class TestLessons:
    def test_words_that_few_use_are_not_kept(self, taught):
        kept = set(LearnedWord.objects.values_list("word", flat=True))
        assert {fold(word) for word in ("crédit", "ferry", "traversier")} <= kept
        assert not kept & {fold("Gaspé"), fold("Matane")}  # two say each, and one may be the other's friend

    def test_one_person_who_says_it_often_is_one(self):
        of_one = [lessons.Lesson(("banc",), True, person=1)] * 5
        of_three = [lessons.Lesson(("quai",), True, person) for person in (1, 2, 3)]
        assert lessons.words_of_several(of_one + of_three) == ["quai"]

    def test_what_was_decided_last_counts(self, decided, moderator):
        comments = decided()
        told = dict(lessons.decided_comments().values_list("pk", "verb"))
        assert len(told) == len(comments)
        published = next(one for one in comments if one.status == CommentStatus.PUBLISHED)
        hide_comment(published, by=moderator, reason_code=Reason.ADVERTISING)
        assert told[published.pk] == "publish"
        assert dict(lessons.decided_comments().values_list("pk", "verb"))[published.pk] == "hide"

    @pytest.mark.parametrize("reason", [Reason.DUPLICATE, Reason.OFF_TOPIC, Reason.PERSONAL_INFORMATION])
    def test_what_is_no_matter_of_words_teaches_nothing(self, decided, reason):
        decided(reason)
        assert "reject" not in lessons.decided_comments().values_list("verb", flat=True)

    def test_what_screening_decides_and_words_that_have_changed_teach_nothing(
        self, article, receive, policy, decided
    ):
        decided()
        policy("publish_all")
        by_rule = receive(article, "Personne n’a rien décidé ici")
        changed = Comment.objects.filter(status=CommentStatus.PUBLISHED).earliest("pk")
        Comment.objects.filter(pk=changed.pk).update(version=changed.version + 1)
        taught = set(lessons.decided_comments().values_list("pk", flat=True))
        assert not taught & {by_rule.pk, changed.pk}


class TestCommand:
    def test_with_too_few_decisions_it_forgets_what_it_knew(self, taught, monkeypatch, capsys):
        monkeypatch.setattr(lessons, "ENOUGH", 200)
        call_command("learn_from_decisions")
        assert "Nothing learned" in capsys.readouterr().out
        assert not Training.objects.exists()
        assert noticed(REFUSED[0]) is None

    def test_of_one_kind_alone_nothing_is_learned(self, decided, monkeypatch):
        decided()
        monkeypatch.setattr(lessons, "ENOUGH_OF_EACH", 13)
        call_command("learn_from_decisions")
        assert not Training.objects.exists()

    def test_it_says_what_it_learned_and_learns_anew(self, taught, capsys):
        call_command("learn_from_decisions")
        said = capsys.readouterr().out
        assert "from 24 decisions" in said
        assert Training.objects.count() == 1

    def test_where_nobody_shares_a_word_nothing_is_learned(self, decided, monkeypatch, capsys):
        decided()
        monkeypatch.setattr(lessons, "FEWEST_PEOPLE", 1000)
        call_command("learn_from_decisions")
        assert "Nothing learned" in capsys.readouterr().out

    def test_the_periodic_work_learns_once_a_day(self, decided):
        decided()
        JOBS["learner"]()
        first = Training.objects.get()
        JOBS["learner"]()
        assert Training.objects.get() == first

    def test_a_process_that_reads_does_not_load_the_library(self):
        """It would take a hundred megabytes in each process that serves pages."""
        told = (
            "import django, sys; django.setup(); import moderation.wagtail_hooks;"
            "import moderation.management.commands.learn_from_decisions; sys.exit('sklearn' in sys.modules)"
        )
        code = [sys.executable, "-c", told]
        assert subprocess.run(code, cwd=settings.BASE_DIR, check=False).returncode == 0  # noqa: S603 - our own
