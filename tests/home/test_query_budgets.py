"""What each page costs the database, once the process is warm: exact, and however much there is."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from blog.models import VoicesPage
from dialogue.blocks import quotation_of
from dialogue.models import Comment
from home.models import StandardPage
from people.models import Participant
from tests.dialogue.many_comments import plant

pytestmark = pytest.mark.database

# A stranger pays for the edition, and for how much was said under all that a list tells of; a conversation,
# and its newest comments for machines, are read each time.
BUDGETS = {
    "home": 2,
    "articles": 2,
    "dialogues": 2,
    "plain": 1,
    "voices": 1,
    "article": 4,
    "dialogue": 3,
    "feed": 4,
    "search": 7,
}
# The session, its row, the account, its groups, its own rights and those of its groups.
SIGNED_IN = 6
SIGNED_IN_TO_SPEAK = 7  # and what they follow of the conversation
SIGNED_IN_AT_A_FEED = 3  # which is the same for everybody


@pytest.fixture
def urls(home_fr, articles_fr, dialogues_fr, write, ask, say):
    """A page of each kind, with something on each."""
    article, dialogue = write("Le quai"), ask("Quel horaire ?")
    say(article, "Il manque un banc au quai.")
    say(dialogue, "Plus tôt.")
    plain = StandardPage(title="À propos", introduction="<p>Qui nous sommes.</p>")
    home_fr.add_child(instance=plain)
    return {
        "home": home_fr.url,
        "articles": articles_fr.url,
        "dialogues": dialogues_fr.url,
        "plain": plain.url,
        "voices": VoicesPage.objects.get(locale=home_fr.locale).url,
        "article": article.url,
        "dialogue": dialogue.url,
        "feed": "/fr/feeds/articles.atom",
        "search": "/fr/search/?query=quai",
    }


@pytest.fixture
def measure(urls, count_queries):
    """Return what each page costs a reader who is not the first."""

    def cost(reader):
        costs = {}
        for name, url in urls.items():
            reader.get(url)
            costs[name] = count_queries(lambda url=url: reader.get(url))
        return costs

    return cost


def test_a_stranger(client, measure):
    assert measure(client) == BUDGETS


def test_an_employee(signed_in, employee, measure):
    more = {
        **dict.fromkeys(BUDGETS, SIGNED_IN),
        **dict.fromkeys(("article", "dialogue"), SIGNED_IN_TO_SPEAK),
        "feed": SIGNED_IN_AT_A_FEED,
    }
    cost = measure(signed_in(employee))
    assert {name: cost[name] - BUDGETS[name] for name in BUDGETS} == more


def test_more_of_everything_costs_no_more(client, measure, write, ask, say):
    for number in range(5):
        article, dialogue = write(f"Le quai {number}"), ask(f"Quel horaire {number} ?")
        say(article)
        say(dialogue)
    assert measure(client) == BUDGETS


@pytest.fixture
def in_groups(employee, dialogue, home_fr):
    """Isaac, who is in several groups; one dialogue is open to these alone."""
    groups = [Group.objects.create(name=f"Équipage {number}") for number in range(3)]
    employee.groups.add(*groups)
    restriction = PageViewRestriction.objects.create(page=dialogue, restriction_type="groups")
    restriction.groups.set(groups[1:])
    return employee


def test_more_of_everything_asks_no_more_which_groups_an_employee_is_in(
    signed_in, in_groups, urls, articles_fr, internal_fr, internal_dialogue, article, dialogue, write, ask
):
    reader = signed_in(in_groups)

    def add_more(name: str, count: int) -> Comment:
        for number in range(count):
            write(f"{name} {number}"), ask(f"{name} {number} ?")
            for page in (article, dialogue, internal_dialogue):
                root, quoted = plant(page, 2)
                plant(page, 3, root=root)
                Comment.objects.filter(pk=root.pk).update(participant=Participant.of(in_groups))
                quoting = type(article)(title=f"{name} {number}: {page.title}", introduction="<p>Oui.</p>")
                quoting.body = [("featured_comment", {"quotation": quotation_of(quoted), "why": ""})]
                articles_fr.add_child(instance=quoting)
                quoting.save_revision().publish()
        return root

    def measure() -> dict[str, tuple[int, int]]:
        found = {}
        for url in asked:
            assert reader.get(url).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                reader.get(url)
            of_groups = sum("people_user_groups" in query["sql"] for query in queries.captured_queries)
            found[url] = (len(queries), of_groups)
        return found

    root = add_more("Un", 1)
    asked = [
        *urls.values(),
        *(page.url for page in (article, dialogue, internal_fr, internal_dialogue)),
        *(f"{page.url}?show=featured" for page in (article, dialogue, internal_dialogue)),
        reverse("show_thread", args=[root.public_id]),
        reverse("personal_page"),
    ]
    few = measure()
    add_more("Plus", 4)
    assert measure() == few
