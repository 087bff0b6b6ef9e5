"""Blocks introduce themselves, refuse what they cannot show, and name no page that a reader may not open."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import get_template
from django.test import Client, RequestFactory
from PIL import Image
from wagtail.blocks import StreamValue
from wagtail.models import Page

from people.models import User
from portal.blocks import PortalStreamBlock
from portal.models import PortalDocument, PortalImage

pytestmark = pytest.mark.django_db

NAMES = [
    "paragraph",
    "heading",
    "picture",
    "gallery",
    "block_quotation",
    "pull_quotation",
    "video",
    "document",
    "table",
    "callout",
    "key_figures",
    "questions",
    "call_to_action",
    "related_pages",
]
STREAM = PortalStreamBlock()
VIDEO = {"type": "video", "value": {"title": "Traversée", "address": "https://youtu.be/dQw4w9WgXcQ"}}


def stream_of(*children: dict) -> StreamValue:
    return STREAM.to_python(list(children))


def render(*children: dict, viewer: object = None) -> str:
    request = RequestFactory().get("/fr/")
    request.user = viewer or AnonymousUser()
    return stream_of(*children).render_as_block({"request": request})


def refusal_of(name: str, value: object) -> ValidationError:
    with pytest.raises(ValidationError) as refusal:
        STREAM.clean(stream_of({"type": name, "value": value}))
    return refusal.value


@pytest.fixture
def picture() -> PortalImage:
    file = BytesIO()
    Image.new("RGB", (1800, 1200), "#2a3a9c").save(file, "JPEG")
    image = PortalImage(title="Quai", credit="Photo : Nordet", file=ContentFile(file.getvalue(), "quai.jpg"))
    image.save()
    return image


@pytest.mark.parametrize("name", NAMES)
def test_every_block_introduces_itself(name: str) -> None:
    block = STREAM.child_blocks[name]
    advice = f"give {name} an icon, a group, a label, a description and both templates in its Meta"
    assert block.meta.icon, advice
    assert block.meta.icon != "placeholder", advice
    assert block.meta.group, advice
    assert block.meta.label, advice
    assert block.meta.description, advice
    assert get_template(block.meta.template), advice
    assert get_template(block.meta.preview_template), advice
    assert block.is_previewable, advice


def test_the_stream_holds_these_blocks_and_no_others() -> None:
    assert sorted(STREAM.child_blocks) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("has_pictures", [True, False])
def test_every_block_previews(
    name: str, has_pictures: bool, administrator: User, client: Client, request: pytest.FixtureRequest
) -> None:
    if has_pictures:
        request.getfixturevalue("picture")
    client.force_login(administrator)
    block = STREAM.child_blocks[name]
    page = client.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert page.status_code == 200
    assert "/static/css/parley.css" in page.text
    assert "/brand/" in page.text


def test_headings_skip_no_level_and_repeat_no_anchor() -> None:
    heading = {"text": "Été", "level": "h3"}
    html = render(*({"type": "heading", "value": heading} for _ in range(3)))
    assert '<h2 class="block-heading" id="s-ete">' in html
    assert '<h3 class="block-heading" id="s-ete-2">' in html
    assert '<h3 class="block-heading" id="s-ete-3">' in html


def test_words_are_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    html = render(
        {"type": "heading", "value": {"text": bad, "level": "h2"}},
        {"type": "block_quotation", "value": {"text": bad, "attribution": bad, "source_url": ""}},
        {"type": "pull_quotation", "value": {"text": bad, "attribution": bad}},
        {"type": "key_figures", "value": {"figures": [{"value": bad, "label": bad, "note": bad}]}},
        {"type": "questions", "value": {"questions": [{"question": bad, "answer": ""}]}},
        {"type": "call_to_action", "value": {"text": bad, "label": bad, "url": "https://example.org/"}},
        {
            "type": "table",
            "value": {
                "caption": bad,
                "columns": [{"type": "text", "heading": bad}],
                "rows": [{"values": [bad]}],
            },
        },
        {**VIDEO, "value": {**VIDEO["value"], "title": bad, "caption": bad}},
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 13
    assert "style=" not in html


def test_a_picture_comes_in_several_sizes_with_its_words(picture: PortalImage) -> None:
    value = {
        "image": {"image": picture.pk, "alt_text": "Un quai vide.", "decorative": False},
        "caption": "Le quai, avant six heures.",
        "credit": "",
    }
    html = render({"type": "picture", "value": value})
    assert 'alt="Un quai vide."' in html
    assert "srcset=" in html
    assert 'loading="lazy"' in html
    assert 'width="' in html
    assert 'height="' in html
    assert ".webp" in html
    assert "Le quai, avant six heures." in html
    assert "Photo : Nordet" in html


def test_a_picture_needs_words_or_is_said_to_be_decoration(picture: PortalImage) -> None:
    image = {"image": picture.pk, "alt_text": "", "decorative": False}
    assert refusal_of("picture", {"image": image, "caption": "", "credit": ""})
    decoration = {"image": {**image, "decorative": True}, "caption": "", "credit": "", "width": "text"}
    STREAM.clean(stream_of({"type": "picture", "value": decoration}))
    assert 'alt=""' in render({"type": "picture", "value": decoration})


def test_a_picture_that_was_deleted_leaves_no_trace() -> None:
    value = {"image": {"image": None, "alt_text": "x", "decorative": False}, "caption": "Quai"}
    assert "Quai" not in render({"type": "picture", "value": value})


def test_a_video_asks_nobody_before_the_click() -> None:
    html = render(VIDEO)
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in html
    assert 'data-src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?' in html
    assert "<iframe" not in html
    assert "src=" not in html.replace("data-src=", "")


def test_the_script_of_videos_reads_what_the_block_writes() -> None:
    script = (settings.BASE_DIR / "portal/static/js/video-embed.js").read_text()
    for name in re.findall(r"data-([a-z]+)=", render(VIDEO)):
        assert f"dataset.{name}" in script, (
            f"templates/blocks/video.html and video-embed.js differ about {name}"
        )


def test_a_video_without_a_poster_shows_its_title_and_a_mark(picture: PortalImage) -> None:
    document = PortalDocument.objects.create(title="Film", file=ContentFile(b"film", name="film.mp4"))
    with_poster = {**VIDEO["value"], "poster": picture.pk}
    ours = {"title": "Traversée", "address": "", "file": document.pk}
    for value in (VIDEO["value"], ours):
        html = render({"type": "video", "value": value})
        assert re.search(r'class="block-video__name"[^>]*>Traversée<', html)
        assert "block-video__mark" in html
    for value in (with_poster, {**ours, "poster": picture.pk}):
        assert "block-video__mark" not in render({"type": "video", "value": value})


def test_a_video_of_ours_waits_to_be_asked() -> None:
    document = PortalDocument(title="Film", file=ContentFile(b"film", "film.mp4"))
    document.save()
    html = render({"type": "video", "value": {"title": "Film", "address": "", "file": document.pk}})
    assert 'preload="none"' in html
    assert f'src="{document.file.url}"' in html
    assert 'type="video/mp4"' in html


@pytest.mark.parametrize("address", ["https://example.org/film", "javascript:alert(1)", ""])
def test_a_video_address_that_is_not_understood_is_refused_with_a_sentence(address: str) -> None:
    refusal = refusal_of("video", {"title": "Film", "address": address})
    assert refusal.block_errors[0].block_errors["address"].messages


def test_a_document_that_is_no_video_is_refused() -> None:
    document = PortalDocument(title="Page", file=ContentFile(b"%PDF", "page.pdf"))
    document.save()
    refusal = refusal_of("video", {"title": "Film", "address": "", "file": document.pk})
    assert refusal.block_errors[0].block_errors["file"].messages


def test_a_document_tells_its_kind_and_its_size() -> None:
    document = PortalDocument(title="Horaire", file=ContentFile(b"x" * 2048, "horaire.pdf"), file_size=2048)
    document.save()
    html = render({"type": "document", "value": {"document": document.pk, "title": ""}})
    assert document.url in html
    assert "Horaire" in html
    assert "PDF, 2,0" in html


def test_a_link_to_a_document_tells_its_kind_and_its_size_too() -> None:
    document = PortalDocument(title="Plan", file=ContentFile(b"x" * 2048, "plan <1>.pdf"), file_size=2048)
    document.save()
    link, gone = (f'<a linktype="document" id="{key}">le <b>plan</b></a>' for key in (document.pk, 0))
    text = f"<p>Voir {link}, {gone}.</p>"
    html = render({"type": "paragraph", "value": text})
    assert "le <b>plan</b></a> (PDF, 2,0" in html
    assert html.count("PDF") == 1
    document.file_size = None
    document.save()
    assert "</a> (PDF)" in render({"type": "paragraph", "value": text})


def test_a_table_names_its_columns_and_rows_and_can_be_scrolled_by_keyboard() -> None:
    value = {
        "caption": "Départs",
        "columns": [{"type": "text", "heading": "Mois"}, {"type": "number", "heading": "Nombre"}],
        "rows": [{"values": ["Janvier", 1234]}, {"values": ["Février", None]}],
    }
    html = render({"type": "table", "value": value})
    assert 'tabindex="0"' in html
    assert 'role="region"' in html
    assert 'aria-label="Départs"' in html
    assert '<th scope="col">Mois</th>' in html
    assert '<th scope="row">Janvier</th>' in html
    assert "None" not in html


def test_a_row_of_a_table_that_says_nothing_is_not_shown() -> None:
    value = {
        "caption": "Départs",
        "columns": [{"type": kind, "heading": kind} for kind in ("text", "number", "rich_text")],
        "rows": [
            {"values": ["Janvier", 12, "<p>À l’heure.</p>"]},
            {"values": ["", 0, ""]},
            {"values": [" ", None, '<p data-block-key="a1b2c"></p>']},
        ],
    }
    html = render({"type": "table", "value": value})
    assert html.count("<tr>") == 1 + 2, "the head, January, and the row that counts none"


@pytest.mark.parametrize(
    ("kind", "cells", "is_numeric"),
    [
        ("number", [12, None], True),
        ("text", ["870 L", "1 218 $", "moins de 0,01 t"], True),
        ("text", ["$226", "", "−4 %"], True),
        ("text", ["22 h 40", "21 h 50, puis la navette"], False),
        ("text", ["Quai 4", "Quai 5"], False),
        ("text", ["", " "], False),
        ("rich_text", ["<p>12</p>"], False),
    ],
)
def test_columns_of_figures_stand_to_the_right(kind: str, cells: list, is_numeric: bool) -> None:
    value = {
        "caption": "Une nuit à quai",
        "columns": [{"type": "text", "heading": "Année"}, {"type": kind, "heading": "Combien"}],
        "rows": [{"values": [str(2020 + row), cell]} for row, cell in enumerate(cells)],
    }
    html = render({"type": "table", "value": value})
    assert ('<th scope="col" class="block-table__number">Combien</th>' in html) is is_numeric
    assert html.count('<td class="block-table__number">') == (len(cells) if is_numeric else 0)
    assert '<th scope="col">Année</th>' in html, "what names the rows stands at their beginning"


def test_a_call_to_action_leads_to_one_place() -> None:
    both = {"text": "Venez", "label": "Aller", "page": 1, "url": "https://example.org/"}
    neither = {"text": "Venez", "label": "Aller", "page": None, "url": ""}
    assert refusal_of("call_to_action", neither)
    assert "https://example.org/" in render({"type": "call_to_action", "value": {**both, "page": None}})


def test_a_call_to_action_takes_a_page_or_an_address_not_both(home_fr: Page) -> None:
    both = {"text": "Venez", "label": "Aller", "page": home_fr.pk, "url": "https://example.org/"}
    assert refusal_of("call_to_action", both).block_errors[0].block_errors["url"].messages


def test_related_pages_are_those_that_the_reader_may_open(
    articles_fr: Page, internal_fr: Page, employee: User
) -> None:
    block = {"type": "related_pages", "value": {"title": "", "pages": [internal_fr.pk, articles_fr.pk]}}
    page = render(block)
    assert articles_fr.title in page
    assert internal_fr.title not in page
    assert internal_fr.slug not in page
    assert internal_fr.title in render(block, viewer=employee)
    alone = {"type": "related_pages", "value": {"title": "À lire", "pages": [internal_fr.pk]}}
    assert "À lire" not in render(alone)


def test_a_call_to_a_page_is_not_made_to_who_may_not_open_it(internal_fr: Page, employee: User) -> None:
    block = {"type": "call_to_action", "value": {"text": "Venez", "label": "Aller", "page": internal_fr.pk}}
    assert "Venez" not in render(block)
    assert internal_fr.url in render(block, viewer=employee)
