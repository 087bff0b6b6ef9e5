"""An editor writes an article: what it asks for, what it works out by itself."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import Author, BlogPage, BlogPageAuthor
from portal.models import Topic

pytestmark = pytest.mark.usefixtures("empty_portal")


def form_data(**changes):
    data = {
        "title": "Le quai sera refait",
        "slug": "le-quai-sera-refait",
        "introduction": rich_text(
            "<p>Les travaux commencent en mars.</p>", features=["bold", "italic", "link"]
        ),
        "lead_image": "",
        "lead_image_alt": "",
        "body": streamfield([]),
        "author_links": inline_formset([]),
        "related_links": inline_formset([]),
        "topics": [],
        "tags": "",
        "commenting_enabled": "on",
    }
    return nested_form_data({**data, **changes})


class TestWriting:
    def add_url(self, section):
        return reverse("wagtailadmin_pages:add", args=["blog", "blogpage", section.pk])

    def test_an_editor_publishes_an_article(self, signed_in, editor, articles_fr):
        data = form_data(**{"action-publish": "1"})
        response = signed_in(editor).post(self.add_url(articles_fr), data)
        assert response.status_code == 302, response.context["form"].errors
        page = BlogPage.objects.get()
        assert page.live
        assert page.owner == editor

    def test_a_draft_may_lack_the_introduction_but_not_what_is_published(
        self, signed_in, editor, articles_fr
    ):
        client, empty = signed_in(editor), rich_text("", features=[])
        assert client.post(self.add_url(articles_fr), form_data(introduction=empty)).status_code == 302
        again = form_data(introduction=empty, slug="autre", **{"action-publish": "1"})
        response = client.post(self.add_url(articles_fr), again)
        assert "introduction" in response.context["form"].errors
        assert BlogPage.objects.count() == 1

    def test_a_picture_needs_its_description_once_it_is_published(
        self, signed_in, editor, articles_fr, picture
    ):
        client = signed_in(editor)
        draft = form_data(lead_image=str(picture.pk))
        assert client.post(self.add_url(articles_fr), draft).status_code == 302
        data = form_data(slug="autre", lead_image=str(picture.pk), **{"action-publish": "1"})
        response = client.post(self.add_url(articles_fr), data)
        assert "lead_image_alt" in response.context["form"].errors
        assert not BlogPage.objects.live().exists()

    def test_r26_the_description_kept_with_the_picture_serves_where_none_is_given(
        self, signed_in, editor, articles_fr, picture
    ):
        picture.description = "Un quai au soleil"
        picture.save()
        data = form_data(lead_image=str(picture.pk), **{"action-publish": "1"})
        assert signed_in(editor).post(self.add_url(articles_fr), data).status_code == 302
        page = BlogPage.objects.live().get()
        assert 'alt="Un quai au soleil"' in Client().get(page.url).text
        page.lead_image_alt = "Le quai, vu du large"
        page.save()
        assert 'alt="Le quai, vu du large"' in Client().get(page.url).text

    def test_whoever_begins_it_stands_in_its_byline_where_they_are_an_author(
        self, signed_in, editor, articles_fr, articles_en, author
    ):
        Author.objects.create(name="Somebody", user=editor, locale=articles_en.locale)
        browser, address = signed_in(editor), self.add_url(articles_fr)
        byline = browser.get(address).context["form"].formsets["author_links"]
        assert [form.instance.author_id for form in byline.forms] == []
        author.user = editor
        author.save()
        byline = browser.get(address).context["form"].formsets["author_links"]
        assert [form.instance.author for form in byline.forms] == [author]
        # As a browser sends it, and with the one taken out again.
        kept = [{"id": "", "author": str(author.pk), "ORDER": "1", "DELETE": ""}]
        gone = [{"id": "", "author": str(author.pk), "ORDER": "1", "DELETE": "1"}]
        for slug, rows, expected in (("un", kept, [author]), ("deux", gone, [])):
            data = form_data(slug=slug, author_links=inline_formset(rows, initial=1))
            assert browser.post(address, data).status_code == 302
            assert BlogPage.objects.get(slug=slug).author_list == expected

    def test_there_is_no_box_for_menus_that_no_menu_heeds(self, signed_in, editor, articles_fr):
        form = signed_in(editor).get(self.add_url(articles_fr)).context["form"]
        assert "show_in_menus" not in form.fields
        assert {"slug", "seo_title", "search_description"} <= set(form.fields)

    def test_only_topics_of_the_language_are_offered(
        self, signed_in, editor, articles_fr, articles_en, topic
    ):
        Topic.objects.create(name="Energy", locale=articles_en.locale)
        response = signed_in(editor).get(self.add_url(articles_fr))
        assert list(response.context["form"].fields["topics"].queryset) == [topic]

    def test_the_same_author_twice_is_refused_with_a_sentence(self, signed_in, editor, articles_fr, author):
        twice = inline_formset([{"author": str(author.pk)}, {"author": str(author.pk)}])
        response = signed_in(editor).post(self.add_url(articles_fr), form_data(author_links=twice))
        assert response.status_code == 200
        assert not BlogPage.objects.exists()

    def test_comments_are_those_of_readers_alone(self, signed_in, editor, articles_fr):
        """Wagtail's remarks of editors to each other bear the same name, so they are switched off."""
        response = signed_in(editor).get(self.add_url(articles_fr))
        assert "comments" not in response.context["form"].formsets
        assert "w-comments" not in response.content.decode()

    def test_others_may_not_write(self, signed_in, employee, moderator, articles_fr, client):
        for person in (employee, moderator):
            response = signed_in(person).post(self.add_url(articles_fr), form_data())
            assert response.status_code in {302, 403, 404}
        assert client.post(self.add_url(articles_fr), form_data()).status_code == 401
        assert not BlogPage.objects.exists()

    def test_a_preview_shows_the_draft(self, signed_in, editor, articles_fr):
        client = signed_in(editor)
        url = reverse("wagtailadmin_pages:preview_on_add", args=["blog", "blogpage", articles_fr.pk])
        assert client.post(url, form_data()).json()["is_valid"]
        assert "Le quai sera refait" in client.get(url).content.decode()


