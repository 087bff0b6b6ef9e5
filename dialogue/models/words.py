"""What a row of the conversation keeps of the words that it holds."""

import logging
from functools import cache

from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from dialogue.markup import EXCERPT_LENGTH, RENDERER_VERSION, Words

TEXT_MAX_LENGTH = 5_000
# What `render_comments` writes anew.
MADE_OF_TEXT = ("html", "plain", "excerpt", "renderer_version")
LONG = ("text", "html", "plain", "excerpt")  # what nobody reads who only counts or decides

logger = logging.getLogger(__name__)


class HasWords(models.Model):
    """Something said: what was typed, and all that was made of it when it was written.

    `words` reads and writes them together. A query that defers some of them asks for columns one by one.
    """

    text = models.TextField(_("text"), max_length=TEXT_MAX_LENGTH, blank=True)
    html = models.TextField(blank=True, editable=False)
    plain = models.TextField(blank=True, editable=False)
    excerpt = models.CharField(_("excerpt"), max_length=EXCERPT_LENGTH, blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def words(self) -> Words:
        """What is said; where an earlier version of us stored it, it is made anew, and the log says so.

        `render_comments` stores what is made anew, and ends that.
        """
        if self.text and self.renderer_version != RENDERER_VERSION:
            _say_that_words_are_old(self._meta.label, self.renderer_version)
            return Words.of(self.text)
        return Words(self.text, self.html, self.plain, self.excerpt)

    @words.setter
    def words(self, words: Words) -> None:
        self.text, self.html, self.plain, self.excerpt = words.text, words.html, words.plain, words.excerpt
        self.renderer_version = RENDERER_VERSION

    @property
    def body(self) -> SafeString:
        """The words as they are shown."""
        return mark_safe(self.words.html)  # noqa: S308 - our renderer escapes everything


@cache  # said once in each process, not by every page
def _say_that_words_are_old(table: str, version: int) -> None:
    logger.warning(
        "%s: HTML stored by renderer %s is stale and rendered at each read: run render_comments",
        table,
        version,
    )
