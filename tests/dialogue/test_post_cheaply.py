"""What posting asks of the database does not grow, neither with the code nor with the conversation."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bench.cast import gather_guests
from dialogue.models import Comment

pytestmark = pytest.mark.django_db

# The edition, who has an account here, the device, two limits, whether anything of theirs was published; the
# comment, its version, its consent, its state, its two events, the count, whom to tell, the decision, and
# savepoints; and the index, which is written at once in tests.
MOST_STATEMENTS = 28


@pytest.fixture
def send(article, ticket_for):
    """Post a comment as one of the guests who are known here, from a network of their own."""
    guests = gather_guests(12)

    def send_it(**more: str) -> int:
        guest, ticket = guests.pop(), ticket_for(article)
        client = Client(REMOTE_ADDR=f"10.0.0.{len(guests)}")
        client.cookies[settings.GUEST_COOKIE_NAME] = guest["cookie"]
        form = {
            "text": "Les bancs manquent.",
            "name": guest["name"],
            "email": guest["email"],
            "ticket_key": ticket.key,
            "ticket_time": ticket.time,
            **more,
        }
        return client.post(reverse("create_comment", args=[article.pk]), form).status_code

    return send_it


def test_a_comment_that_is_published_at_once_costs_few_statements(send, count_queries):
    assert send() == HTTPStatus.SEE_OTHER
    assert count_queries(send) <= MOST_STATEMENTS
    assert Comment.objects.filter(text="Les bancs manquent.").published().count() == 2


def test_the_tenth_reply_costs_what_the_second_does(send, count_queries):
    send()
    root = Comment.objects.get(text="Les bancs manquent.")
    costs = [count_queries(lambda: send(parent=root.public_id)) for _reply in range(10)]
    assert costs[1] == costs[-1]
    assert Comment.objects.get(pk=root.pk).reply_count == len(costs)
