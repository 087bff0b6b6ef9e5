"""Somebody is quoted, and erased: no place of the portal keeps a word or a name of theirs (G19).

Two people are known by everything that a person can be known by here: a guest who was asked, and agreed under
a name of her own, and an employee whose box covers him. Everybody has read the pages before, so that whatever
is kept is kept from then; each place is seen to hold something of them first, for a search that finds nothing
anywhere proves nothing.
"""

import re
import time
from collections import defaultdict
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from blog.actions import start_article
from blog.models import BlogPage
from demo.factories.people import group_of
from dialogue.actions import (
    answer_quotation,
    ask_to_quote,
    edit_comment,
    follow_conversation,
    rejoin_quotation,
    remind_of_request,
)
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentStatus, FeaturedComment
from dialogue.models.follows import FollowSubject
from dialogue.passages import find_passage
from dialogue.selections import Selection
from mail.actions import process_mail
from mail.models import ChoicePlace
from moderation.actions import (
    Notice,
    accept_edit,
    appeal_decision,
    flag_comment,
    hide_comment,
    publish_comment,
    restore_comment,
)
from people.groups import EMPLOYEES
from people.models import Participant, User
from portal.settings.base import TABLE_CACHE
from portal.slugs import slug_of
from privacy.actions import erase_participant
from tests.database import for_a_while
from tests.privacy.erasures import keep_notes_in
from tests.privacy.remains import MEMORY, places, roots_in
from tests.speech import receive, say
from tests.trust.canaries import source_of

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

GUEST, ADDRESS, OWN_NAME = "Zéphyrine Œuvrenuit", "qvistine@example.org", "Ÿlang Bäckvåg"
FIRST = "Le quai crépusculâtre attend. On y grelottaillait, sans gélivure ni banc."
CHANGED = "Le quai crépusculâtre attend. On y bruinassera, m’écrit [un ami](https://example.org/tohubohu)."
REJOINDER = "Depuis, on y œilletonne."
WAITING = "Encore un mot qui baguenauderait."
REASON = "Elle flageolât en l’écrivant."
APPEAL = "Relisez : nul n’y enquiquinait personne."
HIS_NAME, HIS_ROLE = ("Börje", "Yggdrasilsson"), "Capitaine fantômal"
HIS_WORDS = "Le clapotillement des vagues."
# What they are known by, each by a part that no ending changes.
ROOTS = ("zephyrin", "oeuvrenuit", "qvistin", "ylang", "backvag", "crepuscul", "grelottaill", "gelivur")
ROOTS += ("bruinass", "tohubohu", "oeilleton", "baguenaud", "flageol", "enquiquin")
ROOTS += ("borje", "yggdrasil", "clapotill", "fantomal")
# Where something of them is seen to stand, beside the tables.
PLACES = {"the terms of the search", "the cache", "the page store", MEMORY, "a file"}
Look = tuple[str, Client, list[str]]
Found = defaultdict[str, set[str]]
LINK = re.compile(r"/\w\w/conversation/quotation/\w+/")


@pytest.fixture(autouse=True)
def _kept_as_in_production(settings, tmp_path) -> None:
    settings.PAGE_STORE, settings.PAGE_STORE_DIR = True, tmp_path / "pages"
    settings.CACHES = settings.CACHES | {"default": TABLE_CACHE}
    keep_notes_in(settings, tmp_path / "erasures")


# --- What they did, and what was done to it -------------------------------------------------------


@pytest.fixture
def begun() -> float:
    """When nobody had written any of the words yet."""
    return time.time()


