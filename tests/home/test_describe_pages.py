"""What is said of a page where it is found and shared: what was written for that, or its opening words."""

import re
from html import unescape

import pytest

from home.models import StandardPage
from portal.models import PortalSettings

LIMIT = 160
LONG = "Les bancs manquent à l’abri du vent. " * 12


@pytest.fixture
def described(client):
    """Return the description of a page as machines get it, which is the same in searches and on cards."""

    def read(page):
        text = client.get(page.url).text
        found = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="(.*?)">', text)
        assert not found or found == found[:1] * 2
        return unescape(found[0]) if found else ""

    return read


def test_what_was_written_for_it_goes_first(described, write):
    assert described(write("Le quai", search_description="Dit exprès.")) == "Dit exprès."


def test_an_article_begins_with_its_introduction_without_markup(described, write):
    page = write("Le quai", introduction="<p>Du <b>bois</b> &amp; du fer.</p><p>Ou pas.</p>")
    assert described(page) == "Du bois & du fer. Ou pas."


def test_it_is_cut_between_two_words(described, write):
    words = described(write("Le quai", introduction=f"<p>{LONG}</p>"))
    assert len(words) <= LIMIT
    assert words.endswith("…")
    assert LONG.startswith(words.removesuffix("…"))
    assert not LONG.removeprefix(words.removesuffix("…"))[0].isalpha()


def test_each_kind_of_page_has_opening_words(described, home_fr, articles_fr, dialogues_fr, ask):
    articles_fr.introduction, dialogues_fr.introduction = "Moins de < 2 pages.", "Nous demandons."
    articles_fr.save()
    dialogues_fr.save()
    plain = StandardPage(title="À propos", introduction="<p>Qui <i>nous</i> sommes.</p>")
    home_fr.add_child(instance=plain)
    assert described(articles_fr) == "Moins de < 2 pages."
    assert described(dialogues_fr) == "Nous demandons."
    assert described(ask("Quel horaire ?")) == "Quel horaire ?"
    assert described(plain) == "Qui nous sommes."


def test_without_any_the_organisation_speaks_for_itself(described, home_fr, site):
    assert described(home_fr) == ""
    PortalSettings.objects.update_or_create(site=site, defaults={"tagline_fr": "Parlons-nous."})
    assert described(home_fr) == "Parlons-nous."
