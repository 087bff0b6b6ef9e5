"""A reader looks through the articles: filters, words, pages."""

from datetime import UTC, datetime

import pytest

from blog.models import Author, BlogIndexPage, sections
from portal.models import Topic
from tests.blog.conftest import publish
from tests.database import for_a_while

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("bare_portal")]


def titles(response):
    return [article.title for article in response.context["articles"]]


@pytest.fixture(scope="class")
def shelf(django_db_setup, django_db_blocker):
    """Two articles, for all tests of a class; returns the topic of the older one."""
    with django_db_blocker.unblock(), for_a_while():
        section = BlogIndexPage.objects.get(locale__language_code="fr")
        topic = Topic.objects.create(name="Énergie", slug="energie", locale=section.locale)
        publish(
            "Batterie",
            section,
            topics=[topic],
            authors=[
                Author.objects.create(name="Ngoc-Lan Tremblay", role="Planification", locale=section.locale)
            ],
            tags=["Nordet"],
            first_published_at=datetime(2024, 5, 1, tzinfo=UTC),
            body=[("paragraph", "<p>Le traversier électrique</p>")],
        )
        publish("Horaire", section, tags=["hiver"], first_published_at=datetime(2025, 5, 1, tzinfo=UTC))
        yield topic


@pytest.mark.every_case
class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Horaire", "Batterie"]),
            ("topic=energie", ["Batterie"]),
            ("author=ngoc-lan-tremblay", ["Batterie"]),
            ("tag=hiver", ["Horaire"]),
            ("year=2024", ["Batterie"]),
            ("query=traversier", ["Batterie"]),
            ("query=ELECTRIQUE", None),
            ("topic=energie&year=2024&query=traversier", ["Batterie"]),
            ("topic=energie&year=2025", []),
        ],
    )
    def test_each_narrows_the_list_and_they_combine(self, client, articles_fr, shelf, query, found):
        response = client.get(f"{articles_fr.url}?{query}")
        assert response.status_code == 200
        if found is not None:
            assert titles(response) == found

    @pytest.mark.parametrize(
        "query",
        [
            "topic=inconnu",
            "tag=inconnu",
            "author=inconnu",
            "year=1",
            "year=99999999999999999999",
            "year=²",
            "year=abcd",
            "year=-2024",
            "query=%22",
            "query=*",
            "query=AND",
            "query=" + "x" * 5000,
            "topic=a%00b",
            "query=%27%29%3B--",
        ],
    )
    def test_what_is_unknown_gives_an_empty_list_and_a_way_out(self, client, articles_fr, shelf, query):
        response = client.get(f"{articles_fr.url}?{query}")
        assert response.status_code == 200
        assert titles(response) == []
        empty = response.content.decode().partition('class="empty-list"')[2].partition("</ul>")[0]
        assert f'href="{articles_fr.url}"' in empty
        assert 'href="/fr/dialogues/"' in empty

    @pytest.mark.parametrize(
        "query", ["bogus=1", "query=%00", "topic=", "first_published_at__year=2024", "owner__password=a"]
    )
    def test_parameters_that_nobody_knows_change_nothing(self, client, articles_fr, shelf, query):
        assert len(titles(client.get(f"{articles_fr.url}?{query}"))) == 2

    @pytest.mark.parametrize("number", ["0", "-1", "99", "abc", ""])
    def test_a_page_that_is_not_there_leads_to_the_nearest(self, client, articles_fr, shelf, number):
        assert len(titles(client.get(f"{articles_fr.url}?page={number}"))) == 2

    def test_links_keep_the_other_filters(self, client, articles_fr, shelf):
        response = client.get(f"{articles_fr.url}?year=2024&query=traversier")
        topic_group = response.context["filter_groups"][0]
        assert "year=2024" in topic_group.choices[0].url
        assert "query=traversier" in topic_group.choices[0].url
        year_group = next(group for group in response.context["filter_groups"] if group.is_active)
        assert "year" not in year_group.all_url
        assert 'name="year" value="2024"' in response.content.decode()

    def test_the_feed_follows_the_topic(self, client, articles_fr, shelf):
        response = client.get(f"{articles_fr.url}?topic={shelf.slug}")
        assert "/feeds/topics/" in response.context["feed_url"]


