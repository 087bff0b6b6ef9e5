"""Rules 2, 4, 7, 9 and 11: asked, answered, taken back, approved by a second person; and who may."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue import consents
from dialogue.actions import (
    CommentRefused,
    Refusal,
    agree_to_quotation,
    answer_quotation,
    ask_to_quote,
    cross_quotation,
    find_consent_differences,
    hide_comment,
    rederive_consents,
    remind_of_request,
    take_back_one_quotation,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.actions.consents import QUOTATION_FIELDS
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentEvent, ConversationSettings, FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester, Withheld, may_be_asked, who_may_be_asked
from dialogue.selections import Selection
from mail.actions import suppress_address
from mail.models import ChoicePlace, SuppressedAddress
from people.models import Participant, User
from privacy.actions import erase_participant, export_person, record_consent
from privacy.models import Consent
from tests.database import for_a_while

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."
MAIL = ChoicePlace.MAIL
WEEK = timedelta(days=7)


def in_a_week():
    return timezone.now() + WEEK


@pytest.fixture(autouse=True)
def _notes(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def quote(articles_fr, editor) -> Callable[..., FeaturedComment]:
    def publish(comment: Comment, *, parent: Page = articles_fr, **chosen) -> FeaturedComment:
        quotation = quotation_of(comment, Selection(comment.public_id, **chosen))
        page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", owner=editor)
        page.body = [("featured_comment", {"quotation": quotation, "why": ""})]
        parent.add_child(instance=page)
        page.save_revision(user=editor).publish()
        return FeaturedComment.objects.get(page_id=page.pk)

    return publish


@pytest.fixture
def comment(article, say) -> Comment:
    """Words whose author may be asked, and has agreed to nothing else."""
    return say(article, WORDS, name="Camille Roy", email="camille@example.org", may_ask=True)


@pytest.fixture
def row(quote, comment) -> FeaturedComment:
    return quote(comment, ranges=[[0, 19]])


@pytest.fixture
def second_editor(editor) -> User:
    """Another of the editors."""
    other = User.objects.create_user("ines", email="ines@example.org", first_name="Inès")
    other.groups.set(editor.groups.all())
    return other


@pytest.fixture
def inside(internal_dialogue, say, employee) -> Comment:
    comment = say(internal_dialogue, WORDS, user=employee, may_quote=True)
    record_consent(comment.participant, consents.ASK, is_given=True, place=ChoicePlace.ACCOUNT)
    return comment


@pytest.fixture
def allowed(site) -> None:
    """The site shows internal comments to the public, where everybody agrees."""
    ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})


def say_yes(row: FeaturedComment, **more) -> bool:
    return answer_quotation(row, by=row.comment.participant, is_agreed=True, place=MAIL, **more)


def say_no(row: FeaturedComment) -> bool:
    return answer_quotation(row, by=row.comment.participant, is_agreed=False, place=MAIL)


def take_back(row: FeaturedComment) -> bool:
    return take_back_one_quotation(row, by=row.comment.participant, place=ChoicePlace.PAGE)


def kinds(row: FeaturedComment) -> list[str]:
    events = CommentEvent.objects.filter(comment=row.comment_id, kind__startswith="quotation")
    return list(events.values_list("kind", flat=True))


def is_shown(row: FeaturedComment) -> bool:
    row = FeaturedComment.objects.get(pk=row.pk)
    return FeaturedCommentPermissionTester(row, row.page).can_be_shown()


def code(act: Callable[[], object]) -> Refusal:
    with pytest.raises(CommentRefused) as refused:
        act()
    assert str(refused.value).endswith(".")
    return refused.value.code


class TestWhoMayBeAsked:
    def test_rule07_whoever_agreed_to_be(self, comment):
        assert may_be_asked(comment.participant)

    def test_rule07_nobody_else(self, article, say):
        assert not may_be_asked(say(article, WORDS, may_quote=True).participant)

    def test_rule07_nor_whoever_no_longer_does(self, comment):
        record_consent(comment.participant, consents.ASK, is_given=False, place=ChoicePlace.PAGE)
        assert not may_be_asked(comment.participant)

    def test_rule07_nor_at_an_address_that_is_not_confirmed_or_refuses_mail(self, comment):
        person = comment.participant
        suppress_address(person.address, reason=SuppressedAddress.Reason.BOUNCE)
        assert not may_be_asked(person)
        SuppressedAddress.objects.all().delete()
        assert may_be_asked(person)
        Participant.objects.filter(pk=person.pk).update(verified_at=None)
        assert not may_be_asked(Participant.objects.get(pk=person.pk))

    def test_many_cost_as_much_as_one(self, article, say, comment, count_queries):
        people = [say(article, f"Mot {n}", may_ask=True).participant for n in range(5)]
        assert who_may_be_asked(people) == {person.pk for person in people}
        one = count_queries(lambda: who_may_be_asked(people[:1]))
        assert count_queries(lambda: who_may_be_asked(people)) == one


class TestAsk:
    def test_rule07_it_is_written_down_with_a_day(self, row, editor):
        until = in_a_week()
        event = ask_to_quote(row, by=editor, answer_by=until)
        assert (row.asked_by, row.answer_by, row.asked_for_public) == (editor, until, False)
        assert row.asked_at
        assert (event.kind, event.role, event.by, event.side, event.version) == (
            *("quotation_asked", "editor", editor, "organisation"),
            1,
        )
        assert not is_shown(row)

    def test_rule07_once(self, row, editor):
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        assert code(lambda: ask_to_quote(row, by=editor, answer_by=in_a_week())) == Refusal.ASKED_ALREADY
        assert kinds(row) == ["quotation_asked"]

    def test_rule07_after_a_no_never_again(self, row, editor):
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        say_no(row)
        with time_machine.travel(timezone.now() + timedelta(days=90)):
            assert code(lambda: ask_to_quote(row, by=editor, answer_by=in_a_week())) == Refusal.DECLINED

    @pytest.mark.parametrize("days", [-1, 0, 61])
    def test_the_day_is_to_come_and_not_far(self, row, editor, days):
        until = timezone.now() + timedelta(days=days)
        assert code(lambda: ask_to_quote(row, by=editor, answer_by=until)) == Refusal.BAD_DATE

    def test_what_is_covered_needs_no_asking(self, article, say, quote, editor):
        row = quote(say(article, WORDS, may_quote=True, may_ask=True))
        assert code(lambda: ask_to_quote(row, by=editor, answer_by=in_a_week())) == Refusal.NOT_NEEDED

    def test_whoever_may_not_be_asked_is_not(self, article, say, quote, editor):
        row = quote(say(article, WORDS))
        assert code(lambda: ask_to_quote(row, by=editor, answer_by=in_a_week())) == Refusal.NOT_TO_BE_ASKED
        assert kinds(row) == []

    def test_rule09_for_the_public_only_where_the_site_allows_it(self, inside, quote, editor):
        row = quote(inside)
        assert code(lambda: ask_to_quote(row, by=editor, answer_by=in_a_week())) == Refusal.CROSSING_OFF

    def test_rule09_it_is_asked_anew_where_the_page_becomes_public(
        self, allowed, inside, internal_fr, dialogues_fr, articles_fr, quote, editor
    ):
        restriction = PageViewRestriction.objects.create(page=articles_fr, restriction_type="groups")
        restriction.groups.set(internal_fr.view_restrictions.get().groups.all())
        Comment.objects.filter(pk=inside.pk).update(
            quote_consented_at=None, quote_consent_wording="", quote_consent_version=None
        )
        Consent.objects.filter(kind="quote").delete()
        row = quote(Comment.objects.get(pk=inside.pk))
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        assert not row.asked_for_public
        say_yes(row)
        restriction.delete()
        row = FeaturedComment.objects.get(pk=row.pk)
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        assert row.asked_for_public
        assert FeaturedComment.objects.waiting(timezone.now()).get() == row
        assert say_yes(row)
        assert row.agreed_for_public


class TestRemind:
    def test_rule07_once(self, row, editor):
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        assert remind_of_request(row, by=editor)
        assert row.reminded_at
        assert not remind_of_request(row, by=None)
        assert kinds(row) == ["quotation_asked", "quotation_reminded"]

    def test_the_portal_may_do_so_by_itself(self, row, editor):
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        assert remind_of_request(row, by=None)
        assert CommentEvent.objects.get(kind="quotation_reminded").role == "system"

    @pytest.mark.parametrize("state", ["not asked", "answered", "too late"])
    def test_nothing_waits_for_an_answer(self, row, editor, state):
        if state != "not asked":
            ask_to_quote(row, by=editor, answer_by=in_a_week())
        if state == "answered":
            say_yes(row)
        later = timezone.now() + 2 * WEEK * (state == "too late")
        with time_machine.travel(later):
            assert code(lambda: remind_of_request(row, by=editor)) == Refusal.NOT_ASKED

    def test_rule07_whoever_no_longer_wants_to_be_asked_is_left_alone(self, row, editor):
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        record_consent(row.comment.participant, consents.ASK, is_given=False, place=ChoicePlace.PAGE)
        assert code(lambda: remind_of_request(row, by=editor)) == Refusal.NOT_TO_BE_ASKED


class TestAnswer:
    @pytest.fixture
    def asked(self, row, editor) -> FeaturedComment:
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        return row

    def test_rule02_a_yes_shows_it(self, asked, client):
        assert "Les bancs manquent" not in client.get(asked.page.url).content.decode()
        assert say_yes(asked)
        assert "Les bancs manquent" in client.get(asked.page.url).content.decode()
        assert (asked.agreed_form, asked.agreed_name) == ("signed", "")
        consent = Consent.objects.get(kind="quotation")
        assert (consent.cause_id, consent.item_id, consent.version) == (asked.comment_id, asked.pk, 1)
        assert (consent.is_given, consent.wording, consent.place) == (True, "quotation-1", "mail")

    def test_rule02_silence_is_a_no(self, asked):
        with time_machine.travel(timezone.now() + 2 * WEEK):
            assert not is_shown(asked)
            assert code(lambda: say_yes(asked)) == Refusal.TOO_LATE
            assert say_no(asked)

    def test_rule02_a_no_shows_nothing(self, asked):
        assert say_no(asked)
        assert asked.declined_at
        assert not is_shown(asked)
        assert not Consent.objects.filter(kind="quotation").exists()
        assert kinds(asked) == ["quotation_asked", "quotation_declined"]

    def test_rule02_a_no_to_one_quotation_is_stronger_than_the_box(self, asked, article):
        agree_to_quotation(asked.comment, by=asked.comment.participant, place=ChoicePlace.PAGE)
        assert is_shown(asked)
        say_no(asked)
        assert not is_shown(asked)

    def test_the_second_time_nothing_is_written(self, asked):
        assert say_yes(asked)
        assert not say_yes(asked)
        assert kinds(asked) == ["quotation_asked", "quotation_agreed"]
        assert Consent.objects.filter(kind="quotation").count() == 1
        assert say_no(asked)
        assert not say_no(asked)
        assert kinds(asked)[2:] == ["quotation_taken_back"]

    def test_another_answer_takes_its_place_until_the_day(self, asked):
        say_no(asked)
        assert say_yes(asked)
        assert asked.declined_at is None
        assert is_shown(asked)

    @pytest.mark.parametrize(
        ("form", "own", "shown"),
        [
            ("signed", "", "Camille Roy"),
            ("first", "", "Camille"),
            ("initials", "", "C. R."),
            ("own", "Une passagère", "Une passagère"),
        ],
    )
    def test_rule06_under_the_name_that_they_choose(self, asked, form, own, shown, client):
        say_yes(asked, name_form=form, own_name=own)
        assert asked.attribution == shown
        assert shown in client.get(asked.page.url).content.decode()

    @pytest.mark.parametrize("name", ["", "  ", "Maude Thériault", "\u200b"])
    def test_rule06_their_own_is_a_name_like_any(self, asked, name, editor):
        taken = editor.display_name if name.startswith("Maude") else name
        assert code(lambda: say_yes(asked, name_form="own", own_name=taken)) in {
            Refusal.NO_NAME,
            Refusal.NAME_TAKEN,
        }
        assert not is_shown(asked)

    def test_an_unknown_form_is_refused(self, asked):
        assert code(lambda: say_yes(asked, name_form="loud")) == Refusal.NO_NAME

    def test_they_may_choose_another_name_later(self, asked):
        say_yes(asked, name_form="own", own_name="Une passagère")
        with time_machine.travel(timezone.now() + 2 * WEEK):
            assert say_yes(asked, name_form="initials")
        assert (asked.agreed_form, asked.agreed_name) == ("initials", "")

    def test_rule06_the_box_covers_no_other_name(self, asked, comment):
        agree_to_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        row = FeaturedComment.objects.get(pk=asked.pk)
        row.agreed_form, row.agreed_name, row.agreed_at = "own", "Une passagère", None
        assert not FeaturedCommentPermissionTester(row, row.page).has_consent()

    def test_nobody_answers_for_another(self, asked, employee):
        with pytest.raises(PermissionDenied):
            answer_quotation(asked, by=Participant.of(employee), is_agreed=True, place=MAIL)
        with pytest.raises(PermissionDenied):
            take_back_one_quotation(asked, by=Participant.of(employee), place=MAIL)

    def test_nobody_answers_what_was_not_asked(self, row):
        assert code(lambda: say_yes(row)) == Refusal.NOT_ASKED
        assert code(lambda: say_no(row)) == Refusal.NOT_ASKED

    def test_what_was_withdrawn_is_not_agreed_to(self, asked):
        withdraw_comment(asked.comment, by=asked.comment.participant)
        assert code(lambda: say_yes(asked)) == Refusal.NOT_QUOTABLE


class TestTakeBack:
    @pytest.fixture
    def agreed(self, row, editor) -> FeaturedComment:
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        say_yes(row, name_form="own", own_name="Une passagère")
        return row

    def test_rule04_it_goes_at_once_and_its_name_with_it(self, agreed, client):
        assert "Une passagère" in client.get(agreed.page.url).content.decode()
        assert take_back(agreed)
        body = client.get(agreed.page.url).content.decode()
        assert "Une passagère" not in body
        assert "Les bancs manquent" not in body
        assert (agreed.agreed_name, agreed.agreed_for_public) == ("", False)
        assert agreed.agreed_at < agreed.withdrawn_at

    def test_the_second_time_changes_nothing(self, agreed):
        assert take_back(agreed)
        assert not take_back(agreed)
        assert kinds(agreed).count("quotation_taken_back") == 1

    def test_rule04_one_of_those_that_the_box_covers(self, article, say, quote):
        comment = say(article, WORDS, may_quote=True)
        one, other = quote(comment), quote(comment, ranges=[[0, 19]])
        assert take_back(one)
        assert not is_shown(one)
        assert is_shown(other)
        assert Consent.objects.get(kind="quotation").is_given is False

    def test_rule04_all_of_a_comment(self, agreed, quote):
        comment = Comment.objects.get(pk=agreed.comment_id)
        agree_to_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        other = quote(comment)
        assert take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        assert not is_shown(agreed)
        assert not is_shown(other)
        agreed.refresh_from_db()
        assert agreed.withdrawn_at
        assert Consent.objects.filter(kind="quotation").order_by("pk").last().is_given is False

    def test_what_nobody_agreed_to_cannot_be_taken_back(self, row):
        assert not take_back(row)
        assert not Consent.objects.filter(kind="quotation").exists()

    def test_rule04_an_erasure_leaves_nothing_of_the_person(self, agreed):
        FeaturedComment.objects.update(name_detail="la dame au parapluie")
        erase_participant(agreed.comment.participant)
        row = FeaturedComment.objects.get(pk=agreed.pk)
        assert (row.agreed_name, row.name_detail, row.agreed_form) == ("", "", "")
        assert (row.ranges, row.removals) == ([], [])
        assert [getattr(row, name) for name in QUOTATION_FIELDS] == [None, False, None]
        assert not Consent.objects.exists()
        assert row.attribution == ""
        assert find_consent_differences(row.comment.page) == []

    def test_an_export_holds_what_was_agreed(self, agreed):
        [told] = export_person(agreed.comment.participant)["quotations"]
        assert (told["agreed_name"], told["ranges"]) == ("Une passagère", [[0, 19]])
        assert told["answer_by"]


class TestCross:
    """Rule 9: nothing internal is shown to the public but by three who agree, one of them its author."""

    @pytest.fixture
    def row(self, allowed, inside, quote) -> FeaturedComment:
        return quote(inside)

    @pytest.fixture
    def agreed(self, row, editor) -> FeaturedComment:
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        say_yes(row, name_form="role")
        return row

    def test_rule09_a_second_of_our_own_lets_it_be_seen(self, agreed, second_editor, client):
        assert agreed.asked_for_public
        assert agreed.agreed_for_public
        assert Consent.objects.get(kind="quotation").wording == "quotation-public-1"
        assert not is_shown(agreed)
        assert "Les bancs manquent" not in client.get(agreed.page.url).content.decode()
        assert cross_quotation(agreed, by=second_editor)
        body = client.get(agreed.page.url).content.decode()
        assert "Les bancs manquent" in body
        assert agreed.comment.author_name not in body
        assert (agreed.crossed_by, kinds(agreed)[-1]) == (second_editor, "quotation_crossed")

    def test_the_second_time_changes_nothing(self, agreed, second_editor, administrator):
        cross_quotation(agreed, by=second_editor)
        assert not cross_quotation(agreed, by=administrator)
        assert agreed.crossed_by == second_editor

    def test_rule09_neither_whoever_chose_nor_whoever_asked(self, row, editor, second_editor, administrator):
        ask_to_quote(row, by=second_editor, answer_by=in_a_week())
        say_yes(row)
        for somebody in (editor, second_editor):
            with pytest.raises(PermissionDenied):
                cross_quotation(row, by=somebody)
        assert cross_quotation(row, by=administrator)

    def test_rule09_not_before_the_author_agreed_to_just_that(self, row, second_editor):
        """The box allows quotations among those who read the comment, and no more."""
        assert code(lambda: cross_quotation(row, by=second_editor)) == Refusal.NOT_AGREED
        FeaturedComment.objects.update(crossed_at=timezone.now())
        assert not is_shown(row)

    def test_rule09_not_where_the_site_does_not(self, agreed, second_editor):
        ConversationSettings.objects.update(allow_crossing=False)
        assert code(lambda: cross_quotation(agreed, by=second_editor)) == Refusal.CROSSING_OFF

    def test_where_everybody_may_read_it_nothing_is_decided(
        self, agreed, internal_fr, articles_fr, second_editor
    ):
        restriction = PageViewRestriction.objects.create(page=articles_fr, restriction_type="groups")
        restriction.groups.set(internal_fr.view_restrictions.get().groups.all())
        assert code(lambda: cross_quotation(agreed, by=second_editor)) == Refusal.NOT_NEEDED

    def test_rule09_taken_back_it_is_gone_and_stays_so(self, agreed, second_editor):
        cross_quotation(agreed, by=second_editor)
        take_back(agreed)
        assert not is_shown(agreed)
        assert agreed.crossed_at

    def test_rule09_off_it_is_unless_somebody_switches_it_on(self, site):
        assert ConversationSettings().allow_crossing is False

    def test_rule11_a_page_that_is_opened_loses_what_is_internal(
        self, inside, internal_fr, articles_fr, quote, client
    ):
        restriction = PageViewRestriction.objects.create(page=articles_fr, restriction_type="groups")
        restriction.groups.set(internal_fr.view_restrictions.get().groups.all())
        row = quote(inside)
        assert is_shown(row)
        restriction.delete()
        row = FeaturedComment.objects.get(pk=row.pk)
        assert FeaturedCommentPermissionTester(row, row.page).why_withheld() == Withheld.WIDER_AUDIENCE
        assert "Les bancs manquent" not in client.get(row.page.url).content.decode()


# --- Rights: person × state × verb ------------------------------------------------------------------

VERBS = {
    "ask": lambda row, user: ask_to_quote(row, by=user, answer_by=in_a_week()),
    "remind": lambda row, user: remind_of_request(row, by=user),
    "cross": lambda row, user: cross_quotation(row, by=user),
}
# Who may at all; what stands against it is said in a sentence then. The editor chose the quotation.
MAY = {
    "ask": {"editor", "second_editor", "administrator"},
    "remind": {"editor", "second_editor", "administrator"},
    "cross": {"second_editor", "administrator"},
}
PEOPLE = [
    *("editor", "second_editor", "administrator", "moderator", "answerer", "employee", "stranger"),
    "former_employee",
]
STATES = {
    "fresh": lambda row, editor: None,
    "asked": lambda row, editor: ask_to_quote(row, by=editor, answer_by=in_a_week()),
    "agreed": lambda row, editor: (ask_to_quote(row, by=editor, answer_by=in_a_week()), say_yes(row)),
    "declined": lambda row, editor: (ask_to_quote(row, by=editor, answer_by=in_a_week()), say_no(row)),
    "hidden": lambda row, editor: hide_comment(row.comment, by=None),
}
DONE = {
    ("ask", "fresh"),
    ("remind", "asked"),
    ("cross", "agreed"),
}


@pytest.mark.parametrize("state", STATES)
def test_rule09_rights(allowed, inside, quote, editor, request, state):
    people = {who: request.getfixturevalue(who) for who in PEOPLE}
    row = quote(inside)
    STATES[state](row, editor)
    for who, verb in product(people, VERBS):
        # Nobody features what is not published: there even those are refused.
        may = who in MAY[verb] and state != "hidden"
        expected = ("done" if (verb, state) in DONE else "refused") if may else "denied"
        with for_a_while():
            assert (who, verb, outcome_of(verb, row.pk, people[who])) == (who, verb, expected)


def outcome_of(verb: str, pk: int, user: User) -> str:
    row = FeaturedComment.objects.get(pk=pk)
    before = kinds(row)
    try:
        VERBS[verb](row, user)
    except PermissionDenied:
        outcome = "denied"
    except CommentRefused:
        outcome = "refused"
    else:
        outcome = "done"
    assert (len(kinds(row)) > len(before)) == (outcome == "done")
    return outcome


def test_an_editor_of_other_pages_may_not(row, second_editor, editor):
    second_editor.groups.clear()
    with pytest.raises(PermissionDenied):
        ask_to_quote(row, by=second_editor, answer_by=in_a_week())


# --- The register ----------------------------------------------------------------------------------


class TestRegister:
    def test_what_a_quotation_carries_is_mended(self, row, editor, article):
        ask_to_quote(row, by=editor, answer_by=in_a_week())
        say_yes(row)
        assert find_consent_differences(article) == []
        FeaturedComment.objects.filter(pk=row.pk).update(agreed_at=None)
        [difference] = find_consent_differences(article)
        assert str(difference).startswith(f"quotation {row.pk}: agreed_at is None, and should be")
        assert not is_shown(row)
        assert len(rederive_consents(article)) == 1
        assert find_consent_differences(article) == []
        assert is_shown(row)

    def test_a_consent_that_nobody_gave_is_taken_away(self, row, article):
        FeaturedComment.objects.update(agreed_at=timezone.now())
        assert is_shown(row)
        rederive_consents(article)
        assert not is_shown(row)

    def test_many_cost_as_much_as_one(self, quote, article, say, count_queries):
        quote(say(article, "Un", may_quote=True))
        one = count_queries(lambda: find_consent_differences(article))
        for number in range(4):
            quote(say(article, f"Mot {number}", may_quote=True))
        assert count_queries(lambda: find_consent_differences(article)) == one
