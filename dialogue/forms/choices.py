"""What somebody agrees to beside a comment: one question about quoting, and one box for mail.

Each answer gives what it says, and takes nothing back that was given before: that is done on the page of
one's own choices.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dialogue import consents
from people.models import Participant
from privacy.models import Consent


class Quoting(TextChoices):
    """Whether the words may be quoted; of two that exclude each other, one can be chosen."""

    NO = "no", pgettext_lazy("quoting", "No")
    ASK = "ask", _("Ask me first")
    YES = "yes", _("Yes, under this name")


class ChoicesForm(forms.Form):
    """What somebody may agree to beside the publishing itself; nothing is chosen for them."""

    quoting = forms.ChoiceField(
        label=_("May we quote you in an article?"),
        help_text=_("It makes no difference to your comment."),
        choices=Quoting.choices,
        initial=Quoting.NO,
        required=False,
        widget=forms.RadioSelect,
    )
    tell_me = forms.BooleanField(
        label=_("Tell me of replies and outcomes"),
        help_text=_("By email, until you stop it."),
        required=False,
    )

    @property
    def agreed(self) -> dict[str, bool]:
        """What follows from the answers, as `Submission` takes it."""
        answer, is_wished = self.cleaned_data.get("quoting"), self.cleaned_data["tell_me"]
        return {
            "may_quote": answer == Quoting.YES,
            "may_ask": answer == Quoting.ASK,
            "tell_replies": is_wished,
            "tell_outcomes": is_wished,
        }


@dataclass(frozen=True)
class FormerChoices:
    """What somebody who spoke before has agreed to for whatever they say."""

    may_ask: bool
    tell_me: bool

    @property
    def as_fields(self) -> dict[str, Any]:
        """The choices as the fields of the form hold them, and in a line that stands for both."""
        quoting = Quoting.ASK if self.may_ask else Quoting.NO
        mail = gettext("yes") if self.tell_me else gettext("no")
        line = gettext("Quoting: %(quoting)s. Mail: %(mail)s.")
        words = {"quoting": str(quoting.label).lower(), "mail": mail}
        return {"quoting": quoting.value, "tell_me": self.tell_me, "line": line % words}


def find_former_choices(participant: Participant) -> FormerChoices | None:
    """Return what holds for somebody; None where they never said anything here."""
    rows = Consent.objects.filter(participant_id=participant.pk)
    if not rows.filter(kind=consents.PUBLISH.name).exists():
        return None
    kinds = [kind.name for kind in (consents.ASK, consents.REPLIES, consents.OUTCOMES)]
    # The last row of each kind says what holds now.
    last = dict(rows.filter(kind__in=kinds).order_by("pk").values_list("kind", "is_given"))
    return FormerChoices(
        may_ask=last.get(consents.ASK.name, False),
        tell_me=last.get(consents.REPLIES.name, False) or last.get(consents.OUTCOMES.name, False),
    )
