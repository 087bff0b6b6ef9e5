"""What is hidden, of all sixteen classes, with a word of its own in every field: found elsewhere, it leaked.

Everything is planted as a leaf: nothing that the public may read hangs from it. What the ship crews keep to
themselves is planted apart, since an employee outside the crews may read all the rest of what is internal.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Page,
)
from wagtail.search import index

from blog.models import BlogIndexPage, BlogPage
from dialogue import consents
from dialogue.actions import ask_to_quote, status_token
from dialogue.models import (
    Comment,
    CommentEvent,
    EventKind,
    EventRole,
    FeaturedComment,
    InternalDialogueIndexPage,
)
from dialogue.origins import Origin
from home.actions.setup import INTERNAL_COLLECTION
from mail.models import ChoicePlace
from moderation import actions as moderation
from moderation.actions import Justification, Notice, Scope
from moderation.models import Decision, MeasureKind, Note, Reach, Rule, Verb
from people.models import Participant, Side
from portal.models import PortalDocument, PortalImage
from privacy.actions import record_consent
from privacy.actions.erasures import scrub_database
from tests.trust.actors import ACTORS
from tests.trust.public_site import (
    PLANTED_AT,
    PublicSite,
    ask,
    close_page,
    make_document,
    make_picture,
    make_public,
    say,
    write_article,
)

COMMON = "quais"
WORD = re.compile(r"zq[0-9a-f]{14}")
NOBODY: frozenset[str] = frozenset()
AUTHOR = frozenset({"visitor"})
WRITERS = frozenset({"editor", "administrator"})
DESK = frozenset({"moderator", "administrator"})
LEDGER = DESK | {"editor"}  # the ledger of comments is the editors' too
EMPLOYEES = frozenset({"employee", "employee_outside", "editor", "moderator", "administrator"})
CREWS = frozenset({"employee", "administrator"})


@dataclass(frozen=True)
class Canary:
    """A word nobody can guess, where it stands, and who may and who must be able to read it."""

    word: str
    hidden_class: str
    field: str
    may: frozenset[str]
    must: frozenset[str]

    def __str__(self) -> str:
        return f"{self.hidden_class} {self.field}"


@dataclass
class Planting:
    """What was hidden on the public site, and the addresses at which somebody might look for it."""

    public_site: PublicSite
    canaries: dict[str, Canary] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    pictures: dict[str, PortalImage] = field(default_factory=dict)
    documents: dict[str, PortalDocument] = field(default_factory=dict)
    request: FeaturedComment = field(default_factory=FeaturedComment)  # to be quoted, among the crews
    status_pages: list[str] = field(default_factory=list)  # known to the visitor alone

    def canary(
        self, hidden_class: str, name: str, may: Iterable[str], must: Iterable[str] | None = None
    ) -> str:
        """Return a new word to be written into the field `name`; who may read it, must see it too."""
        word = f"zq{secrets.token_hex(7)}"
        readers = frozenset(may)
        assert readers <= set(ACTORS)
        seen_by = readers if must is None else frozenset(must)
        self.canaries[word] = Canary(word, hidden_class, name, readers, seen_by)
        return word

    def words(
        self, hidden_class: str, name: str, may: Iterable[str], must: Iterable[str] | None = None
    ) -> str:
        """Return a canary beside a word of public things, so that a search may come upon it."""
        return f"{self.canary(hidden_class, name, may, must)} {COMMON}"


def plant(public_site: PublicSite) -> Planting:
    """Hide something of every class but what the crews keep to themselves."""
    planting = Planting(public_site)
    with time_machine.travel(PLANTED_AT, tick=False):
        for act in PLANTS:
            act(planting)
    return planting


def plant_crews(planting: Planting) -> None:
    """Hide what only the ship crews may read: a dialogue, a section of articles, a collection."""
    with time_machine.travel(PLANTED_AT + timedelta(minutes=30), tick=False):
        crews, section = planting.public_site.crews, planting.public_site.pages["restricted"]
        plant_files(planting, close_collection("Crews", crews), "crews", CREWS)
        close_page(plant_dialogue(planting, "crews", CREWS), crews)
        BlogIndexPage.objects.filter(pk=section.pk).update(
            title=planting.words("H6", "title of the section", CREWS),
            introduction=planting.words("H6", "introduction of the section", CREWS),
        )
        Redirect.objects.create(
            old_path=f"{planting.pages['internal'].get_parent().get_url()}ancienne-adresse",
            redirect_page=planting.pages["crews"],
        )
        planting.pages["restricted"] = BlogIndexPage.objects.get(pk=section.pk)
        planting.pages["restricted_child"] = plant_article(planting, "H6", "child", CREWS, parent=section)
        talk(planting, planting.pages["restricted_child"], "H6", CREWS)
        plant_request(planting, planting.pages["restricted_child"])


def plant_request(planting: Planting, page: Page) -> None:
    """Let somebody be asked whether a hidden page may quote what they said there: no mail tells of it."""
    comment, by = planting.comments[f"{page.pk}"], planting.public_site.users["administrator"]
    record_consent(comment.participant, consents.ASK, is_given=True, place=ChoicePlace.ACCOUNT)
    planting.request = FeaturedComment.objects.create(
        comment=comment, page=page, revision=comment.revisions.get(version=1), featured_by=by
    )
    ask_to_quote(planting.request, by=by, answer_by=timezone.now() + timedelta(days=30))


# --- Pages ---------------------------------------------------------------------------------------


def plant_internal_dialogue(planting: Planting) -> None:
    """H1: a dialogue among all employees, and the files that go with it (H15)."""
    collection = Collection.objects.get(name=INTERNAL_COLLECTION)
    plant_files(planting, collection, "internal", EMPLOYEES)
    plant_dialogue(planting, "internal", EMPLOYEES)


def plant_dialogue(planting: Planting, name: str, readers: frozenset[str]) -> Page:
    section = InternalDialogueIndexPage.objects.get(locale__language_code="fr")
    word = planting.words
    in_admin = readers & WRITERS
    page = ask(
        section,
        word("H1", f"{name}: title", readers),
        body=[
            ("paragraph", f"<p>{word('H1', f'{name}: body', readers)}</p>"),
            ("picture", picture_block(planting, name, readers)),
            ("document", document_block(planting, name)),
        ],
        slug=planting.canary("H1", f"{name}: slug", readers, NOBODY),
        host_name=word("H1", f"{name}: host", readers),
        host_role=word("H1", f"{name}: host's role", readers),
        search_description=word("H1", f"{name}: description", readers, in_admin),
        owner=planting.public_site.users["administrator"],
    )
    page.question = word("H1", f"{name}: question", readers)
    page.save_revision(user=planting.public_site.users["administrator"], log_action=True).publish()
    planting.pages[name] = page
    talk(planting, page, "H1", readers)
    return page


def talk(planting: Planting, page: Page, hidden_class: str, readers: frozenset[str]) -> None:
    """Let an employee speak on a hidden page, and another reply."""
    users, word = planting.public_site.users, planting.words
    root = say(page, word(hidden_class, "comment", readers), users["employee"], tell_replies=True)
    make_public(root)
    reply = say(page, word(hidden_class, "reply", readers), users["administrator"], parent=root)
    planting.comments[f"{page.pk}"] = root
    planting.comments[f"{page.pk} reply"] = make_public(reply)


def plant_article(
    planting: Planting, hidden_class: str, name: str, readers: frozenset[str], parent: Page | None = None
) -> BlogPage:
    """Put an article with a word in every field below the section of articles, or below `parent`."""
    word, public_site = planting.words, planting.public_site
    article = BlogPage(
        slug=planting.canary(hidden_class, f"{name}: slug", readers, NOBODY),
        title=word(hidden_class, f"{name}: title", readers),
        introduction=f"<p>{word(hidden_class, f'{name}: introduction', readers)}</p>",
        body=[("paragraph", f"<p>{word(hidden_class, f'{name}: body', readers)}</p>")],
        seo_title=word(hidden_class, f"{name}: title for search", readers),
        search_description=word(hidden_class, f"{name}: description", readers),
        update_note=word(hidden_class, f"{name}: note of update", readers),
        lead_image=public_site.picture,
        lead_image_alt=word(hidden_class, f"{name}: text alternative", readers),
        owner=public_site.users["administrator"],
        live=False,
    )
    parent = parent or public_site.pages["articles_fr"]
    parent.refresh_from_db()
    parent.add_child(instance=article)
    article.topics = [public_site.topic]
    article.tags.add("quais")
    revision = article.save_revision(user=public_site.users["administrator"], log_action=True)
    if hidden_class == "H6":
        revision.publish()
    return BlogPage.objects.get(pk=article.pk)


def plant_draft(planting: Planting) -> None:
    """H2: an article that was never published."""
    planting.pages["draft"] = plant_article(planting, "H2", "draft", WRITERS)
    english = planting.public_site.pages["articles_en"]
    twin = plant_article(planting, "H2", "twin", WRITERS, parent=english)
    BlogPage.objects.filter(pk=twin.pk).update(
        translation_key=planting.public_site.pages["article"].translation_key, locale=english.locale
    )
    planting.pages["twin"] = BlogPage.objects.get(pk=twin.pk)


def plant_changes(planting: Planting) -> None:
    """H3: changes to a live article that are not published."""
    word, article = planting.words, planting.public_site.pages["article"]
    draft = BlogPage.objects.get(pk=article.pk)
    draft.title = word("H3", "title", WRITERS)
    draft.introduction = f"<p>{word('H3', 'introduction', WRITERS)}</p>"
    draft.body = [("paragraph", f"<p>{word('H3', 'body', WRITERS)}</p>")]
    draft.search_description = word("H3", "description", WRITERS)
    draft.save_revision(user=planting.public_site.users["administrator"], log_action=True)


def plant_scheduled(planting: Planting) -> None:
    """H4: an article that goes live next week."""
    page = plant_article(planting, "H4", "scheduled", WRITERS)
    page.go_live_at = timezone.now() + timedelta(days=7)
    page.save_revision(user=planting.public_site.users["administrator"], log_action=True).publish()
    planting.pages["scheduled"] = BlogPage.objects.get(pk=page.pk)
    assert not planting.pages["scheduled"].live


def plant_gone(planting: Planting) -> None:
    """H5: an article that expired, and one that was unpublished, with what was said under it."""
    for name in ("expired", "unpublished"):
        page = plant_article(planting, "H5", name, WRITERS)
        page.get_latest_revision().publish()
        page = BlogPage.objects.get(pk=page.pk)
        if name == "unpublished":
            # No moderator decides on a page that nobody reads; the words stay with the page.
            comment = say(
                page, planting.words("H5", "comment", NOBODY), planting.public_site.guests["visitor"]
            )
            planting.comments["on unpublished"] = make_public(comment)
        page.unpublish(set_expired=name == "expired", user=planting.public_site.users["administrator"])
        planting.pages[name] = BlogPage.objects.get(pk=page.pk)


# --- Comments ------------------------------------------------------------------------------------


def plant_unverified(planting: Planting) -> None:
    """H7: a comment whose author has not confirmed the address; no moderator reads it before."""
    article, word = planting.public_site.pages["article"], planting.words
    guest = planting.public_site.guests["visitor"]
    guest.name = planting.canary("H7", "name", AUTHOR)
    text = word("H7", "text", AUTHOR)
    root = planting.public_site.comments["root"]
    keep(planting, "unverified", say(article, text, guest, parent=root, is_verified=False))
    guest.refresh_from_db()


def plant_held(planting: Planting) -> None:
    """H8: a comment that waits for a moderator."""
    article, word = planting.public_site.pages["article"], planting.words
    may = AUTHOR | LEDGER
    guest = guest_named(planting, "H8", may)
    comment = say(article, word("H8", "text", may), guest, signals=frozenset({"honeypot"}))
    keep(planting, "held", comment)


def plant_rejected(planting: Planting) -> None:
    """H9 and H13: a comment that was not published, and why."""
    article, word = planting.public_site.pages["article"], planting.words
    may = AUTHOR | LEDGER
    guest = guest_named(planting, "H9", may)
    comment = say(article, word("H9", "text", may), guest, signals=frozenset({"honeypot"}))
    reason = word("H13", "reason of a rejection", AUTHOR | DESK)
    moderation.reject_comment(
        comment, by=planting.public_site.users["moderator"], reason_code="other", reason_text=reason
    )
    keep(planting, "rejected", comment)


def plant_hidden(planting: Planting) -> None:
    """H10 and H13: replies that readers had before them until a moderator hid them, and why."""
    word, may = planting.words, AUTHOR | LEDGER
    root = planting.public_site.comments["root"]
    guest = guest_named(planting, "H10", may)
    comment = make_public(say(root.page, word("H10", "text", may), guest, parent=root))
    reason = word("H13", "reason of a hiding", AUTHOR | DESK)
    moderation.hide_comment(
        comment, by=planting.public_site.users["moderator"], reason_code="other", reason_text=reason
    )
    keep(planting, "hidden", comment)
    plant_hidden_before_it_was_mailed(planting)
    plant_below_tombstone(planting)


def plant_hidden_before_it_was_mailed(planting: Planting) -> None:
    """H10: a reply of which the visitor would have been told by now."""
    root, users = planting.public_site.comments["root"], planting.public_site.users
    text = planting.words("H10", "text of a reply", LEDGER | {"employee"}, LEDGER)
    reply = make_public(say(root.page, text, users["employee"], parent=root))
    moderation.hide_comment(reply, by=users["moderator"], reason_code="off_topic", reason_text="")
    planting.comments["hidden before it was mailed"] = Comment.objects.get(pk=reply.pk)


def plant_below_tombstone(planting: Planting) -> None:
    """H10: the words of a removed comment whose place readers still see, and of its quotation."""
    word, removed = planting.words, planting.public_site.comments["removed"]
    text = word("H10", "text below a tombstone", LEDGER)
    name = planting.canary("H10", "name below a tombstone", LEDGER)
    Comment.objects.filter(pk=removed.pk).update(
        text=text, html=f"<p>{text}</p>", plain=text, excerpt=text, author_name=name
    )
    quoted = word("H10", "words of a withheld quotation", LEDGER, NOBODY)
    removed.revisions.update(text=quoted, html=f"<p>{quoted}</p>", plain=quoted)


def plant_note(planting: Planting) -> None:
    """H13: what a moderator noted beside a comment that everybody may read, and on its author."""
    told = planting.canary("H13", "what is told of a restoration", DESK)
    note = planting.canary("H13", "note for colleagues", DESK)
    comment = planting.public_site.comments["decided"]
    moderator = planting.public_site.users["moderator"]
    event = CommentEvent.objects.create(
        comment=comment,
        kind=EventKind.RESTORED,
        role=EventRole.MODERATOR,
        by=moderator,
        side=Side.ORGANISATION,
        status_before="hidden",
        status_after=comment.status,
        version=comment.version,
    )
    Decision.objects.create(
        comment=comment,
        comment_version=comment.version,
        verb=Verb.RESTORE,
        event=event,
        by=moderator,
        reason_text=f"Rétabli : {told}",
        note=f"Une note : {note}",
    )
    about = planting.canary("H13", "note on a person", DESK)
    Note.objects.create(comment=comment, text=about, is_about_author=True, written_by=moderator)
    moderation.take_measure(
        comment,
        MeasureKind.WARNING,
        by=moderator,
        scope=Scope(Reach.PUBLIC),
        why=Justification(
            "off_topic",
            planting.words("H13", "reason of a measure", AUTHOR | DESK, DESK),
            planting.canary("H13", "note on a measure", DESK),
        ),
    )


def plant_earlier_words(planting: Planting) -> None:
    """H11: what a comment said before its author changed it, and before it was published."""
    word = planting.words("H11", "earlier words", DESK, NOBODY)
    changed = planting.public_site.comments["changed"]
    changed.revisions.filter(version=1).update(text=word, html=f"<p>{word}</p>", plain=word)
    planting.comments["changed before"] = changed


def plant_waiting_words(planting: Planting) -> None:
    """H11: what an author would have a published comment say, while a moderator has not accepted it."""
    comment = planting.public_site.comments["decided"]
    words = planting.words("H11", "words that wait", AUTHOR | DESK, DESK)
    revision = comment.revisions.create(
        version=2,
        text=words,
        html=f"<p>{words}</p>",
        plain=words,
        submitted_at=timezone.now(),
        may_quote=True,
    )
    comment.waiting_version = 2
    comment.save(update_fields=["waiting_version"])
    moderation.hold_edit(comment, revision, rule=Rule.HOLD_ALL)
    planting.comments["changing"] = comment


def plant_erased(planting: Planting) -> None:
    """H12: somebody who was erased; whatever is left of them in a row is nobody's to read."""
    word, root = planting.words, planting.public_site.comments["root"]
    guest = guest_named(planting, "H12", NOBODY)
    comment = make_public(say(root.page, word("H12", "text", NOBODY), guest, parent=root))
    moderation.hide_comment(
        comment, by=planting.public_site.users["moderator"], reason_code="off_topic", reason_text=""
    )
    Comment.objects.filter(pk=comment.pk).update(status="erased", erased_at=timezone.now())
    planting.comments["erased"] = Comment.objects.get(pk=comment.pk)
    index.remove_object(planting.comments["erased"])  # as an erasure does
    scrub_database()


