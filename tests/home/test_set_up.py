"""An administrator sets the portal up, and runs the command again."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction, Revision, Site

from dialogue.models import ConversationSettings, InternalDialogueIndexPage
from home.actions import Account, setup_site
from home.models import HomePage, NavigationMenu, StandardPage
from people.groups import EMPLOYEES, the_group
from people.models import User
from portal.models import PortalSettings

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("new_portal")]


def run(*arguments):
    out = StringIO()
    call_command("setup_site", "--no-input", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def administrator(new_portal) -> User:
    """Somebody who may do everything, on a portal that has nobody else."""
    return User.objects.create_superuser("sylvio", "sylvio@example.org")


@pytest.fixture
def nothing(site):
    """The database as Wagtail's migrations leave it."""
    NavigationMenu.objects.all().delete()
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.update(root_page=welcome, hostname="localhost", port=80)
    for home in HomePage.objects.all():
        home.delete()
    Locale.objects.exclude(language_code="fr").delete()
    Group.objects.all().delete()
    PortalSettings.objects.all().delete()
    ConversationSettings.objects.all().delete()
    CollectionViewRestriction.objects.all().delete()


class TestFromNothing:
    def test_it_makes_everything(self, nothing, client):
        assert setup_site()
        assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="fr")
        names = {"Rédaction", "Modération", "Réponses", "Personnel"}
        assert set(Group.objects.values_list("name", flat=True)) >= names
        assert not Page.objects.filter(title__startswith="Welcome").exists()
        assert PortalSettings.objects.count() == ConversationSettings.objects.count() == 1
        for path in ("/fr/", "/en/", "/fr/articles/", "/en/articles/", "/fr/regles/", "/en/privacy/"):
            assert client.get(path).status_code == 200

    def test_a_second_run_changes_nothing_and_says_so(self, site):
        rows = (Page.objects.count(), Revision.objects.count(), NavigationMenu.objects.count())
        assert setup_site() == []
        assert rows == (Page.objects.count(), Revision.objects.count(), NavigationMenu.objects.count())
        assert "nothing was changed" in run()

    def test_what_an_administrator_changed_stays(self, site, home_fr):
        site.hostname, site.site_name = "parlons.example.org", "Nordet"
        site.save()
        home_fr.title = "Bienvenue"
        home_fr.save()
        assert setup_site() == []
        site.refresh_from_db()
        home_fr.refresh_from_db()
        assert (site.hostname, home_fr.title) == ("parlons.example.org", "Bienvenue")

    def test_a_site_that_was_removed_is_made_again(self, site):
        site.delete()
        [step] = [step for step in setup_site() if "answers at" in step]
        again = Site.objects.get()
        assert again.is_default_site
        assert again.root_page.specific == HomePage.objects.get(locale__language_code="fr")
        assert again.hostname in step

    def test_an_internal_section_that_stands_open_is_closed_again(self, site, client):
        """As after rows were loaded that bring pages without their restrictions: no signal tells."""
        section = InternalDialogueIndexPage.objects.first()
        restriction = PageViewRestriction.objects.get(page=section)
        restriction.groups.through.objects.filter(pageviewrestriction=restriction)._raw_delete("default")
        PageViewRestriction.objects.filter(pk=restriction.pk)._raw_delete("default")
        assert client.get(section.url).status_code == 200
        assert setup_site() == [f"Closed “{section.title}” to everybody but “Personnel”."]
        assert client.get(section.url).status_code == 302

    def test_what_is_missing_is_added(self, site):
        StandardPage.objects.filter(slug="privacy").first().delete()
        assert setup_site() == ["Published “Privacy”."]
        french, english = StandardPage.objects.filter(slug__in=["vie-privee", "privacy"]).order_by("path")
        assert french.translation_key == english.translation_key


class TestWhatItMakes:
    def test_every_page_has_its_twin_is_live_and_can_be_gone_back_to(self, site):
        pages = Page.objects.filter(depth__gt=1)
        keys = {page.translation_key for page in pages}
        assert pages.count() == 2 * len(keys)
        assert all(page.live and page.latest_revision_id and page.last_published_at for page in pages)

    def test_the_internal_section_is_closed_in_both_languages(self, client, site):
        for section in InternalDialogueIndexPage.objects.all():
            restriction = PageViewRestriction.objects.get(page=section)
            assert list(restriction.groups.all()) == [the_group(EMPLOYEES)]
            assert client.get(section.url).status_code == 302

    def test_the_internal_collection_is_closed(self, site):
        restriction = CollectionViewRestriction.objects.get(collection__name="Internal")
        assert list(restriction.groups.all()) == [the_group(EMPLOYEES)]

    def test_the_rules_and_the_privacy_notice_are_linked(self, site):
        settings = ConversationSettings.for_site(site)
        assert (settings.rules_page.slug, settings.privacy_page.slug) == ("regles", "vie-privee")


class TestAccount:
    def test_the_password_is_read_from_the_environment(self, site, monkeypatch):
        monkeypatch.setenv("PARLEY_ADMIN_PASSWORD", "lanterne-et-brume-7")
        out = run("--admin-email", "a@example.org", "--admin-username", "sylvie")
        user = User.objects.get(username="sylvie")
        assert user.is_superuser
        assert user.check_password("lanterne-et-brume-7")
        assert "lanterne" not in out

    def test_a_password_is_made_up_and_shown_once(self, site, monkeypatch):
        monkeypatch.delenv("PARLEY_ADMIN_PASSWORD", raising=False)
        out = run("--admin-email", "a@example.org")
        password = out.strip().splitlines()[-1].rsplit(" ", 1)[-1]
        assert User.objects.get(username="admin").check_password(password)
        assert password not in run("--admin-email", "a@example.org")

    def test_there_is_only_one_first(self, site, administrator):
        setup_site(account=Account("b@example.org", "b", "pw"))
        run("--admin-email", "c@example.org")
        assert User.objects.filter(is_superuser=True).count() == 1

    def test_without_an_address_nobody_is_made_and_it_says_so(self, site):
        assert "--admin-email" in run()
        assert not User.objects.filter(is_superuser=True).exists()

    def test_nonsense_and_taken_addresses_are_refused_with_a_sentence(self, site):
        editor = User.objects.create_user("maude", "maude@example.org")
        with pytest.raises(CommandError, match="not an email address"):
            run("--admin-email", "nonsense")
        with pytest.raises(CommandError, match="already"):
            run("--admin-email", editor.email.upper())
