"""What `seed_demo` builds: whole, believable, in two languages, and the same the second time."""

import json
import re
from collections import Counter
from html import unescape
from http import HTTPStatus
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from blog.models import BlogPage
from demo.cast import SHIP_CREWS, SIGN_INS, find_sign_in
from demo.content import ARTICLES, COMMENTS, DIALOGUES
from demo.content.shapes import blocks_of
from dialogue.models import Comment, CommentRevision, DialoguePage, FeaturedComment, FollowNotice
from dialogue.quotation_states import QuotationState, state_of
from dialogue.request_mail import ASKED
from mail.models import OutgoingMail
from moderation.models import Decision, Verb, WaitingNotice
from people.groups import EMPLOYEES
from people.models import Participant
from portal.models import PortalDocument, PortalImage
from portal.permissions import can_read_page
from privacy.models import Consent
from tests.demo.conftest import READERS, VIEWERS
from tests.samples import WHOLE, every

PLACEHOLDERS = re.compile(r'href="page:|\{\{|\{%|%\(\w+\)|\blorem ipsum\b|\bTODO\b|\bFIXME\b', re.IGNORECASE)
LANGUAGES = ["fr", "en"]


def live_pages() -> list[Page]:
    return list(Page.objects.filter(depth__gt=1, live=True).order_by("path"))


def may_read(key: str, page: Page) -> bool:
    """Say from the cast and the content alone who may read a page, without asking the portal."""
    groups = find_sign_in(key).groups if key != "stranger" and find_sign_in(key).is_active else ()
    if key != "stranger" and find_sign_in(key).is_superuser:
        return True
    crews_only = {(d.slug, d.language) for d in DIALOGUES if d.group == SHIP_CREWS}
    is_internal = "/interne/" in page.url or "/internal/" in page.url
    if (page.slug, page.locale.language_code) in crews_only:
        return {SHIP_CREWS, EMPLOYEES} <= set(groups)
    return EMPLOYEES in groups or not is_internal


def pages_for(key: str) -> list[Page]:
    """Return what somebody opens: the stranger and the staff all, others a part and what is closed."""
    pages = live_pages()
    if key in {"stranger", "maude"}:
        return pages
    closed = [page for page in pages if not may_read("stranger", page)]
    return list(dict.fromkeys([*closed, *every(4, pages)]))


class TestPages:
    @pytest.mark.parametrize("viewer", VIEWERS, indirect=True)
    def test_everybody_may_read_what_is_for_them(self, demo, viewer, request):
        key = request.node.callspec.params["viewer"]
        for page in live_pages():
            assert can_read_page(viewer, page) == may_read(key, page), page.url

    @pytest.mark.parametrize("viewer", VIEWERS if WHOLE else READERS, indirect=True)
    def test_every_page_answers_as_it_should(self, demo, viewer, viewer_client, request):
        key = request.node.callspec.params["viewer"]
        is_signed_in = key != "stranger" and find_sign_in(key).is_active
        for page in pages_for(key):
            answer = viewer_client.get(page.url)
            if may_read(key, page):
                assert answer.status_code == HTTPStatus.OK, page.url
                found = PLACEHOLDERS.search(answer.content.decode())
                assert not found, f"{page.url} shows “{found[0]}”, which was to be filled in"
            elif is_signed_in:
                assert answer.status_code == HTTPStatus.NOT_FOUND, page.url
            else:
                assert answer.status_code == HTTPStatus.FOUND, page.url
                assert urlsplit(answer["Location"]).path.endswith("/account/login/"), page.url

    def test_every_page_has_its_twin(self, demo):
        for key, language in demo.pages:
            twin = demo.pages[key, "en" if language == "fr" else "fr"]
            page = demo.pages[key, language]
            assert page.translation_key == twin.translation_key
            assert page.locale != twin.locale
        assert len({page.translation_key for page in demo.pages.values()}) == len(demo.pages) / 2

    def test_articles_are_spread_over_a_year_and_keep_their_dates(self, demo):
        dates = BlogPage.objects.order_by("first_published_at").values_list("first_published_at", flat=True)
        now = timezone.now()
        assert (now - dates[0]).days > 330
        assert dates[len(dates) - 1] < now
        for article in BlogPage.objects.all():
            assert article.first_published_at <= article.last_published_at <= now
            assert article.live_revision.created_at == article.last_published_at

    def test_every_link_in_a_text_leads_to_a_page_of_its_language(self, demo):
        count = 0
        for (_key, language), page in demo.pages.items():
            stored = Page.objects.get(pk=page.pk).specific.body.get_prep_value()
            for pk in re.findall(r'linktype=\\"page\\" id=\\"(\d+)', json.dumps(stored)):
                target = Page.objects.get(pk=pk, live=True)
                assert target.locale.language_code == language, page.url
                count += 1
        assert count >= 6

    def test_every_document_can_be_taken_away(self, demo, client):
        for document in PortalDocument.objects.all():
            assert b"".join(client.get(document.url)).startswith(b"%PDF")

    def test_dialogues_are_in_every_state(self, demo):
        states = Counter((d.state, d.locale.language_code) for d in DialoguePage.objects.all())
        assert states == {
            (s, lang): n for s, n in {"open": 3, "upcoming": 1, "closed": 2}.items() for lang in LANGUAGES
        }

    def test_pictures_say_what_they_show_and_where_to_crop(self, demo):
        for image in PortalImage.objects.all():
            assert image.has_focal_point(), image.title
        for article in BlogPage.objects.all():
            assert article.lead_image
            assert article.lead_image_alt


