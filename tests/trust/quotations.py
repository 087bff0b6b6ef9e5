"""Quotations in any order of events: no rendering shows what the rules of featured comments forbid.

Comments are changed, hidden, brought back, withdrawn and erased; their authors are asked, say yes or no, take
it back, and reply to the page that quotes them, and that reply is held, published, changed and hidden too.
Pages that quote are closed, opened, moved, copied, translated, taken down and published with other excerpts.
After each step every such page is rendered. What may be shown there is kept account of
(`tests.trust.account`), and asked of nobody: exactly those words, and no others, must be found.
"""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory, TestCase
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from blog.models import BlogIndexPage, BlogPage, VoicesPage
from demo.factories.people import group_of
from dialogue.actions import (
    CommentRefused,
    TooManyComments,
    accept_edit,
    accept_new_wording,
    agree_to_quotation,
    answer_quotation,
    ask_to_quote,
    cross_quotation,
    edit_comment,
    rejoin_quotation,
    take_back_one_quotation,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.attributions import NameForm
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentStatus, FeaturedComment, InternalDialogueIndexPage
from dialogue.models.bindings import quotations_in
from dialogue.models.settings import ConversationSettings
from dialogue.origins import Origin
from dialogue.selections import Selection
from mail.models import ChoicePlace
from moderation.actions import hide_comment, publish_comment, restore_comment
from people.groups import EMPLOYEES
from people.models import Participant, User
from portal.wagtail_patches.publications import PublicationRefused
from privacy.actions import erase_participant
from tests.caches import clear_caches
from tests.trust import walking
from tests.trust.account import Quoted, Quoting, Reply, Spot, Voice
from tests.trust.planting import COMMON, WORD
from tests.trust.public_site import ask, close_page, say, write_article
from tests.trust.requests import Asked, send

STEPS_IN_A_WALK = 250
LOOK_AROUND = 100  # steps: so often everything else is read too, as it is served
WORDS = 6  # in each version of a comment
WORDS_OF_REPLY = 2
MOST_VOICES, MOST_PAGES, MOST_BLOCKS = 4, 4, 3
FORMS = (NameForm.SIGNED, NameForm.SIGNED, NameForm.FIRST, NameForm.INITIALS, NameForm.ROLE)
# What ends something is less likely than what goes on with it: three yeses show internal words, and one no
# is the end of that.
LIKELY = dict.fromkeys(("delete", "erase", "move", "unpublish", "withdraw"), 1)
LIKELY |= dict.fromkeys(("hide", "say no", "take one back", "take_all_back", "close_or_open"), 1)
LIKELY |= dict.fromkeys(("close or open the source", "take the source down or up"), 1)
LIKELY |= {"ask": 9, "say yes": 9, "approve": 9, "publish": 6, "restore": 6, "say": 6}
LIKELY |= {
    "reply": 24,
    "publish the reply": 6,
    "hide the reply": 6,
    "restore the reply": 6,
    "withdraw the reply": 1,
}
BESIDE = ("/fr/", "/en/", "/fr/articles/", "/fr/feeds/articles.atom", f"/fr/search/?query={COMMON}")


class Walk(walking.Walk):
    """One sequence of changes."""

    proof = "quotations"
    longest = STEPS_IN_A_WALK

    def begin(self) -> None:
        """Say and quote something to begin with."""
        self.voices: list[Voice] = []
        self.pages: list[Quoting] = []
        self.words: set[str] = set()
        self.rows: dict[int, Quoted] = {}
        self.editor, self.second = self.public_site.users["editor"], self.public_site.users["administrator"]
        self.employees = group_of(EMPLOYEES)
        self.request = RequestFactory().get("/")
        self.request.user = AnonymousUser()
        settings = ConversationSettings.for_site(self.public_site.pages["home_fr"].get_site())
        settings.allow_crossing = True
        settings.save()
        self.sections = {False: self.public_site.pages["articles_fr"], True: self.open_closed_section()}
        internal = InternalDialogueIndexPage.objects.get(locale__language_code="fr")
        self.spots = [
            Spot(ask(self.public_site.pages["dialogues_fr"], "Quel horaire ?").pk),
            Spot(ask(internal, "Quel horaire, entre nous ?").pk, is_below_closed=True),
        ]
        for spot in self.spots:
            self.say(spot)
            self.write()

    def open_closed_section(self) -> BlogIndexPage:
        section = BlogIndexPage(title="Entre nous", slug="entre-nous")
        home = Page.objects.get(pk=self.public_site.pages["home_fr"].pk)
        home.add_child(instance=section)
        close_page(section, self.employees)
        return section

    # --- Steps -----------------------------------------------------------------------------------

    def step(self) -> None:
        kinds: dict[str, list[Callable[[], object]]] = {}
        for name, act in self.acts():
            kinds.setdefault(name, []).append(act)
        # Whatever it could be done to, each kind is as likely as another, but for those that are named.
        names = sorted(kinds)
        [name] = self.chance.choices(names, [LIKELY.get(name, 3) for name in names])
        with TestCase.captureOnCommitCallbacks(execute=True):
            self.chance.choice(kinds[name])()
        self.path.append(name)
        self.result.steps += 1
        for page in self.pages:
            self.look(page)
        if self.result.steps % LOOK_AROUND == 0:
            self.look_around()

    def acts(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Everything that can be done now, by the name of its kind."""
        alive = [voice for voice in self.voices if voice.status != CommentStatus.ERASED]
        if len(alive) < MOST_VOICES:
            yield from (("say", partial(self.say, spot)) for spot in self.spots if spot.is_live)
        if len(self.pages) < MOST_PAGES and self.published():
            yield "write", self.write
        for spot in self.spots:
            yield "take the source down or up", partial(self.toggle_live, spot)
            yield "close or open the source", partial(self.toggle_closed, spot)
        for voice in alive:
            for act in self.acts_on_voice(voice):
                yield act.__name__, partial(act, voice)
            for reply in voice.replies:
                for act in self.acts_on_reply(reply):
                    yield f"{act.__name__} the reply".replace("_reply", ""), partial(act, reply)
        for page in self.pages:
            for act in self.acts_on_page(page):
                yield act.__name__, partial(act, page)
            for row in {row.pk: row for row in [*page.placed, *page.drafted]}.values():
                yield from self.acts_on_row(page, row)
            yield from (
                ("reply", partial(self.reply, row)) for row in page.placed if self.may_reply(page, row)
            )

    def acts_on_voice(self, voice: Voice) -> Iterator[Callable[[Voice], None]]:
        yield self.erase
        if voice.status == CommentStatus.PUBLISHED:
            yield from (self.tick, self.take_all_back, self.withdraw)
            if voice.spot.is_live:  # nobody changes or decides on what nobody reads
                yield from (self.edit, self.hide)
        if voice.status == CommentStatus.HIDDEN and voice.spot.is_live:
            yield self.restore

    def acts_on_reply(self, reply: Reply) -> Iterator[Callable[[Reply], None]]:
        if reply.status in {CommentStatus.PUBLISHED, CommentStatus.HELD}:
            yield self.withdraw
        if not reply.spot.is_live:
            return
        if reply.status in {CommentStatus.PUBLISHED, CommentStatus.HELD}:
            yield self.edit_reply
        if reply.status == CommentStatus.PUBLISHED:
            yield self.hide
        if reply.status == CommentStatus.HELD:
            yield self.publish_reply
        if reply.status == CommentStatus.HIDDEN:
            yield self.restore

    def acts_on_page(self, page: Quoting) -> Iterator[Callable[[Quoting], None]]:
        yield from (self.publish, self.close_or_open, self.move, self.delete)
        if page.spot.is_live:
            yield self.unpublish
        if len(page.drafted) < MOST_BLOCKS and self.published():
            yield self.quote_more
        if page.drafted:
            yield self.choose_otherwise
        # A copy of a page that is closed by itself would have more readers, and is refused.
        if not page.spot.is_closed:
            yield self.copy
            if len(self.pages) < MOST_PAGES and not page.spot.is_below_closed:
                yield self.translate

    def acts_on_row(self, page: Quoting, row: Quoted) -> Iterator[tuple[str, Callable[[], object]]]:
        needs_crossing = row.voice.spot.is_internal and not page.spot.is_internal
        if not row.is_asked or needs_crossing > row.is_asked_for_public:
            yield "ask", partial(self.ask, page, row)
        if row.is_asked:
            yield from (("say yes", partial(self.agree, row)), ("say no", partial(self.decline, row)))
        if row.is_agreed or row.voice.boxed:
            yield "take one back", partial(self.take_one_back, row)
        if row.is_agreed_for_public and not row.is_crossed:
            yield "approve", partial(self.approve, row)
        if row.version != row.voice.version:
            yield "renew", partial(self.renew, page, row)

    # --- Of comments -----------------------------------------------------------------------------

    def say(self, spot: Spot) -> None:
        name, words = (self.word(), self.word()), [self.word() for _number in range(WORDS)]
        user = User.objects.create_user(f"{name[0]}@example.org", email=f"{name[0]}@example.org")
        user.first_name, user.last_name = name
        user.save()
        user.groups.add(self.employees)
        ticks = self.chance.random() < 0.5
        text = " ".join(words)
        comment = say(self.page(spot), text, user, may_quote=ticks, may_ask=True)
        if comment.status != CommentStatus.PUBLISHED:
            publish_comment(comment, by=self.second)
        self.voices.append(Voice(comment.pk, spot, name, {1: words}, boxed={1} if ticks else set()))

    def edit(self, voice: Voice) -> None:
        words = [self.word() for _number in range(WORDS)]
        ticks = self.chance.random() < 0.5
        comment = self.comment(voice)
        try:
            edit_comment(comment, " ".join(words), by=comment.participant, may_quote=ticks)
        except CommentRefused:
            return
        if comment.waiting_version:
            accept_edit(comment, comment.waiting_version, by=self.second)
        version = comment.version
        voice.versions[version] = words
        if ticks:
            voice.boxed.add(version)
        elif voice.boxed:
            self.forget_yeses(voice)

    def tick(self, voice: Voice) -> None:
        comment = self.comment(voice)
        if agree_to_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE):
            voice.boxed.add(voice.version)

    def take_all_back(self, voice: Voice) -> None:
        comment = self.comment(voice)
        if take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE):
            self.forget_yeses(voice)

    def forget_yeses(self, voice: Voice) -> None:
        voice.boxed.clear()
        for row in self.rows_of(voice):
            row.is_refused |= row.is_agreed

    def hide(self, voice: Voice | Reply) -> None:
        hide_comment(self.comment(voice), by=self.second, reason_code="off_topic")
        voice.status = CommentStatus.HIDDEN

    def restore(self, voice: Voice | Reply) -> None:
        restore_comment(self.comment(voice), by=self.second)
        voice.status = CommentStatus.PUBLISHED

    def withdraw(self, voice: Voice | Reply) -> None:
        comment = self.comment(voice)
        withdraw_comment(comment, by=comment.participant)
        voice.status = CommentStatus.WITHDRAWN

    def erase(self, voice: Voice) -> None:
        erase_participant(self.comment(voice).participant)
        for said in (voice, *voice.replies):
            said.status = CommentStatus.ERASED

    def toggle_live(self, spot: Spot) -> None:
        page = self.page(spot)
        if spot.is_live:
            page.unpublish(user=self.second)
        else:
            page.get_latest_revision().publish(user=self.second)
        spot.is_live = not spot.is_live

    def toggle_closed(self, spot: Spot) -> None:
        if spot.is_closed:
            PageViewRestriction.objects.get(page_id=spot.pk).delete()
        else:
            close_page(self.page(spot), self.employees)
        spot.is_closed = not spot.is_closed

    # --- Of one quotation ------------------------------------------------------------------------

    def ask(self, page: Quoting, row: Quoted) -> None:
        until = timezone.now() + timedelta(days=7)
        if self.tried(ask_to_quote, row, by=self.editor, answer_by=until):
            row.is_asked = True
            row.is_asked_for_public = row.voice.spot.is_internal and not page.spot.is_internal

    def agree(self, row: Quoted) -> None:
        form = self.chance.choice([*FORMS, NameForm.OWN])
        own = self.word() if form == NameForm.OWN else ""
        answer = partial(answer_quotation, is_agreed=True, name_form=form, own_name=own)
        if self.tried(answer, row, by=self.speaker(row), place=ChoicePlace.MAIL):
            row.is_agreed, row.is_refused, row.form, row.own_name = True, False, form, own
            row.is_agreed_for_public = row.is_asked_for_public

    def decline(self, row: Quoted) -> None:
        answer = partial(answer_quotation, is_agreed=False)
        row.is_refused |= self.tried(answer, row, by=self.speaker(row), place=ChoicePlace.MAIL)

    def take_one_back(self, row: Quoted) -> None:
        place = ChoicePlace.PAGE
        row.is_refused |= self.tried(take_back_one_quotation, row, by=self.speaker(row), place=place)

    def approve(self, row: Quoted) -> None:
        row.is_crossed |= self.tried(cross_quotation, row, by=self.second)

    def renew(self, page: Quoting, row: Quoted) -> None:
        quotation = FeaturedComment.objects.get(pk=row.pk)
        try:
            accept_new_wording(self.page(page.spot), quotation, by=self.editor)
        except (CommentRefused, PermissionDenied):
            return
        self.read_draft(page)

    def tried(self, act: Callable[..., object], row: Quoted, **more: object) -> bool:
        """Return whether the act was done; what the rules refuse is refused."""
        try:
            return bool(act(FeaturedComment.objects.get(pk=row.pk), **more))
        except (CommentRefused, PermissionDenied):
            return False

    # --- Of replies to a page --------------------------------------------------------------------

    def may_reply(self, page: Quoting, row: Quoted) -> bool:
        """Whether readers see the quotation, nobody's eyes but theirs have it, and no reply stands there."""
        gone = {CommentStatus.WITHDRAWN, CommentStatus.ERASED}
        is_free = row.reply is None or row.reply.status in gone
        is_shown = page.spot.is_live and row.is_shown_on(page.spot) and not row.goes_beyond(page.spot)
        return is_free and is_shown

    def reply(self, row: Quoted) -> None:
        """Reply beside the quotation, and now and then in a way that has a moderator look first."""
        words = [self.word() for _number in range(WORDS_OF_REPLY)]
        signals = frozenset({"honeypot"}) if self.chance.random() < 0.5 else frozenset()
        quotation = FeaturedComment.objects.get(pk=row.pk)
        origin = Origin(signals=signals)
        try:
            said = rejoin_quotation(quotation, " ".join(words), by=self.speaker(row), origin=origin)
        except TooManyComments:  # within one hour, at which the clock stands still
            return
        row.reply = Reply(said.pk, row.voice.spot, words, said.status)
        row.voice.replies.append(row.reply)

    def publish_reply(self, reply: Reply) -> None:
        publish_comment(self.comment(reply), by=self.second)
        reply.status = CommentStatus.PUBLISHED

    def edit_reply(self, reply: Reply) -> None:
        words = [self.word() for _number in range(WORDS_OF_REPLY)]
        comment = self.comment(reply)
        try:
            edit_comment(comment, " ".join(words), by=comment.participant)
        except CommentRefused:
            return
        if comment.waiting_version:
            accept_edit(comment, comment.waiting_version, by=self.second)
        reply.words, reply.status = words, comment.status

    # --- Of pages --------------------------------------------------------------------------------

    def write(self) -> None:
        article = write_article(self.public_site, f"Vos voix {secrets.token_hex(4)}")
        page = Quoting(Spot(article.pk), [], [])
        self.pages.append(page)
        self.quote_more(page)
        self.publish(page)

    def quote_more(self, page: Quoting) -> None:
        draft = self.draft(page)
        draft.body.append(("featured_comment", {"quotation": self.choose(), "why": ""}))
        self.save_draft(page, draft)

    def choose_otherwise(self, page: Quoting) -> None:
        """Quote in another way, or somebody else, or nobody."""
        draft = self.draft(page)
        places = [place for place, block in enumerate(draft.body) if block.block_type == "featured_comment"]
        place = self.chance.choice(places)
        if self.chance.random() < 0.3 or not self.published():
            del draft.body[place]
        else:
            draft.body[place] = ("featured_comment", {"quotation": self.choose(), "why": ""})
        self.save_draft(page, draft)

    def choose(self) -> FeaturedComment:
        """Return a quotation of somebody, of which an excerpt may be shown, and words be removed."""
        comment = self.comment(self.chance.choice(self.published()))
        words = comment.words.plain.split(" ")
        first, last = sorted(self.chance.sample(range(WORDS + 1), 2))
        begins = [sum(len(word) + 1 for word in words[:number]) for number in range(WORDS + 1)]
        ranges = [] if self.chance.random() < 0.4 else [[begins[first], begins[last] - 1]]
        removals = []
        if last - first > 1 and self.chance.random() < 0.5:
            removals = [[begins[first], begins[first + 1] - 1, "name"]]
        form = self.chance.choice(FORMS)
        return quotation_of(comment, Selection(comment.public_id, None, None, ranges, removals, form))

    def save_draft(self, page: Quoting, draft: BlogPage) -> None:
        draft.save_revision(user=self.editor, clean=False)
        self.read_draft(page)

    def read_draft(self, page: Quoting) -> None:
        page.drafted = self.rows_in(self.draft(page))

    def rows_in(self, page: BlogPage) -> list[Quoted]:
        return [self.row(value["quotation"]) for value in quotations_in(page.body)]

    def row(self, quotation: FeaturedComment) -> Quoted:
        """Return what is known of a row, which may stand in a draft again that it had left."""
        if quotation.pk not in self.rows:
            [voice] = [voice for voice in self.voices if voice.pk == quotation.comment_id]
            words = voice.versions[quotation.revision.version]
            text = " ".join(words)
            shown = [text[start:end] for start, end in quotation.ranges or [[0, len(text)]]]
            gone = {text[start:end] for start, end, _reason in quotation.removals}
            kept = set(" ".join(shown).split()) - gone
            version = quotation.revision.version
            self.rows[quotation.pk] = Quoted(quotation.pk, voice, version, kept, quotation.name_form)
        return self.rows[quotation.pk]

    def publish(self, page: Quoting) -> None:
        """Publish the draft; without a person, as at the hour of a schedule, whatever it quotes."""
        revision = Page.objects.get(pk=page.spot.pk).get_latest_revision()
        try:
            revision.publish(user=self.chance.choice([self.editor, None]))
        except PublicationRefused:
            return
        page.spot.is_live, page.placed = True, page.drafted

    def unpublish(self, page: Quoting) -> None:
        self.page(page.spot).unpublish(user=self.second)
        page.spot.is_live = False

    def close_or_open(self, page: Quoting) -> None:
        self.toggle_closed(page.spot)

    def move(self, page: Quoting) -> None:
        if self.page(page.spot).locale.language_code == "fr":
            target = Page.objects.get(pk=self.sections[not page.spot.is_below_closed].pk)
            self.page(page.spot).move(target, pos="last-child", user=self.second)
            page.spot.is_below_closed = not page.spot.is_below_closed

    def delete(self, page: Quoting) -> None:
        self.page(page.spot).delete(user=self.second)
        self.pages.remove(page)

    def copy(self, page: Quoting) -> None:
        """Copy the page as its readers have it; what was agreed to for it was agreed to for no other.

        Where there are pages enough, the copy takes the place of one.
        """
        if len(self.pages) == MOST_PAGES:
            self.delete(self.chance.choice([other for other in self.pages if other is not page]))
        name = f"copie-{secrets.token_hex(4)}"
        made = self.page(page.spot).copy(update_attrs={"title": name, "slug": name}, user=self.second)
        self.take_in(made, is_below_closed=page.spot.is_below_closed)

    def translate(self, page: Quoting) -> None:
        original = self.page(page.spot)
        code = "en" if original.locale.language_code == "fr" else "fr"
        if not original.has_translation(Locale.objects.get(language_code=code)):
            made = original.copy_for_translation(Locale.objects.get(language_code=code), copy_parents=True)
            self.take_in(made, is_below_closed=False)

    def take_in(self, made: Page, *, is_below_closed: bool) -> None:
        page = BlogPage.objects.get(pk=made.pk)
        spot = Spot(page.pk, page.live, page.view_restrictions.exists(), is_below_closed)
        self.pages.append(Quoting(spot, self.rows_in(page), []))
        self.read_draft(self.pages[-1])

    # --- What may be read, and what is -----------------------------------------------------------

    def look(self, page: Quoting) -> None:
        """Render the body that readers have."""
        self.result.looks += 1
        shown: set[str] = set()
        if page.spot.is_live:
            there = self.page(page.spot)
            html = there.body.render_as_block({"page": there, "request": self.request})
            shown = set(WORD.findall(html)) & self.words
        self.compare(f"page {page.spot.pk}", shown, page.shown, page.shown)

    def look_around(self) -> None:
        """Read pages, feeds and lists as they are served: nothing more than what is shown on some page."""
        clear_caches()
        for name in ("anonymous", "employee"):
            readable = [page for page in self.pages if name == "employee" or not page.spot.is_internal]
            quoted: set[str] = set().union(*(page.shown for page in readable))
            own: set[str] = set()
            for voice in self.voices:
                if voice.spot.is_live and (name == "employee" or not voice.spot.is_internal):
                    own |= voice.read_in_thread
            for path in self.paths(readable):
                self.result.looks += 1
                seen = set(WORD.findall(send(self.actors[name], Asked(path)).text)) & self.words
                self.compare(f"{path}, read by {name}", seen, set(), quoted | own)
            for page in readable:
                if page.spot.is_live:
                    path = self.page(page.spot).get_url()
                    seen = set(WORD.findall(send(self.actors[name], Asked(path)).text)) & self.words
                    self.compare(f"{path}, read by {name}", seen, page.shown, page.shown)

    def paths(self, readable: list[Quoting]) -> Iterator[str]:
        yield from BESIDE
        yield from (self.page(spot).get_url() for spot in self.spots if spot.is_live)
        yield from (page.get_url() for page in VoicesPage.objects.live())

    def compare(self, where: str, seen: set[str], least: set[str], most: set[str]) -> None:
        if seen - most:
            self.result.forbidden.append(f"{where} shows {self.tell(seen - most)}")
        if least - seen:
            self.result.missing.append(f"{where} misses {self.tell(least - seen)}")

    def tell(self, words: set[str]) -> str:
        """Return whose words they are, and what was done before."""
        owners = [voice for voice in self.voices if words & voice.all_words]
        return f"{sorted(words)} of {owners or 'a name that was chosen'}, after {', '.join(self.path[-12:])}"

    # --- Things as they stand now ----------------------------------------------------------------

    def word(self) -> str:
        word = f"zq{secrets.token_hex(7)}"
        self.words.add(word)
        return word

    def published(self) -> list[Voice]:
        return [
            voice for voice in self.voices if voice.status == CommentStatus.PUBLISHED and voice.spot.is_live
        ]

    def rows_of(self, voice: Voice) -> list[Quoted]:
        return [row for row in self.rows.values() if row.voice is voice]

    def speaker(self, row: Quoted) -> Participant:
        return self.comment(row.voice).participant

    def comment(self, voice: Voice | Reply) -> Comment:
        return Comment.objects.select_related("page", "participant__user").get(pk=voice.pk)

    def page(self, spot: Spot) -> Page:
        return Page.objects.get(pk=spot.pk).specific

    def draft(self, page: Quoting) -> BlogPage:
        return self.page(page.spot).get_latest_revision_as_object()


walk = partial(walking.walk, Walk)