@pytest.fixture
def guest(begun, article, editor, moderator, administrator, employee) -> Participant:
    """She spoke, was asked, agreed, was quoted in four pages, replied, and was answered."""
    comment = say(article, FIRST, GUEST, email=ADDRESS, may_ask=True, tell_replies=True)
    person = comment.participant
    page = start_article(comment, by=editor)
    row = FeaturedComment.objects.get(page_id=page.pk)
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=9))
    agree_by_mail(row)
    publish_under_another_address(page, "Le banc d’abord", editor)
    quote_in_draft(comment, editor)
    hide_comment(comment, by=moderator, reason_code="other", reason_text=REASON, note=REASON)
    appeal_decision(comment, APPEAL, by=person)
    restore_comment(comment, by=administrator)
    edit_comment(comment, CHANGED, by=person)
    if comment.waiting_version:
        accept_edit(comment, by=moderator, version=comment.waiting_version)
    comment.refresh_from_db()
    row.refresh_from_db()
    publish_comment(rejoin_quotation(row, REJOINDER, by=person), by=moderator)
    say(article, "Moi aussi.", user=employee, parent=comment, passage=find_passage(comment, "Le quai"))
    flag_comment(comment, Notice("other", employee, "Est-ce bien vrai ?"))
    receive(article, WAITING, GUEST, email=ADDRESS, signals=frozenset({"honeypot"}))
    follow_conversation(FollowSubject(article, comment), by=person, place=ChoicePlace.PAGE)
    page = BlogPage.objects.get(pk=page.pk)
    answer_quotation(
        row, by=person, is_agreed=True, place=ChoicePlace.MAIL, name_form="own", own_name=f"{OWN_NAME} fils"
    )
    page.copy(update_attrs={"title": "Une copie", "slug": "une-copie"}, user=editor)
    page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    return person


def agree_by_mail(row: FeaturedComment) -> None:
    """Let her answer as she would: by the link in the message, under a name that she types."""
    process_mail()
    [link] = [LINK.search(message.body)[0] for message in mail.outbox if message.to == [ADDRESS]]
    answer = {"answer": "yes", "name_form": "own", "own_name": OWN_NAME}
    assert Client().post(link, answer).status_code == HTTPStatus.SEE_OTHER


def publish_under_another_address(page: BlogPage, title: str, by: User) -> None:
    """Publish a page under one address and then under another: the first leads there."""
    for slug in (f"{slug_of(title)}-dit-on", slug_of(title)):
        page = BlogPage.objects.get(pk=page.pk)
        page.title, page.slug, page.introduction = title, slug, "<p>Nous comptions mal.</p>"
        page.save_revision(user=by, log_action=True).publish(user=by)
    assert Redirect.objects.filter(redirect_page_id=page.pk).exists()


def quote_in_draft(comment: Comment, editor: User) -> None:
    """Quote a part of it in a draft, for which she is asked, reminded, and has not answered."""
    page = BlogPage(title="Un brouillon", introduction="<p>Voici.</p>", live=False, owner=editor)
    excerpt = Selection(comment.public_id, ranges=[[0, 29]], removals=[[3, 7, "personal"]])
    page.body = [("featured_comment", {"quotation": quotation_of(comment, excerpt), "why": ""})]
    comment.page.get_parent().add_child(instance=page)
    page.save_revision(user=editor)
    row = FeaturedComment.objects.get(page_id=page.pk)
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=9))
    process_mail()
    remind_of_request(row, by=editor)


@pytest.fixture
def colleague(article, administrator) -> Participant:
    """He has an account that an administrator changed, and is quoted where the box under his words allows."""
    first, last = HIS_NAME
    user = User.objects.create_user("borje", email="borje@example.org", first_name=first, last_name=last)
    user.groups.add(group_of(EMPLOYEES))
    fields = {"username": "borje", "email": user.email, "first_name": first, "last_name": last}
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    labels = {"role_label_fr": HIS_ROLE, "role_label_en": HIS_ROLE, "language": "fr", "is_active": "on"}
    client = signed_in(administrator)
    answer = client.post(edit, fields | labels | {"groups": [str(group.pk) for group in user.groups.all()]})
    assert answer.status_code == HTTPStatus.FOUND, answer.context["form"].errors
    user.refresh_from_db()
    UserProfile.objects.create(user=user, avatar=ContentFile(b"A picture", name="yggdrasil.png"))
    comment = say(article, HIS_WORDS, user=user, may_quote=True)
    assert comment.role_label_fr == HIS_ROLE
    page = start_article(comment, by=administrator)
    publish_under_another_address(page, "Un collègue écrit", administrator)
    return comment.participant


# --- Who looks, and where -------------------------------------------------------------------------


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def paths_of_readers(comments: list[Comment]) -> list[str]:
    paths = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    for name in ("comment_permalink", "comment_history", "show_thread", "reply_to_comment"):
        paths += [reverse(name, args=[comment.public_id]) for comment in comments]
    paths += [reverse("comments_feed", args=[comments[0].page_id]), reverse("articles_feed"), "/sitemap.xml"]
    return paths + [f"{reverse('search')}?query={word}" for word in ("crepuscule", "clapotillement")]


