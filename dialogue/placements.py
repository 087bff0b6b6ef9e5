"""Which quotations stand in a page, in its draft and before its readers, and where each of them stands.

Some keep the page from being published; editors are told which, and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Page

from dialogue.models.featured import FeaturedComment
from dialogue.permissions import CommentPermissionTester
from dialogue.quotation_states import Standing, states_of
from dialogue.quotations import has_quotations
from portal.permissions import Viewer

PEOPLE = ("featured_by", "asked_by", "crossed_by")
RELATED = ("comment__page__locale", "comment__participant__user", "revision", *PEOPLE)


@dataclass(frozen=True)
class Place:
    """A block that quotes a comment: which of the page's blocks, counted from 1, and the row it names."""

    number: int
    row: int
    why: str = ""


@dataclass(frozen=True)
class Placement:
    """A quotation at its place in a page: in the draft, before readers, or in both."""

    place: Place
    standing: Standing
    is_in_draft: bool
    is_before_readers: bool

    @property
    def quotation(self) -> FeaturedComment:
        return self.standing.quotation

    @property
    def stops_publication(self) -> bool:
        return self.is_in_draft and self.standing.state.stops_publication


def find_placements(page: Page, draft: Page) -> list[Placement]:
    """Return the quotations in the draft of `page`, in their order, and then those that readers alone have.

    As many queries for many as for one.
    """
    in_draft, live = places_in(draft.body), places_in(page.body) if page.live else []
    drafted, read = ({place.row for place in places} for places in (in_draft, live))
    places = [*in_draft, *(place for place in live if place.row not in drafted)]
    standings = _standings_of(page, places)
    return [
        Placement(place, standings[place.row], place.row in drafted, place.row in read)
        for place in places
        if place.row in standings
    ]


def places_in(body: StreamValue) -> list[Place]:
    """Return where comments are quoted in the body of a page as it is stored: each row at its first block."""
    found: dict[int, Place] = {}
    for number, child in enumerate(body, start=1):
        if child.block_type == "featured_comment" and child.value["quotation"] is not None:
            row = child.value["quotation"].pk
            found.setdefault(row, Place(number, row, child.value.get("why") or ""))
    return list(found.values())


def find_stops(page: Page) -> list[Placement]:
    """Return what keeps `page`, as it stands in memory and was saved so, from being published."""
    if not has_quotations(page):
        return []
    places = {place.row: place for place in places_in(page.body)}
    standings = _standings_of(page, places.values())
    found = [Placement(places[row], standing, True, False) for row, standing in standings.items()]
    return sorted(filter(lambda one: one.stops_publication, found), key=lambda one: one.place.number)


def tell_of_stops(page: Page, viewer: Viewer) -> list[str]:
    """Return, in a sentence for each block, what keeps `page` from being published.

    Somebody is named to those alone who may see what they said.
    """
    return [
        _("%(block)s: %(sentence)s")
        % {"block": name_block(placement, viewer), "sentence": _within(placement.standing.sentence)}
        for placement in find_stops(page)
    ]


def name_block(placement: Placement, viewer: Viewer) -> str:
    """Return how a block is called in a message: by its number and whom it quotes."""
    quotation = placement.quotation
    number = placement.place.number
    if not CommentPermissionTester(quotation.comment, viewer).can_see():
        return _("Block %(number)s, a featured comment") % {"number": number}
    said = _("Block %(number)s, the comment by %(name)s")
    return said % {"number": number, "name": quotation.attribution}


def _standings_of(page: Page, places: Iterable[Place]) -> dict[int, Standing]:
    keys = {place.row for place in places}
    if not keys:
        return {}
    rows = list(FeaturedComment.objects.filter(pk__in=keys, page_id=page.pk).select_related(*RELATED))
    for row in rows:
        row.page = page
    return {standing.quotation.pk: standing for standing in states_of(rows, page)}


def _within(sentence: str) -> str:
    """Return a sentence as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]
