"""Lists by name are read in the order of the alphabet, whatever the database thinks of it (R21)."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from taggit.models import Tag

from blog.models import Author
from portal.models import Topic
from portal.sorting import sort_key_of
from tests.blog.conftest import publish
from tests.samples import so_many
from tests.speech import say

IN_ORDER = [
    *("!!!", "🚢", "1 quai", "10 quais", "2 quais"),
    *("À bord", "Abri", "abri", "Ægir", "Aéroport", "Âge", "âgé"),
    *("Baie", "Baie-Comeau", "Baie des Ha! Ha!", "Baignade"),
    *("Çà et là", "Cadre", "Cœur", "cote", "côte", "coté", "côté", "Coteau"),
    *("Eau", "École", "Écologie", "Écran", "E\u0301nergie", "Enfance", "Été", "été", "Étude", "İzmir"),
    *("L’Œuvre", "La rive", "Lætitia", "« Lévis »", "Łódź", "Moskva", "Москва", "Noël", "Œuvre", "Ordre"),
    *("日本", "Straße", "Strate", "Wałęsa", "Zoé", "ZOO"),
]
FEW = ["Eau", "Écran", "Œuvre", "Zoé"]


def shuffled(names):
    return names[::-2] + names[-2::-2]


class TestKeys:
    def test_r21_names_stand_where_readers_look_for_them(self):
        assert sorted(shuffled(IN_ORDER), key=sort_key_of) == IN_ORDER

    @given(st.text(max_size=30), st.text(max_size=30))
    @examples(max_examples=so_many(200, whole=2_000))
    def test_r21_any_two_names_have_an_order(self, one, other):
        assert (sort_key_of(one) == sort_key_of(other)) == (one == other)


@pytest.mark.database
@pytest.mark.django_db
class TestRows:
    @pytest.mark.parametrize("model", [Topic, Author])
    def test_r21_the_database_sorts_them_so(self, model, articles_fr):
        for name in shuffled(IN_ORDER):
            model.objects.create(name=name, locale=articles_fr.locale)
        assert list(model.objects.values_list("name", flat=True)) == IN_ORDER
        assert list(model.objects.reverse().values_list("name", flat=True)) == IN_ORDER[::-1]

    @pytest.mark.parametrize("fields", [None, ["name"], {"name", "slug"}])
    def test_r21_another_name_is_another_place(self, articles_fr, fields):
        for name in FEW:
            Topic.objects.create(name=name, locale=articles_fr.locale)
        topic = Topic.objects.get(name="Eau")
        topic.name = "Île"
        topic.save(update_fields=fields)
        assert list(Topic.objects.values_list("name", flat=True)) == ["Écran", "Île", "Œuvre", "Zoé"]


@pytest.fixture
def shelf(articles_fr):
    """Articles by few people on few subjects, and readers who answered."""
    for number, name in enumerate(shuffled(FEW)):
        topic, author = (
            model.objects.create(name=name, locale=articles_fr.locale) for model in (Topic, Author)
        )
        say(publish(name, articles_fr, topics=[topic], authors=[author], tags=[name, f"œ{number}"]))


def labels(choices):
    return [str(label) for _value, label in choices if str(label) in FEW]


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("shelf")
class TestLists:
    def test_r21_filters_of_readers(self, client, articles_fr):
        groups = client.get(articles_fr.url).context["filter_groups"]
        offered = [[choice.label for choice in group.choices if choice.label in FEW] for group in groups]
        assert [names for names in offered if names] == [FEW] * 3

    def test_r21_the_topics_of_an_article(self, articles_fr):
        page = publish("Tout", articles_fr, topics=Topic.objects.order_by("-name"))
        assert page.topic_names == FEW

    def test_r21_filters_of_moderators(self, signed_in, moderator):
        response = signed_in(moderator).get(reverse("moderation_comments:list_comments"))
        fields = response.context["filters"].form.fields
        sections = [str(label) for _value, label in fields["section"].choices][1:]
        assert sections == sorted(sections, key=sort_key_of)

    @pytest.mark.parametrize("model", [Topic, Author])
    def test_r21_listings_and_choosers_of_the_admin(self, signed_in, administrator, model):
        desk, name = signed_in(administrator), f"{model._meta.app_label}_{model._meta.model_name}"
        listing = f"wagtailsnippets_{name}:list"
        for query, order in (("", FEW), ("?ordering=sort_key", FEW), ("?ordering=-sort_key", FEW[::-1])):
            response = desk.get(reverse(listing) + query)
            assert [row.name for row in response.context["object_list"]] == order
            assert "ordering=-sort_key" in response.text or "ordering=sort_key" in response.text
        if model is Author:
            chosen = desk.get(reverse("wagtailsnippetchoosers_blog_author:choose"))
            assert [row.name for row in chosen.context["results"]] == FEW

    def test_r21_tags_that_are_suggested(self, signed_in, administrator):
        desk = signed_in(administrator)
        Tag.objects.create(name="Œil")  # it stands on nothing
        known = ["œ0", "œ1", "œ2", "œ3", "Œuvre"]
        for term, suggested in (
            ("œ", known),
            ("OE", known),
            ("œu", known[-1:]),
            ("eC", ["Écran"]),
            ("!", []),
        ):
            assert desk.get("/admin/tag-autocomplete/", {"term": term}).json() == suggested
