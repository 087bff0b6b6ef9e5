"""Whatever changes is on the next page that anybody asks for, however warm the process is (T10).

What is remembered is shared by all threads of a process, and held to the number in the database: what another
process changes counts as much as what this one does.
"""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from blog.models import Author, BlogPage, BlogPageAuthor
from dialogue.actions import hide_comment, restore_comment, take_back_quotation, withdraw_comment
from dialogue.actions.erasures import erase_comments
from dialogue.blocks import quotation_of
from dialogue.models import ConversationSettings
from home.models import NavigationItem, NavigationMenu
from mail.models import ChoicePlace
from portal.models import PortalImage, PortalSettings, Topic
from tests.children import end_of, start

pytestmark = pytest.mark.usefixtures("bare_portal")

WORDS = "Il manque un banc à l’abri du vent."


@pytest.fixture
def read(client):
    """Return what a stranger reads at an address, asked twice, so that the second time it was remembered."""

    def read_warm(url, reader=client):
        first, second = (without_tokens(reader.get(url).content.decode()) for _time in range(2))
        assert first == second
        return second

    return read_warm


@pytest.fixture
def quoted(write, say):
    """A comment on one article, quoted in another."""
    comment = say(write("Les bancs"), WORDS, may_quote=True)
    quoting = write(
        "Vous le dites", body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
    )
    return comment, quoting


def without_tokens(text):
    """Return a page without the token of its form, which is another one each time."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)


def put(page, **fields):
    """Change a page as an editor does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def picture(colour):
    data = BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(data, "PNG")
    return ImageFile(data, name=f"{colour}.png")


class TestPages:
    def test_one_that_is_written_anew(self, read, write):
        article = write("Le quai")
        assert "Voici Le quai." in read(article.url)
        put(article, introduction="<p>Du bois et du fer.</p>")
        assert "Du bois et du fer." in read(article.url)

    def test_one_that_is_published_is_in_the_lists(self, read, write, home_fr, articles_fr):
        for url in (home_fr.url, articles_fr.url):
            assert "Le quai" not in read(url)
        write("Le quai")
        for url in (home_fr.url, articles_fr.url):
            assert "Le quai" in read(url)

    def test_one_that_is_taken_down(self, client, read, write, home_fr):
        article = write("Le quai")
        read(article.url)
        read(home_fr.url)
        article.unpublish()
        assert client.get(article.url).status_code == 404
        assert "Le quai" not in read(home_fr.url)

    def test_one_that_is_renamed(self, client, read, write, home_fr):
        article = write("Le quai")
        old = article.url
        read(old)
        read(home_fr.url)
        put(article, title="La jetée", slug="la-jetee")
        assert client.get(old).status_code in {301, 404}
        assert "/la-jetee/" in read(home_fr.url)
        assert "La jetée" in read(BlogPage.objects.get(pk=article.pk).url)

    def test_one_that_is_moved(self, client, read, write, articles_fr, articles_en):
        article = write("Le quai")
        old = article.url
        read(old)
        read(articles_fr.url)
        article.move(articles_en, pos="last-child")
        assert client.get(old).status_code in {301, 404}
        assert "Le quai" not in read(articles_fr.url)

    def test_a_section_that_is_renamed_in_the_way_back(self, read, write, articles_fr):
        article = write("Le quai")
        read(article.url)
        put(articles_fr, title="Nouvelles du port")
        assert "Nouvelles du port" in read(article.url)

    def test_a_twin(self, read, write, articles_en):
        article = write("Le quai")
        assert "hreflang" not in read(article.url).partition("</head>")[0]
        twin = article.copy_for_translation(articles_en.locale)
        twin.save_revision().publish()
        assert 'hreflang="en"' in read(article.url).partition("</head>")[0]

    def test_one_that_is_deleted(self, client, read, write, home_fr):
        article = write("Le quai")
        read(article.url)
        read(home_fr.url)
        article.delete()
        assert client.get(article.url).status_code == 404
        assert "Le quai" not in read(home_fr.url)