class TestConversations:
    def test_every_comment_has_come_to_where_the_content_says(self, demo):
        stored = {c.imported_as: c for c in Comment.objects.select_related("parent")}
        assert len(stored) == len(COMMENTS)
        for content in COMMENTS:
            comment = stored[f"demo:{content.key}"]
            assert comment.status == content.status, content.key
            assert comment.is_for_organisation == content.for_organisation, content.key
            assert bool(comment.quote_consented_at) == content.may_quote, content.key
            assert (comment.parent.imported_as if comment.parent else "") == (
                f"demo:{content.parent}" if content.parent else ""
            )

    def test_replies_go_five_deep(self, demo):
        assert max(Comment.objects.values_list("depth", flat=True)) == 5

    def test_every_comment_has_its_version_its_events_and_its_decision(self, demo):
        assert CommentRevision.objects.count() == Comment.objects.count()
        for comment in Comment.objects.prefetch_related("events", "decisions__event"):
            events = list(comment.events.all())
            assert (events[0].kind, events[0].happened_at) == ("imported", comment.submitted_at)
            assert events[-1].status_after == comment.status
            assert all(d.decided_at == d.event.happened_at for d in comment.decisions.all() if d.event)
            assert comment.decisions.exists()
        refused = Decision.objects.filter(verb__in=[Verb.REJECT, Verb.HIDE])
        assert all(decision.reason_text for decision in refused)

    def test_things_happen_in_their_order(self, demo):
        now = timezone.now()
        for comment in Comment.objects.select_related("parent", "page").prefetch_related("decisions"):
            times = [comment.submitted_at, *sorted(d.decided_at for d in comment.decisions.all()), now]
            assert times == sorted(times), comment
            assert comment.page.first_published_at < comment.submitted_at
            if comment.parent:
                assert comment.parent.published_at < comment.submitted_at, comment

    def test_counted_and_derived_anew_nothing_differs(self, demo):
        told = StringIO()
        call_command("recount_comments", stdout=told)
        assert "that are wrong: 0" in told.getvalue()
        for page in {page.pk: page for page in demo.pages.values()}.values():
            published = Comment.objects.filter(page=page).published().count()
            conversation = getattr(Page.objects.get(pk=page.pk), "conversation", None)
            assert (conversation.comment_count if conversation else 0) == published

    def test_the_register_says_what_everybody_agreed_to(self, demo):
        for content in COMMENTS:
            comment = demo.comments[content.key]
            given = Consent.objects.filter(
                cause_id=comment.pk, is_given=True, recorded_at=comment.submitted_at
            )
            kinds = {"publish", "quote"} if content.may_quote else {"publish"}
            assert set(given.values_list("kind", flat=True)) == kinds, content.key

    def test_nobody_is_mailed_of_a_past_that_is_made_up(self, demo):
        # Who is asked now, is asked: one in each language.
        assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {ASKED[False]}
        assert OutgoingMail.objects.count() == len([one for one in ARTICLES if one.asked_for])
        assert not FollowNotice.objects.exists()
        assert not WaitingNotice.objects.exists()

    def test_everybody_has_been_here_since_their_first_word(self, demo):
        for person in Participant.objects.filter(comments__isnull=False).distinct():
            first = person.comments.order_by("submitted_at").first()
            assert person.joined_at <= first.submitted_at

    def test_who_has_left_has_kept_their_words_and_nothing_else(self, demo):
        denis = demo.users["denis"]
        assert Comment.objects.filter(participant__user=denis).published().exists()
        denis.refresh_from_db()
        assert not denis.is_active
        assert not denis.groups.exists()


