"""Changes of state in any order: after each, no copy says what may no longer be read (T10).

Comments are said, published, hidden, restored, withdrawn, quoted and erased; their pages are closed, opened,
moved and taken down; mail is sent meanwhile. People look before and after each change, so that whatever is
kept anywhere is kept from before. What may be read is kept account of here, and asked of nobody.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from dialogue.actions import edit_comment, take_back_quotation, withdraw_comment
from dialogue.models import Comment, CommentStatus, InternalDialogueIndexPage
from mail.actions import process_mail
from mail.models import ChoicePlace
from moderation.actions import hide_comment, publish_comment, reject_comment, restore_comment
from people.models import Participant
from privacy.actions import erase_participant
from tests.caches import dump_page_store
from tests.trust import walking
from tests.trust.canaries import dump_cache, dump_index, source_of
from tests.trust.planting import COMMON, WORD
from tests.trust.public_site import ask, quote, say, write_article
from tests.trust.requests import Asked, send

READERS = ("anonymous", "employee")
STEPS_IN_A_WALK = 25
BESIDE = ("/fr/", "/fr/articles/", "/fr/feeds/articles.atom", f"/fr/search/?query={COMMON}", "/sitemap.xml")
MOST_SAID, MOST_QUOTING = 8, 4


@dataclass
class Place:
    """A page with a conversation, and who may read it."""

    pk: int
    is_live: bool = True
    is_closed: bool = False
    is_internal: bool = False

    def may_be_read_by(self, reader: str) -> bool:
        return self.is_live and (reader == "employee" or not (self.is_closed or self.is_internal))


@dataclass
class Said:
    """A comment, its word, and where it stands."""

    pk: int
    place: Place
    word: str
    name: str
    status: str = CommentStatus.HELD
    may_quote: bool = True
    is_edited: bool = False

    @property
    def words(self) -> set[str]:
        return {self.word, self.name}


class Walk(walking.Walk):
    """One sequence of changes."""

    proof = "states"
    longest = STEPS_IN_A_WALK

    def begin(self) -> None:
        """Say and quote something to begin with."""
        self.said: list[Said] = []
        self.quoting: list[Place] = []
        self.words: dict[str, Said | None] = {}
        self.sections = {
            False: self.public_site.pages["dialogues_fr"].pk,
            True: InternalDialogueIndexPage.objects.get(locale__language_code="fr").pk,
        }
        mail.outbox = []
        article = write_article(self.public_site, f"Un article des {COMMON}")
        dialogue = ask(self.public_site.pages["dialogues_fr"], f"Une question des {COMMON} ?")
        self.places = [Place(article.pk), Place(dialogue.pk)]
        self.movable = self.places[1]
        for place in self.places:
            self.publish(self.say(place))
        self.feature(self.said[0])

    # --- Steps -----------------------------------------------------------------------------------

    def step(self) -> None:
        name, act = self.chance.choice(list(self.acts()))
        with TestCase.captureOnCommitCallbacks(execute=True):
            act()
        self.result.steps += 1
        self.look(name)

    def acts(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Everything that can be done now, by a name for the story."""
        yield "send mail", self.send_mail
        open_to_guests = [place for place in self.places if place.may_be_read_by("anonymous")]
        if open_to_guests and len(self.said) < MOST_SAID:
            yield "say", lambda: self.say(self.chance.choice(open_to_guests))
        for place in self.places:
            yield f"take down or put up {place.pk}", partial(self.toggle_live, place)
            yield f"close or open {place.pk}", partial(self.toggle_restriction, place)
        yield "move", self.move
        for number, said in enumerate(self.said):
            for act in self.acts_on(said):
                yield f"{act.__name__} {number}", partial(act, said)

    def acts_on(self, said: Said) -> Iterator[Callable[[Said], object]]:
        if said.place.is_live:  # nobody decides on a page that nobody reads
            yield from self.decisions_on(said)
        is_readable = said.place.may_be_read_by("anonymous")  # nobody changes what they may not read
        if said.status == CommentStatus.HELD and not said.is_edited and is_readable:
            yield self.edit
        if said.may_quote and said.status == CommentStatus.PUBLISHED:
            yield self.take_back
        if said.status in {CommentStatus.HELD, CommentStatus.PUBLISHED, CommentStatus.REJECTED}:
            yield self.withdraw
        if said.status != CommentStatus.ERASED:
            yield self.erase

    def decisions_on(self, said: Said) -> Iterator[Callable[[Said], object]]:
        if said.status == CommentStatus.HELD:
            yield from (self.publish, self.reject)
        if said.status == CommentStatus.PUBLISHED:
            yield self.hide
            if len(self.quoting) < MOST_QUOTING:
                yield self.feature
        if said.status == CommentStatus.HIDDEN:
            yield self.restore

    def say(self, place: Place) -> Said:
        """Speak, or reply to one of those who spoke."""
        name = self.word()
        guest = Participant.objects.create(
            name=name, email=f"{secrets.token_hex(8)}@example.org", verified_at=timezone.now()
        )
        published = [
            said for said in self.said if said.place is place and said.status == CommentStatus.PUBLISHED
        ]
        above = self.chance.choice([None, *published])
        parent = Comment.objects.get(pk=above.pk) if above else None
        word = self.word()
        comment = say(
            self.page(place),
            f"{word} {COMMON}",
            guest,
            parent=parent,
            may_quote=True,
            tell_replies=True,
            signals=frozenset({"honeypot"}),
        )
        said = Said(comment.pk, place, word, name)
        self.words |= {word: said, name: said}
        self.said.append(said)
        return said

    def publish(self, said: Said) -> None:
        publish_comment(self.comment(said), by=self.administrator)
        said.status = CommentStatus.PUBLISHED

    def reject(self, said: Said) -> None:
        reject_comment(self.comment(said), by=self.administrator, reason_code="off_topic")
        said.status = CommentStatus.REJECTED

    def hide(self, said: Said) -> None:
        hide_comment(self.comment(said), by=self.administrator, reason_code="off_topic")
        said.status = CommentStatus.HIDDEN

    def restore(self, said: Said) -> None:
        restore_comment(self.comment(said), by=self.administrator)
        said.status = CommentStatus.PUBLISHED

    def edit(self, said: Said) -> None:
        comment, word = self.comment(said), self.word()
        edit_comment(comment, f"{word} {COMMON}", by=comment.participant, may_quote=said.may_quote)
        self.words |= {said.word: None, word: said}
        said.word, said.is_edited = word, True

    def withdraw(self, said: Said) -> None:
        comment = self.comment(said)
        withdraw_comment(comment, by=comment.participant)
        said.status = CommentStatus.WITHDRAWN

    def take_back(self, said: Said) -> None:
        comment = self.comment(said)
        take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        said.may_quote = False

    def erase(self, said: Said) -> None:
        erase_participant(self.comment(said).participant)
        said.status = CommentStatus.ERASED

    def feature(self, said: Said) -> None:
        quotation = quote(self.public_site, self.comment(said), f"Une voix des {COMMON}")
        self.quoting.append(Place(quotation.page_id))

    def send_mail(self) -> None:
        mail.outbox = []
        process_mail()
        for message in mail.outbox:
            for word in set(WORD.findall(source_of(message))) & set(self.words):
                said = self.words[word]
                if said is None or not (
                    self.is_readable(said, "anonymous") or self.comment(said).participant.email in message.to
                ):
                    self.forbid(word, f"mail “{message.subject}”")

    def toggle_live(self, place: Place) -> None:
        page = self.page(place)
        if place.is_live:
            page.unpublish(user=self.administrator)
        else:
            page.get_latest_revision().publish(user=self.administrator)
        place.is_live = not place.is_live

    def toggle_restriction(self, place: Place) -> None:
        if place.is_closed:
            PageViewRestriction.objects.get(page_id=place.pk).delete()
        else:
            PageViewRestriction.objects.create(page_id=place.pk, restriction_type=BaseViewRestriction.LOGIN)
        place.is_closed = not place.is_closed

    def move(self) -> None:
        """Move the dialogue to the other section; what was said there does not find more readers by that."""
        target = Page.objects.get(pk=self.sections[not self.movable.is_internal])
        try:
            self.page(self.movable).move(target, pos="last-child", user=self.administrator)
        except PermissionDenied:
            if self.movable.may_be_read_by("anonymous"):
                raise
        else:
            self.movable.is_internal = not self.movable.is_internal

    # --- What may be read, and what is ------------------------------------------------------------

    def is_readable(self, said: Said, reader: str) -> bool:
        return said.status == CommentStatus.PUBLISHED and said.place.may_be_read_by(reader)

    def look(self, act: str) -> None:
        self.path.append(act)
        for name in READERS:
            seen: set[str] = set()
            for path, is_quoting in self.paths():
                self.result.looks += 1
                answer = send(self.actors[name], Asked(path))
                for word in set(WORD.findall(answer.text)) & set(self.words):
                    said = self.words[word]
                    seen.add(word)
                    is_agreed = said is not None and (said.may_quote or not is_quoting)
                    if said is None or not is_agreed or not self.is_readable(said, name):
                        self.forbid(word, f"{path}, read by {name}")
            for said in self.said:
                if self.is_readable(said, name) and not said.words <= seen:
                    self.result.missing.append(f"{name} no longer finds {said} after {self.story}")
        self.read_sinks()

    def read_sinks(self) -> None:
        kept = set(WORD.findall(dump_cache()))
        for word in kept & set(self.words):
            self.forbid(word, "the cache")
        for word in set(WORD.findall(dump_page_store())) & set(self.words):
            said = self.words[word]
            if said is None or not self.is_readable(said, "anonymous"):
                self.forbid(word, "the page store")
        # An earlier version is kept with the comment, for moderators; of the erased nothing is.
        erased = {word for said in self.said if said.status == CommentStatus.ERASED for word in said.words}
        for word in set(WORD.findall(dump_index())) & erased:
            self.forbid(word, "the search index")

    def paths(self) -> Iterator[tuple[str, bool]]:
        """Where the words of comments are shown, and whether that is in a quotation."""
        yield from ((path, False) for path in BESIDE)
        for place in self.places:
            yield self.page(place).get_url(), False
            yield reverse("comments_feed", args=[place.pk]), False
        yield from ((self.page(place).get_url(), True) for place in self.quoting)
        for said in self.said:
            public_id = self.comment(said).public_id
            for name in ("comment_permalink", "show_thread", "reply_to_comment"):
                yield reverse(name, args=[public_id]), False

    def forbid(self, word: str, place: str) -> None:
        self.result.forbidden.append(f"{self.words[word] or 'earlier words'} at {place}, after {self.story}")

    @property
    def story(self) -> str:
        return ", ".join(self.path)

    # --- Things as they stand now -----------------------------------------------------------------

    @property
    def administrator(self) -> object:
        return self.public_site.users["administrator"]

    def word(self) -> str:
        word = f"zq{secrets.token_hex(7)}"
        self.words[word] = None
        return word

    def comment(self, said: Said) -> Comment:
        return Comment.objects.select_related("page", "participant").get(pk=said.pk)

    def page(self, place: Place) -> Page:
        return Page.objects.get(pk=place.pk).specific


walk = partial(walking.walk, Walk)