class TestRestrictions:
    def test_one_that_is_closed_and_opened(self, client, read, write, home_fr, signed_in, employee):
        article = write("Le quai")
        read(article.url)
        read(home_fr.url)
        restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
        assert client.get(article.url).status_code == 302
        assert "Le quai" not in read(home_fr.url)
        inside = signed_in(employee)
        assert "Le quai" in read(home_fr.url, inside)
        assert "og:title" not in read(article.url, inside)
        assert "Le quai" not in read(home_fr.url)
        restriction.delete()
        assert "Le quai" in read(home_fr.url)
        assert "og:title" in read(article.url)

    def test_a_group_that_may_pass_no_more(
        self, read, ask, internal_fr, signed_in, employee, outsider_employee
    ):
        dialogue = ask("Quel horaire ?", parent=internal_fr)
        inside, other = signed_in(employee), signed_in(outsider_employee)
        assert "Quel horaire ?" in read(internal_fr.url, inside)
        assert "Quel horaire ?" in read(internal_fr.url, other)
        employee.groups.clear()
        assert inside.get(dialogue.url).status_code == 404
        assert "Quel horaire ?" in read(internal_fr.url, other)


class TestFrame:
    def test_the_name_and_the_footer(self, read, site, home_fr):
        read(home_fr.url)
        PortalSettings.objects.update_or_create(
            site=site, defaults={"name_fr": "Nordet", "footer_fr": "<p>Depuis 1931.</p>"}
        )
        text = read(home_fr.url)
        assert "Nordet" in text
        assert "Depuis 1931." in text

    def test_the_menu(self, read, home_fr):
        read(home_fr.url)
        menu = NavigationMenu.objects.get(locale=home_fr.locale)
        item = NavigationItem.objects.create(menu=menu, address="/fr/nous/", label="Qui nous sommes")
        assert "Qui nous sommes" in read(home_fr.url)
        item.delete()
        assert "Qui nous sommes" not in read(home_fr.url)

    def test_the_line_beside_a_quotation(self, read, site, quoted):
        read(quoted[1].url)
        ConversationSettings.objects.update_or_create(
            site=site, defaults={"not_endorsed_fr": "Rien à signaler."}
        )
        assert "Rien à signaler." in read(quoted[1].url)

    def test_the_rules(self, read, site, write, home_fr):
        article = write("Le quai")
        read(article.url)
        ConversationSettings.objects.update_or_create(site=site, defaults={"rules_page": home_fr})
        assert "Règles de la conversation" in read(article.url)


class TestSubjects:
    def test_a_topic_that_is_renamed(self, read, write, articles_fr):
        topic = Topic.objects.create(name="Énergie", locale=articles_fr.locale)
        article = write("Le quai", topics=[topic])
        assert "Énergie" in read(article.url)
        topic.name = "Navires"
        topic.save()
        assert "Navires" in read(article.url)

    def test_an_author_whose_role_changes(self, read, write, articles_fr):
        author = Author.objects.create(
            name="Ngoc-Lan Tremblay", role="Planification", locale=articles_fr.locale
        )
        article = write("Le quai")
        article.author_links = [BlogPageAuthor(author=author, sort_order=0)]
        put(article)
        assert "Planification" in read(article.url)
        author.role = "Direction"
        author.save()
        assert "Direction" in read(article.url)

    def test_a_picture_that_is_replaced(self, read, write):
        image = PortalImage.objects.create(title="Le quai", file=picture("teal"))
        article = write("Le quai", lead_image=image, lead_image_alt="Un quai")
        before = read(article.url)
        image.file = picture("maroon")
        image._set_image_file_metadata()
        image.save()
        image.renditions.all().delete()
        assert "teal" in before
        assert "maroon" in read(article.url)


