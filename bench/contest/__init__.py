"""The stages of the bench: what is asked of each of those that are compared, and what it costs them."""

from bench.contest.limits import limits
from bench.contest.portal import portal_mix, portal_posts, portal_reads, portal_rest, served
from bench.contest.rivals import SITES, measure_rival

__all__ = [
    "SITES",
    "limits",
    "measure_rival",
    "portal_mix",
    "portal_posts",
    "portal_reads",
    "portal_rest",
    "served",
]
