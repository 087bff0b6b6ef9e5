"""The shape of a thread, and threads as lists read them, in the table of comments."""

from django.db import models
from django.db.models import Q

SEGMENT = 4  # base-36 digits for each level of a path: 1,679,616 replies in a thread
MAX_DEPTH = 6  # deeper replies keep their parent and stay at this depth
LAST_PLACE = "z" * SEGMENT * MAX_DEPTH  # no path comes after it

# Which threads of a page are read together: an index for each, so that any page of them is found by its key.
WAYS_OF_READING = {
    "dialogue_threads": Q(thread_at__isnull=False),
    "dialogue_threads_answered": Q(answered_at__isnull=False),
    "dialogue_threads_waiting": Q(thread_at__isnull=False, organisation_at__isnull=True),
    "dialogue_threads_voice": Q(organisation_at__isnull=False),
}


def threads_index(name: str, condition: Q) -> models.Index:
    """Return an index of threads in their order, the key last: it tells those of the same moment apart."""
    return models.Index(fields=["page", "thread_at", "id"], name=name, condition=condition)
