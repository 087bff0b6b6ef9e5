"""Terms that the site looks out for in comments."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moderation.matching.terms import Pattern

TERM_MAX_LENGTH = 100
SHORTEST_OPEN = 3  # letters beside a star


class TermKind(models.TextChoices):
    """What a term does to a comment in which it stands. No machine rejects one."""

    BLOCKED = "blocked", pgettext_lazy("term", "Blocked: always held, as what weighs most")
    SUSPECT = "suspect", pgettext_lazy("term", "Suspect: always held")
    NOTED = "noted", pgettext_lazy("term", "Noted: adds to other signs, and holds nothing alone")


class ScreeningTerm(models.Model):
    """A word or several that screening looks out for: everywhere, in one language, or below one section."""

    term = models.CharField(
        _("term"),
        max_length=TERM_MAX_LENGTH,
        help_text=_(
            "A word or several. Case, accents and look-alike letters do not matter. A star at the end stands "
            "for any ending (“casino*”), at the beginning of a single word for any beginning."
        ),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=TermKind.choices, default=TermKind.SUSPECT)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty: in comments in any language."),
    )
    section = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: everywhere. Otherwise on this page and below it."),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Why it is looked for; moderators read it.")
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    # How the term reads to a hurried eye: the same twice would say the same twice.
    folded = models.CharField(max_length=2 * TERM_MAX_LENGTH, editable=False)

    class Meta:
        verbose_name = _("screening term")
        verbose_name_plural = _("screening terms")
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "language"],
                condition=Q(section__isnull=True),
                name="moderation_term_everywhere",
            ),
            models.UniqueConstraint(
                fields=["folded", "language", "section"],
                condition=Q(section__isnull=False),
                name="moderation_term_in_section",
            ),
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def kind_word(self) -> str:
        """The kind in a word: what stands before the colon."""
        return str(self.get_kind_display()).partition(":")[0]

    @property
    def language_word(self) -> str:
        return self.get_language_display() if self.language else ""

    def clean(self) -> None:
        super().clean()
        self.fold()
        twins = ScreeningTerm.objects.filter(
            folded=self.folded, language=self.language, section=self.section
        ).exclude(pk=self.pk)
        if twin := twins.first():
            raise ValidationError({"term": known_already(twin.term)})

    def fold(self) -> None:
        """Tidy the term, and work out how it reads; raises `ValidationError` where it says nothing."""
        self.term = " ".join(self.term.split())
        self.folded = fold_term(self.term)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)


def known_already(term: str) -> str:
    """Return what is said of a term that is in the list."""
    return gettext("“%(term)s” is in the list, and reads the same.") % {"term": term}


def fold_term(term: str) -> str:
    """Return how a term reads to a hurried eye, with its stars; raises `ValidationError` for no term."""
    pattern = Pattern.of(term)
    if pattern is None:
        raise ValidationError({"term": _("Write a word: no letter or digit stands in this.")})
    if "*" in term.strip("*"):
        raise ValidationError(
            {"term": _("A star can only stand at the end of a term, or at the beginning of a single word.")}
        )
    if term.startswith("*") and not pattern.is_open_before:
        raise ValidationError({"term": _("A star can begin a single word, not several.")})
    if (pattern.is_open_before or pattern.is_open_after) and len("".join(pattern.words)) < SHORTEST_OPEN:
        raise ValidationError(
            {"term": _("With a star, write three letters at least: fewer would find half of all words.")}
        )
    return f"{'*' * pattern.is_open_before}{' '.join(pattern.words)}{'*' * pattern.is_open_after}"
