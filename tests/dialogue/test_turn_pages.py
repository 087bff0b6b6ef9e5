"""Somebody reads a long conversation in their own way: its order, its filters, its pages."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser

from blog.models import BlogPage
from dialogue.actions import REPLIES_SHOWN, hide_comment, recount
from dialogue.blocks import quotation_of
from dialogue.conversations import load_conversation
from dialogue.models import Comment, ConversationSettings
from dialogue.readings import NOTHING_TO_SHOW, Reading, Show
from dialogue.spans import THREADS_PER_PAGE
from dialogue.threads import LONGEST_FOLDED, PAGE_SIZE
from people.models import Side
from tests.database import for_a_while
from tests.dialogue.many_comments import plant, take_away
from tests.world import ARTICLE

pytestmark = [pytest.mark.database, pytest.mark.django_db]

COUNT = 2 * THREADS_PER_PAGE + 21
EDGES = (0, THREADS_PER_PAGE - 1, THREADS_PER_PAGE, 2 * THREADS_PER_PAGE - 1, COUNT - 1)


@pytest.fixture(scope="class")
def threads(django_db_setup, django_db_blocker):
    """Threads of every kind, tombstones on the edges of pages among them; by what each is found."""
    with django_db_blocker.unblock(), for_a_while():
        yield gather_threads(BlogPage.objects.get(slug=ARTICLE))


def gather_threads(article):
    roots = plant(article, COUNT, is_counted=False)
    for root in roots[::4]:
        plant(article, 1, root=root, side=Side.ORGANISATION, is_counted=False)
    own = roots[2::10]
    Comment.objects.filter(pk__in=[root.pk for root in own]).update(side=Side.ORGANISATION)
    for number in EDGES:
        plant(article, 2, root=roots[number], is_counted=False)
    gone = roots[1::17]  # and nobody has replied to these
    gone = [root for root in gone if not root.thread.exists()]
    take_away(*gone, *(roots[number] for number in EDGES))
    recount(article)
    shown = [root for root in roots if root not in gone]
    answered = [root for root in roots[::4] if root not in own]
    voice = [root for root in roots if root in roots[::4] or (root in own and root in shown)]
    hidden_own = [root for root in own if roots.index(root) in EDGES and root not in roots[::4]]
    voice = [root for root in voice if root not in hidden_own]
    return {
        Show.ALL: shown,
        Show.ANSWERED: answered,
        Show.UNANSWERED: [root for root in shown if root not in voice],
        Show.ORGANISATION: voice,
        Show.FEATURED: [],
    }


def reading_of(address: str) -> Reading:
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    return Reading.from_query(query, "oldest")


def walk(article, reading, way="next_url"):
    """Yield each page of a reading, following its links."""
    for _page in range(10):
        view = load_conversation(article, AnonymousUser(), reading)
        yield view
        if not (address := getattr(view.span, way)):
            return
        reading = reading_of(address)
    pytest.fail("The pages go round in a circle.")


class TestEveryWay:
    @pytest.mark.parametrize("order", ["oldest", "newest"])
    @pytest.mark.parametrize("show", [show for show in Show if show != Show.FEATURED])
    def test_its_pages_show_each_thread_once_in_its_order(self, article, threads, order, show):
        expected = [root.pk for root in threads[show]]
        if order == "newest":
            expected.reverse()
        seen = []
        for view in walk(article, Reading(order=order, show=show)):
            keys = [thread.root.pk for thread in view.threads]
            assert (view.span.first, view.span.last) == (len(seen) + 1, len(seen) + len(keys))
            assert view.span.total == len(expected)
            assert len(keys) == THREADS_PER_PAGE or not view.span.next_url
            seen += keys
        assert seen == expected

    @pytest.mark.parametrize("order", ["oldest", "newest"])
    def test_one_comes_back_the_way_one_went(self, article, threads, order):
        there = [view.span for view in walk(article, Reading(order=order))]
        end = Reading(order=order, start="last")
        back = [view.span for view in walk(article, end, "previous_url")]
        assert [(span.first, span.last) for span in back] == [
            (span.first, span.last) for span in reversed(there)
        ]
        assert there[-1].first_url
        assert reading_of(there[-1].first_url) == Reading(order=order)
        assert reading_of(there[0].last_url) == end

    @pytest.mark.parametrize("show", list(Show))
    def test_the_links_say_how_many_it_shows(self, article, threads, show):
        view = load_conversation(article, AnonymousUser(), Reading(show=show))
        way = next(way for way in view.ways if way["is_current"])
        assert way["count"] == (None if show == Show.FEATURED else len(threads[show]))
        assert reading_of(way["url"]).show == show


class TestOddWays:
    @pytest.mark.parametrize("show", list(Show))
    def test_an_empty_one_says_so(self, client, article, show):
        plant(article, 3)
        if show == Show.ALL:
            Comment.objects.all().update(thread_at=None)
        if show == Show.UNANSWERED:
            Comment.objects.all().update(side=Side.ORGANISATION)
            recount(article)
        body = client.get(f"{article.url}?show={show}").content.decode()
        assert '<li class="thread">' not in body
        assert str(NOTHING_TO_SHOW[show]) in body.replace("&#x27;", "’")

    @pytest.mark.parametrize("query", ["order=up", "show=me", "from=last", "from=%00", "order=&show=&from="])
    def test_what_nobody_offers_is_passed_over(self, client, article, query):
        plant(article, 3)
        response = client.get(f"{article.url}?{query}")
        assert response.status_code == 200
        assert response.content.decode().count('<li class="thread">') == 3

    @pytest.mark.parametrize("start", ["%00", "nobody", "é" * 300])
    def test_an_unknown_start_is_the_beginning_of_a_thread_too(self, client, article, start):
        [root] = plant(article, 1)
        plant(article, 2, root=root)
        response = client.get(f"/fr/conversation/{root.public_id}/thread/?from={start}")
        assert len(response.context["thread"].replies) == 2


class TestTheSitesOrder:
    def test_it_is_what_readers_see_first_and_they_may_choose_the_other(self, client, article, site):
        roots = plant(article, 3)
        ConversationSettings.objects.update_or_create(site=site, defaults={"order": "newest"})

        def first(query: str = "") -> str:
            body = client.get(article.url + query).content.decode()
            return body.partition('<article class="comment ')[2].partition('id="c-')[2][:12]

        assert first() == roots[-1].public_id
        assert first("?order=oldest") == roots[0].public_id


class TestFeatured:
    def test_it_shows_threads_that_the_reader_finds_quoted(
        self, client, article, articles_fr, internal_fr, say, employee
    ):
        quoted, inside, other = (say(article, words, may_quote=True) for words in ("Un.", "Deux.", "Trois."))
        reply = say(article, "Et moi?", parent=other, may_quote=True)
        _quote(articles_fr, article, quoted)
        _quote(articles_fr, article, reply)
        closed = _quote(articles_fr, article, inside)
        closed.view_restrictions.create(restriction_type="login")

        def found_by(viewer) -> list[int]:
            view = load_conversation(article, viewer, Reading(show=Show.FEATURED))
            assert view.span.total == len(view.threads)
            return [thread.root.pk for thread in view.threads]

        assert found_by(AnonymousUser()) == [quoted.pk, other.pk]
        assert found_by(employee) == [quoted.pk, inside.pk, other.pk]
        body = client.get(f"{article.url}?show=featured").content.decode()
        assert f'id="{quoted.anchor}"' in body
        assert f'id="{inside.anchor}"' not in body


def _quote(section, article, comment):
    page = type(article)(title=f"Sur {comment.public_id}", introduction="<p>Oui.</p>")
    page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


class TestMeasure:
    def test_a_thread_shows_a_few_replies_and_says_how_many_more(self, client, article):
        [root] = plant(article, 1)
        plant(article, REPLIES_SHOWN + 12, root=root)
        thread = load_conversation(article, AnonymousUser()).threads[0]
        assert (len(thread.replies), thread.more_count) == (REPLIES_SHOWN, 12)
        assert f'href="{thread.more_url}" data-more' in client.get(article.url).content.decode()

    def test_a_page_of_busy_threads_keeps_its_measure(self, client, article):
        for root in plant(article, THREADS_PER_PAGE, words=150 * "mot "):
            plant(article, 6, root=root, words=100 * "mot ", is_counted=False)
        recount(article)
        view = load_conversation(article, AnonymousUser())
        assert len(view.threads) == THREADS_PER_PAGE
        assert sum(comment.size for thread in view.threads for comment in thread.comments) <= PAGE_SIZE
        assert len(client.get(article.url).content) <= 90_000

    def test_where_first_comments_alone_are_too_long_the_longest_are_folded(self, client, article):
        roots = plant(article, THREADS_PER_PAGE, words=1_200 * "mot ")
        view = load_conversation(article, AnonymousUser())
        assert len(view.threads) == THREADS_PER_PAGE
        body = client.get(article.url).content.decode()
        assert len(body.encode()) <= 90_000
        assert (
            f'<a href="/fr/conversation/{roots[-1].public_id}/thread/">Lire tout le commentaire</a>' in body
        )
        whole = client.get(view.threads[-1].more_url).content.decode()
        assert 1_000 * "mot " in whole
        assert view.threads[-1].root.size < LONGEST_FOLDED
        assert sum(thread.root.size for thread in view.threads) <= PAGE_SIZE

    def test_a_short_comment_is_never_folded(self, client, article, say):
        say(article, "Un mot.")
        assert "Lire tout le commentaire" not in client.get(article.url).content.decode()


class TestTheOrganisationsVoice:
    def test_an_answered_thread_says_so_at_its_root_and_leads_to_the_answer(
        self, client, article, say, answerer
    ):
        root = say(article, "Et le quai?")
        assert "comment__answered" not in client.get(article.url).content.decode()
        answer = say(article, "En mars.", parent=root, user=answerer, for_organisation=True)
        body = client.get(article.url).content.decode()
        assert f'<p class="comment__answered"><a href="#{answer.anchor}">' in body

    def test_where_the_answer_is_folded_it_leads_there_all_the_same(self, client, article):
        [root] = plant(article, 1)
        plant(article, REPLIES_SHOWN, root=root)
        [answer] = plant(article, 1, root=root, side=Side.ORGANISATION)
        body = client.get(article.url).content.decode()
        assert f'<p class="comment__answered"><a href="{answer.get_absolute_url()}">' in body
        assert client.get(answer.get_absolute_url())["Location"].endswith(f"/thread/#{answer.anchor}")

    def test_a_thread_that_the_organisation_began_is_no_answer(self, client, article):
        [root] = plant(article, 1, side=Side.ORGANISATION)
        plant(article, 1, root=root, side=Side.ORGANISATION)
        root.refresh_from_db()
        assert (root.answered_at, root.organisation_at) == (None, root.submitted_at)
        assert "comment__answered" not in client.get(article.url).content.decode()


class TestPermalinks:
    def lands_on(self, client, comment) -> str:
        """Return the address to which a permalink leads, having seen the comment there."""
        location = client.get(comment.get_absolute_url())["Location"]
        address, _sign, anchor = location.partition("#")
        assert anchor == comment.anchor
        assert f'id="{comment.anchor}"' in client.get(address).content.decode()
        return address

    @pytest.mark.parametrize("order", ["oldest", "newest"])
    def test_it_leads_to_the_page_that_one_comes_to_by_turning(self, client, article, site, order):
        ConversationSettings.objects.update_or_create(site=site, defaults={"order": order})
        roots = plant(article, COUNT)
        in_order = roots if order == "oldest" else roots[::-1]
        for number in (*EDGES, 3, THREADS_PER_PAGE + 7):
            start = number - number % THREADS_PER_PAGE
            query = f"?from={in_order[start].public_id}" if start else ""
            assert self.lands_on(client, in_order[number]) == article.url + query

    def test_a_reply_that_is_shown_is_read_in_the_conversation(self, client, article):
        roots = plant(article, THREADS_PER_PAGE + 1)
        replies = plant(article, REPLIES_SHOWN + 1, root=roots[-1])
        query = f"?from={roots[-1].public_id}"
        assert self.lands_on(client, replies[0]) == article.url + query
        assert self.lands_on(client, replies[REPLIES_SHOWN - 1]) == article.url + query
        assert self.lands_on(client, replies[REPLIES_SHOWN]).endswith(f"/{roots[-1].public_id}/thread/")

    def test_a_reply_for_which_the_page_has_no_room_is_read_in_its_thread(self, client, article):
        roots = plant(article, THREADS_PER_PAGE, words=220 * "mot ")
        [reply] = plant(article, 1, root=roots[0])
        view = load_conversation(article, AnonymousUser())
        assert view.threads[0].more_count == 1
        assert self.lands_on(client, reply).endswith(f"/{roots[0].public_id}/thread/")

    def test_a_reply_below_a_tombstone_is_found(self, client, article):
        [root] = plant(article, 1)
        [reply] = plant(article, 1, root=root)
        take_away(root)
        recount(article)
        assert self.lands_on(client, reply) == article.url

    @pytest.mark.parametrize("order", ["oldest", "newest"])
    def test_replies_below_first_comments_that_were_all_removed_are_found(self, client, article, site, order):
        ConversationSettings.objects.update_or_create(site=site, defaults={"order": order})
        roots = plant(article, THREADS_PER_PAGE + 10, is_counted=False)
        replies = [reply for root in roots for reply in plant(article, 1, root=root, is_counted=False)]
        recount(article)
        for root in roots:
            hide_comment(root, by=None)
        in_order = roots if order == "oldest" else roots[::-1]
        pages = list(walk(article, Reading(order=order)))
        assert [len(view.threads) for view in pages] == [THREADS_PER_PAGE, 10]
        assert [thread.root.pk for view in pages for thread in view.threads] == [root.pk for root in in_order]
        assert {view.span.total for view in pages} == {len(roots)}
        second = f"{article.url}?from={in_order[THREADS_PER_PAGE].public_id}"
        addresses = [self.lands_on(client, reply) for reply in replies]
        if order == "newest":
            addresses.reverse()
        assert addresses == [article.url] * THREADS_PER_PAGE + [second] * 10

    @pytest.mark.parametrize("status", ["hidden", "withdrawn", "erased"])
    @pytest.mark.parametrize("place", ["root", "reply", "folded reply"])
    def test_r27_a_tombstone_is_found_for_as_long_as_replies_hang_on_it(self, client, article, status, place):
        [root] = plant(article, 1)
        replies = plant(article, 2 if place == "reply" else 60, root=root)
        gone, reply = (root if place == "root" else replies[-2]), replies[-1]
        Comment.objects.filter(pk=reply.pk).update(parent=gone)
        take_away(gone)
        told = dict.fromkeys(("text", "html", "excerpt", "author_name"), "Canari")
        then = dict.fromkeys(("withdrawn_at", "erased_at"), gone.submitted_at)
        Comment.objects.filter(pk=gone.pk).update(status=status, **told, **then)
        recount(article)
        address = self.lands_on(client, gone)
        assert ("/thread/" in address) is (place == "folded reply")
        assert "Canari" not in client.get(address).text
        take_away(reply, *(replies if place == "root" else ()))
        recount(article)
        assert client.get(gone.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("status", ["unverified", "held", "rejected"])
    def test_r27_what_never_stood_there_is_not_found(self, client, article, say, status):
        root = say(article)
        say(article, parent=root)
        Comment.objects.filter(pk=root.pk).update(status=status, rejected_at=root.submitted_at)
        assert client.get(root.get_absolute_url()).status_code == 404

    def test_r27_a_tombstone_on_a_restricted_page_is_not_found_by_strangers(
        self, client, signed_in, internal_dialogue, employee, say
    ):
        root = say(internal_dialogue, user=employee)
        say(internal_dialogue, parent=root, user=employee)
        take_away(root)
        recount(internal_dialogue)
        assert client.get(root.get_absolute_url()).status_code == 404
        assert self.lands_on(signed_in(employee), root) == internal_dialogue.url

    @pytest.mark.parametrize("place", [0, 2, 3, 49, 50, 51, 99, 100, 119])
    def test_every_place_of_a_long_thread_is_found(self, client, article, place):
        [root] = plant(article, 1)
        replies = plant(article, 120, root=root)
        address = self.lands_on(client, replies[place])
        if place >= THREADS_PER_PAGE:
            assert f"from={replies[place - place % THREADS_PER_PAGE].public_id}" in address


class TestAThreadOfItsOwn:
    def test_its_pages_follow_one_another_and_say_where_one_is(self, client, article):
        [root] = plant(article, 1)
        replies = plant(article, 120, root=root)
        url = f"/fr/conversation/{root.public_id}/thread/"
        first = client.get(url)
        span = first.context["span"]
        assert (span.first, span.last, span.total) == (1, 50, 120)
        second = client.get(span.next_url).context["span"]
        assert (second.first, second.last, second.previous_url) == (51, 100, url)
        third = client.get(second.next_url).context["span"]
        assert (third.first, third.last, third.next_url) == (101, 120, "")
        assert third.previous_url.endswith(replies[50].public_id)
        assert "Réponses 1–50 sur 120" in first.content.decode()
