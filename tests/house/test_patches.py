"""What belongs to a library is changed in `portal/wagtail_patches/` alone, and each patch says what it is."""

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore

from portal.wagtail_patches import Patch, load_patches
from tests.house.each import each
from tests.house.patch_rules import HOME, inheritance_faults, patch_faults
from tests.house.test_text import APPS, MODULES, TEMPLATES, read, report

PATCHES = dict(load_patches())
# What is not imported by looking at it: a process of its own, and settings for other ones.
NOT_IMPORTED = ("portal.settings", "portal.wsgi")


def modules_of(app: str) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(import_module(app).__path__, f"{app}."):
        if ".migrations" not in found.name and not found.name.startswith(NOT_IMPORTED):
            yield import_module(found.name)


def classes_of(module: ModuleType) -> Iterator[type]:
    for value in vars(module).values():
        if inspect.isclass(value) and value.__module__ == module.__name__:
            yield value


@each(name for name in MODULES if not name.startswith(HOME))
def test_no_library_is_changed_elsewhere(name):
    report(name, patch_faults(read(name)))


@pytest.mark.parametrize("app", APPS)
def test_no_private_method_is_replaced_elsewhere(app):
    faults = {
        fault
        for module in modules_of(app)
        for kind in classes_of(module)
        for fault in inheritance_faults(kind)
    }
    report(app, sorted(faults))


@pytest.mark.parametrize("name", PATCHES)
def test_a_patch_says_what_it_is_and_what_it_was_written_for(name):
    module = PATCHES[name]
    place = f"{HOME}{name}.py"
    patch = getattr(module, "PATCH", None)
    assert isinstance(patch, Patch), f"{place}: declare PATCH, with distribution, version, what to look at."
    assert version(patch.distribution), f"{place}: {patch.distribution} is not installed."
    assert ".py" in patch.look_at or "/: " in patch.look_at, f"{place}: say in which file to look."
    assert len((module.__doc__ or "").split("\n\n")) > 1, (
        f"{place}: say in its docstring what it changes, and in another paragraph why."
    )


def test_every_template_that_takes_the_place_of_wagtails_is_listed():
    guide = read("docs/how-to/upgrade-a-library.md")
    missing = [name for name in TEMPLATES if name.startswith("wagtail") and f"`{name}`" not in guide]
    assert not missing, f"docs/how-to/upgrade-a-library.md: say what is ours in {missing}."
    named = set(re.findall(r"`(wagtail\w+/[\w/]+\.html)`", guide))
    assert named <= set(TEMPLATES), f"There are no such templates: {sorted(named - set(TEMPLATES))}."


class TestTheRulesThemselves:
    """Each is seen to fail."""

    @pytest.mark.parametrize(
        "sample",
        [
            "from wagtail.models import Page\nPage.save = save",
            "from wagtail.admin import filters\nfilters.popular_tags_for_model = tags",
            "import wagtail.models as models\nmodels.Page.title.help_text = 'x'",
            "from wagtail.models import Page\ndef ready():\n    Page.save, x = save, 1",
            "from wagtail.models import Page\nsetattr(Page, name, save)",
            "from wagtail.models import Page\ndelattr(Page, 'save')",
            "from wagtail.models import Page\ndel Page.save",
            "from django.contrib.auth.models import Group\nGroup.add_to_class('__str__', name)",
            "from willow.image import INITIAL_IMAGE_CLASSES\nINITIAL_IMAGE_CLASSES['apng'] = PNG",
            "from wagtail.admin.views.home import A, B\nfor panel in (A, B):\n    panel.get = get",
            "from wagtail.admin.views.home import A\nALL = {A: 1}\nfor panel in ALL:\n    panel.get = get",
            "import sys\ndef make(engine):\n    module = sys.modules[engine]\n    module.Indexer = Ours",
            "from wagtail.models import Page\nkind = Page\nkind.save = save",
            "def mend(action: type, check):\n    action.check = check",
            "def mend(action: type[Action]):\n    setattr(action, 'check', check)",
            "from allauth.account.internal.stagekit import clear_login",
            "from allauth.account import internal",
            "import allauth.account.internal.stagekit",
            "from wagtail.models import _private",
        ],
    )
    def test_code_is_faulted(self, sample):
        assert list(patch_faults(sample))

    @pytest.mark.parametrize(
        "sample",
        [
            "from __future__ import annotations",
            "from wagtail.models import Page\npage = Page()\npage.title = 'x'",
            "from wagtail.models import Page\nfor page in Page.objects.all():\n    page.title = 'x'",
            "from portal.models import BasePage\nBasePage.title.help_text = 'x'",
            "from django.utils.translation import gettext as _\nlabel = _('x')",
            "import os\nos.environ['A'] = 'b'",
            "def save(self, page: BasePage):\n    page.title = self.title = 'x'",
        ],
    )
    def test_code_is_not_faulted(self, sample):
        assert not list(patch_faults(sample))

    def test_a_private_method_that_is_replaced_is_faulted(self):
        class Mixin:
            def _get_session_from_db(self):
                return None

        class Store(Mixin, SessionStore):
            pass

        Mixin.__module__ = Store.__module__ = "people.samples"
        [fault] = inheritance_faults(Store)
        assert "Mixin._get_session_from_db replaces that of django.contrib.sessions" in fault

    def test_a_public_one_is_not(self):
        class Backend(ModelBackend):
            def get_user(self, user_id):
                return self._get_one(user_id)

            def _get_one(self, user_id):
                return None

        Backend.__module__ = "people.samples"
        assert not list(inheritance_faults(Backend))
