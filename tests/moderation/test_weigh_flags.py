"""Illegal content comes first, and who told of it hears of it; flags that are always wrong weigh less."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse

from dialogue.models import Comment
from dialogue.origins import Origin
from mail.actions import process_mail
from moderation.actions import Notice, flag_comment, hide_comment, keep_comment
from moderation.actions.flags import FALSE_FLAGS
from moderation.mail import RESULTS_A_DAY
from moderation.models import LIGHT, WEIGHT, Flag
from moderation.views.queue import in_order_of_work
from people.models import Participant

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = "camille@example.org"
LIST = "moderation_comments:list_comments"


def flag(comment: Comment, reason: str = "attack", network: str = "n" * 64, **more: object) -> Flag:
    notice = Notice(reason, AnonymousUser(), origin=Origin(network=network), **more)
    flag_comment(comment, notice)
    return Flag.objects.latest("pk")


def illegal(comment: Comment, **more: object) -> Flag:
    given = {"law": "Une menace.", "is_in_good_faith": True, "name": "Camille", "email": ADDRESS, **more}
    return flag(comment, "illegal", **given)


def in_order() -> list[Comment]:
    return list(in_order_of_work(Flag.objects.open().flagged_among(Comment.objects.all())))


class TestIllegal:
    def test_it_comes_first_however_long_others_wait(self, say, article):
        before, after = say(article, "Le quai."), say(article, "La rampe.")
        for number in range(5):
            flag(before, network=f"{number}" * 64)
        illegal(after)
        assert in_order() == [after, before]

    def test_it_is_marked_and_tells_why_on_card_and_review(self, say, article, desk):
        comment = say(article, "Le quai.")
        illegal(comment, place="« quai »", concerns_children=True)
        html = desk.get(reverse(LIST), {"status": "flagged"}).content.decode()
        assert "moderation-mark--high" in html
        assert "Une menace." in html
        page = desk.get(reverse("moderation_comments:review_comment", args=[comment.public_id]))
        for words in ("Une menace.", "« quai »", "moderation-mark--high"):
            assert words in page.content.decode()

    @pytest.mark.parametrize("is_removed", [True, False])
    def test_whoever_told_of_it_hears_of_receipt_and_outcome_unasked(
        self, say, article, moderator, is_removed
    ):
        comment = say(article, "Le quai.")
        notice = illegal(comment, wants_result=False)
        process_mail()
        [receipt] = mail.outbox
        assert (receipt.to, article.title in receipt.body) == ([ADDRESS], True)
        assert "Une menace." not in receipt.body
        if is_removed:
            hide_comment(comment, by=moderator, reason_code="unlawful")
        else:
            keep_comment(comment, by=moderator, last_flag=notice.pk)
        process_mail()
        assert len([message for message in mail.outbox if message.to == [ADDRESS]]) == 2

    def test_who_says_it_otherwise_meanwhile_gets_one_receipt(self, say, article, employee):
        comment, person = say(article, "Le quai."), Participant.of(employee)
        for law in ("Une menace.", "Une menace de mort."):
            given = {"law": law, "is_in_good_faith": True, "participant": person}
            flag_comment(comment, Notice("illegal", employee, **given))
        process_mail()
        assert [message.to for message in mail.outbox] == [[employee.email]]

    def test_no_receipt_for_any_other_reason_nor_without_an_address(self, say, article):
        flag(say(article, "Le quai."), email=ADDRESS)
        illegal(say(article, "La rampe."), name="", email="", concerns_children=True)
        process_mail()
        assert not mail.outbox

    def test_nobody_floods_an_address_that_they_typed(self, say, article):
        for number in range(RESULTS_A_DAY + 2):
            illegal(say(article, f"Le quai {number}."))
        process_mail()
        assert len(mail.outbox) == RESULTS_A_DAY

    def test_what_a_program_seems_to_have_sent_gets_no_receipt(self, say, article):
        origin = Origin(network="n" * 64, signals=frozenset({"honeypot"}))
        notice = Notice(
            "illegal", AnonymousUser(), law="x", is_in_good_faith=True, email=ADDRESS, origin=origin
        )
        flag_comment(say(article, "Le quai."), notice)
        process_mail()
        assert not mail.outbox

    def test_of_an_internal_dialogue_no_title_leaves_the_house(
        self, say, internal_dialogue, employee, outsider_employee
    ):
        comment = say(internal_dialogue, "SECRET", user=employee)
        person = Participant.of(outsider_employee)
        given = {"law": "x", "is_in_good_faith": True, "participant": person}
        flag_comment(comment, Notice("illegal", outsider_employee, **given))
        process_mail()
        [receipt] = [message for message in mail.outbox if message.to == [outsider_employee.email]]
        for secret in (internal_dialogue.title, "SECRET"):
            assert secret not in receipt.message().as_string() + receipt.subject


class TestFalseFlags:
    def dismissed(self, say, article, moderator, number: int, **more: object) -> None:
        for _number in range(number):
            comment = say(article)
            keep_comment(comment, by=moderator, last_flag=flag(comment, **more).pk)

    def test_after_some_that_were_dismissed_the_next_weighs_less(self, say, article, moderator):
        self.dismissed(say, article, moderator, FALSE_FLAGS - 1)
        assert flag(say(article)).weight == WEIGHT
        self.dismissed(say, article, moderator, 1)
        assert flag(say(article)).weight == LIGHT
        assert flag(say(article), network="o" * 64).weight == WEIGHT, "somebody else"

    def test_those_that_wait_already_weigh_less_then(self, say, article, moderator):
        waiting = flag(say(article))
        self.dismissed(say, article, moderator, FALSE_FLAGS)
        waiting.refresh_from_db()
        assert waiting.weight == LIGHT

    def test_one_that_was_right_lets_them_weigh_again(self, say, article, moderator):
        self.dismissed(say, article, moderator, FALSE_FLAGS)
        right, waiting = say(article), say(article)
        flag(right)
        light = flag(waiting)
        hide_comment(right, by=moderator, reason_code="off_topic")
        light.refresh_from_db()
        assert light.weight == WEIGHT

    def test_the_order_of_work_follows_and_illegal_comes_first_no_more(self, say, article, moderator):
        self.dismissed(say, article, moderator, FALSE_FLAGS)
        light, full = say(article, "Le quai."), say(article, "La rampe.")
        flag(light, "illegal")
        flag(full, network="o" * 64)
        assert in_order() == [full, light]
        assert [comment.risk for comment in in_order()] == [WEIGHT, LIGHT]
