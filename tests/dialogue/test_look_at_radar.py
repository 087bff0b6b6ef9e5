"""Beside a page, its editor sees who waits, who may be quoted, and who was featured of late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from blog.models import BlogPage
from dialogue import consents
from dialogue.actions import hide_comment
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.radar import Share, count_featured, featurable_under, unanswered_under
from mail.models import ChoicePlace
from privacy.actions import record_consent
from tests.dialogue.many_comments import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def feature(articles_fr):
    """Publish an article that quotes comments, so many days ago."""

    def publish(*comments, days_ago=1, title="La parole"):
        page = BlogPage(
            title=title,
            introduction="<p>Voici.</p>",
            body=[("featured_comment", {"quotation": quotation_of(one), "why": ""}) for one in comments],
        )
        articles_fr.add_child(instance=page)
        page.save_revision().publish()
        moment = timezone.now() - timedelta(days=days_ago)
        FeaturedComment.objects.filter(page_id=page.pk).update(placed_at=moment)
        return page

    return publish


@pytest.fixture
def panel(signed_in, editor):
    """Return the panel beside a page as somebody sees it; empty where they have none."""

    def open_editor(page, by=editor):
        response = signed_in(by).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        return response.content.decode().partition('<div class="radar">')[2].partition("</aside>")[0]

    return open_editor


def counts(shares):
    return {share.label: share.count for share in shares}


class TestWhoWaits:
    def test_what_the_organisation_has_not_spoken_to_the_oldest_first(self, article, say, answerer, editor):
        old, answered, new = say(article, "Vieux."), say(article, "Répondu."), say(article, "Neuf.")
        say(article, "Merci.", user=answerer, for_organisation=True, parent=answered)
        say(article, "Une réponse.", parent=old)
        say(article, "Annonce.", user=answerer, for_organisation=True)
        assert list(unanswered_under(article, editor)) == [old, new]

    def test_nothing_that_is_gone_or_elsewhere(self, article, dialogue, say, editor):
        gone = say(article, "Masqué.")
        say(article, "Une réponse.", parent=gone)
        hide_comment(gone, by=None)
        say(dialogue, "Ailleurs.")
        assert not unanswered_under(article, editor).exists()


class TestWhoMayBeQuoted:
    def test_those_who_agreed_and_no_page_quotes_the_agreed_first(self, article, say, editor, feature):
        asked = say(article, "Demandez.")
        record_consent(asked.participant, consents.ASK, is_given=True, place=ChoicePlace.PAGE)
        agreed, featured = say(article, "Citez.", may_quote=True), say(article, "Cité.", may_quote=True)
        say(article, "Rien.")
        feature(featured)
        assert list(featurable_under(article, editor)) == [agreed, asked]

    def test_a_draft_that_quotes_one_leaves_it_there(self, article, say, editor, articles_fr):
        agreed = say(article, "Citez.", may_quote=True)
        body = [("featured_comment", {"quotation": quotation_of(agreed), "why": ""})]
        articles_fr.add_child(instance=BlogPage(title="Brouillon", body=body, live=False))
        assert FeaturedComment.objects.exists()
        assert list(featurable_under(article, editor)) == [agreed]

    def test_the_organisation_is_no_voice_to_feature(self, article, say, editor, answerer):
        say(article, "Nous.", user=answerer, for_organisation=True, may_quote=True)
        assert not featurable_under(article, editor).exists()

    def test_what_most_people_replied_to_comes_before(self, article, say, editor):
        first, second = say(article, "Un.", may_quote=True), say(article, "Deux.", may_quote=True)
        assert list(featurable_under(article, editor)) == [second, first]
        say(article, "Une réponse.", parent=first)
        assert list(featurable_under(article, editor)) == [first, second]


class TestWhoWasFeatured:
    def test_the_figures(self, article, say, editor, employee, feature):
        known = {"name": "Odile", "email": "o@example.org", "may_quote": True}
        odile = [say(article, f"Voix {number}.", **known) for number in range(2)]
        inside = say(article, "De la maison.", user=employee, may_quote=True)
        english = say(article, "In English.", name="Ann", may_quote=True)
        Comment.objects.filter(pk__in=[one.pk for one in (*odile, inside)]).update(words_language="fr")
        Comment.objects.filter(pk=english.pk).update(words_language="en")
        feature(*odile, inside, english)
        shares = count_featured(editor)
        assert shares.total == 4
        assert [(one.count, one.percent) for one in shares.by_side] == [(3, 75), (1, 25)]
        assert [(one.count, one.percent) for one in shares.by_language] == [(3, 75), (1, 25)]
        assert shares.by_person[0] == Share("Odile", 2, 4)
        assert counts(shares.by_person) == {"Odile": 2, "Ann": 1, inside.author_name: 1}

    def test_a_comment_counts_once_however_many_pages_quote_it(self, article, say, editor, feature):
        agreed = say(article, may_quote=True)
        feature(agreed), feature(agreed, title="Encore")
        assert count_featured(editor).total == 1

    def test_ninety_days_and_no_longer(self, article, say, editor, feature):
        feature(say(article, "Hier.", may_quote=True), days_ago=89)
        feature(say(article, "Jadis.", may_quote=True), days_ago=91)
        assert count_featured(editor).total == 1

    def test_what_readers_do_not_see_counts_for_nothing(self, article, say, editor, feature):
        hidden, agreed = say(article, "Masqué.", may_quote=True), say(article, "Cité.", may_quote=True)
        feature(say(article, "Sans accord."))
        feature(hidden)
        feature(agreed).unpublish()
        hide_comment(hidden, by=None)
        assert count_featured(editor).total == 0

    def test_nor_what_this_editor_may_not_read(self, article, say, editor, feature):
        page = feature(say(article, may_quote=True))
        PageViewRestriction.objects.create(page=page, restriction_type="groups")
        assert count_featured(editor).total == 0

    @pytest.mark.parametrize(("count", "total", "percent"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 3, 100)])
    def test_a_share_is_rounded(self, count, total, percent):
        assert Share("x", count, total).percent == percent


class TestThePanel:
    def test_it_leads_into_the_thread_and_to_a_new_article(self, panel, article, say):
        waiting, agreed = say(article, "Il manque un banc."), say(article, "Citez-moi.", may_quote=True)
        body = panel(article)
        assert waiting.get_absolute_url() in body
        assert f'action="{agreed.feature_url}"' in body
        assert reverse("dialogue_find_page_for_comment", args=[agreed.public_id]) in body
        assert f'action="{waiting.feature_url}"' not in body

    def test_its_button_starts_an_article(self, signed_in, editor, panel, article, say):
        agreed = say(article, "Citez-moi.", may_quote=True)
        assert 'name="csrfmiddlewaretoken" value="' in panel(article)
        signed_in(editor).post(agreed.feature_url)
        assert FeaturedComment.objects.get().comment == agreed

    def test_it_says_so_where_there_is_nothing(self, panel, article):
        body = panel(article)
        for sentence in ("No comment waits for an answer.", "Nobody was featured."):
            assert gettext(sentence) in body

    def test_it_says_how_many_more(self, panel, article):
        plant(article, 8)
        assert gettext("And %(count)s more.") % {"count": 3} in panel(article)

    def test_a_draft_has_it_too_and_a_page_without_comments_does_not(
        self, panel, article, say, home_fr, administrator
    ):
        say(article, "Il manque un banc.", may_quote=True)
        assert not panel(home_fr, by=administrator)
        article.unpublish()
        body = panel(article)
        assert gettext("Featured in the last 90 days, on the whole site") in body
        assert "Il manque un banc." not in body

    def test_nor_does_whoever_features_nothing(self, panel, article, editor):
        editor.groups.get(profile__key="editors").permissions.filter(codename="feature_comment").delete()
        assert not panel(article)

    def test_hostile_words_stay_words(self, panel, article, say):
        say(article, "<script>alert(1)</script>", name="<b>Odile</b>", may_quote=True)
        body = panel(article)
        assert "<script>alert" not in body
        assert "<b>Odile" not in body

    @pytest.mark.database
    def test_many_cost_as_many_queries_as_one(self, signed_in, editor, article, say, feature, count_queries):
        url, client = reverse("wagtailadmin_pages:edit", args=[article.pk]), signed_in(editor)
        say(article, may_quote=True)
        feature(say(article, "Cité.", may_quote=True))
        client.get(url)
        few = count_queries(lambda: client.get(url))
        plant(article, 300)
        feature(*(say(article, f"Cité {number}.", may_quote=True) for number in range(10)), title="Dix")
        client.get(url)
        assert count_queries(lambda: client.get(url)) <= few
