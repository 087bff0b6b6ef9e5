"""What has been kept for long enough goes: each rule to the second, in batches, published as it is done."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry

from blog.models import BlogPage
from demo.factories.people import verify_guest
from dialogue import links
from dialogue.actions import (
    Submission,
    hide_comment,
    post_comment,
    publish_comment,
    withdraw_comment,
)
from dialogue.actions.erasures import delete_unconfirmed
from dialogue.models import Comment, CommentRevision, CommentStatus, Follow
from dialogue.origins import Origin
from home.management.commands.run_periodic import once_a_day
from mail.models import MailLink, MailRequest, MailStatus, OutgoingMail
from moderation.actions import appeal_decision
from moderation.actions import reject_comment as moderate_rejection
from moderation.models import Appeal, Decision, Flag, Measure, Note, ScreeningTrace
from people.models import Device, Participant, User, UserSession
from portal.models import CacheEntry
from privacy.actions import apply_retention
from privacy.personal_data import personal_data
from privacy.retention import retention_rules, standing_rules

pytestmark = [pytest.mark.database, pytest.mark.django_db]

START = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.get_fixed_timezone(0))
SECOND = timedelta(seconds=1)
WORDS = "canari-9001 : les bancs manquent."
IsThere = Callable[[], bool]


def say(
    page: BlogPage, *, is_verified: bool = True, email: str = "camille@example.org", **more: object
) -> Comment:
    if is_verified:
        verify_guest("Camille", email)
    words = Submission(
        text=WORDS,
        user=AnonymousUser(),
        name="Camille",
        email=email,
        key=secrets.token_hex(16),
        origin=Origin(network="d" * 64, is_verified=is_verified),
        **more,
    )
    return post_comment(page, words)


def has_words(comment: Comment) -> IsThere:
    return lambda: Comment.objects.filter(pk=comment.pk, text=WORDS, author_name="Camille").exists()


def is_there(row: models.Model) -> IsThere:
    return lambda: type(row).objects.filter(pk=row.pk).exists()


def queued(status: MailStatus, **more: object) -> IsThere:
    guest = Participant.objects.create(name="Odile", email="odile@example.org", verified_at=timezone.now())
    return is_there(OutgoingMail.objects.create(kind="x", participant=guest, status=status, **more))


# --- For each rule: something that it is about, which becomes old from START on. -----------------


def unconfirmed_comment(article, moderator) -> IsThere:
    return is_there(say(article, is_verified=False))


def unconfirmed_address(article, moderator) -> IsThere:
    comment = say(article, is_verified=False)
    OutgoingMail.objects.get_or_create(kind="x", participant=comment.participant)
    return is_there(comment.participant)


def network(article, moderator) -> IsThere:
    comment = say(article)
    return lambda: Comment.objects.filter(pk=comment.pk, network_digest="d" * 64, text=WORDS).exists()


def rejected_comment(article, moderator) -> IsThere:
    comment = say(article)
    Comment.objects.filter(pk=comment.pk).update(submitted_at=START - timedelta(days=9))
    moderate_rejection(comment, by=moderator, reason_code="other", reason_text="Camille")
    return has_words(comment)


def refused_change(article, moderator) -> IsThere:
    comment = say(article)
    publish_comment(comment, by=None)
    change = CommentRevision.objects.create(
        comment=comment, version=2, text="Non.", submitted_at=timezone.now()
    )
    return lambda: CommentRevision.objects.filter(pk=change.pk).exclude(text="").exists()


def hidden_comment(article, moderator) -> IsThere:
    comment = say(article)
    publish_comment(comment, by=None)
    hide_comment(comment, by=None)
    return has_words(comment)


def withdrawn_comment(article, moderator) -> IsThere:
    comment = say(article)
    withdraw_comment(comment, by=comment.participant)
    return has_words(comment)


def explanation(article, moderator) -> IsThere:
    comment = say(article)
    moderate_rejection(comment, by=moderator, reason_code="other", reason_text="Camille insiste.")
    publish_comment(Comment.objects.get(pk=comment.pk), by=None)  # its author stays, and so does the log
    return lambda: Decision.objects.filter(reason_code="other", reason_text="Camille insiste.").exists()


def appeal(article, moderator) -> IsThere:
    comment = say(article)
    moderate_rejection(comment, by=moderator, reason_code="off_topic")
    appeal_decision(comment, "Camille insiste.", by=comment.participant)
    Comment.objects.filter(pk=comment.pk).update(rejected_at=START + timedelta(days=9_999))  # by another rule
    return lambda: Appeal.objects.filter(text="Camille insiste.").exists()


def guest(article, moderator) -> IsThere:
    person = verify_guest("Zoé", "zoe@example.org")
    return lambda: Participant.objects.filter(pk=person.pk, email="zoe@example.org").exists()


def unconfirmed_follow(article, moderator) -> IsThere:
    person = verify_guest("Odile", "odile@example.org")
    return is_there(Follow.objects.create(participant=person, page=article, asked_at=START))


def flagged(article, moderator, **more: object) -> Flag:
    comment = say(article)
    publish_comment(comment, by=None)
    more = {"comment_version": 1, "reason_code": "attack", "flagged_at": START, **more}
    return Flag.objects.create(comment=comment, person_digest="x", text="Camille insiste.", **more)


def answered_flag(article, moderator) -> IsThere:
    before = START - timedelta(days=9)
    settled = {"state": "dismissed", "settled_at": START, "settled_by": moderator}
    return is_there(flagged(article, moderator, **settled, flagged_at=before))


def network_of_flag(article, moderator) -> IsThere:
    flag = flagged(article, moderator, network_digest="d" * 64)
    return lambda: Flag.objects.filter(pk=flag.pk, network_digest="d" * 64).exists()


def trace(article, moderator) -> IsThere:
    comment = say(article)
    return lambda: ScreeningTrace.objects.filter(comment=comment).exists()


def note(article, moderator) -> IsThere:
    return is_there(Note.objects.create(comment=say(article), text="Camille insiste.", written_by=moderator))


def measure(article, moderator) -> IsThere:
    comment = say(article)
    given = {"kind": "warning", "reach": "public", "reason_code": "off_topic", "address_digest": "d" * 64}
    taken = {"participant": comment.participant, "comment": comment, "taken_by": moderator}
    return is_there(Measure.objects.create(**given, **taken, taken_at=START))


def sent_mail(article, moderator) -> IsThere:
    return queued(MailStatus.SENT, sent_at=timezone.now())


def dead_mail(article, moderator) -> IsThere:
    return queued(MailStatus.DEAD)


def mail_request(article, moderator) -> IsThere:
    return is_there(MailRequest.objects.create(kind="x", network_digest="d" * 64, answered_at=START))


def link(article, moderator) -> IsThere:
    person = verify_guest("Odile", "odile@example.org")
    purpose = links.CONFIRM.name
    return is_there(
        MailLink.objects.create(participant=person, purpose=purpose, digest="x", expires_at=START)
    )


def device(article, moderator) -> IsThere:
    person = verify_guest("Odile", "odile@example.org")
    later = START + timedelta(days=365)
    return is_there(Device.objects.create(participant=person, digest="x", expires_at=later, revoked_at=START))


def ended_session(article, moderator) -> IsThere:
    began = START - UserSession.lifetime()
    return is_there(UserSession.objects.create(user=moderator, started_at=began))


def cookie(article, moderator) -> IsThere:
    return is_there(Session.objects.create(session_key="x" * 32, session_data="", expire_date=START))


def attempt(article, moderator) -> IsThere:
    return is_there(
        CacheEntry.objects.create(cache_key=":1:allauth:rl:login:ip:10.0.0.1", value="", expires=START)
    )


def unsaved_form(article, moderator) -> IsThere:
    kind = ContentType.objects.get_for_model(article)
    more = {"content_type": kind, "object_id": str(article.pk), "last_updated_at": START}
    return is_there(FormState.objects.create(user=moderator, data="x", **more))


def open_editor(article, moderator) -> IsThere:
    kind = ContentType.objects.get_for_model(article)
    more = {"content_type": kind, "object_id": str(article.pk), "last_seen_at": START}
    return is_there(EditingSession.objects.create(user=moderator, **more))


def task(article, moderator) -> IsThere:
    done = {"finished_at": START, "status": "SUCCESSFUL", "args_kwargs": {}, "task_path": "x"}
    return is_there(DBTaskResult.objects.create(backend_name="default", run_after=START, **done))


def act(article, moderator) -> IsThere:
    kind = ContentType.objects.get_for_model(User)
    more = {"content_type": kind, "object_id": str(moderator.pk), "timestamp": START, "label": "fanny"}
    return is_there(ModelLogEntry.objects.create(action="people.invite", **more))


SUBJECTS = {
    "unconfirmed comments": unconfirmed_comment,
    "unconfirmed addresses": unconfirmed_address,
    "unconfirmed follows": unconfirmed_follow,
    "networks": network,
    "rejected comments": rejected_comment,
    "refused changes": refused_change,
    "hidden comments": hidden_comment,
    "withdrawn comments": withdrawn_comment,
    "guests": guest,
    "flags": answered_flag,
    "networks of flags": network_of_flag,
    "traces": trace,
    "explanations": explanation,
    "notes": note,
    "measures": measure,
    "appeals": appeal,
    "mail": sent_mail,
    "dead mail": dead_mail,
    "mail requests": mail_request,
    "links": link,
    "devices": device,
    "sessions": ended_session,
    "session cookies": cookie,
    "attempts": attempt,
    "unsaved forms": unsaved_form,
    "open editors": open_editor,
    "tasks": task,
    "acts": act,
}


def apply_now() -> dict[str, int]:
    return {rule.name: count for rule, count in apply_retention()}


def rule_named(name: str):
    return next(rule for rule in retention_rules() if rule.name == name)


class TestEveryRule:
    def test_each_has_a_subject_here(self):
        assert [rule.name for rule in retention_rules()] != []
        assert {rule.name for rule in retention_rules()} == set(SUBJECTS)

    @pytest.mark.every_case
    @pytest.mark.parametrize("name", SUBJECTS)
    def test_g19_it_goes_when_its_days_are_over_and_not_a_second_before(self, article, moderator, name):
        with time_machine.travel(START, tick=False) as clock:
            is_kept = SUBJECTS[name](article, moderator)
            assert is_kept()
            over = START + timedelta(days=rule_named(name).days)
            clock.move_to(over - SECOND)
            assert apply_now()[name] == 0
            assert is_kept()
            clock.move_to(over)
            assert apply_now()[name] == 1
            assert not is_kept()

    @pytest.mark.parametrize("name", SUBJECTS)
    def test_the_second_time_nothing_is_left_to_do(self, article, moderator, name):
        with time_machine.travel(START, tick=False) as clock:
            SUBJECTS[name](article, moderator)
            clock.move_to(START + timedelta(days=rule_named(name).days))
            assert apply_now()[name] == 1
            assert apply_now()[name] == 0

    @pytest.mark.parametrize("name", SUBJECTS)
    def test_a_trial_counts_and_removes_nothing(self, article, moderator, name, capsys):
        with time_machine.travel(START, tick=False) as clock:
            is_kept = SUBJECTS[name](article, moderator)
            clock.move_to(START + timedelta(days=rule_named(name).days))
            if name == "unconfirmed addresses":  # due once the comment that waits for it is gone
                delete_unconfirmed(Comment.objects.all())
            call_command("apply_retention", dry_run=True)
            assert f"{name}, {rule_named(name).days} days: 1\n" in capsys.readouterr().out
            assert is_kept()


class TestWhatStays:
    """Old is not enough: what readers read, and what others hang on, stays."""

    def test_a_published_comment_and_its_author(self, article):
        with time_machine.travel(START, tick=False) as clock:
            comment = say(article)
            publish_comment(comment, by=None)
            clock.move_to(START + timedelta(days=3_000))
            apply_now()
            comment.refresh_from_db()
            assert (comment.text, comment.is_published, comment.participant.name) == (WORDS, True, "Camille")

    def test_a_comment_that_waits_for_a_moderator(self, article):
        with time_machine.travel(START, tick=False) as clock:
            comment = say(article)
            clock.move_to(START + timedelta(days=3_000))
            apply_now()
            assert Comment.objects.get(pk=comment.pk).text == WORDS

    def test_a_flag_that_nobody_has_answered(self, article, moderator):
        with time_machine.travel(START, tick=False) as clock:
            is_kept = is_there(flagged(article, moderator))
            clock.move_to(START + timedelta(days=3_000))
            apply_now()
            assert is_kept()

    def test_an_unanswered_flag_goes_once_its_comment_has(self, article, moderator):
        with time_machine.travel(START, tick=False) as clock:
            flag = flagged(article, moderator)
            withdraw_comment(flag.comment, by=flag.comment.participant)
            clock.move_to(START + timedelta(days=rule_named("flags").days))
            assert apply_now()["flags"] == 1

    def test_a_guest_who_follows_something(self, article):
        with time_machine.travel(START, tick=False) as clock:
            person = verify_guest("Zoé", "zoe@example.org")
            Follow.objects.create(participant=person, page=article, followed_at=START)
            clock.move_to(START + timedelta(days=3_000))
            assert apply_now()["guests"] == 0

    def test_a_message_that_waits_to_be_sent(self, site):
        with time_machine.travel(START, tick=False) as clock:
            is_kept = queued(MailStatus.QUEUED)
            clock.move_to(START + timedelta(days=rule_named("guests").days - 1))
            apply_now()
            assert is_kept()

    def test_a_guest_whose_browser_was_seen_of_late(self, site):
        with time_machine.travel(START, tick=False) as clock:
            person = verify_guest("Zoé", "zoe@example.org")
            clock.move_to(over := START + timedelta(days=rule_named("guests").days))
            Device.objects.create(participant=person, digest="x", expires_at=over, last_used_at=over)
            assert apply_now()["guests"] == 0

    def test_an_address_for_which_a_younger_comment_waits(self, article):
        with time_machine.travel(START, tick=False) as clock:
            old = say(article, is_verified=False)
            clock.move_to(START + timedelta(days=6))
            young = say(article, is_verified=False)
            clock.move_to(START + timedelta(days=7))
            assert (apply_now()["unconfirmed comments"], apply_now()["unconfirmed addresses"]) == (1, 0)
            assert not Comment.objects.filter(pk=old.pk).exists()
            assert Participant.objects.filter(pk=young.participant_id).exists()

    def test_a_comment_that_is_confirmed_in_time(self, article):
        """What the rule saw as waiting was confirmed before it came to the row."""
        with time_machine.travel(START, tick=False) as clock:
            comment = say(article, is_verified=False)
            clock.move_to(START + timedelta(days=7))
            rule = rule_named("unconfirmed comments")
            seen = Comment.objects.filter(pk=comment.pk)
            Comment.objects.update(status=CommentStatus.HELD)
            assert rule.apply(seen) == 0
            assert Comment.objects.filter(pk=comment.pk).exists()

    def test_the_place_of_a_comment_with_replies(self, article, client):
        with time_machine.travel(START, tick=False) as clock:
            comment = say(article)
            publish_comment(comment, by=None)
            reply = say(article, email="b@example.org", parent=comment)
            publish_comment(reply, by=None)
            hide_comment(Comment.objects.get(pk=comment.pk), by=None)
            clock.move_to(START + timedelta(days=365))
            apply_now()
            body = client.get(article.url).content.decode()
            assert f"c-{comment.public_id}" in body
            assert f"c-{reply.public_id}" in body


class TestBatches:
    def test_many_rows_go_in_several_transactions(self, site, count_queries):
        with time_machine.travel(START, tick=False) as clock:
            for number in range(7):
                MailRequest.objects.create(kind="x", network_digest=str(number))
            clock.move_to(START + timedelta(days=1))
            counts = {rule.name: count for rule, count in apply_retention(batch=2)}
            assert counts["mail requests"] == 7
            assert not MailRequest.objects.exists()

    def test_a_run_that_was_cut_off_is_taken_up(self, site, monkeypatch):
        """The first batches stand; the next run does the rest."""
        with time_machine.travel(START, tick=False) as clock:
            for number in range(6):
                MailRequest.objects.create(kind="x", network_digest=str(number))
            clock.move_to(START + timedelta(days=1))
            rule, batches = rule_named("mail requests"), []

            def stumble(rows: models.QuerySet) -> None:
                if len(batches) == 2:
                    raise KeyboardInterrupt
                batches.append(rows.count())
                rows.delete()

            apply = rule.apply
            object.__setattr__(rule, "apply", stumble)
            try:
                with pytest.raises(KeyboardInterrupt):
                    list(apply_retention(batch=2))
            finally:
                object.__setattr__(rule, "apply", apply)
            assert MailRequest.objects.count() == 2
            assert apply_now()["mail requests"] == 2

    def test_a_row_that_would_not_go_holds_up_nothing(self, site):
        with time_machine.travel(START, tick=False) as clock:
            MailRequest.objects.create(kind="x")
            clock.move_to(START + timedelta(days=1))
            rule = rule_named("mail requests")
            apply = rule.apply
            object.__setattr__(rule, "apply", lambda rows: None)
            try:
                assert apply_now()["mail requests"] == 1
            finally:
                object.__setattr__(rule, "apply", apply)


class TestCommand:
    def test_it_prints_what_each_rule_removed(self, article, moderator, capsys):
        with time_machine.travel(START, tick=False) as clock:
            unconfirmed_comment(article, moderator)
            clock.move_to(START + timedelta(days=7))
            call_command("apply_retention")
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "unconfirmed comments, 7 days: 1"
        assert len(lines) == len(SUBJECTS) + 1
        assert lines[-1] == "Removed: 2."  # the comment, and the address that nobody confirmed

    def test_run_periodic_does_it_once_a_day(self, monkeypatch):
        called = []
        monkeypatch.setattr(
            "home.management.commands.run_periodic.call_command", lambda name, *args: called.append(name)
        )
        once_a_day("apply_retention")
        once_a_day("apply_retention")
        assert called == ["apply_retention"]

    def test_a_run_that_failed_is_tried_again(self, monkeypatch):
        def fail(name: str) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("home.management.commands.run_periodic.call_command", fail)
        for _round in range(2):
            with pytest.raises(ZeroDivisionError):
                once_a_day("apply_retention")
        assert cache.get("home.periodic.apply_retention") is None


class TestPublished:
    """What is published is what is applied: both are the same rules."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_every_rule_is_on_the_page_with_its_days(self, client, site, settings, language):
        settings.KEEP_DAYS = {name: 41 + number for number, name in enumerate(settings.KEEP_DAYS)}
        answer = client.get(f"/{language}/data/retention/")
        body = answer.content.decode()
        assert answer.status_code == HTTPStatus.OK
        assert not answer.cookies
        with override(language):
            for rule in retention_rules():
                assert escape(str(rule.what)) in body, rule.name
                days = {"fr": f"{rule.days} jours", "en": f"{rule.days} days"}[language]
                assert days in body.replace("\xa0", " "), rule.name
            for rule in standing_rules():
                assert escape(str(rule.what)) in body
                assert escape(str(rule.until)) in body

    def test_the_form_the_foot_and_the_notice_lead_to_it(self, client, article):
        address = reverse("show_retention")
        body = client.get(article.url).content.decode()
        assert body.count(f'href="{address}"') == 2
        for notice in ("/fr/vie-privee/", "/en/privacy/"):
            language = notice[1:3]
            main = client.get(notice).content.decode().split("<main")[1].split("</main>")[0]
            assert f'href="/{language}/data/retention/"' in main