class TestArticle:
    def test_a_live_picture_without_description_is_refused(self, articles_fr, picture):
        page = BlogPage(title="Sans texte", introduction="<p>Bonjour</p>", lead_image=picture)
        with pytest.raises(ValidationError) as refusal:
            articles_fr.add_child(instance=page)
        assert "lead_image_alt" in refusal.value.message_dict

    @pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (198, 1), (199, 2), (998, 5)])
    def test_reading_time_counts_the_words(self, write, words, minutes):
        # The introduction adds two words.
        body = [("paragraph", "<p>" + "mot " * words + "</p>")] if words else []
        page = write("Long", introduction="<p>Deux mots</p>", body=body)
        assert page.reading_minutes == minutes

    def test_an_update_note_gets_its_date(self, write):
        assert write("Corrigé", update_note="Le prix a changé.").updated_on == timezone.localdate()
        assert write("Tel quel").updated_on is None

    def test_it_stands_only_below_an_article_section(self, home_fr, articles_fr):
        assert BlogPage.can_create_at(articles_fr)
        assert not BlogPage.can_create_at(home_fr)

    def test_the_excerpt_is_the_introduction_without_markup(self, write):
        page = write("Extrait", introduction="<p>Un <b>mot</b> &amp; deux.</p><p>Puis trois.</p>")
        assert page.excerpt == "Un mot & deux. Puis trois."


class TestAuthor:
    def test_two_of_the_same_name_get_different_slugs(self, articles_fr, author):
        namesake = Author.objects.create(name=author.name, locale=articles_fr.locale)
        assert (author.slug, namesake.slug) == ("ngoc-lan-tremblay", "ngoc-lan-tremblay-2")

    def test_the_byline_keeps_its_order(self, write, author, articles_fr):
        other = Author.objects.create(name="Amina Diallo", locale=articles_fr.locale)
        assert write("À deux", authors=[author, other]).author_names == [author.name, other.name]
        assert BlogPageAuthor.objects.count() == 2
