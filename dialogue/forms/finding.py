"""How an editor narrows the comments among which they choose one to quote."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.models import Page

from dialogue.querysets import CommentQuerySet
from people.models import Side
from portal.languages import language_name
from portal.permissions import Audience, Viewer, visible_pages
from portal.sorting import sort_key_of

WORDS_MAX_LENGTH = 200  # longer ones are refused by SQLite, and no person types them
PAGES_OFFERED = 200  # in the filter, the newest; the search finds the others by their titles
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9998, 12, 31)  # what every database and time zone can hold
ELSEWHERE = "other"  # of languages: none of the site's
SEARCHES = {"data-chooser-modal-search-filter": True}  # Wagtail's modal finds anew when such a field changes

type Choices = Iterator[tuple[str, str]]


class Leave(TextChoices):
    """What the author of a comment agreed to, as far as quoting it goes."""

    GIVEN = "given", _("agreed to be quoted")
    TO_ASK = "to_ask", _("may be asked first")
    NONE = "none", _("may not be quoted")


class FindingOrder(TextChoices):
    """Which comments come first."""

    NEWEST = "newest", _("Newest first")
    ANSWERED = "answered", _("Most answered first")


class DayField(forms.DateField):
    """A day of the site's time zone, as a browser's own field for dates sends it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **SEARCHES})

    def __init__(self, **kwargs: Any) -> None:
        limits = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
        super().__init__(input_formats=["%Y-%m-%d"], required=False, validators=limits, **kwargs)


def choice_field(label: Any, choices: Callable[[], Choices]) -> forms.ChoiceField:
    """Return a field of which one value narrows what is found, and none does not."""

    def with_all() -> Choices:
        yield "", str(_("All"))
        yield from choices()

    return forms.ChoiceField(label=label, required=False, choices=with_all, widget=forms.Select(SEARCHES))


def _choices_of(values: type[TextChoices]) -> Callable[[], Choices]:
    return lambda: ((value, capfirst(str(label))) for value, label in values.choices)


def _languages() -> Choices:
    yield from ((code, language_name(code)) for code, _name in settings.LANGUAGES)
    yield ELSEWHERE, str(_("Another"))


class CommentFilterForm(BaseFilterForm):
    """Finds comments by words, person and page, and by who said them, where, when and with what leave.

    It offers no page that `viewer` may not read. What it does not understand, it says.
    """

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=WORDS_MAX_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": _("Words, a name or a page")}),
    )
    order = forms.ChoiceField(
        label=_("Order"), required=False, choices=FindingOrder.choices, widget=forms.Select(SEARCHES)
    )
    leave = choice_field(_("Consent"), _choices_of(Leave))
    unusable = forms.BooleanField(
        label=_("Also show those that may not be quoted"),
        required=False,
        widget=forms.CheckboxInput(SEARCHES),
    )
    page = forms.ModelChoiceField(
        label=_("Page"), required=False, queryset=Page.objects.none(), widget=forms.Select(SEARCHES)
    )
    side = choice_field(_("Side"), _choices_of(Side))
    audience = choice_field(_("Audience"), _choices_of(Audience))
    language = choice_field(_("Language"), _languages)
    since = DayField(label=pgettext_lazy("day", "From"))
    until = DayField(label=pgettext_lazy("day", "To"))

    NARROWING = ("q", "leave", "page", "side", "audience", "language", "since", "until")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = visible_pages(Page.objects.filter(conversation__comment_count__gt=0), viewer)
        self.fields["page"].queryset = pages
        self.fields["page"].choices = lambda: self._offered(pages)

    def _offered(self, pages: QuerySet) -> Choices:
        """Yield the newest pages on which somebody spoke by their titles, and the one that is asked for."""
        yield "", str(_("All pages"))
        newest = pages.order_by("-first_published_at").values_list("pk", "title", "locale__language_code")
        offered = list(newest[:PAGES_OFFERED])
        asked = self.cleaned_data.get("page") if self.is_valid() else None
        if asked and asked.pk not in {pk for pk, _title, _code in offered}:
            offered.append((asked.pk, asked.title, asked.locale.language_code))
        titles = [title for _pk, title, _code in offered]
        for pk, title, code in sorted(offered, key=lambda page: sort_key_of(page[1])):
            yield str(pk), f"{title} ({code})" if titles.count(title) > 1 else title

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            raise ValidationError(_("The first day comes after the last one."))
        return cleaned

    @property
    def narrowing(self) -> list[str]:
        """The labels of the fields that keep comments out, for whoever finds none."""
        return [str(self.fields[name].label) for name in self.NARROWING if self.data.get(name)]

    @property
    def complaints(self) -> list[str]:
        """What cannot be understood, each with the label of its field."""
        return [
            f"{self.fields[name].label}: {' '.join(errors)}" if name in self.fields else " ".join(errors)
            for name, errors in self.errors.items()
        ]

    @property
    def hides_unusable(self) -> bool:
        """Whether comments are left out that nobody may quote: unless they, or any kind, are asked for."""
        return not (self.data.get("unusable") or self.data.get("leave"))

    def filter(self, objects: CommentQuerySet) -> CommentQuerySet:
        """Return the comments asked for, in the order asked for; of a form that is wrong, none."""
        if not self.is_valid():
            return objects.none()
        wanted = self.cleaned_data
        objects = _with_leave(objects.mentioning(wanted["q"]), wanted["leave"])
        if self.hides_unusable:
            objects = objects.usable()
        if wanted["page"]:
            objects = objects.filter(page_id=wanted["page"].pk)
        if wanted["side"]:
            objects = objects.filter(side=wanted["side"])
        if wanted["audience"]:
            objects = objects.for_audience(Audience(wanted["audience"]))
        objects = _in_language(objects, wanted["language"])
        if wanted["since"]:
            objects = objects.filter(submitted_at__gte=_start_of(wanted["since"]))
        if wanted["until"]:
            objects = objects.filter(submitted_at__lt=_start_of(wanted["until"] + timedelta(days=1)))
        most_answered = wanted["order"] == FindingOrder.ANSWERED
        return objects.order_by(*(["-reply_count"] if most_answered else []), "-submitted_at", "-pk")


def _with_leave(comments: CommentQuerySet, leave: str) -> CommentQuerySet:
    if leave == Leave.GIVEN:
        return comments.agreed()
    if leave == Leave.TO_ASK:
        return comments.askable()
    return comments.not_to_be_quoted() if leave == Leave.NONE else comments


def _in_language(comments: CommentQuerySet, language: str) -> CommentQuerySet:
    if language != ELSEWHERE:
        return comments.said_in(language) if language else comments
    ours = [code for code, _name in settings.LANGUAGES]
    return comments.exclude(words_language="").exclude(words_language__in=ours)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def leave_of(comment: Any) -> Leave:
    """Return what the author of `comment` agreed to; it was found with `with_leave_to_ask`."""
    if comment.quote_consented_at is not None:
        return Leave.GIVEN
    return Leave.TO_ASK if comment.leave_to_ask else Leave.NONE