class TestNothingIsForgotten:
    """Every table that tells of a person is named: by what exports and erases it, and by a rule."""

    def test_every_table_is_exported_and_erased_or_left_for_a_reason(self):
        named = {label for part in personal_data() for label in {*part.tables, *part.left}}
        missing = tables_about_people() - named
        assert not missing, (
            f"{sorted(missing)} tell of people: name them in a PersonalData of their app, among `tables` "
            "with how they are exported and erased, or among `left` with the reason why they stay."
        )
        gone = named - {model._meta.label for model in apps.get_models(include_auto_created=True)}
        assert not gone, f"No app has these any more: {sorted(gone)}"
        assert all(reason.endswith(".") for part in personal_data() for reason in part.left.values())

    def test_every_table_has_a_rule_of_retention(self):
        ruled = {label for rule in (*retention_rules(), *standing_rules()) for label in rule.tables}
        of_people = {label for part in personal_data() for label in part.tables}
        missing = of_people - ruled
        assert not missing, f"Say in a rule how long {sorted(missing)} are kept."

    def test_every_number_of_days_is_used(self):
        assert {rule.setting for rule in retention_rules()} == set(settings.KEEP_DAYS)


def tables_about_people() -> set[str]:
    """Return the models that refer to an account, a participant or a comment, or hold an address or a digest.

    Pages are named by Wagtail's own table, whose columns they share.
    """
    people = {User, Participant, Comment}
    found = set()
    for model in apps.get_models(include_auto_created=True):
        own = [field for field in model._meta.local_fields if not field.primary_key]
        refers = any(field.is_relation and field.related_model in people for field in own)
        holds = any(
            isinstance(field, models.EmailField | models.GenericIPAddressField)
            or field.name == "digest"
            or field.name.endswith("_digest")
            for field in own
        )
        if model in people or refers or holds:
            found.add(model._meta.label)
    return found


def test_the_walk_finds_what_it_is_for():
    assert {"people.Device", "mail.MailRequest", "dialogue.CommentRevision", "mfa.Authenticator"} <= (
        tables_about_people()
    )
