"""The groups of the portal; `ensure_groups` may be run again at any time."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

EDITORS = "Editors"
MODERATORS = "Comment moderators"
ANSWERERS = "Answerers"
EMPLOYEES = "Employees"

STOCK_MODERATORS = "Moderators"  # Wagtail's, who moderate pages: our editors do
STOCK_APPROVAL = "Moderators approval"  # Wagtail's workflow, and its task
EDITORS_APPROVAL = _("Editors’ approval")

PAGE_PERMISSIONS = (
    "wagtailcore.add_page",
    "wagtailcore.change_page",
    "wagtailcore.publish_page",
    "wagtailcore.bulk_delete_page",
    "wagtailcore.lock_page",
    "wagtailcore.unlock_page",
)
COLLECTION_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
# What editors keep beside pages. Named by label, for these models belong to apps above this one.
SNIPPETS = ("portal.Topic", "blog.Author", "home.NavigationMenu")
PERMISSIONS = {
    EDITORS: (
        "wagtailadmin.access_admin",
        "dialogue.view_comment",
        "dialogue.feature_comment",
        "dialogue.speak_for_organisation",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "simple_translation.submit_translation",
    ),
    MODERATORS: (
        "wagtailadmin.access_admin",
        "dialogue.view_comment",
        "dialogue.moderate_comment",
        "moderation.view_decision",
        "moderation.view_flag",
    ),
    ANSWERERS: ("dialogue.speak_for_organisation",),
    EMPLOYEES: (),  # membership is all: it opens the internal section
}


@transaction.atomic
def ensure_groups(pages: Iterable[Page] = ()) -> dict[str, Group]:
    """Make the groups with what each may do, and give editors the trees below `pages` (the home pages).

    What Wagtail's stock groups could do is taken away first. Run again, it adds what is missing and leaves
    alone what an administrator has added since.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in PERMISSIONS}
    _remove_stock(groups[EDITORS])
    for name, group in groups.items():
        group.permissions.add(*(permission_named(label) for label in PERMISSIONS[name]))
    editors = groups[EDITORS]
    editors.permissions.add(*_snippet_permissions())
    _let_into_collections(editors)
    for page in pages:
        _let_into_pages(editors, page)
    return groups


def permission_named(label: str) -> Permission:
    """Return the permission `app_label.codename`; raises `Permission.DoesNotExist` for a name nobody knows.

    A codename alone is not enough: Wagtail's editorial comments and ours share theirs.
    """
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _remove_stock(editors: Group) -> None:
    """Remove Wagtail's group of moderators, and the stock editors' right to the whole tree.

    A group of that name counts as Wagtail's as long as it has no member and rights on the root of the tree.
    """
    GroupPagePermission.objects.filter(group=editors, page__depth=1).delete()
    stock = Group.objects.filter(
        name=STOCK_MODERATORS, page_permissions__page__depth=1, user__isnull=True
    ).distinct()
    for group in stock:
        for task in GroupApprovalTask.objects.filter(groups=group):
            task.groups.add(editors)
        group.delete()
    for model in (GroupApprovalTask, Workflow):
        model.objects.filter(name=STOCK_APPROVAL).update(name=approval_name())


def approval_name() -> str:
    """Return the name of the workflow, which is a row and so in one language: that of the portal itself."""
    with override(settings.LANGUAGE_CODE):
        return str(EDITORS_APPROVAL)


def _snippet_permissions() -> list[Permission]:
    installed = {model._meta.label: model for model in apps.get_models()}
    models = [installed[label] for label in SNIPPETS if label in installed]
    return [
        permission_named(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
        for model in models
        for action in ("add", "change", "delete")
    ]


def _let_into_collections(group: Group) -> None:
    root = Collection.get_first_root_node()
    for label in COLLECTION_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission_named(label)
        )


def _let_into_pages(group: Group, page: Page) -> None:
    for label in PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission_named(label))
