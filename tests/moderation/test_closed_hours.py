"""In the closed hours of a section, what comes in waits for a moderator, whatever the policy."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from dialogue.closed_hours import ClosedHours
from dialogue.models import Comment, CommentStatus
from moderation.models import Rule

HERE = ZoneInfo("America/Toronto")
NIGHT = ClosedHours(time(22), time(7))
NOON_BREAK = ClosedHours(time(12), time(13))
WEEKENDS = ClosedHours(on_weekends=True)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, whose first day is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


class TestHours:
    @pytest.mark.parametrize(
        ("hours", "moment", "are_closed"),
        [
            (NIGHT, at(3, 21, 59), False),
            (NIGHT, at(3, 22), True),
            (NIGHT, at(4, 0), True),
            (NIGHT, at(4, 6, 59), True),
            (NIGHT, at(4, 7), False),
            (NOON_BREAK, at(4, 12, 30), True),
            (NOON_BREAK, at(4, 13), False),
            (NOON_BREAK, at(4, 0), False),
            (WEEKENDS, at(6, 23, 59), False),
            (WEEKENDS, at(7, 0), True),
            (WEEKENDS, at(8, 23, 59), True),
            (WEEKENDS, at(9, 0), False),
        ],
    )
    def test_they_begin_at_their_hour_and_end_before_it(self, hours, moment, are_closed):
        assert hours.hold_at(moment) == are_closed

    def test_they_are_those_of_the_site(self):
        utc = ZoneInfo("UTC")
        assert NIGHT.hold_at(datetime(2026, 7, 1, 2, tzinfo=utc))  # 22:00 in summer
        assert not NIGHT.hold_at(datetime(2026, 12, 1, 2, tzinfo=utc))  # 21:00 in winter

    @pytest.mark.parametrize("chosen", [(None, None, False), (None, None, None)])
    def test_a_section_that_chose_none_has_none(self, chosen):
        assert ClosedHours.of(*chosen) is None

    def test_midnight_is_an_hour(self):
        assert ClosedHours.of(time(0), time(6), False).hold_at(at(4, 0))


@pytest.mark.django_db
class TestSection:
    @pytest.fixture
    def closed(self, articles_fr, policy):
        policy("publish_all")
        articles_fr.closed_from, articles_fr.closed_until = time(22), time(7)
        articles_fr.save()
        return articles_fr

    def screened(self, comment: Comment) -> tuple[str, str]:
        return comment.status, comment.decisions.get().rule

    def test_at_night_a_comment_waits_and_by_day_it_does_not(self, closed, article, receive, employee):
        with time_machine.travel(at(3, 23), tick=False):
            late = receive(article, user=employee)
        assert self.screened(late) == (CommentStatus.HELD, Rule.CLOSED_HOURS)
        assert late.decisions.get().told_to_author
        with time_machine.travel(at(4, 9), tick=False):
            early = receive(article, user=employee)
        assert self.screened(early) == (CommentStatus.PUBLISHED, Rule.ANYBODY)

    def test_the_organisation_speaks_at_any_hour(self, closed, article, receive, answerer):
        with time_machine.travel(at(3, 23), tick=False):
            said = receive(article, user=answerer, for_organisation=True)
        assert self.screened(said) == (CommentStatus.PUBLISHED, Rule.ORGANISATION)

    def test_other_sections_are_open(self, closed, internal_dialogue, receive, employee):
        with time_machine.travel(at(3, 23), tick=False):
            assert self.screened(receive(internal_dialogue, user=employee))[1] == Rule.ANYBODY

    def test_policy_and_hours_are_chosen_each_by_itself(self, closed, article, receive, employee):
        closed.comment_policy = "publish_signed_in"
        closed.save()
        with time_machine.travel(at(4, 9), tick=False):
            assert self.screened(receive(article, user=employee))[1] == Rule.SIGNED_IN

    @pytest.mark.parametrize(
        ("start", "end", "field"),
        [
            (time(22), None, "closed_until"),
            (None, time(7), "closed_from"),
            (time(7), time(7), "closed_until"),
        ],
    )
    def test_half_an_answer_is_refused(self, articles_fr, start, end, field):
        articles_fr.closed_from, articles_fr.closed_until = start, end
        with pytest.raises(ValidationError) as refused:
            articles_fr.full_clean()
        assert list(refused.value.message_dict) == [field]

    def test_an_editor_chooses_them_in_the_section(self, signed_in, administrator, articles_fr):
        form = signed_in(administrator).get(reverse("wagtailadmin_pages:edit", args=[articles_fr.pk]))
        body = form.content.decode()
        for field in ("closed_from", "closed_until", "closed_on_weekends"):
            assert f'name="{field}"' in body