class TestFronts:
    """A topic, an author, a year, a tag and each later page have a name and an address of their own."""

    @pytest.mark.parametrize(
        ("query", "heading"),
        [
            ("topic=energie", "Énergie"),
            ("author=ngoc-lan-tremblay", "Ngoc-Lan Tremblay"),
            ("year=2024", "2024"),
            ("tag=hiver", "hiver"),
        ],
    )
    def test_each_is_called_by_its_name(self, client, articles_fr, shelf, query, heading):
        response = client.get(f"{articles_fr.url}?{query}&bogus=1")
        front = response.context["front"]
        assert heading in front.heading
        html = response.content.decode()
        assert f"<bdi>{front.heading}</bdi></h1>" in html
        assert f"<title>{front.heading} · Articles · " in html
        assert f'<link rel="canonical" href="{articles_fr.full_url}?{query}">' in html
        assert f'<meta name="description" content="{front.description}">' in html
        assert "hreflang" not in html.partition("</head>")[0], "the other language has other lists"
        way_back = html.partition('class="breadcrumbs')[2].partition("</nav>")[0]
        assert f'href="{articles_fr.url}"' in way_back

    def test_a_topic_and_an_author_introduce_themselves(self, client, articles_fr, shelf, picture):
        Topic.objects.filter(pk=shelf.pk).update(introduction="Moins de diesel.")
        author = Author.objects.get(slug="ngoc-lan-tremblay")
        author.biography, author.portrait = "Elle compte.", picture
        author.save()
        topic = client.get(f"{articles_fr.url}?topic=energie").content.decode()
        assert topic.count("Moins de diesel.") == 3, "below its heading, and twice told to machines"
        html = client.get(f"{articles_fr.url}?author={author.slug}").content.decode()
        for shown in ("Elle compte.", "Planification", "page-head__portrait"):
            assert shown in html

    def test_a_later_page_says_which_it_is(self, client, articles_fr, shelf, monkeypatch):
        monkeypatch.setattr(sections, "ARTICLES_PER_PAGE", 1)
        html = client.get(f"{articles_fr.url}?page=2").content.decode()
        assert f'<link rel="canonical" href="{articles_fr.full_url}?page=2">' in html
        assert "<title>Articles · page 2 · " in html
        assert "page 2</small></h1>" in html
        first = client.get(f"{articles_fr.url}?page=1")
        assert first.context["front"] is None
        assert f'<link rel="canonical" href="{articles_fr.full_url}">' in first.content.decode()

    @pytest.mark.parametrize("query", ["topic=energie&year=2024", "query=traversier", "topic=inconnu"])
    def test_one_among_too_many_goes_by_the_name_of_its_section(self, client, articles_fr, shelf, query):
        response = client.get(f"{articles_fr.url}?{query}")
        assert response.context["front"] is None
        assert f'<link rel="canonical" href="{articles_fr.full_url}">' in response.content.decode()


class TestWhoSeesWhat:
    def test_drafts_and_closed_articles_are_neither_listed_nor_counted_nor_offered(
        self, client, signed_in, employee, write, close, articles_fr, topic
    ):
        canary = Author.objects.create(name="Canari", locale=articles_fr.locale)
        close(write("Fermé", topics=[topic], authors=[canary], tags=["canari"]))
        write("Brouillon", authors=[canary], tags=["canari"], is_live=False)
        write("Ouvert")
        response = client.get(articles_fr.url)
        assert titles(response) == ["Ouvert"]
        assert "anari" not in response.content.decode()
        assert titles(client.get(f"{articles_fr.url}?author=canari")) == []
        named = client.get(f"{articles_fr.url}?topic={topic.slug}")
        assert named.context["front"] is None, "what only closed articles are about is not named"
        assert titles(client.get(f"{articles_fr.url}?query=ferm%C3%A9")) == []
        assert titles(signed_in(employee).get(articles_fr.url)) == ["Ouvert", "Fermé"]

    def test_each_language_has_its_own(self, client, write, articles_fr, articles_en):
        write("Un")
        write("One", parent=articles_en)
        assert titles(client.get(articles_en.url)) == ["One"]


class TestPages:
    def test_a_section_without_articles_says_so_and_offers_no_search(self, client, articles_fr):
        text = client.get(articles_fr.url).content.decode()
        empty = text.partition('class="empty-list"')[2]
        assert 'href="/fr/dialogues/"' in empty
        assert 'id="search-articles"' not in text

    def test_twelve_to_a_page(self, client, write, articles_fr):
        for number in range(13):
            write(f"Article {number}")
        assert len(titles(client.get(articles_fr.url))) == 12
        assert len(titles(client.get(f"{articles_fr.url}?page=2"))) == 1

    def test_ten_cost_as_many_queries_as_two(
        self, client, write, articles_fr, topic, author, picture, count_cold_queries
    ):
        def publish(number):
            write(
                f"Article {number}",
                topics=[topic],
                authors=[author],
                tags=["hiver"],
                lead_image=picture,
                lead_image_alt="Un quai",
            )

        for number in range(2):
            publish(number)
        client.get(articles_fr.url)
        few = count_cold_queries(lambda: client.get(articles_fr.url))
        for number in range(8):
            publish(number + 2)
        assert count_cold_queries(lambda: client.get(articles_fr.url)) == few
        assert few <= 32
