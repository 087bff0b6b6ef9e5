"""Every page type knows its place, and every block introduces itself to editors."""

from collections.abc import Iterator

import pytest
from django.template.loader import get_template
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from portal.forms import BasePageForm
from portal.models import BasePage

PAGE_TYPES = [model for model in get_page_models() if model is not Page]


def offered_blocks() -> dict[str, blocks.Block]:
    """Return every block that an editor can pick on some page, by the name of its kind."""
    found: dict[str, blocks.Block] = {}
    for model in PAGE_TYPES:
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                found |= {
                    f"{type(block).__module__}.{type(block).__name__}": block
                    for block in walk(field.stream_block)
                }
    return found


def walk(stream: blocks.StreamBlock) -> Iterator[blocks.Block]:
    for child in stream.child_blocks.values():
        yield child
        if isinstance(child, blocks.StructBlock):
            for part in child.child_blocks.values():
                if isinstance(part, blocks.StreamBlock):
                    yield from walk(part)


BLOCKS = offered_blocks()


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
class TestPageTypes:
    def test_it_states_its_parents_and_children(self, model):
        stated = {name for kind in model.__mro__ if kind not in {Page, BasePage} for name in vars(kind)}
        for name in ("parent_page_types", "subpage_types"):
            assert name in stated, f"{model.__name__} must state {name}: without it, it may stand anywhere."

    def test_it_is_one_of_ours(self, model):
        assert issubclass(model, BasePage), (
            f"{model.__name__} must inherit portal.models.BasePage: it knows its audience."
        )

    def test_r25_its_form_settles_the_slug(self, model):
        assert issubclass(model.base_form_class, BasePageForm), (
            f"The form of {model.__name__} must inherit portal.forms.BasePageForm: it settles the slug."
        )

    def test_it_has_the_template_of_its_name(self, model):
        get_template(model.template)

    def test_it_can_be_previewed(self, model, db):
        assert model().preview_modes, f"{model.__name__} must offer a preview."


@pytest.mark.parametrize("block", BLOCKS.values(), ids=list(BLOCKS))
class TestBlocks:
    def test_it_has_an_icon_of_its_own(self, block):
        assert block.meta.icon != blocks.Block._meta_class.icon, say(block, "icon")

    def test_it_has_a_label(self, block):
        assert block.meta.label, say(block, "label")

    def test_it_stands_in_a_group(self, block):
        assert block.meta.group, say(block, "group")

    def test_it_describes_itself(self, block):
        assert block.get_description(), say(block, "description")

    def test_it_has_a_template(self, block):
        assert getattr(block.meta, "template", None), say(block, "template")
        get_template(block.meta.template)

    def test_it_shows_a_preview(self, block, administrator, signed_in):
        assert block.is_previewable, say(block, "preview_template and preview_value")
        address = reverse("wagtailadmin_block_preview")
        response = signed_in(administrator).get(address, {"id": block.definition_prefix})
        assert response.status_code == 200
        assert not response.context.get("error"), f"The preview of {type(block).__name__} fails."


def say(block: blocks.Block, what: str) -> str:
    return f"{type(block).__name__} must give its {what} in its Meta: editors choose blocks by it."


def test_there_are_blocks_and_pages():
    assert len(PAGE_TYPES) >= 5
    assert len(BLOCKS) >= 14
