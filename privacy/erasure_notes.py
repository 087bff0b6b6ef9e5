"""What an erasure leaves where a restored database does not overwrite it, so that it can be repeated.

One file for each, in a storage that all machines of the site share. Its name says who it was, without naming
anybody: the number of the participant, and the digest of their address.
"""

import json
import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from privacy.models import Erasure

STORAGE = "erasures"  # of `STORAGES`
NAME = re.compile(r"(?P<participant>\d+)-(?P<digest>[0-9a-f]{64})\.json")


def write_note(erasure: Erasure) -> None:
    """Note that a participant was erased. What is noted already stays as it is."""
    storage = storages[STORAGE]
    name = f"{erasure.participant_id}-{erasure.address_digest}.json"
    if not storage.exists(name):
        storage.save(name, ContentFile(json.dumps({"erased_at": erasure.erased_at.isoformat()})))


def read_notes() -> Iterator[tuple[int, str]]:
    """Yield the number of each participant who was erased, and the digest of the address that they had."""
    try:
        _folders, names = storages[STORAGE].listdir("")
    except FileNotFoundError:
        return  # nobody has ever been erased
    for name in sorted(names):
        if found := NAME.fullmatch(name):
            yield int(found["participant"]), found["digest"]
