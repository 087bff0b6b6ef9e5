"""A stranger reads: with the caches of a site that has no Redis, reading is only reading."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dialogue.blocks import quotation_of
from portal.editions import forget_everything
from portal.models import PortalImage, Topic
from portal.settings import base

SITE_ROOTS = "wagtail_site_root_paths"
SITE_ROOTS_READ = 2  # for the request, and for the address that the page knows of itself


@pytest.fixture(autouse=True)
def _caches_of_a_site_without_redis(db, settings):
    settings.CACHES = base.CACHES


@pytest.fixture
def picture(site):
    file = BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(file, "PNG")
    return PortalImage.objects.create(title="Le quai", file=ImageFile(file, name="quai.png"))


@pytest.fixture
def read(client):
    """Return the statements of a stranger's second view of a page: the first has cut the pictures."""

    def read_again(page):
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.url).status_code == 200
        return [query["sql"] for query in queries]

    return read_again


@pytest.fixture(params=["home", "article", "dialogue"])
def page(request, home_fr, write, ask, say, picture):
    """Each of the three kinds of page that most people read, all of them with something on them."""
    dialogue = ask("Quel horaire pour l’hiver ?")
    for number in range(3):
        ask(f"Et la question {number} ?")
    comment = say(dialogue, may_quote=True)
    article = write(
        "Le quai",
        lead_image=picture,
        lead_image_alt="Un quai",
        body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})],
    )
    say(article)
    return {"home": home_fr, "article": article, "dialogue": dialogue}[request.param]


def test_nothing_is_written(read, page):
    assert [sql for sql in read(page) if not sql.startswith("SELECT")] == []


def test_where_the_sites_begin_is_asked_no_more_often_than_needed(read, page):
    assert len([sql for sql in read(page) if SITE_ROOTS in sql]) <= SITE_ROOTS_READ


def test_a_list_of_dialogues_asks_it_no_more_often_for_more_of_them(read, dialogues_fr, ask):
    for number in range(5):
        ask(f"Question {number} ?")
    assert len([sql for sql in read(dialogues_fr) if SITE_ROOTS in sql]) <= SITE_ROOTS_READ


@pytest.mark.parametrize("kind", ["home", "articles", "article"])
def test_a_picture_is_cut_when_it_is_first_shown_and_never_again(
    client, home_fr, articles_fr, write, picture, monkeypatch, kind
):
    topic = Topic.objects.create(name="Quais", locale=home_fr.locale)
    shown = {"lead_image": picture, "lead_image_alt": "Un quai", "topics": [topic]}
    article, _akin, _older = (write(f"Le quai {number}", **shown) for number in range(3))
    url = {"home": home_fr.url, "articles": articles_fr.url, "article": article.url}[kind]
    cut = []

    def note_and_cut(image, given, **options):
        cut.append(given.spec)
        return cut_picture(image, given, **options)

    cut_picture = PortalImage.generate_rendition_file
    monkeypatch.setattr(PortalImage, "generate_rendition_file", note_and_cut)
    client.get(url)
    assert cut
    assert len(cut) == len(set(cut))
    cut.clear()
    forget_everything()
    client.get(url)
    assert cut == []