def plant_addresses(planting: Planting) -> None:
    """H14: a guest's mail address, and from which network they wrote."""
    comment = planting.public_site.comments["decided"]
    digest = planting.canary("H14", "network", NOBODY)
    Comment.objects.filter(pk=comment.pk).update(network_digest=digest)
    address = planting.canary("H14", "mail address", NOBODY)
    guest = Participant.objects.create(
        name="Une voisine", email=f"{address}@example.org", verified_at=timezone.now()
    )
    comment = say(comment.page, "Moi aussi.", guest, signals=frozenset({"honeypot"}))
    planting.comments["of a neighbour"] = comment


def plant_flags(planting: Planting) -> None:
    """H16: what readers hold against comments that everybody may read, and who they are."""
    stranger, word = AnonymousUser(), planting.canary
    planting.comments["flagged"] = planting.public_site.comments["decided"]
    planting.comments["flagged by the visitor"] = planting.public_site.comments["changed"]
    notice = Notice(
        "illegal",
        user=stranger,
        text=planting.words("H16", "text", DESK),
        law=planting.words("H16", "law", DESK),
        is_in_good_faith=True,
        name=word("H16", "name", DESK),
        email=f"{word('H16', 'address', DESK)}@example.org",
        wants_result=True,
        origin=Origin(network="n"),
    )
    moderation.flag_comment(planting.comments["flagged"], notice)
    visitor = planting.public_site.guests["visitor"]
    text = planting.words("H16", "text of a visitor", AUTHOR | DESK, DESK)
    notice = Notice("other", user=stranger, participant=visitor, text=text, wants_result=True)
    moderation.flag_comment(planting.comments["flagged by the visitor"], notice)


