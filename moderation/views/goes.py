"""What a moderator has just decided and may still take back, as their screens tell it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext_lazy

from moderation.models import PendingDecision, Verb
from people.models import User

WILL = {
    Verb.PUBLISH: gettext_lazy("The comment by %(name)s will be published."),
    Verb.REJECT: gettext_lazy("The comment by %(name)s will be rejected."),
    Verb.HIDE: gettext_lazy("The comment by %(name)s will be hidden from readers."),
    Verb.RESTORE: gettext_lazy("Readers will see the comment by %(name)s again."),
    Verb.ACCEPT: gettext_lazy("Readers will read what %(name)s changed."),
    Verb.REFUSE: gettext_lazy("The change by %(name)s will be refused."),
    Verb.KEEP: gettext_lazy("The comment by %(name)s will stay, and its flags be dismissed."),
    Verb.UPHOLD: gettext_lazy("The appeal by %(name)s will be answered: the decision stands."),
}
WILL_ALL = {
    Verb.PUBLISH: ngettext_lazy(
        "%(count)s comment will be published.", "%(count)s comments will be published.", "count"
    ),
    Verb.REJECT: ngettext_lazy(
        "%(count)s comment will be rejected.", "%(count)s comments will be rejected.", "count"
    ),
}


@dataclass(frozen=True)
class Go:
    """What somebody decided in one go, and may take back until `due_at`."""

    batch: str
    sentence: str
    due_at: datetime
    comments: tuple[str, ...] = ()  # by their public identifiers

    @property
    def seconds(self) -> float:
        """How many seconds are left, for the clock of a browser, which may be wrong."""
        return max(0.0, (self.due_at - timezone.now()).total_seconds())


def decided_by(user: User) -> tuple[list[Go], list[PendingDecision]]:
    """Return what `user` may still take back, and what they decided and could not be done, latest first."""
    goes: dict[str, list[PendingDecision]] = {}
    refused = []
    for row in PendingDecision.objects.filter(by=user).select_related("comment").order_by("-made_at", "pk"):
        if row.refusal:
            refused.append(row)
        else:
            goes.setdefault(row.batch, []).append(row)
    told = [
        Go(batch, _sentence(go), go[0].due_at, tuple(row.comment.public_id for row in go))
        for batch, go in goes.items()
    ]
    return told, refused


def _sentence(go: list[PendingDecision]) -> str:
    verb = Verb(go[0].verb)
    if len(go) == 1:
        return WILL[verb] % {"name": go[0].comment.author_name}
    return str(WILL_ALL[verb] % {"count": len(go)})
