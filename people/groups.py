"""The groups of the portal, known by their keys; `ensure_groups` may be run again at any time."""

from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from people.models import GroupKey, GroupProfile
from portal.editions import remember

EDITORS, WRITERS, MODERATORS = GroupKey.EDITORS, GroupKey.WRITERS, GroupKey.MODERATORS
ANSWERERS, EMPLOYEES = GroupKey.ANSWERERS, GroupKey.EMPLOYEES

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
# Whoever may add pages edits their own, and submits them to the workflow.
PAGE_PERMISSIONS_OF_WRITERS = ("wagtailcore.add_page",)
COLLECTION_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
PERMISSIONS = {
    EDITORS: (
        "wagtailadmin.access_admin",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "simple_translation.submit_translation",
        "portal.add_topic",
        "portal.change_topic",
        "portal.delete_topic",
    ),
    WRITERS: ("wagtailadmin.access_admin",),
    MODERATORS: ("wagtailadmin.access_admin",),
    ANSWERERS: (),
    EMPLOYEES: (),  # membership is all: it opens the internal section
}


def permissions_of_groups() -> dict[GroupKey, set[Permission]]:
    """Return what each of the portal's groups may do: what stands here, and what apps above add.

    An app registers a mapping of keys to permissions (`app_label.codename`) on the hook `group_permissions`.
    """
    offers = [PERMISSIONS, *(offer() for offer in hooks.get_hooks("group_permissions"))]
    return {
        key: {permission_named(label) for offer in offers for label in offer.get(key, ())} for key in GroupKey
    }


def the_group(key: str) -> Group:
    """Return the portal's group of that key; raises `Group.DoesNotExist` where somebody has deleted it."""
    return Group.objects.get(profile__key=key)


def find_groups(names: Iterable[str]) -> dict[str, Group]:
    """Return the groups that there are, each by what it was asked for: a key of ours, or else its name."""
    wanted = set(names)
    by_name = {group.name: group for group in Group.objects.filter(name__in=wanted)}
    # A key of ours comes before a group that happens to be named like it.
    return by_name | _find_own(wanted)


def _find_own(keys: Iterable[str]) -> dict[str, Group]:
    """Return the portal's groups of these keys that nobody has deleted, each by its key."""
    keyed = Group.objects.filter(profile__key__in=keys).select_related("profile")
    return {group.profile.key: group for group in keyed}


def profile_of(group: Group) -> GroupProfile:
    """Return what is known of a group beside its name: an empty profile where it has none."""
    return getattr(group, "profile", None) or GroupProfile()


def shown_name(group: Group) -> str:
    """Return the name of a group for whoever reads: what it is called in their language, or as it is stored.

    The portal's own are translated until somebody renames them. A group of which the key alone is known is
    called so too: what all are called is remembered here, and nowhere else.
    """
    here, stored = remember(("group names",), _names_here).get(group.pk, ("", ""))
    name = group.name or stored
    key = _keys_by_name().get(name)
    return here or (str(key.label) if key else name)


def _names_here() -> dict[int, tuple[str, str]]:
    """Return, by their keys, what groups are called in the reader's language (or nothing), and as stored."""
    rows = Group.objects.values_list("pk", f"profile__names__{get_language()}", "name")
    return {pk: (here or "", stored) for pk, here, stored in rows}


def names_of_own_groups() -> set[str]:
    """Return what the portal's own groups are called in any language, until somebody renames them."""
    return set(_keys_by_name())


def is_name_of_another(name: str, group: Group) -> bool:
    """Whether a group of the portal is called so in some language, and it is not this one."""
    key = _keys_by_name().get(name)
    return key is not None and key != profile_of(group).key


def purpose_of(group: Group) -> str:
    """Return a sentence on what the portal has a group for; nothing for those that it does not know."""
    key = profile_of(group).key
    return str(GroupKey(key).purpose) if key else ""


@cache
def _keys_by_name() -> dict[str, GroupKey]:
    return {_name_in(code, key): key for key in GroupKey for code, _language in settings.LANGUAGES}


def _name_in(language: str, key: GroupKey) -> str:
    with override(language):
        return str(key.label)


