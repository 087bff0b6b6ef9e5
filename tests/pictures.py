"""Pictures are cut once in a run, and in haste: the same picture, cut the same way, is the same file.

Scaling, packing and unpacking pictures was a tenth of all the work of the suite, again and again the same.
No test looks at how fine they are.
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
from PIL import Image, WebPImagePlugin
from wagtail.images.models import Filter, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from portal.models import PortalImage

HASTILY = 0  # of WebP's seven methods, the one that seeks least for a smaller file


@contextmanager
def cut_once(folder: Path) -> Iterator[None]:
    """Let what is cut be kept in a folder, which the processes of a run share, and its size be remembered."""
    cut, measure = Filter.run, WagtailImageFieldFile.get_image_dimensions
    resize = Image.Image.resize
    sizes: dict[str, tuple[int, int]] = {}

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

    def measure_or_remember(file: WagtailImageFieldFile) -> tuple[int, int]:
        was_closed = file.closed
        digest = hash_filelike(file.open())
        if digest not in sizes:
            sizes[digest] = measure(file)
        if was_closed:
            file.close()
        else:
            file.seek(0)
        return sizes[digest]

    def resize_hastily(
        image: Image.Image, size: tuple[int, int], *_ways: object, **_more: object
    ) -> Image.Image:
        return resize(image, size, Image.Resampling.NEAREST)

    def save_hastily(image: Image.Image, file: IO[bytes], name: str) -> None:
        image.encoderinfo.setdefault("method", HASTILY)
        WebPImagePlugin._save(image, file, name)

    folder.mkdir(exist_ok=True)
    Image.init()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Filter, "run", cut_or_fetch)
        monkeypatch.setattr(WagtailImageFieldFile, "get_image_dimensions", measure_or_remember)
        monkeypatch.setattr(Image.Image, "resize", resize_hastily)
        monkeypatch.setitem(Image.SAVE, "WEBP", save_hastily)
        yield