def paths_of_moderators(comments: list[Comment]) -> list[str]:
    paths = [
        f"/admin/moderation/{name}/" for name in ("ledger", "flags", "decisions", "featured", "consents")
    ]
    paths += [reverse("moderation_comments:review_comment", args=[each.public_id]) for each in comments]
    paths.append(reverse("moderation_comments:list_own_decisions"))
    return [*paths, f"{reverse('moderation_comments:list_comments')}?status=all"]


def paths_of_editors() -> list[str]:
    pages = BlogPage.objects.filter(featured_comments__isnull=False).distinct()
    paths = [reverse("dialogue_page_quotations", args=[page.pk]) for page in pages]
    page = pages.earliest("pk")
    paths += [
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("edit", "history", "view_draft")
    ]
    first = page.revisions.earliest("pk").pk
    paths.append(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, first]))
    paths.append(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]))
    return [*paths, f"{reverse('wagtailadmin_pages:search')}?q=crepuscule"]


def paths_of_administrators(people: list[Participant]) -> list[str]:
    names = ("wagtailadmin_reports:site_history", "wagtailusers_users:index", "wagtailredirects:index")
    registers = [f"/admin/moderation/{name}/?export=csv" for name in ("ledger", "featured", "decisions")]
    requests = [reverse("privacy_requests:answer", args=[person.pk]) for person in people]
    return [*map(reverse, names), *registers, *requests, "/admin/moderation/mail/"]


@pytest.fixture
def looks(guest, colleague, employee, editor, moderator, administrator) -> list[Look]:
    """Who asks for what: at the addresses that there are before the erasure, for some go with it."""
    quoted = list(Comment.objects.filter(featured__isnull=False).distinct())
    held = list(Comment.objects.filter(status=CommentStatus.HELD))
    readers = paths_of_readers(quoted)
    mailed = [link[0] for message in mail.outbox if (link := LINK.search(message.body))]
    return [
        ("anonymous", Client(), [*readers, *mailed]),
        ("an employee", signed_in(employee), readers),
        ("a moderator", signed_in(moderator), paths_of_moderators([*quoted, *held])),
        ("an editor", signed_in(editor), paths_of_editors()),
        ("an administrator", signed_in(administrator), paths_of_administrators([guest, colleague])),
    ]


def seen_by(looks: list[Look]) -> Found:
    """Return what each is shown, where; of an address that is a search, not what was asked.

    Where a permalink leads to is looked at by itself.
    """
    found = Found(set)
    for name, client, paths in looks:
        for path in paths:
            answer = client.get(path, follow="/c/" not in path)
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, path
            shown = roots_in(answer.getvalue().decode("utf-8", "replace"), ROOTS) - roots_in(path, ROOTS)
            if shown:
                found[f"{name} at {path}"] |= shown
    return found


def sent_now() -> Found:
    """Return what stands in the messages that would leave at this moment."""
    mail.outbox.clear()
    with for_a_while():
        process_mail()
    found = Found(set)
    for message in mail.outbox:
        found[message.subject] |= roots_in(source_of(message), ROOTS)
    return found


def kept(since: float) -> Found:
    found = Found(set)
    for place, text in places(since):
        if roots := roots_in(text, ROOTS):
            found[place] |= roots
    return found


def test_g19_rule04_of_who_was_quoted_nothing_is_left_anywhere(begun, guest, colleague, looks):
    cache.set("word", GUEST)
    seen, stood, told = seen_by(looks), kept(begun), sent_now()
    for found in (seen, stood):
        assert set().union(*found.values()) == set(ROOTS)
    assert {name for name, _client, _paths in looks} == {place.partition(" at ")[0] for place in seen}
    assert stood.keys() >= PLACES
    assert any(told.values())
    cache.delete("word")

    for person in (guest, colleague):
        assert erase_participant(person)
    left = kept(begun)
    left.pop(MEMORY, None)  # it goes with the first page that the process shows from now on
    for found in (left, sent_now(), seen_by(looks), kept(begun)):
        assert not {place: roots for place, roots in found.items() if roots}
