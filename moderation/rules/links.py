"""Links: few comments have one, and nearly every advertisement does."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

# Policy: one link is a source, and weighs little; three are enough by themselves.
BY_NUMBER = {1: 10, 2: 30}
MANY = 60
# These hide where they lead, so that the domain says nothing.
SHORTENERS = frozenset(
    {
        *("bit.ly", "tinyurl.com", "t.co", "goo.gl", "is.gd", "ow.ly", "buff.ly", "rebrand.ly", "cutt.ly"),
        *("t.ly", "rb.gy", "shorturl.at", "tiny.cc", "v.gd", "s.id", "lnkd.in"),
    }
)
HIDDEN = 30
WORDS_AROUND = 3  # fewer words than this beside a link say nothing of it
ALONE = 30


def count_links(evidence: Evidence) -> Iterator[Signal]:
    """Notice how many links there are."""
    links = evidence.links
    if links:
        spans = tuple(link.span for link in links)
        yield Signal("links", BY_NUMBER.get(len(links), MANY), spans, str(len(links)))


def notice_shorteners(evidence: Evidence) -> Iterator[Signal]:
    """Notice links that hide where they lead."""
    hidden = [link for link in evidence.links if link.host in SHORTENERS]
    if hidden:
        yield Signal("hidden_links", HIDDEN, tuple(link.span for link in hidden), hidden[0].host)


def notice_link_alone(evidence: Evidence) -> Iterator[Signal]:
    """Notice a link with next to no words beside it."""
    links = evidence.links
    if not links:
        return
    beside = (
        word
        for word in evidence.words
        if not any(link.span[0] <= word.start and word.end <= link.span[1] for link in links[:3])
    )
    if len(list(islice(beside, WORDS_AROUND))) < WORDS_AROUND:
        yield Signal("bare_link", ALONE, (links[0].span,))


RULES = (
    ScreeningRule(count_links, {"links": _("links: %(about)s")}),
    ScreeningRule(notice_shorteners, {"hidden_links": _("a link that hides where it leads (%(about)s)")}),
    ScreeningRule(notice_link_alone, {"bare_link": _("a link with next to no words")}),
)
