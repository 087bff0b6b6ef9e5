"""An editor makes the English twin of an article."""

import pytest
from django.urls import reverse

from blog.models import Author, BlogPage
from dialogue.blocks import quotation_of
from dialogue.models import DialoguePage
from portal.models import Topic


@pytest.fixture
def translate(signed_in):
    def submit(page, by, locale):
        url = reverse("simple_translation:submit_page_translation", args=[page.pk])
        return signed_in(by).post(url, {"locales": [locale.pk], "include_subtree": ""})

    return submit


def test_the_twin_is_a_draft_in_the_other_section(write, translate, editor, articles_en):
    page = write("Le quai", body=[("paragraph", "<p>Tout commence ici.</p>")])
    response = translate(page, editor, articles_en.locale)
    twin = BlogPage.objects.get(locale=articles_en.locale)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[twin.pk])
    assert not twin.live
    assert twin.get_parent().specific == articles_en
    assert twin.translation_key == page.translation_key
    assert "Tout commence ici." in str(twin.body)


def test_authors_and_topics_are_those_of_its_language(write, translate, editor, articles_en, author, topic):
    english = topic.copy_for_translation(articles_en.locale)
    english.name, english.slug = "Energy", "energy"
    english.save()
    alone = Topic.objects.create(name="Rien qu’ici", locale=topic.locale)
    page = write("Le quai", authors=[author], topics=[topic, alone])
    translate(page, editor, articles_en.locale)
    twin = BlogPage.objects.get(locale=articles_en.locale)
    for version in (twin, twin.get_latest_revision_as_object()):
        assert version.topic_names == ["Energy"]
        [signed] = version.author_list
        assert (signed.name, signed.role, signed.locale) == (author.name, "", articles_en.locale)
    assert Author.objects.count() == 2
    assert page.author_list == [author]


def test_a_quotation_gets_a_row_of_its_own(write, say, translate, editor, articles_en):
    page = write("Suite", source_page=None)
    comment = say(write("Le quai"), may_quote=True)
    page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
    page.save_revision().publish()
    translate(BlogPage.objects.get(pk=page.pk), editor, articles_en.locale)
    twin = BlogPage.objects.get(locale=articles_en.locale)
    draft = twin.get_latest_revision_as_object()
    assert [block.value["quotation"].page_id for block in draft.body] == [twin.pk]


def test_a_dialogue_has_its_twin_too(dialogues_fr, dialogues_en, translate, editor):
    dialogue = DialoguePage(title="Quel horaire ?", question="Quel horaire ?")
    dialogues_fr.add_child(instance=dialogue)
    translate(dialogue, editor, dialogues_en.locale)
    assert DialoguePage.objects.get(locale=dialogues_en.locale).get_parent().specific == dialogues_en


@pytest.mark.parametrize("who", ["moderator", "answerer", "employee"])
def test_others_are_refused(write, translate, request, who, articles_en):
    translate(write("Le quai"), request.getfixturevalue(who), articles_en.locale)
    assert not BlogPage.objects.filter(locale=articles_en.locale).exists()
