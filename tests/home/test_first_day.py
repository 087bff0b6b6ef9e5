"""A new portal says what is left to do; its admin is the organisation's, and brings a guide."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from wagtail.users.models import UserProfile

from blog.models import Author
from home.views.first_steps import FirstStepsPanel
from home.views.guide import CHAPTERS
from portal.models import PortalSettings

HOME = "/admin/"
STEPS = "first-steps"


@pytest.fixture
def portal(site):
    return PortalSettings.for_site(site)


def name(portal):
    portal.name_fr = portal.name_en = "Nordet"
    portal.privacy_officer, portal.privacy_contact = "Anne Roy, directrice", "vie-privee@example.org"
    portal.save()


def done_by(administrator, portal):
    return [step.is_done for step in FirstStepsPanel(administrator, portal).steps]


class TestFirstSteps:
    def test_an_empty_portal_has_all_of_them_to_do(self, empty_portal, administrator, portal):
        assert done_by(administrator, portal) == [False] * 5

    def test_they_tick_themselves(self, empty_portal, administrator, portal, articles_fr, signed_in):
        name(portal)
        assert done_by(administrator, portal) == [True, True, False, False, False]
        html = signed_in(administrator).get(HOME).content.decode()
        assert html.count("first-steps__step--done") == 2
        assert reverse("wagtailadmin_pages:add", args=["blog", "blogpage", articles_fr.pk]) in html

    def test_two_authors_and_what_is_live_tick_the_others(self, administrator, portal, home_fr, signed_in):
        Author.objects.create(name="Anne", locale=home_fr.locale)
        assert done_by(administrator, portal) == [False, False, False, True, True]
        Author.objects.create(name="Luc", locale=home_fr.locale)
        assert done_by(administrator, portal)[2]
        assert STEPS in signed_in(administrator).get(HOME).content.decode()

    def test_they_are_gone_once_all_are_done(self, administrator, portal, home_fr, signed_in):
        name(portal)
        for author in ("Anne", "Luc"):
            Author.objects.create(name=author, locale=home_fr.locale)
        assert f'id="{STEPS}"' not in signed_in(administrator).get(HOME).content.decode()

    def test_whoever_closes_them_sees_them_no_more(self, empty_portal, administrator, signed_in):
        client = signed_in(administrator)
        sent = {FirstStepsPanel.dismissible_id: True}
        client.patch(reverse("wagtailadmin_dismissibles"), sent, content_type="application/json")
        assert UserProfile.objects.get(user=administrator).dismissibles == sent
        assert f'id="{STEPS}"' not in client.get(HOME).content.decode()

    def test_nobody_but_administrators_is_asked(self, empty_portal, editor, signed_in):
        assert f'id="{STEPS}"' not in signed_in(editor).get(HOME).content.decode()


class TestGuide:
    @pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_each_chapter_is_there_in_each_language(self, chapter, language, moderator, signed_in):
        UserProfile.objects.update_or_create(user=moderator, defaults={"preferred_language": language})
        html = signed_in(moderator).get(chapter.url).content.decode()
        with override(language):
            assert f'aria-current="page">{escape(chapter.title)}</a>' in html
        assert html.count("<h1") == 1

    def test_a_name_that_no_chapter_has_is_not_found(self, editor, signed_in):
        assert signed_in(editor).get("/admin/guide/nothing/").status_code == 404

    def test_it_takes_the_place_of_guides_elsewhere(self, administrator, signed_in):
        html = signed_in(administrator).get(HOME).content.decode()
        assert reverse("read_guide") in html
        assert "guide.wagtail.org" not in html


class TestName:
    def test_the_admin_is_the_organisations(self, administrator, portal, signed_in):
        name(portal)
        html = signed_in(administrator).get(HOME).content.decode()
        assert "- Nordet</title>" in html
        assert '<span class="admin-brand__name">Nordet</span>' in html
        assert "Wagtail" not in html.partition("</head>")[0]


class TestPrivacyNotice:
    def test_it_says_who_is_in_charge_in_each_language(self, client, portal):
        name(portal)
        for address in ("/fr/vie-privee/", "/en/privacy/"):
            html = client.get(address).content.decode()
            assert "Anne Roy, directrice, Nordet" in html
            assert 'href="mailto:vie-privee@example.org"' in html

    def test_another_page_does_not(self, client, portal):
        name(portal)
        assert "Anne Roy" not in client.get("/en/rules/").content.decode()

    def test_it_says_nothing_by_halves(self, client, portal):
        name(portal)
        PortalSettings.objects.update(privacy_contact="")
        assert "Anne Roy" not in client.get("/en/privacy/").content.decode()


class TestSetUp:
    def set_up(self, **said):
        call_command("setup_site", interactive=False, verbosity=0, **said)

    def test_it_takes_the_name_and_who_is_in_charge(self, site):
        self.set_up(organisation="Nordet", privacy_officer="Anne Roy", privacy_contact="418 555-0100")
        portal = PortalSettings.objects.get(site=site)
        assert (portal.name_fr, portal.name_en) == ("Nordet", "Nordet")
        assert portal.names_privacy_officer

    def test_what_the_settings_say_stays(self, site, portal):
        name(portal)
        self.set_up(organisation="Sudet", privacy_officer="Luc Roy")
        portal = PortalSettings.objects.get(site=site)
        assert portal.name_fr == "Nordet"
        assert portal.privacy_officer == "Anne Roy, directrice"

    def test_a_name_that_is_too_long_is_refused_with_a_sentence(self, site):
        with pytest.raises(CommandError, match="80"):
            self.set_up(organisation="N" * 81)
        assert not PortalSettings.objects.get(site=site).is_named
