"""Until when somebody may answer whether they may be quoted."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.actions import LONGEST_WAIT

USUAL_WAIT = timedelta(days=14)
# The last day ends within the longest wait, whatever the hour is now.
LAST_DAY = LONGEST_WAIT - timedelta(days=1)


class RequestForm(forms.Form):
    """A day, to the end of which an answer counts."""

    until = forms.DateField(label=_("Answer until"), help_text=_("To the end of that day. Silence is a no."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["until"].initial = today + USUAL_WAIT
        self.fields["until"].widget = forms.DateInput(
            # In the one way in which browsers read the field, whatever the language.
            format="%Y-%m-%d",
            attrs={
                "type": "date",
                "min": (today + timedelta(days=1)).isoformat(),
                "max": (today + LAST_DAY).isoformat(),
            },
        )

    @property
    def answer_by(self) -> datetime:
        """The end of the day that was chosen, in the time zone of the site."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))