def guest_named(planting: Planting, hidden_class: str, readers: frozenset[str]) -> Participant:
    """Return the visitor under a name that they use once, so that their browser keeps its address."""
    guest = Participant.objects.get(pk=planting.public_site.guests["visitor"].pk)
    guest.name = planting.canary(hidden_class, "name", readers)
    return guest


def keep(planting: Planting, name: str, comment: Comment) -> None:
    comment.refresh_from_db()
    planting.comments[name] = comment
    planting.status_pages.append(status_token(comment.idempotency_key))


# --- Files, and what points at hidden things ------------------------------------------------------


def plant_files(planting: Planting, collection: Collection, name: str, readers: frozenset[str]) -> None:
    """H15: a picture and a document of a closed collection."""
    word = planting.canary
    in_admin = readers & WRITERS
    picture = make_picture(
        word("H15", f"{name}: title of the picture", readers, in_admin),
        "navy",
        collection,
        name=f"{word('H15', f'{name}: name of the file', readers, in_admin)}.png",
    )
    picture.credit = word("H15", f"{name}: credit", readers)
    picture.description = word("H15", f"{name}: description", readers, in_admin)
    picture.save()
    picture.tags.add(word("H15", f"{name}: tag", readers, in_admin))
    planting.pictures[name] = picture
    planting.documents[name] = make_document(
        word("H15", f"{name}: title of the document", readers),
        f"{word('H15', f'{name}: name of the document', readers, in_admin)}.txt",
        collection,
    )
    for file in (picture, planting.documents[name]):
        file.get_file_hash()


