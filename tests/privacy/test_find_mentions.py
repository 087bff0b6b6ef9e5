"""R11: whoever answers a request sees which texts that stay still name the person, and none is changed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageLogEntry

from blog.models import Author, BlogPage
from demo.factories.people import verify_guest
from moderation.actions import hide_comment
from moderation.models import Decision
from people.groups import permission_named
from people.models import Participant, User
from portal.models import PortalDocument, PortalImage, Topic
from privacy.actions import ErasureReason
from privacy.mentions import LOOKED_AT, SHOWN, Mentions, Search, find_mentions, names_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

NAME, ADDRESS = "Zéphyrine d’Œuvrenuit-Łoś", "zephyrine@example.org"
SURE = {"reason": ErasureReason.ASKED, "is_sure": "on"}


@pytest.fixture(autouse=True)
def _notes(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def guest(site) -> Participant:
    return verify_guest(NAME, ADDRESS)


@pytest.fixture
def officer(moderator) -> User:
    """Fanny, who answers these requests; she may read every page and edit none."""
    moderator.user_permissions.add(permission_named("privacy.answer_privacy_request"))
    return User.objects.get(pk=moderator.pk)


@pytest.fixture
def found(guest, administrator) -> Callable[[], dict[str, Mentions]]:
    """What the administrator is shown, by kind."""
    return lambda: {mentions.kind: mentions for mentions in find_mentions(guest, by=administrator)}


def write(parent: Page, **fields: Any) -> BlogPage:
    page = BlogPage(**{"title": "Le quai", "introduction": "<p>Voici.</p>", "live": False, **fields})
    parent.add_child(instance=page)
    return page


def picture(**fields: str) -> PortalImage:
    return PortalImage(title="Quai", width=1, height=1, **fields)


def places_of(found: dict[str, Mentions]) -> list[str]:
    [mention] = found[gettext("Pages and drafts")].named
    return [str(place) for place in mention.places]


class TestHowNamesAreFound:
    """As a person would find them."""

    @pytest.mark.parametrize(
        "text",
        [
            NAME,
            "ZÉPHYRINE D'ŒUVRENUIT ŁOŚ",
            "zephyrine d oeuvrenuit los",
            "Łoś, Zéphyrine d’Œuvrenuit",
            "Ze\u0301phyrine d’Œuvrenuit-Los\u0301",
            "a dit <b>Zéphyrine</b>&nbsp;d’Œuvrenuit-Łoś, hier",
            "zephyrine-d-oeuvrenuit-los-prend-la-parole",
            "zephyrine@example.org",
        ],
    )
    def test_r11_however_it_is_spelt(self, found, articles_fr, text):
        for name in ("update_note", "introduction"):
            page = write(articles_fr, slug=f"p-{name}", **{name: text})
            assert [mention.title for mention in found()[gettext("Pages and drafts")].named] == [page.title]
            page.delete()

    @pytest.mark.parametrize(
        "text",
        [
            "Zéphyrine",
            "Łoś",
            "Zéphyrine d’Œuvrenuit-Łośka",
            "Azéphyrine d’Œuvrenuit-Łoś",
            "Zéphyrine et Paul d’Œuvrenuit-Łoś",
        ],
    )
    def test_r11_another_word_is_another_name(self, found, articles_fr, text):
        write(articles_fr, update_note=text)
        assert not found()

    @pytest.mark.parametrize("name", ["山田花子", "Дарья Иванова", "علي حسن", "Œ", "J. (R.) .*[a-z]+ ?"])
    def test_r11_names_in_any_letters_and_signs(self, articles_fr, name):
        page = write(articles_fr, body=[("paragraph", f"<p>Ainsi parlait {name}, hier.</p>")])
        rows = BlogPage.objects.all()
        assert [row.pk for row, _places in Search([name]).find(rows, ["body"])] == [page.pk]

    def test_r11_every_name_that_somebody_used_counts(self, guest, article, say):
        say(article, name="Zéa", email=ADDRESS)
        assert set(names_of(guest)) >= {NAME, "Zéa", ADDRESS}

    def test_r11_what_somebody_else_may_have_sent_under_the_address_names_nobody(self, guest, article, say):
        say(article, name="Un inconnu", email=ADDRESS, is_published=False, is_verified=False)
        assert set(names_of(guest)) == {NAME, ADDRESS}

    def test_r11_a_name_without_letters_is_none(self, site, article):
        guest = verify_guest("—", ADDRESS)
        assert names_of(guest) == [ADDRESS]
        assert list(Search([]).find(BlogPage.objects.all(), ["title"])) == []


class TestWhereTheyAreFound:
    def test_r11_in_a_draft_whose_page_says_nothing_of_them(self, found, articles_fr):
        page = write(articles_fr, live=True)
        page.body = [("paragraph", f"<p>{NAME}</p>")]
        page.save_revision(clean=False)
        assert places_of(found()) == [ngettext("%(count)s version", "%(count)s versions", 1) % {"count": 1}]

    def test_r11_in_title_address_versions_and_history(self, found, articles_fr, editor):
        page = write(articles_fr, title=f"{NAME} prend la parole")
        page.save_revision(user=editor, log_action="wagtail.edit", clean=False)
        page.title, page.slug = "Le quai", "le-quai"
        page.save(clean=False)
        assert set(places_of(found())) >= {
            ngettext("%(count)s version", "%(count)s versions", 1) % {"count": 1},
            gettext("history"),
        }
        page.title = f"{NAME} prend la parole"
        page.save(clean=False)
        assert places_of(found()).count(str(page._meta.get_field("title").verbose_name)) == 1
        assert PageLogEntry.objects.filter(label__contains=NAME).exists()

    @pytest.mark.parametrize(
        ("make", "kind"),
        [
            (lambda: picture(description=f"On voit {NAME}"), PortalImage),
            (lambda: picture(file="zephyrine-d-oeuvrenuit-los.jpg"), PortalImage),
            (lambda: PortalDocument(title=f"Lettre de {NAME}"), PortalDocument),
            (lambda: Author(name=NAME), Author),
            (lambda: Topic(name=f"Affaire {NAME}"), Topic),
            (lambda: Redirect(old_path="/fr/articles/zephyrine-d-oeuvrenuit-los"), Redirect),
        ],
    )
    def test_r11_in_pictures_documents_bylines_topics_and_redirects(self, found, articles_fr, make, kind):
        row = make()
        if hasattr(row, "locale_id"):
            row.locale = articles_fr.locale
        if hasattr(row, "collection_id"):
            row.collection = Collection.get_first_root_node()
        row.save()
        [mentions] = found().values()
        assert mentions.kind.casefold() == str(kind._meta.verbose_name_plural).casefold()
        assert mentions.named[0].url
        assert row == kind.objects.get()  # as it was

    def test_r11_in_what_others_said_and_in_what_moderators_noted(self, found, article, say, moderator):
        theirs = say(article, f"Comme dit {NAME}.", name="Paul Roy", email="paul@example.org")
        other = say(article, "Autre chose.", name="Paul Roy", email="paul@example.org")
        hide_comment(other, by=moderator, reason_code="other", reason_text=f"Vise {NAME}", note="")
        shown = found()
        assert [m.url for m in shown[gettext("what others said").capitalize()].named] == [
            theirs.get_absolute_url()
        ]
        assert shown[gettext("decisions on what others said").capitalize()].named

    def test_r11_what_goes_with_the_erasure_is_not_listed(self, found, article, say, moderator):
        own = say(article, f"Je suis {NAME}.", name=NAME, email=ADDRESS)
        hide_comment(own, by=moderator, reason_code="other", reason_text=f"Vise {NAME}", note=NAME)
        assert Decision.objects.exclude(note="").exists()
        assert not found()


class TestWhatIsShown:
    def answer(self, signed_in, who, guest, name="answer"):
        answer = signed_in(who).get(reverse(f"privacy_requests:{name}", args=[guest.pk]))
        assert answer.status_code == HTTPStatus.OK
        return answer.content.decode()

    @pytest.mark.parametrize("name", ["answer", "erase"])
    def test_r11_the_screens_name_what_may_be_opened(
        self, signed_in, administrator, guest, articles_fr, name
    ):
        page = write(articles_fr, title=f"{NAME} <b>parle</b>")
        body = self.answer(signed_in, administrator, guest, name)
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in body
        assert "&lt;b&gt;parle" in body

    def test_r11_who_may_not_open_a_draft_is_told_how_many_there_are(
        self, signed_in, officer, guest, articles_fr
    ):
        write(articles_fr, title="Projet secret", slug="a", update_note=NAME)
        live = write(articles_fr, title="Vu de tous", slug="b", update_note=NAME, live=True)
        body = self.answer(signed_in, officer, guest)
        assert "Projet secret" not in body
        assert live.url in body
        [mentions] = find_mentions(guest, by=officer)
        assert (len(mentions.named), mentions.others) == (1, 1)

    def test_r11_many_are_a_few_and_more(self, administrator, guest, articles_fr, count_queries):
        def look() -> list[Mentions]:
            return find_mentions(guest, by=User.objects.get(pk=administrator.pk))

        write(articles_fr, slug="premier", update_note=NAME)
        look()
        few = count_queries(look)
        topics = [
            Topic(name=f"{NAME} {n}", slug=f"t-{n}", locale=articles_fr.locale) for n in range(LOOKED_AT + 5)
        ]
        Topic.objects.bulk_create(topics)
        assert count_queries(look) <= few + 3
        of_topics = look()[1]
        assert of_topics.is_more
        assert len(of_topics.named) == SHOWN

    def test_r11_no_more_than_the_latest_versions_are_read(self, found, articles_fr, monkeypatch):
        monkeypatch.setattr("privacy.mentions.VERSIONS", 2)
        page = write(articles_fr)
        page.update_note = NAME
        page.save_revision(clean=False)
        page.update_note = ""
        page.save_revision(clean=False)
        assert found()
        page.save_revision(clean=False)
        assert not found()

    def test_r11_whoever_is_erased_is_looked_for_no_more(self, signed_in, administrator, guest, articles_fr):
        page = write(articles_fr, title=f"{NAME} parle", slug="x")
        client = signed_in(administrator)
        client.post(reverse("privacy_requests:erase", args=[guest.pk]), SURE)
        body = client.get(reverse("privacy_requests:answer", args=[guest.pk])).content.decode()
        assert NAME not in body
        assert BlogPage.objects.get(pk=page.pk).title == f"{NAME} parle"  # editors change it

    def test_r11_the_answer_says_that_texts_may_still_name_them(
        self, signed_in, administrator, guest, client
    ):
        signed_in(administrator).post(reverse("privacy_requests:erase", args=[guest.pk]), SURE)
        body = self.answer(signed_in, administrator, guest)
        assert "may still name you: tell us where" in body
        assert "Everything that our site kept about you is erased" not in body
        done = client.get(reverse("show_erased")).content.decode()
        said = gettext(
            "What others said, and articles of the organisation, may still name you. Write to us and say "
            "where: somebody will look at it."
        )
        assert said in done

    @pytest.mark.parametrize("has_account", [False, True])
    def test_r11_the_person_is_told_before(self, has_account):
        said = gettext(
            "articles and other texts of the organisation that name you in their words, title or address, "
            "with their earlier versions; tell us which, and somebody looks at them;"
        )
        assert said in render_to_string("privacy/_what_erasing_does.html", {"has_account": has_account})
