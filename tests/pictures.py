"""Pictures are cut once in a run: the same picture, cut the same way, is the same file.

Scaling and packing pictures was a tenth of all the work of the suite, again and again the same.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import get_ident
from typing import IO

import pytest
import willow
from wagtail.images.models import Filter
from wagtail.utils.file import hash_filelike

from portal.models import PortalImage


@contextmanager
def cut_once(folder: Path) -> Iterator[None]:
    """Let what is cut be kept in a folder, which the processes of a run share."""
    cut = Filter.run

    def cut_or_fetch(
        way: Filter, image: PortalImage, output: IO[bytes], source: IO[bytes] | None = None
    ) -> willow.Image:
        with nullcontext(source) if source else image.open_file() as file:
            told_by = repr([hash_filelike(file), way.spec, way.get_cache_key(image)])
        kept = folder / hashlib.sha256(told_by.encode()).hexdigest()
        if kept.exists():
            output.write(kept.read_bytes())
            output.seek(0)
            return willow.Image.open(output)
        made = cut(way, image, output, source=source)
        output.seek(0)
        unfinished = kept.with_suffix(f".{os.getpid()}.{get_ident()}")
        unfinished.write_bytes(output.read())
        unfinished.replace(kept)
        return made

    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Filter, "run", cut_or_fetch)
        yield
