"""People with an account, and the sides of a conversation."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.models.shapes import BATCH, write_shapes_of_users

NO_ADDRESS = "no-address.invalid"  # the domain of what stands for an address that we do not know


class Side(models.TextChoices):
    """On whose side of the conversation something was said; stored when it was said.

    The three sides of the two-way model (Grunig & Hunt, 1984): the organisation, speaking in an
    official role, its employees, speaking as themselves, and everybody else.
    """

    ORGANISATION = "organisation", _("organisation")
    INTERNAL = "internal", _("employee")
    EXTERNAL = "external", _("guest")


class HasRole(models.Model):
    """Somebody's role, in the languages in which people read here; either may be missing."""

    role_label_fr = models.CharField(
        _("role (French)"),
        max_length=80,
        blank=True,
        help_text=_("Shown beside what this person says, for example “Director, crossings”."),
    )
    role_label_en = models.CharField(
        _("role (English)"),
        max_length=80,
        blank=True,
        help_text=_("Where one is empty, readers of both languages see the other."),
    )

    class Meta:
        abstract = True

    @property
    def role_label(self) -> str:
        """The role in the language that is being read, or in the one in which it was given."""
        is_english = (get_language() or "").startswith("en")
        own, other = self.role_label_fr, self.role_label_en
        return (other or own) if is_english else (own or other)


# What says how somebody of ours is called; whoever is not active is called nothing.
NAMED_BY = frozenset({"first_name", "last_name", "username", "role_label_fr", "role_label_en", "is_active"})


class UserQuerySet(models.QuerySet):
    """Accounts. What is written past `save` keeps the shapes of their names right as well."""

    def with_address(self, address: str) -> Self:
        """The account that has this address, however spelled; asked of the index that lets one have it."""
        return self.alias(spelled=Lower("email")).filter(spelled=Lower(models.Value(address)))

    def update(self, **values: Any) -> int:
        if NAMED_BY.isdisjoint(values):
            return super().update(**values)
        with transaction.atomic(using=self.db):
            # First: what is written may be what the query asked for.
            keys = list(self.order_by().values_list("pk", flat=True))
            changed = super().update(**values)
            write_shapes_of_users(keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        with transaction.atomic(using=self.db):
            made: list[Any] = super().bulk_create(objs, *args, **options)
            for start in range(0, len(made), BATCH):
                # By their names: where conflicts are ignored, `bulk_create` gives the objects no keys.
                names = [user.username for user in made[start : start + BATCH]]
                found = User.objects.filter(username__in=names)
                write_shapes_of_users(found.values_list("pk", flat=True))
        return made


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's own, for accounts whose names are compared with those of visitors."""

    use_in_migrations = False


# The plugin does not find the managers that Wagtail gives to the models which point here.
class User(HasRole, AbstractUser):  # type: ignore[django-manager-missing]  # noqa: DJ008 - it has Django's
    """Somebody with an account: an employee, and perhaps a member of staff of the portal."""

    email = models.EmailField(_("email address"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]  # the stubs of Django's say `str`
        verbose_name_plural = _("users")  # type: ignore[assignment]
        constraints = [
            # People sign in with their address, however they spell it.
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email",
                violation_error_message=_("Somebody already has an account with this address."),
            ),
        ]

    @property
    def signs_in_by_provider(self) -> bool:
        """Whether the organisation's provider says who this is, and nothing else may."""
        return hasattr(self, "provider_identity")

    @property
    def has_address(self) -> bool:
        """Whether mail can reach this person; the provider may have given no address that is theirs alone."""
        return not self.email.endswith(f"@{NO_ADDRESS}")

    @property
    def display_name(self) -> str:
        """The name under which this person speaks."""
        return self.get_full_name() or self.username