def picture_block(planting: Planting, name: str, readers: frozenset[str]) -> dict[str, Any]:
    picture = planting.pictures[name]
    picture.contextual_alt_text = planting.canary("H15", f"{name}: text alternative", readers)
    picture.decorative = False
    return {"image": picture, "caption": "", "credit": ""}


def document_block(planting: Planting, name: str) -> dict[str, Any]:
    return {"document": planting.documents[name], "title": ""}


def point_at_hidden_things(planting: Planting) -> None:
    """Let public things name hidden ones, as careless editors do. No leaf: for the canaries alone."""
    crews, draft = planting.pages["crews"], planting.pages["draft"]
    Redirect.objects.create(old_path="/fr/ancienne-adresse", redirect_page=crews)
    link = f'<p><a linktype="page" id="{crews.pk}">Ici</a> et <a linktype="page" id="{draft.pk}">là</a></p>'
    article = write_article(planting.public_site, "Un article qui montre du doigt")
    article.body = [("paragraph", link), ("related_pages", {"title": "", "pages": [crews, draft]})]
    article.source_page = crews
    article.save_revision(user=planting.public_site.users["administrator"], log_action=True).publish()
    planting.pages["pointing"] = BlogPage.objects.get(pk=article.pk)


def close_collection(name: str, group: Group) -> Collection:
    collection = Collection.get_first_root_node().add_child(name=name)
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.GROUPS
    )
    restriction.groups.set([group])
    return collection


PLANTS: tuple[Callable[[Planting], None], ...] = (
    plant_internal_dialogue,
    plant_draft,
    plant_changes,
    plant_scheduled,
    plant_gone,
    plant_unverified,
    plant_held,
    plant_rejected,
    plant_hidden,
    plant_note,
    plant_earlier_words,
    plant_waiting_words,
    plant_erased,
    plant_addresses,
    plant_flags,
)
