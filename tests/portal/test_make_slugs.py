"""Whatever is named gets an address in Latin letters, and the editor is shown the one it will get (R25)."""

import re

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from taggit.models import Tag
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import StandardPage
from portal.blocks.streams import PortalStreamBlock, arrange_outline
from portal.slugs import ALPHABETS, PAGE_MAX_LENGTH, formatters, free_slug, slug_of
from portal.widgets import PortalSlugInput
from tests.samples import so_many

WORDS = {
    "L’Œuvre d’été": "loeuvre-dete",
    "Œuvres": "oeuvres",
    "ŒUVRES & Cie": "oeuvres-cie",
    "Cœur, sœur et œil": "coeur-soeur-et-oeil",
    "Lætitia": "laetitia",
    "Ægir": "aegir",
    "Ça va où ? À Noël…": "ca-va-ou-a-noel",
    "e\u0301te\u0301": "ete",
    "Straße": "strasse",
    "GROẞ": "gross",
    "Łódź": "lodz",
    "Þór & Ðórr": "thor-dorr",
    "Ǆ ǅ ǆ": "dz-dz-dz",
    "İstanbul": "istanbul",
    "Diyarbakır": "diyarbakir",
    "ﬁnance": "finance",
    "eﬀort, ﬂot": "effort-flot",
    "Đà Nẵng": "da-nang",
    "Ångström": "angstrom",
    "Ελλάδα": "ellada",
    "Ἀθῆναι": "athinai",
    "Москва": "moskva",
    "Щука": "shchuka",
    "Ђорђе": "djordje",
    "Հայաստան": "hayastan",
    "საქართველო": "sakartvelo",
    "שלום עולם": "slvm-vlm",
    "مرحبا بالعالم": "mrhb-bllm",
    "日本": "riben",
    "한국": "hangug",
    "हिन्दी": "hindi",
    "𝓐bc Ａｂ": "abc-ab",
    "🚢": "ship",
    "№ 5": "no-5",
    "avant—après": "avant-apres",
    "« Entre guillemets »": "entre-guillemets",
    "l\u2019\u200bété\xa0!": "lete",
    "a/b\\c": "abc",
    "  -_ Bords _- ": "bords",
    "un\tdeux\ntrois": "un-deux-trois",
    "50 % de R&D": "50-de-rd",
    "!!!": "",
    "—": "",
    "\u0301\u0302": "",
    "": "",
}
LONG = "Élan " * 200
UNKNOWN_TO_BROWSERS = {"日本", "한국", "हिन्दी", "🚢", "𝓐bc Ａｂ"}


def propose(words: str) -> str:
    """Return what Wagtail's script (`urlify` of its CleanController) proposes with our patterns."""
    words = words.strip()
    for pattern, written in formatters():
        words = re.sub(pattern, written, words)
    words = re.sub(r"[^-\w\s]", "", words.lower(), flags=re.ASCII)
    return re.sub(r"[-\s]+", "-", words)[:PAGE_MAX_LENGTH].rstrip("-")


ANY_LETTER = st.one_of(
    st.characters(max_codepoint=0x7F, min_codepoint=0x20),
    *(
        st.characters(min_codepoint=first, max_codepoint=end - 1, exclude_categories=["Cn"])
        for first, end in ALPHABETS
    ),
)


class TestWords:
    @pytest.mark.parametrize(("words", "slug"), WORDS.items())
    def test_r25_letters_of_all_alphabets(self, words, slug):
        assert slug_of(words) == slug
        assert free_slug(words, (), instead="page") == slug or slug == ""
        assert free_slug(words, {slug}, instead="page") == (f"{slug}-2" if slug else "page")

    @given(st.text(max_size=60))
    @example(LONG)
    @examples(max_examples=so_many(200, whole=3_000))
    def test_r25_any_words(self, words):
        slug = free_slug(words, (), instead="page", max_length=PAGE_MAX_LENGTH)
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", slug)
        assert len(slug) <= PAGE_MAX_LENGTH
        assert slug_of(slug, max_length=PAGE_MAX_LENGTH) == slug

    def test_r25_accents_stay_where_the_site_lets_them(self, settings):
        settings.WAGTAIL_ALLOW_UNICODE_SLUGS = True
        assert slug_of("L’Œuvre d’été") == "lœuvre-dété"
        assert "data-w-slug-formatters-value" not in PortalSlugInput().attrs


class TestProposals:
    """What is proposed while the title is typed is what the server makes."""

    @pytest.mark.parametrize("words", [words for words in WORDS if words not in UNKNOWN_TO_BROWSERS])
    def test_r25_as_the_server_makes_it(self, words):
        assert propose(words) == slug_of(words)

    @pytest.mark.parametrize("words", ["日本", "한국", "🚢"])
    def test_r25_nothing_where_the_browser_knows_no_letters(self, words):
        assert propose(words) == ""

    @given(st.text(ANY_LETTER, max_size=40))
    @examples(max_examples=so_many(200, whole=3_000))
    def test_r25_any_words_of_the_alphabets(self, words):
        assert propose(words) == slug_of(words, max_length=PAGE_MAX_LENGTH)


