"""Somebody brings in what was said elsewhere, or before the portal was: as it was, and nobody is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from blog.models import BlogPage
from dialogue import consents
from dialogue.actions import (
    AUTHOR,
    Doer,
    Imported,
    ImportedAct,
    ImportedComment,
    ImportedConsent,
    ImportRefused,
    Refusal,
    find_consent_differences,
    find_differences,
    follow_conversation,
    import_comments,
)
from dialogue.models import Comment, CommentEvent, CommentRevision, EventKind, EventRole, FollowNotice
from dialogue.models.comments import MAX_DEPTH
from dialogue.models.follows import FollowSubject
from mail.models import OutgoingMail
from moderation.actions import Justification, Scope, take_measure
from moderation.models import Decision, MeasureKind, Reach, WaitingNotice
from people.models import Participant, User
from portal.visibility import Change
from privacy.actions import erase_participant
from privacy.models import Consent

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SAID_AT = datetime(2019, 3, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
Row = Callable[..., ImportedComment]


@pytest.fixture
def guest(site) -> Participant:
    return Participant.objects.create(
        name="Odile Grandmaison", email="odile@example.org", verified_at=timezone.now()
    )


@pytest.fixture
def row(article, guest) -> Row:
    """A row that may be imported; every one is something else, said an hour later."""
    rows: list[ImportedComment] = []

    def make(**more: Any) -> ImportedComment:
        fields = {
            "source": f"old:{len(rows)}",
            "page": article,
            "author": guest,
            "text": f"Le banc numéro {len(rows)} manque.",
            "said_at": SAID_AT + len(rows) * HOUR,
            **more,
        }
        rows.append(ImportedComment(**fields))
        return rows[-1]

    return make


@pytest.fixture
def published(row) -> Row:
    """The same, published when it was said."""

    def make(**more: Any) -> ImportedComment:
        made = row(**more)
        publish = ImportedAct(EventKind.PUBLISHED, made.said_at)
        return replace(made, acts=(publish, *made.acts))

    return make


def bring(*rows: ImportedComment, by: User | None = None) -> list[Comment]:
    """Import the rows, and return their comments as they are stored."""
    import_comments(rows, by=by)
    stored = Comment.objects.in_bulk([row.source for row in rows], field_name="imported_as")
    return [stored[row.source] for row in rows]


def told(comment: Comment) -> list[tuple[Any, ...]]:
    fields = ("kind", "role", "side", "status_before", "status_after", "version", "happened_at")
    return list(comment.events.values_list(*fields))


def assert_figures_hold(page: BlogPage) -> None:
    assert find_differences(page) == []
    assert find_consent_differences(page) == []


def test_what_was_said_before_a_ban_comes_in(article, row, published, moderator, say, guest):
    """A measure keeps somebody from speaking now: what they said once is no less theirs."""
    said = say(article, "Quelle sottise.", email=guest.email)
    why, scope = Justification("personal_attack"), Scope(Reach.PUBLIC)
    assert take_measure(said, MeasureKind.BAN, by=moderator, scope=scope, why=why)
    (comment,) = bring(published())
    assert comment.participant == guest
    assert comment.is_published


class TestWhatIsWritten:
    def test_a_comment_is_what_it_was_when_it_was_said(self, article, row, guest):
        (comment,) = bring(row(text="Un *banc* manque.", name="Odile G.", words_language="fr"))
        assert (comment.status, comment.submitted_at, comment.published_at) == ("held", SAID_AT, None)
        assert (comment.author_name, comment.side, comment.language) == ("Odile G.", "external", "fr")
        assert (comment.participant, comment.imported_as) == (guest, "old:0")
        assert (comment.plain, comment.html) == ("Un banc manque.", "<p>Un <em>banc</em> manque.</p>")
        version = comment.revisions.get()
        assert (version.words, version.version) == (comment.words, 1)
        assert version.submitted_at == version.accepted_at == SAID_AT
        assert told(comment) == [("imported", "system", "", "", "held", 1, SAID_AT)]
        assert_figures_hold(article)

    def test_published_readers_read_it_with_its_date(self, client, article, published):
        (comment,) = bring(published())
        assert (comment.published_at, comment.published_version) == (SAID_AT, 1)
        body = client.get(article.url).content.decode()
        assert comment.html in body
        assert "2019-03-04T10:00" in body
        assert told(comment)[1:] == [("published", "system", "", "held", "published", 1, SAID_AT)]

    def test_words_are_searched(self, client, published):
        (comment,) = bring(published(text="Le phare du cap Gaspésien."))
        assert comment.permalink in client.get(reverse("search"), {"query": "phare"}).content.decode()

    def test_whoever_listens_hears_which_others_may_read_now(self, article, row, published):
        told: list[Change] = []
        with hooks.register_temporarily("visibility_changed", told.append):
            comments = bring(published(), row())
        of_these = [change for change in told if change.comments]
        assert [change.comments for change in of_these] == [frozenset(comment.pk for comment in comments)]
        assert of_these[0].conversations == {article.pk}

    def test_their_language_is_told_where_nobody_says_it(self, row):
        english, chosen = bring(
            row(text="The benches along the harbour are missing since last winter."),
            row(text="Kwei kwei", words_language="moe"),
        )
        assert (english.words_language, chosen.words_language) == ("en", "moe")

    def test_an_employee_speaks_as_then(self, row, employee, published):
        participant = Participant.of(employee)
        own, official = bring(
            row(author=participant, role_label_fr="Matelot", role_label_en="Sailor"),
            published(author=participant, for_organisation=True, name="Isaac, jadis"),
        )
        assert (own.side, own.role_label_fr, own.role_label_en) == ("internal", "Matelot", "Sailor")
        assert (official.side, official.author_name) == ("organisation", "Isaac, jadis")

    def test_what_became_of_it_is_told_step_by_step(self, row, moderator):
        by = Doer(EventRole.MODERATOR, moderator)
        acts = (
            ImportedAct(EventKind.EDITED, SAID_AT + HOUR, AUTHOR, text="Deux."),
            ImportedAct(EventKind.PUBLISHED, SAID_AT + 2 * HOUR, by),
            ImportedAct(EventKind.EDITED, SAID_AT + 3 * HOUR, text="Trois."),
            ImportedAct(EventKind.HIDDEN, SAID_AT + 4 * HOUR, by),
            ImportedAct(EventKind.RESTORED, SAID_AT + 5 * HOUR, by),
            ImportedAct(EventKind.WITHDRAWN, SAID_AT + 6 * HOUR, AUTHOR),
        )
        (comment,) = bring(row(text="Un.", acts=acts))
        assert [
            (kind, role, before, after, version)
            for kind, role, _s, before, after, version, _at in told(comment)
        ] == [
            ("imported", "system", "", "held", 1),
            ("edited", "author", "held", "held", 2),
            ("published", "moderator", "held", "published", 2),
            ("edit_accepted", "system", "published", "published", 3),
            ("hidden", "moderator", "published", "hidden", 3),
            ("restored", "moderator", "hidden", "published", 3),
            ("withdrawn", "author", "published", "withdrawn", 3),
        ]
        assert [at for *_rest, at in told(comment)] == [SAID_AT + number * HOUR for number in range(7)]
        assert (comment.status, comment.text, comment.version) == ("withdrawn", "Trois.", 3)
        assert (comment.published_version, comment.decided_by) == (2, None)
        assert comment.published_at == SAID_AT + 2 * HOUR
        assert comment.edited_at == SAID_AT + 3 * HOUR
        assert comment.withdrawn_at == SAID_AT + 6 * HOUR
        assert comment.fragment == ""
        assert list(comment.revisions.order_by("version").values_list("text", "submitted_at")) == [
            ("Un.", SAID_AT),
            ("Deux.", SAID_AT + HOUR),
            ("Trois.", SAID_AT + 3 * HOUR),
        ]

    def test_who_spoke_earlier_than_known_is_known_from_then_on(self, row, guest):
        bring(row(), row())
        guest.refresh_from_db()
        assert guest.joined_at == SAID_AT
        bring(row())
        guest.refresh_from_db()
        assert guest.joined_at == SAID_AT

    def test_a_page_that_is_kept_shows_it(self, client, article, published, settings, tmp_path):
        settings.PAGE_STORE, settings.PAGE_STORE_DIR = True, tmp_path / "pages"
        client.get(article.url)
        (comment,) = bring(published())
        assert comment.html in client.get(article.url).content.decode()


class TestThreads:
    def test_rows_come_in_any_order(self, article, published):
        rows = [published()]
        for _reply in range(5):
            rows.append(published(parent=rows[-1].source))
        rows.append(published(parent=rows[1].source))
        comments = bring(*reversed(rows))[::-1]
        assert [comment.depth for comment in comments] == [0, 1, 2, 3, 4, 5, 2]
        assert comments[5].path == "".join(f"{number:04}" for number in range(1, 6))
        assert comments[6].path == "00010006"
        assert {comment.root for comment in comments[1:]} == {comments[0]}
        assert comments[0].last_seq == comments[0].reply_count == 6
        assert_figures_hold(article)

    def test_deeper_than_a_path_they_stand_side_by_side(self, article, published):
        rows = [published()]
        for _reply in range(MAX_DEPTH + 3):
            rows.append(published(parent=rows[-1].source))
        comments = bring(*rows)
        assert [comment.depth for comment in comments][-4:] == [MAX_DEPTH] * 4
        assert len({comment.path for comment in comments}) == len(comments)
        assert comments[-1].parent == comments[-2]
        assert_figures_hold(article)

    def test_they_reply_to_what_was_imported_before(self, article, published, say):
        root, reply = bring(first := published(), second := published(parent=first.source))
        say(article, parent=root)
        more = bring(published(parent=second.source), published(parent=first.source))
        assert [comment.path for comment in more] == [f"{reply.path}0003", "0004"]
        assert Comment.objects.get(pk=root.pk).last_seq == 4
        say(article, parent=root)  # and the next finds its place
        assert_figures_hold(article)

    @pytest.mark.parametrize("seed", range(4))
    def test_whatever_is_imported_is_counted_as_it_would_be_anew(self, article, row, employee, seed, say):
        """Threads with gaps, tombstones and official replies, some of them added later."""
        chance, speaker = Random(seed), Participant.of(employee)  # noqa: S311 - a walk, not a secret
        say(article)
        rows: list[ImportedComment] = []
        for number in range(60):
            later = SAID_AT + timedelta(days=number)
            kinds = chance.choice(
                [(), ("published",), ("published", "hidden"), ("rejected",), ("published", "withdrawn")]
            )
            official = {"author": speaker, "for_organisation": True} if chance.random() < 0.2 else {}
            rows.append(
                row(
                    said_at=later,
                    parent=chance.choice(rows).source if rows and chance.random() < 0.7 else "",
                    acts=tuple(ImportedAct(EventKind(kind), later + HOUR) for kind in kinds),
                    **official,
                )
            )
        chance.shuffle(first := rows[:40])
        bring(*first)
        assert_figures_hold(article)
        bring(*rows[40:])
        assert_figures_hold(article)


class TestConsents:
    def test_without_any_nothing_is_claimed(self, article, published):
        (comment,) = bring(published())
        assert not Consent.objects.filter(cause_id=comment.pk).exists()
        assert comment.quote_consented_at is None

    def test_what_was_agreed_to_stands_in_the_register_with_its_date(self, article, published, guest):
        agreed = (
            ImportedConsent(consents.PUBLISH, SAID_AT),
            ImportedConsent(consents.QUOTE, SAID_AT, wording="old-forum"),
        )
        (comment,) = bring(published(consents=agreed))
        rows = Consent.objects.filter(participant=guest).order_by("pk")
        assert list(
            rows.values_list("kind", "is_given", "wording", "version", "cause_id", "recorded_at")
        ) == [
            ("publish", True, consents.PUBLISH.wording, None, comment.pk, SAID_AT),
            ("quote", True, "old-forum", 1, comment.pk, SAID_AT),
        ]
        assert (comment.quote_consented_at, comment.quote_consent_wording) == (SAID_AT, "old-forum")
        assert comment.revisions.get().may_quote
        assert [kind for kind, *_rest in told(comment)] == ["imported", "published"]
        assert_figures_hold(article)

    def test_given_for_new_words_it_covers_both_and_by_itself_it_is_an_event(self, article, published):
        edit = ImportedAct(EventKind.EDITED, SAID_AT + 2 * HOUR, text="Autrement.")
        agreed = tuple(ImportedConsent(consents.QUOTE, SAID_AT + hours * HOUR) for hours in (2, 1))
        (comment,) = bring(published(acts=(edit,), consents=agreed))
        assert list(comment.versions_agreed_to) == [1, 2]
        assert list(comment.revisions.order_by("version").values_list("may_quote", flat=True)) == [
            False,
            True,
        ]
        assert [(kind, version) for kind, *_rest, version, _at in told(comment)] == [
            ("imported", 1),
            ("published", 1),
            ("quotation_agreed", 1),
            ("edit_accepted", 2),
        ]
        assert_figures_hold(article)

    def test_whoever_withdrew_no_longer_agrees_that_it_is_published(self, article, published):
        gone = ImportedAct(EventKind.WITHDRAWN, SAID_AT + HOUR, AUTHOR)
        agreed = (ImportedConsent(consents.PUBLISH, SAID_AT),)
        (comment,) = bring(published(acts=(gone,), consents=agreed))
        rows = Consent.objects.filter(cause_id=comment.pk).order_by("pk")
        assert list(rows.values_list("is_given", "recorded_at")) == [(True, SAID_AT), (False, SAID_AT + HOUR)]


class TestNobodyIsTold:
    @pytest.fixture
    def follower(self, article, employee) -> Participant:
        person = Participant.of(employee)
        follow_conversation(person, FollowSubject(article), place="page", user=employee)
        return person

    def test_no_mail_no_screening_no_decision(self, article, published, row, say, employee, guest):
        said = say(article, user=employee)
        before = OutgoingMail.objects.count(), FollowNotice.objects.count(), WaitingNotice.objects.count()
        decided = Decision.objects.count()
        Comment.objects.filter(pk=said.pk).update(imported_as="old:said")
        bring(published(parent="old:said", said_at=timezone.now()), row())
        after = OutgoingMail.objects.count(), FollowNotice.objects.count(), WaitingNotice.objects.count()
        assert after == before
        assert Decision.objects.count() == decided
        assert mail.outbox == []

    def test_no_limit_holds_and_the_page_may_be_closed(self, article, row, settings):
        settings.PERSON_COMMENTS = [[1, 3600]]
        BlogPage.objects.filter(pk=article.pk).update(commenting_enabled=False)
        article.refresh_from_db()
        now = timezone.now()
        assert len(bring(*(row(said_at=now, text="La même chose.") for _number in range(3)))) == 3


class TestSecondTime:
    def test_it_changes_nothing_whatever_the_rows_say_now(self, article, published):
        rows = [published(), published()]
        bring(*rows)
        before = [
            list(model.objects.order_by("pk").values()) for model in (Comment, CommentRevision, CommentEvent)
        ]
        again = [published(source=rows[0].source, text="Autre chose.", parent="nothing"), rows[1]]
        assert import_comments(again, by=None) == []
        assert [
            list(model.objects.order_by("pk").values()) for model in (Comment, CommentRevision, CommentEvent)
        ] == before

    def test_what_is_new_among_them_comes(self, published):
        rows = [published()]
        bring(*rows)
        (new,) = import_comments([*rows, published(parent=rows[0].source)], by=None)
        assert new.comment.parent == Comment.objects.get(imported_as=rows[0].source)

    def test_what_was_erased_does_not_come_back(self, published, guest):
        rows = [published()]
        bring(*rows)
        erase_participant(guest)
        assert import_comments(rows, by=None) == []
        assert Comment.objects.get().text == ""

    def test_nothing_is_nothing(self, db):
        assert import_comments([], by=None) == []


class TestRefusals:
    def refused(self, *rows: ImportedComment) -> dict[str, Refusal]:
        """Return which rows are refused, and why; nothing of any is there then."""
        before = Comment.objects.count(), CommentEvent.objects.count(), Consent.objects.count()
        with pytest.raises(ImportRefused) as refusal:
            import_comments(rows, by=None)
        after = Comment.objects.count(), CommentEvent.objects.count(), Consent.objects.count()
        assert after == before
        for source, fault in refusal.value.faults.items():
            assert f"{source}: {fault}" in str(refusal.value)
        return {source: fault.code for source, fault in refusal.value.faults.items()}

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"text": " "}, Refusal.NO_WORDS),
            ({"text": "a" * 5_001}, Refusal.TOO_LONG),
            ({"name": "​"}, Refusal.NO_NAME),
            ({"source": ""}, Refusal.BAD_SOURCE),
            ({"source": "s" * 101}, Refusal.BAD_SOURCE),
            ({"for_organisation": True}, Refusal.BAD_AUTHOR),
            ({"words_language": "klingon"}, Refusal.UNKNOWN_LANGUAGE),
            ({"said_at": datetime(2999, 1, 1, tzinfo=UTC)}, Refusal.BAD_DATE),
            ({"acts": (ImportedAct(EventKind.PUBLISHED, SAID_AT - HOUR),)}, Refusal.BAD_DATE),
            (
                {"acts": (ImportedAct(EventKind.PUBLISHED, datetime(2999, 1, 1, tzinfo=UTC)),)},
                Refusal.BAD_DATE,
            ),
            ({"consents": (ImportedConsent(consents.QUOTE, SAID_AT - HOUR),)}, Refusal.BAD_DATE),
            ({"consents": (ImportedConsent(consents.ASK, SAID_AT),)}, Refusal.BAD_CONSENT),
            ({"acts": (ImportedAct(EventKind.HIDDEN, SAID_AT),)}, Refusal.WRONG_STATUS),
            ({"acts": (ImportedAct(EventKind.ERASED, SAID_AT),)}, Refusal.BAD_ACT),
            (
                {"acts": (ImportedAct(EventKind.PUBLISHED, SAID_AT, Doer(EventRole.MODERATOR)),)},
                Refusal.BAD_ACT,
            ),
            ({"acts": (ImportedAct(EventKind.EDITED, SAID_AT, text=""),)}, Refusal.NO_WORDS),
            (
                {
                    "acts": (
                        ImportedAct(EventKind.REJECTED, SAID_AT),
                        ImportedAct(EventKind.EDITED, SAID_AT, text="Deux."),
                    )
                },
                Refusal.WRONG_STATUS,
            ),
            ({"parent": "nowhere"}, Refusal.BAD_PARENT),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_imported(self, row, moderator, more, code):
        wrong = row(**more)
        assert self.refused(row(), wrong, row()) == {wrong.source: code}

    def test_a_guest_under_the_name_of_staff(self, row, moderator):
        wrong = row(name=moderator.display_name.upper())
        assert self.refused(row(), wrong) == {wrong.source: Refusal.NAME_TAKEN}

    def test_every_row_that_is_wrong_is_named(self, row):
        wrong = [row(text=""), row(), row(words_language="klingon")]
        assert self.refused(*wrong) == {"old:0": Refusal.NO_WORDS, "old:2": Refusal.UNKNOWN_LANGUAGE}

    def test_one_source_given_twice(self, row):
        assert self.refused(row(), row(source="old:0")) == {"old:0": Refusal.BAD_SOURCE}

    def test_a_parent_under_another_page(self, row, dialogue):
        parent = row()
        assert self.refused(parent, row(page=dialogue, parent=parent.source)) == {"old:1": Refusal.BAD_PARENT}

    def test_a_reply_before_what_it_replies_to(self, row):
        parent = row()
        assert self.refused(parent, row(said_at=SAID_AT - HOUR, parent=parent.source)) == {
            "old:1": Refusal.BAD_DATE
        }

    def test_replies_in_a_circle(self, row):
        rows = [row(said_at=SAID_AT, parent="old:1"), row(said_at=SAID_AT, parent="old:0"), row()]
        assert self.refused(*rows) == {"old:0": Refusal.BAD_PARENT, "old:1": Refusal.BAD_PARENT}

    def test_an_author_who_was_erased_or_is_unknown(self, row, guest):
        erase_participant(guest)
        nobody = Participant(name="Personne", email="personne@example.org")
        assert self.refused(row(name="Odile"), row(author=nobody)) == dict.fromkeys(
            ["old:0", "old:1"], Refusal.BAD_AUTHOR
        )


class TestWhoMay:
    def test_an_administrator_and_a_command(self, row, administrator):
        assert bring(row(), by=administrator)
        assert bring(row())

    @pytest.mark.parametrize("who", ["stranger", "employee", "editor", "moderator", "answerer"])
    def test_nobody_else(self, request, row, who):
        with pytest.raises(PermissionDenied):
            import_comments([row()], by=request.getfixturevalue(who))
        assert not Comment.objects.exists()


class TestCost:
    def test_the_number_of_rows_costs_nothing(self, article, published, count_queries):
        """Threads of one form, as many as you like: what is asked of the database is the same."""

        def threads(number: int) -> list[ImportedComment]:
            rows = []
            for _thread in range(number):
                root = published(consents=(ImportedConsent(consents.QUOTE, SAID_AT + 1000 * HOUR),))
                rows += [root, published(parent=root.source)]
            return rows

        import_comments(threads(1), by=None)
        few, many = threads(2), threads(100)
        one = count_queries(lambda: import_comments(few, by=None))
        assert count_queries(lambda: import_comments(many, by=None)) == one

    def test_what_comes_back_is_what_was_stored(self, row):
        (imported,) = import_comments([row()], by=None)
        assert isinstance(imported, Imported)
        assert imported.comment == Comment.objects.get()
