"""The forms by which the owner of an address confirms what was sent, or is to be followed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models.comments import Comment
from dialogue.models.follows import Follow


class ConfirmationForm(forms.Form):
    """Which of the comments that wait for an address its owner wrote; nobody has ticked one for them."""

    comments = forms.MultipleChoiceField(
        label=_("Comments"), error_messages={"required": _("Tick what you wrote, one comment at least.")}
    )

    def __init__(self, *args: Any, comments: list[Comment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {comment.public_id: comment for comment in comments}
        self.fields["comments"].choices = [(public_id, public_id) for public_id in self.waiting]

    @property
    def ticked(self) -> list[str]:
        """The comments whose boxes are ticked, by their identifiers."""
        return self.data.getlist("comments") if self.is_bound else []

    @property
    def chosen(self) -> list[Comment]:
        return [self.waiting[public_id] for public_id in self.cleaned_data["comments"]]


class FollowActForm(forms.Form):
    """Which button somebody pressed."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("follow", "unfollow", "mute", "unmute")])


class FollowConfirmationForm(forms.Form):
    """What the owner of an address wants to follow of all that it was typed for.

    One thing alone is ticked at first, for the button asks about it; of several, somebody else may have
    sent some.
    """

    follows = forms.MultipleChoiceField(
        label=_("Conversations"), error_messages={"required": _("Tick what you want to follow.")}
    )

    def __init__(self, *args: Any, follows: list[Follow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(follow.pk): follow for follow in follows}
        self.fields["follows"].choices = [(key, key) for key in self.waiting]

    @property
    def ticked(self) -> list[int]:
        """The boxes that are ticked, by the keys of what they stand for."""
        alone = list(self.waiting) if len(self.waiting) == 1 else []
        sent = self.data.getlist("follows") if self.is_bound else alone
        return [follow.pk for key, follow in self.waiting.items() if key in sent]

    @property
    def chosen(self) -> list[Follow]:
        return [self.waiting[key] for key in self.cleaned_data["follows"]]
