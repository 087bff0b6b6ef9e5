"""Every change that the portal makes to what Wagtail and its other libraries do by themselves.

Where a library has no hook, setting or template for what the portal needs, its own code is replaced here and
nowhere else, one module for each thing that is changed. What a library calls internal is taken here alone.
Each module declares what it was written for: with another version installed, a system check fails until
somebody has looked at it (`docs/how-to/upgrade-a-library.md`).

The lowest layer knows no app above it. A patch that needs something from one is a function that is given it,
and that app calls it when it is ready; the others have an `apply` without arguments and are applied here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pkgutil import iter_modules
from types import ModuleType


@dataclass(frozen=True)
class Patch:
    """What a module of this package was written for: a distribution, in one version.

    `look_at` says, as the end of a sentence, where to look in another version, and what for.
    """

    distribution: str
    version: str
    look_at: str

    @property
    def installed(self) -> str:
        return version(self.distribution)


def load_patches() -> Iterator[tuple[str, ModuleType]]:
    """Yield the name and the module of each patch."""
    for found in iter_modules(__path__):
        yield found.name, import_module(f"{__name__}.{found.name}")


def apply_patches() -> None:
    """Apply every patch that needs nothing from an app."""
    for _name, module in load_patches():
        if hasattr(module, "apply"):
            module.apply()


def outdated_patches() -> Iterator[tuple[str, Patch]]:
    """Yield the name of each patch that was written for another version than is installed."""
    for name, module in load_patches():
        if module.PATCH.installed != module.PATCH.version:
            yield name, module.PATCH
