"""What a row is called that nobody has named is shown in the reader's language, not in that of the set-up.

Libraries write such names down once, in whatever language was spoken then: the root of the collections, what
one may do with a model, and our own set-up the names of a workflow and of a collection. They are plain fields
of models that cannot be exchanged for our own, shown by dozens of screens; so a row is renamed when it is
read. A name that somebody has given is left as it is.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import Collection, Page

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`Collection` in wagtail/models/media.py, `Workflow` and `Task` in wagtail/models/workflows.py, "
    "`Page.get_admin_display_title` in wagtail/models/pages.py: whether their names are still stored, and "
    "`normalize_permission_label` in wagtail/users/templatetags/wagtailusers_tags.py, which reads the names "
    "of rights",
)
NAMES: defaultdict[type[models.Model], list[Promise]] = defaultdict(list)
ROOT = gettext_lazy("Root")
TITLES = (Page.__str__, Page.get_admin_display_title)
# What Django makes of a model's own rights, in the words of its `create_permissions`.
OWN_RIGHTS = {
    "add": gettext_lazy("Can add %(model)s"),
    "change": gettext_lazy("Can change %(model)s"),
    "delete": gettext_lazy("Can delete %(model)s"),
}


def show_own_name(model: type[models.Model], name: Promise) -> None:
    """Let the rows of `model` that are called `name`, in any language of the site, be called so in each."""
    if model not in NAMES:
        _rename_when_read(model)
    NAMES[model].append(name)


def spellings(name: Promise) -> set[str]:
    """Return a name as it may have been stored: in each language of the site."""
    return {_in_language(code, name) for code, _language in settings.LANGUAGES}


def title_but_for_root(stock: Callable[[Page], str]) -> Callable[[Page], str]:
    """Return `stock`, which gives a page's title, with a name of our own for the root, which nobody wrote."""

    @wraps(stock)
    def title(page: Page) -> str:
        return str(ROOT) if page.depth == 1 and page.title in spellings(ROOT) else stock(page)

    return title


def name_of_right(permission: Permission) -> str:
    """Return what a right is called for whoever reads: as its model declares it, or as Django does."""
    model = ContentType.objects.get_for_id(permission.content_type_id).model_class()
    if model is None:
        return permission.name
    declared = dict(model._meta.permissions).get(permission.codename)
    if declared is not None:
        return _(str(declared))  # Wagtail declares some in plain English, and translates them elsewhere
    action, _separator, of_what = permission.codename.partition("_")
    if action in OWN_RIGHTS and of_what == model._meta.model_name:
        return str(OWN_RIGHTS[action]) % {"model": model._meta.verbose_name}
    return permission.name


def apply() -> None:
    """Show the names that libraries have stored; apps above add those of their own rows."""
    show_own_name(Collection, ROOT)
    Page.__str__, Page.get_admin_display_title = map(title_but_for_root, TITLES)
    _give_name_when_read(Permission, {"name", "codename", "content_type_id"}, name_of_right)


def _rename_when_read(model: type[models.Model]) -> None:
    def own_name(row: Any) -> str:
        return str(_names_of(model).get(row.name, row.name))

    _give_name_when_read(model, {"name"}, own_name)


def _give_name_when_read(model: type[models.Model], needed: set[str], name_of: Callable[[Any], str]) -> None:
    stock = model.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: type[models.Model], *row: Any, **options: Any) -> models.Model:
        instance = stock(cls, *row, **options)
        if needed <= vars(instance).keys():  # else not all of it was asked for
            instance.name = name_of(instance)
        return instance

    model.from_db = classmethod(from_db)  # type: ignore[assignment, method-assign]


@cache
def _names_of(model: type[models.Model]) -> dict[str, Promise]:
    return {spelling: name for name in NAMES[model] for spelling in spellings(name)}


def _in_language(code: str, name: Promise) -> str:
    with override(code):
        return str(name)
