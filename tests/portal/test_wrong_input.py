"""What a form cannot take is told beside the field, with the way out; nothing ends in our fault (R02)."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import RequestFactory
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from blog.models import Author
from home.models import NavigationMenu
from portal.models import PortalImage, Topic
from portal.views.faults import answer_fault

pytestmark = [pytest.mark.database, pytest.mark.django_db]

TOPICS, AUTHORS, MENUS = (
    f"/admin/snippets/{name}/add/?locale=fr"
    for name in ("portal/topic", "blog/author", "home/navigationmenu")
)
NO_LINKS = {
    "items-TOTAL_FORMS": 0,
    "items-INITIAL_FORMS": 0,
    "items-MIN_NUM_FORMS": 0,
    "items-MAX_NUM_FORMS": 9,
}


@pytest.fixture
def desk(signed_in, administrator):
    return signed_in(administrator)


def said_of(response, field):
    """Return what the form says of a field; of all of it, under the field None."""
    form = response.context["form"]
    return " ".join(form.non_field_errors() if field is None else form.errors.get(field, []))


class TestNames:
    def test_r02_a_second_menu_is_refused(self, desk):
        assert NavigationMenu.objects.filter(locale__language_code="fr").count() == 1
        response = desk.post(MENUS, NO_LINKS)
        assert response.status_code == 200
        assert "déjà" in said_of(response, None)

    @pytest.mark.parametrize("name", ["Été", "ete", "ÉTÉ", "e\u0301te\u0301", " été "])
    def test_r02_a_topic_that_is_there_however_it_is_spelt(self, desk, name):
        assert desk.post(TOPICS, {"name": "Été", "slug": ""}).status_code == 302
        response = desk.post(TOPICS, {"name": name, "slug": ""})
        assert response.status_code == 200
        assert "Été" in said_of(response, "name")
        assert Topic.objects.filter(name__startswith="É").count() == 1

    @pytest.mark.parametrize("address", [TOPICS, AUTHORS])
    def test_r02_a_slug_that_is_taken_names_one_that_is_free(self, desk, address):
        desk.post(address, {"name": "Un quai", "slug": "quai"})
        response = desk.post(address, {"name": "Un autre", "slug": "Quài"})
        assert response.status_code == 200
        assert "quai-2" in said_of(response, "slug")
        assert desk.post(address, {"name": "Un autre", "slug": "quai-2"}).status_code == 302

    def test_r02_two_authors_of_one_name_have_each_their_slug(self, desk):
        for _time in range(3):
            assert desk.post(AUTHORS, {"name": "Marie Roy", "slug": ""}).status_code == 302
        assert sorted(Author.objects.values_list("slug", flat=True)) == [
            "marie-roy",
            "marie-roy-2",
            "marie-roy-3",
        ]

    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("日本", "riben"),
            ("Ελλάδα", "ellada"),
            ("Œuvres d’art", "oeuvres-dart"),
            ("Ægir", "aegir"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("Þór & Ðórr", "thor-dorr"),
            ("Été", "ete"),
            ("!!!", "topic"),
            ("—", "topic"),
            ("  ", None),
        ],
    )
    def test_r02_r25_no_slug_is_empty_or_has_accents(self, desk, name, slug):
        response = desk.post(TOPICS, {"name": name, "slug": ""})
        assert response.status_code == (302 if slug else 200)
        assert list(Topic.objects.values_list("slug", flat=True)) == ([slug] if slug else [])

    def test_r02_one_that_is_changed_is_not_in_its_own_way(self, desk):
        topic = Topic.objects.create(name="Été", locale=Locale.objects.get(language_code="fr"))
        response = desk.post(f"/admin/snippets/portal/topic/edit/{topic.pk}/", {"name": "Eté", "slug": "ete"})
        assert response.status_code == 302


def picture_file(kind):
    data = BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(data, kind)
    return data.getvalue()


class TestPictures:
    @pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
    @pytest.mark.parametrize("part", [0.5, 0.9])
    def test_r02_half_a_picture_is_refused(self, desk, kind, part):
        data = picture_file(kind)
        half = SimpleUploadedFile(f"quai.{kind}", data[: int(len(data) * part)], f"image/{kind}")
        response = desk.post("/admin/images/add/", {"title": "Le quai", "file": half, "collection": 1})
        assert response.status_code == 200
        assert said_of(response, "file")
        assert not PortalImage.objects.exists()

    @pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
    def test_r02_so_it_is_among_several(self, desk, kind):
        data = picture_file(kind)
        half = SimpleUploadedFile(f"quai.{kind}", data[: len(data) // 2], f"image/{kind}")
        answer = desk.post(
            "/admin/images/multiple/add/", {"title": "Le quai", "files[]": half, "collection": 1}
        )
        assert answer.status_code == 200
        assert answer.json()["success"] is False
        assert not PortalImage.objects.exists()

    def test_r02_each_of_several_gets_its_title(self, desk):
        whole = SimpleUploadedFile("quai.png", picture_file("png"), "image/png")
        sent = {"title": "quai", "files[]": whole, "collection": 1}
        made = desk.post("/admin/images/multiple/add/", sent).json()
        assert made["success"] is True
        number = made["image_id"]
        prefix = f"image-{number}"
        told = {f"{prefix}-title": "Le quai", f"{prefix}-collection": 1, f"{prefix}-tags": ""}
        answer = desk.post(f"/admin/images/multiple/{number}/", told)
        assert answer.json()["success"] is True, answer.json()
        assert PortalImage.objects.get().title == "Le quai"

    def test_r02_a_whole_one_is_taken(self, desk):
        whole = SimpleUploadedFile("quai.png", picture_file("png"), "image/png")
        assert (
            desk.post("/admin/images/add/", {"title": "Q", "file": whole, "collection": 1}).status_code == 302
        )


class TestAddresses:
    @pytest.mark.django_db(transaction=True)
    def test_r02_a_long_slug_may_be_changed(self, client, article, caplog):
        for slug in ("q" * 250, "quai", "quai-2"):
            article.slug = slug
            article.save_revision().publish()
            article.refresh_from_db()
            assert client.get(article.get_url()).status_code == 200
        assert client.get("/fr/articles/quai/", follow=True).redirect_chain == [("/fr/articles/quai-2/", 301)]
        assert f"an address of page {article.pk} has more than" in caplog.text
        assert not Redirect.objects.filter(old_path__contains="qqqq").exists()


class TestFaults:
    def test_r02_setting_up_comes_after_migrating(self, monkeypatch):
        monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
        with pytest.raises(CommandError, match="migrate"):
            call_command("setup_site", interactive=False)

    @pytest.mark.parametrize(
        "statement", ["SELEC 1", "SELECT * FROM nowhere", "SELECT nothing FROM portal_topic"]
    )
    def test_r02_what_we_asked_wrongly_is_no_load(self, statement):
        with pytest.raises(DatabaseError) as fault, connection.cursor() as cursor:
            cursor.execute(statement)
        assert answer_fault(RequestFactory().get("/fr/"), fault.value) is None
