"""How much one person may post, and how much all guests of one network."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.models.comments import Comment
from dialogue.origins import Origin
from people.limits import as_limits, seconds_left
from portal.permissions import Viewer


class TooManyComments(CommentRefused):
    """This person or network has written too much of late; `retry_after` is what is left, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _("You have sent many comments in a short time. Your text is kept here: try again later."),
            Refusal.TOO_MANY,
        )
        self.retry_after = retry_after


def refuse_flood(user: Viewer, origin: Origin) -> None:
    """Raise `TooManyComments` past the limits of a person or of the guests of a network.

    Whoever is known is a person: somebody signed in, and a guest with a trusted device. What was sent with
    a guest's address and is not confirmed counts against the network it came from alone: anybody can type an
    address. Somebody signed in counts with no network, which a whole organisation may share.
    """
    now, comments = timezone.now(), Comment.objects.all()
    persons, guests = as_limits(settings.PERSON_COMMENTS), as_limits(settings.NETWORK_COMMENTS)
    wait = 0
    if user.is_authenticated:
        wait = seconds_left(comments.filter(participant__user=user), "submitted_at", persons, now)
    else:
        if origin.guest is not None:
            theirs = comments.filter(participant=origin.guest).surely_theirs()
            wait = seconds_left(theirs, "submitted_at", persons, now)
        if origin.network:
            near = comments.filter(network_digest=origin.network, participant__user=None)
            wait = max(wait, seconds_left(near, "submitted_at", guests, now))
    if wait:
        raise TooManyComments(wait)