@pytest.mark.parametrize("language", LANGUAGES)
class TestFoundingCase:
    """A comment becomes an article, and the conversation goes on under it."""

    @pytest.fixture
    def article(self, demo, language):
        return demo.pages["two-reasons", language]

    @pytest.fixture
    def featured(self, article):
        return FeaturedComment.objects.select_related("comment").get(page=article.pk)

    @pytest.fixture
    def html(self, client, article):
        return client.get(article.url).content.decode()

    def test_the_quotation_is_shown_whole(self, html, featured, language):
        assert featured.comment.html in html
        assert featured.comment.author_name in unescape(html)

    def test_it_leads_back_to_the_article_and_to_the_comment(self, html, demo, featured, language):
        assert f'href="{demo.pages["slow-to-converse", language].url}"' in html
        with override(language):
            assert featured.comment.permalink in html

    def test_the_permalink_leads_to_the_comment_in_its_thread(self, client, demo, featured, language):
        with override(language):
            permalink = featured.comment.permalink
        answer = client.get(permalink, follow=True)
        place, _status = answer.redirect_chain[-1]
        assert place == f"{demo.pages['slow-to-converse', language].url}#{featured.comment.anchor}"
        assert f'id="{featured.comment.anchor}"' in answer.content.decode()

    def test_people_reply_and_the_first_answers(self, article, featured, language):
        answers = Comment.objects.filter(page=article.pk, participant=featured.comment.participant_id)
        assert answers.filter(parent__isnull=False).published().exists()
        assert Comment.objects.filter(page=article.pk).published().count() >= 5

    def test_the_comment_tells_where_it_is_quoted(self, client, demo, article, language):
        source = client.get(demo.pages["slow-to-converse", language].url).content.decode()
        assert f'href="{article.url}"' in source


class TestQuotations:
    """Featured comments as far as they go: cut, removed, under less of a name, replied to, asked for."""

    def test_an_excerpt_shows_what_was_cut_and_what_was_removed(self, demo, client):
        for language, gone in (("fr", ("mon mari", "Maëlle")), ("en", ("no licence", "Lachance"))):
            html = unescape(client.get(demo.pages["stops-first-answers", language].url).content.decode())
            figure = html.split('<figure class="voice')[1].split("</figure>")[0]
            assert "[…]" in figure
            assert len(re.findall(r"\[(?:removed|retiré) ?: ", figure.replace("\xa0", " "))) == 1
            assert not any(words in figure for words in gone)

    def test_less_of_a_name(self, demo):
        rows = FeaturedComment.objects.exclude(name_form="signed").order_by("name_form")
        assert [row.attribution for row in rows] == ["M. R.", "An employee, ticket offices"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_who_is_quoted_has_replied(self, demo, client, language):
        quotation = FeaturedComment.objects.get(page=demo.pages["two-reasons", language].pk)
        html = client.get(demo.pages["two-reasons", language].url).content.decode()
        assert quotation.rejoinder.html in html

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_request_waits_in_a_draft(self, demo, client, language):
        page = demo.pages["stops-first-answers", language]
        asked = FeaturedComment.objects.get(page=page.pk, asked_at__isnull=False)
        assert state_of(asked, page).state == QuotationState.ASKED
        assert asked.comment.excerpt[:40] not in unescape(client.get(page.url).content.decode())


class TestSecondTime:
    def test_it_changes_nothing_and_says_so(self, demo):
        before = {model._meta.label: model.objects.count() for model in apps.get_models()}
        dates = dict(Page.objects.values_list("pk", "latest_revision_created_at"))
        told = StringIO()
        call_command("seed_demo", stdout=told)
        assert "nothing was changed" in told.getvalue()
        assert {model._meta.label: model.objects.count() for model in apps.get_models()} == before
        assert dict(Page.objects.values_list("pk", "latest_revision_created_at")) == dates

    def test_it_leaves_what_an_editor_has_changed(self, demo):
        article = demo.pages["third-step", "en"]
        Page.objects.filter(pk=article.pk).update(title="Three steps")
        call_command("seed_demo", verbosity=0)
        assert Page.objects.get(pk=article.pk).title == "Three steps"

    def test_it_tells_the_ways_in(self, demo):
        told = StringIO()
        call_command("seed_demo", stdout=told)
        for person in SIGN_INS:
            assert re.search(rf"\b{person.username}\b.*{re.escape(person.email)}", told.getvalue())
        with override("fr"):
            assert reverse("account_login") in told.getvalue()


def test_the_cast_signs_in_with_the_password_in_the_readme(demo):
    for person in SIGN_INS:
        signed_in = Client().login(username=person.username, password=person.password)
        assert signed_in is person.is_active, person.username


def test_the_readme_lists_the_cast():
    rows = re.findall(
        r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", (settings.BASE_DIR / "README.md").read_text(), re.MULTILINE
    )
    cast = [(p.username, p.name + ("" if p.is_active else " (disabled)"), p.description) for p in SIGN_INS]
    assert rows == cast, "The table in README.md and demo/cast/ differ: write down there what stands here."


def test_every_featured_comment_may_be_quoted():
    by_key = {content.key: content for content in COMMENTS}
    for article in ARTICLES:
        for value in blocks_of(article.body, "featured_comment"):
            assert by_key[value["comment"]].may_quote, value["comment"]