class TestAnchors:
    @pytest.mark.parametrize(
        ("texts", "anchors"),
        [
            (["Œuvres"], ["s-oeuvres"]),
            (["مرحبا", "שלום", "日本"], ["s-mrhb", "s-slvm", "s-riben"]),
            (["!!!", "—", ""], ["s-heading", "s-heading-2", "s-heading-3"]),
            (["Été", "Ete", "ÉTÉ"], ["s-ete", "s-ete-2", "s-ete-3"]),
            (["Heading", "!!!"], ["s-heading", "s-heading-2"]),
            (["x" * 120], ["s-" + "x" * 60]),
        ],
    )
    def test_r25_each_heading_has_its_own(self, texts, anchors):
        stream = PortalStreamBlock().to_python(
            [{"type": "heading", "value": {"text": text, "level": "h2"}} for text in texts]
        )
        arrange_outline(stream)
        assert [child.value.anchor for child in stream] == anchors


@pytest.fixture
def desk(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def post(desk, home_fr):
    """Add a plain page by the form of the admin; return the answer."""

    def send(title, slug, **more):
        data = {
            "title": title,
            "slug": slug,
            "introduction": rich_text("<p>Un</p>", features=["bold", "italic", "link"]),
            "body": streamfield([]),
            **more,
        }
        return desk.post(
            reverse("wagtailadmin_pages:add", args=["home", "standardpage", home_fr.pk]),
            nested_form_data(data),
        )

    return send


def slugs():
    return list(StandardPage.objects.order_by("-pk").values_list("slug", flat=True))


class TestPages:
    @pytest.mark.parametrize(
        ("title", "slug", "made"),
        [
            ("L’Œuvre d’été", "", "loeuvre-dete"),
            ("L’Œuvre d’été", "Œuvre-d-été", "oeuvre-d-ete"),
            ("日本", "", "riben"),
            ("!!!", "", "page"),
            ("Quai", "МОСКВА", "moskva"),
            (LONG[:255], "", slug_of(LONG[:255], max_length=255)),
        ],
    )
    @pytest.mark.parametrize("act", [{}, {"action-publish": "1"}])
    def test_r25_the_form_settles_it(self, post, title, slug, made, act):
        assert post(title, slug, **act).status_code == 302
        assert slugs()[0] == made

    def test_r25_one_that_is_taken_is_numbered_or_refused(self, post):
        for expected in ("ete", "ete-2", "ete-3"):
            assert post("Été", "").status_code == 302
            assert slugs()[0] == expected
        response = post("Autre", "été", **{"action-publish": "1"})
        assert response.status_code == 200
        assert response.context["form"].errors["slug"]

    def test_r25_no_form_no_accents(self, home_fr):
        names = ["Été", "Ete", "ÉTÉ", "日本", "🚢", "!!!", "???"]
        for name in names:
            home_fr.add_child(instance=StandardPage(title=name, introduction="<p>Un</p>", live=name != "Ete"))
        made = ["ete", "ete-2", "ete-3", "riben", "ship", "page", "page-2"]
        assert slugs()[: len(names)] == made[::-1]

    def test_r25_a_very_long_one_has_room_for_its_number(self, home_fr):
        for _time in range(3):
            home_fr.add_child(instance=StandardPage(title="x" * 255, introduction="<p>Un</p>"))
        assert [slug[-3:] for slug in slugs()[:3]] == ["x-3", "x-2", "xxx"]
        assert {len(slug) for slug in slugs()[:3]} == {255}

    @pytest.mark.parametrize("action", ["copy", "create_alias"])
    def test_r25_the_api_of_the_admin_too(self, desk, home_fr, action):
        page = home_fr.add_child(instance=StandardPage(title="Été", introduction="<p>Un</p>"))
        given = {"copy": "slug", "create_alias": "update_slug"}[action]
        answer = desk.post(
            f"/admin/api/main/pages/{page.pk}/action/{action}/",
            {given: "œuvre-été", "recursive": "false"},
            content_type="application/json",
        )
        assert answer.status_code == 201, answer.content
        assert slugs()[0] == "oeuvre-ete"

    def test_r25_the_fields_of_the_admin_know_the_letters(self, desk, home_fr):
        page = home_fr.add_child(instance=StandardPage(title="Été", introduction="<p>Un</p>"))
        for name in ("edit", "copy"):
            text = desk.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).text
            assert "data-w-slug-formatters-value" in text


@pytest.mark.django_db
def test_r25_tags_have_slugs_like_everything_else():
    names = ["Énergie", "œuvre", "日本", "🚢", "!!!", "???", "ENERGIE"]
    made = [Tag.objects.create(name=name).slug for name in names]
    assert made == ["energie", "oeuvre", "riben", "ship", "tag", "tag_1", "energie_1"]
