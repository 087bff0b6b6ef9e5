"""What authors are told of each reason: a text that ships, or the site's own, in their language."""

from http import HTTPStatus

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from dialogue.actions import status_token
from dialogue.models import Comment, ConversationSettings
from mail.actions import process_mail
from moderation.actions import reject_comment
from moderation.models import ModerationSettings, Reason
from moderation.models.reasons import fill_message, refuse_placeholders

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OWN = "Bonjour {name}. Sous « {title} », on parle du quai."


@pytest.fixture
def own(site) -> ModerationSettings:
    defaults = {"off_topic_fr": OWN, "off_topic_en": "Hello {name}."}
    return ModerationSettings.objects.update_or_create(site=site, defaults=defaults)[0]


@pytest.fixture
def rejected(article, receive, moderator) -> Comment:
    comment = receive(article, "Et les bancs ?", "Camille Roy", email="camille@example.org")
    reject_comment(comment, by=moderator, reason_code="off_topic", reason_text="Les bancs sont au parc.")
    return comment


def status_page(comment: Comment) -> str:
    url = reverse("comment_status", args=[status_token(comment.idempotency_key)])
    return Client().get(url).content.decode()


class TestMessage:
    def test_it_is_in_the_mail_and_on_the_page_filled(self, own, rejected, article):
        process_mail()
        [message] = [one for one in mail.outbox if one.to == ["camille@example.org"]]
        told = f"Bonjour Camille Roy. Sous « {article.title} », on parle du quai."
        assert told in message.body
        assert "Les bancs sont au parc." in message.body
        assert told in status_page(rejected)

    @pytest.mark.parametrize("reason", [reason for reason in Reason if reason != Reason.OTHER])
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_a_text_ships_for_each_reason(self, site, rejected, reason, language):
        rejected.decisions.filter(verb="reject").get()
        with translation.override(language):
            assert fill_message(
                ModerationSettings.for_site(site).message_of(reason), {"title": "X", "name": "Y"}
            )

    def test_the_rules_are_linked_where_there_are_some(self, site, rejected, article, home_fr):
        decision = rejected.decisions.filter(verb="reject").get()
        ConversationSettings.objects.update_or_create(site=site, defaults={"rules_page": None})
        without = decision.message_to_author
        ConversationSettings.objects.update_or_create(
            site=site, defaults={"rules_page": Page.objects.get(pk=home_fr.pk)}
        )
        with translation.override("fr"):
            told = decision.message_to_author
        assert home_fr.full_url in told
        assert "{" not in without + told
        assert f'href="{home_fr.full_url}"' in status_page(rejected)

    def test_what_somebody_wrote_into_it_is_no_markup(self, own, rejected):
        ModerationSettings.objects.update(off_topic_fr="<b>{name}</b>")
        Comment.objects.filter(pk=rejected.pk).update(author_name="<script>x</script>")
        ModerationSettings.objects.get().save()
        html = status_page(rejected)
        assert "<script>x" not in html
        assert "&lt;b&gt;" in html


class TestSettings:
    def test_an_administrator_writes_them_and_sees_how_they_read(self, site, signed_in, administrator, own):
        url = reverse("wagtailsettings:edit", args=["moderation", "moderationsettings", site.pk])
        page = signed_in(administrator).get(url).content.decode()
        assert "Bonjour Amina Diallo." in page
        given = {"appeal_days": 30, "off_topic_fr": "Sous {title}."}
        assert signed_in(administrator).post(url, given).status_code == HTTPStatus.FOUND
        assert ModerationSettings.objects.get(site=site).off_topic_fr == "Sous {title}."

    def test_what_is_no_placeholder_is_refused_and_stays(self, site, signed_in, administrator):
        url = reverse("wagtailsettings:edit", args=["moderation", "moderationsettings", site.pk])
        answer = signed_in(administrator).post(url, {"appeal_days": 30, "off_topic_fr": "Bonjour {prénom}"})
        html = answer.content.decode()
        assert html.count("{prénom}") >= 2
        assert "{rules}" in html
        assert not ModerationSettings.objects.filter(off_topic_fr__contains="prénom").exists()

    @pytest.mark.parametrize("text", ["{nom}", "{", "}", "{{name}}", "{name.__class__}", "{0}", "{}"])
    def test_braces_that_stand_for_nothing_are_refused(self, text):
        with pytest.raises(ValidationError):
            refuse_placeholders(f"Bonjour {text}")

    def test_those_that_exist_are_not(self):
        refuse_placeholders("{name}, {title}, {rules}, et rien d’autre.")

    @pytest.mark.parametrize("who", ["editor", "moderator", "employee"])
    def test_nobody_else_writes_them(self, request, site, signed_in, who):
        url = reverse("wagtailsettings:edit", args=["moderation", "moderationsettings", site.pk])
        answer = signed_in(request.getfixturevalue(who)).post(url, {"appeal_days": 0})
        assert answer.status_code in {302, 403}
        assert not ModerationSettings.objects.filter(appeal_days=0).exists()
