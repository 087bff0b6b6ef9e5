"""The shapes of names that no visitor may take, kept so that a database finds them by an index."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.names import Shape, shapes_of_person, shapes_of_role, shapes_of_visitor

BATCH = 500  # owners at a time
SHAPES = 10_000  # asked for at a time: a name has tens, and at most thousands


class NameShapeQuerySet(models.QuerySet):
    """Shapes of names, by what is asked of them."""

    def worn_by(self, typed: str) -> "NameShapeQuerySet":
        """The shapes that a visitor's name shares: by two searches of the index, however many are kept."""
        return self.among(shapes_of_visitor(typed))

    def among(self, shapes: Iterable[Shape]) -> "NameShapeQuerySet":
        """Those of `shapes` that are ours."""
        whole: set[str] = set()
        among_words: set[str] = set()
        for shape, is_phrase in shapes:
            (among_words if is_phrase else whole).add(shape)
        return self.filter(
            Q(is_phrase=False, shape__in=sorted(whole)) | Q(is_phrase=True, shape__in=sorted(among_words))
        )

    def find_worn(self, typed: Iterable[str]) -> set[str]:
        """Return which of many visitors' names share a shape of ours: by one search, or a few."""
        shapes = {name: shapes_of_visitor(name) for name in typed}
        ours: set[Shape] = set()
        for some in batched(sorted(set().union(*shapes.values())), SHAPES):
            ours.update(self.among(some).values_list("shape", "is_phrase"))
        return {name for name, its in shapes.items() if not ours.isdisjoint(its)}


class NameShape(models.Model):
    """One folded form (`people.names.skeleton`) of what somebody active, their role or a group is called.

    Of a person: the name in its order and with its words sorted, with and without what stands behind it. Of a
    role or a group: the whole, and again as a phrase where it has several words, to be found among others.
    Written whenever an account or a group is saved, and by `UserQuerySet` whatever it writes; what went past
    (`Group.objects.update`, SQL) `renew_name_shapes` of `people.actions` mends each day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    shape = models.TextField()
    is_phrase = models.BooleanField()

    objects = NameShapeQuerySet.as_manager()

    class Meta:
        verbose_name = _("shape of a name")
        verbose_name_plural = _("shapes of names")
        default_permissions = ()
        # By which a visitor's name is compared with all of ours (`among`).
        indexes = [models.Index(fields=["shape", "is_phrase"], name="people_shape")]
        constraints = [
            # They serve as the indexes of the owners too.
            models.UniqueConstraint(fields=["user", "shape", "is_phrase"], name="people_shape_of_user"),
            models.UniqueConstraint(fields=["group", "shape", "is_phrase"], name="people_shape_of_group"),
            models.CheckConstraint(
                condition=Q(user__isnull=True, group__isnull=False)
                | Q(user__isnull=False, group__isnull=True),
                name="people_shape_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.shape


def write_shapes_of_users(keys: Iterable[int]) -> int:
    """Keep the shapes of these accounts as they are stored now; return how many rows were wrong."""
    columns = ("pk", "first_name", "last_name", "username", "role_label_fr", "role_label_en")
    wrong = 0
    for some in _batches(keys):
        wanted: dict[int, set[Shape]] = {key: set() for key in some}
        active = get_user_model().objects.filter(pk__in=some, is_active=True)
        for key, first, last, username, *roles in active.values_list(*columns):
            wanted[key].update(shapes_of_person(f"{first} {last}".strip() or username))
            for role in roles:
                wanted[key].update(shapes_of_role(role))
        wrong += _write("user_id", wanted)
    return wrong


def write_shapes_of_groups(keys: Iterable[int]) -> int:
    """Keep the shapes of these groups as they are stored now; return how many rows were wrong."""
    wrong = 0
    for some in _batches(keys):
        wanted: dict[int, set[Shape]] = {key: set() for key in some}
        rows = Group.objects.filter(pk__in=some).values_list("pk", "name", "profile__names")
        for key, name, others in rows:
            for called in (name, *(others or {}).values()):
                wanted[key].update(shapes_of_role(called))
        wrong += _write("group_id", wanted)
    return wrong


def _write(owner: str, wanted: Mapping[int, Collection[Shape]]) -> int:
    kept: dict[int, dict[Shape, int]] = defaultdict(dict)
    rows = NameShape.objects.filter(**{f"{owner}__in": list(wanted)})
    for pk, key, shape, is_phrase in rows.values_list("pk", owner, "shape", "is_phrase"):
        kept[key][shape, is_phrase] = pk
    gone = [pk for key, found in kept.items() for each, pk in found.items() if each not in wanted[key]]
    new = [
        NameShape(**{owner: key}, shape=shape, is_phrase=is_phrase)
        for key, shapes in wanted.items()
        for shape, is_phrase in shapes
        if (shape, is_phrase) not in kept[key]
    ]
    if gone:
        NameShape.objects.filter(pk__in=gone).delete()
    if new:
        # Two saves of one account at once find the same missing.
        NameShape.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(gone) + len(new)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = list(keys)
    while rest:
        yield rest[:BATCH]
        rest = rest[BATCH:]