class TestQuotations:
    @pytest.fixture(autouse=True)
    def _seen(self, read, quoted, home_fr):
        self.urls = [quoted[1].url, home_fr.url]
        assert all(WORDS in read(url) for url in self.urls)

    def shown(self, read):
        return [WORDS in read(url) for url in self.urls]

    def test_a_comment_that_is_hidden_and_restored(self, read, quoted):
        hide_comment(quoted[0], by=None)
        assert self.shown(read) == [False, False]
        restore_comment(quoted[0], by=None)
        assert self.shown(read) == [True, True]

    def test_one_that_is_withdrawn(self, read, quoted):
        withdraw_comment(quoted[0], by=quoted[0].participant)
        assert self.shown(read) == [False, False]

    def test_one_that_is_erased(self, read, quoted):
        erase_comments(quoted[0].participant)
        assert self.shown(read) == [False, False]

    def test_a_consent_that_is_taken_back(self, read, quoted):
        take_back_quotation(quoted[0], by=quoted[0].participant, place=ChoicePlace.PAGE)
        assert self.shown(read) == [False, False]

    def test_its_page_taken_down(self, read, quoted):
        quoted[0].page.specific.unpublish()
        assert self.shown(read) == [False, False]

    def test_its_page_closed(self, read, quoted):
        PageViewRestriction.objects.create(page=quoted[0].page, restriction_type="login")
        assert self.shown(read) == [False, False]


class TestHours:
    """Nobody changes anything, and the page is another."""

    def test_a_dialogue_that_opens_and_closes(self, read, ask, home_fr, dialogues_fr, time_machine):
        now = timezone.now()
        time_machine.move_to(now, tick=False)
        ask(
            "Quel horaire ?",
            opens_at=now + timedelta(minutes=2),
            comments_close_at=now + timedelta(minutes=5),
        )
        assert "Quel horaire ?" not in read(home_fr.url)
        assert "state-badge--upcoming" in read(dialogues_fr.url)
        time_machine.move_to(now + timedelta(minutes=3), tick=False)
        assert "Quel horaire ?" in read(home_fr.url)
        assert "state-badge--upcoming" not in read(dialogues_fr.url)
        time_machine.move_to(now + timedelta(minutes=6), tick=False)
        assert "Quel horaire ?" not in read(home_fr.url)

    def test_a_dialogue_says_so_itself(self, read, ask, time_machine):
        now = timezone.now()
        time_machine.move_to(now, tick=False)
        dialogue = ask("Quel horaire ?", comments_close_at=now + timedelta(minutes=5))
        assert "state-badge--open" in read(dialogue.url)
        time_machine.move_to(now + timedelta(minutes=5), tick=False)
        assert "state-badge--closed" in read(dialogue.url)


class TestPersons:
    """What is remembered of one reader is nobody's own."""

    def test_each_reads_their_own_name(self, read, write, signed_in, employee, outsider_employee):
        article = write("Le quai")
        for user, other in ((employee, outsider_employee), (outsider_employee, employee)):
            text = read_once(signed_in(user), article.url)
            assert user.display_name in text
            assert other.display_name not in text
        assert employee.display_name not in read(article.url)

    def test_each_has_a_token_of_their_own(self, write, signed_in, employee):
        article = write("Le quai")
        tokens = {
            read_once(signed_in(employee), article.url).partition('csrfmiddlewaretoken" value="')[2][:64]
            for _time in range(2)
        }
        assert len(tokens) == 2

    def test_an_editor_is_told_why_and_no_reader_is(self, read, quoted, signed_in, editor, employee):
        hide_comment(quoted[0], by=None)
        told = "n’est plus publié"
        assert told in read_once(signed_in(editor), quoted[1].url)
        for reader in (signed_in(employee), Client()):
            assert told not in read_once(reader, quoted[1].url)
        assert told in read_once(signed_in(editor), quoted[1].url)

    def test_no_token_is_in_what_is_remembered(self, client, write):
        assert "csrfmiddlewaretoken" not in client.get(write("Le quai").url).content.decode()


def read_once(reader, url):
    return reader.get(url).content.decode()


def rename_elsewhere(pk, title):
    """Publish another title in a process of its own."""
    put(BlogPage.objects.get(pk=pk), title=title)


@pytest.mark.django_db(transaction=True)
def test_what_another_process_changes_shows_here(write):
    article = write("Le quai")
    client = Client()
    assert "Le quai" in client.get(article.url).content.decode()
    assert end_of(start(rename_elsewhere, article.pk, "La jetée")) == 0
    assert "La jetée" in client.get(article.url).content.decode()