@transaction.atomic
def ensure_groups(
    pages: Iterable[Page] = (), tell: Callable[[str], object] = lambda sentence: None
) -> dict[GroupKey, Group]:
    """Make the groups with what each may do; editors and writers get the trees below `pages` (home pages).

    What Wagtail's stock groups could do is taken away first. Run again, it adds what is missing and leaves
    alone what an administrator has added since. It tells of all that it changes; groups by their keys.
    """
    own = _find_own(GroupKey.values)
    groups = {key: own.get(key) or _make_group(key, tell) for key in GroupKey}
    _remove_stock(groups[EDITORS], tell)
    for key, wanted in permissions_of_groups().items():
        _add_permissions(groups[key], wanted, tell)
    on_pages = {EDITORS: PAGE_PERMISSIONS, WRITERS: PAGE_PERMISSIONS_OF_WRITERS}
    for key in on_pages:
        _let_into_collections(groups[key], tell)
    for page in pages:
        for key, labels in on_pages.items():
            _let_into_pages(groups[key], page, labels, tell)
    return groups


def _make_group(key: GroupKey, tell: Callable[[str], object]) -> Group:
    """Make the group, or take the one that is called so already and is nobody's yet."""
    name = _name_in(settings.LANGUAGE_CODE, key)
    called_so = {name for name, of_key in _keys_by_name().items() if of_key == key}
    group = (
        Group.objects.filter(name__in=called_so).exclude(profile__key__in=GroupKey.values).first() or Group()
    )
    if group.pk is None:
        tell(f"Made the group “{name}” ({key}).")
    else:
        tell(f"The group “{group.name}” is now “{name}” ({key}).")
    if not Group.objects.filter(name=name).exclude(pk=group.pk).exists():
        group.name = name
    group.save()
    GroupProfile.objects.update_or_create(group=group, defaults={"key": key})
    return group


def _add_permissions(group: Group, wanted: set[Permission], tell: Callable[[str], object]) -> None:
    missing = wanted - set(group.permissions.all())
    if missing:
        group.permissions.add(*missing)
        tell(f"Gave “{group.name}” {len(missing)} of its rights.")


def permission_named(label: str) -> Permission:
    """Return the permission `app_label.codename`; raises `Permission.DoesNotExist` for a name nobody knows.

    A codename alone is not enough: Wagtail's editorial comments and ours share theirs.
    """
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _remove_stock(editors: Group, tell: Callable[[str], object]) -> None:
    """Remove Wagtail's group of moderators, and the stock editors' right to the whole tree.

    A group of that name counts as Wagtail's as long as it has no member and rights on the root of the tree.
    """
    if GroupPagePermission.objects.filter(group=editors, page__depth=1).delete()[0]:
        tell(f"Took from “{editors.name}” the right to the whole tree of pages.")
    stock = Group.objects.filter(
        name=STOCK_MODERATORS, page_permissions__page__depth=1, user__isnull=True
    ).distinct()
    for group in stock:
        # First: an approval that has lost its group waits for nobody.
        for task in GroupApprovalTask.objects.filter(groups=group):
            task.groups.add(editors)
        group.delete()
        tell(f"Removed Wagtail's group “{STOCK_MODERATORS}”.")
    for model in (GroupApprovalTask, Workflow):
        if model.objects.filter(name=STOCK_APPROVAL).update(name=approval_name()):
            tell(f"Wagtail's {model.__name__} “{STOCK_APPROVAL}” is now “{approval_name()}”.")


def approval_name() -> str:
    """Return the name of the workflow, which is a row and so in one language: that of the portal itself."""
    with override(settings.LANGUAGE_CODE):
        return str(EDITORS_APPROVAL)


def _let_into_collections(group: Group, tell: Callable[[str], object]) -> None:
    root = Collection.get_first_root_node()
    made = [
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission_named(label)
        )[1]
        for label in COLLECTION_PERMISSIONS
    ]
    if any(made):
        tell(f"Let “{group.name}” use and add pictures and documents.")


def _let_into_pages(group: Group, page: Page, labels: Iterable[str], tell: Callable[[str], object]) -> None:
    made = [
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission_named(label))[
            1
        ]
        for label in labels
    ]
    if any(made):
        tell(f"Let “{group.name}” work on the pages below “{page.title}”.")
