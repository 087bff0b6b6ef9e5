"""Accounts of the cast, with their groups."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from demo.cast import SHIP_CREWS, SHIP_CREWS_EN, SIGN_INS, SignIn
from demo.factories.demonstration import Demonstration
from people.groups import find_groups
from people.models import GroupProfile, Participant, User

YEARS_OF_SERVICE = timedelta(days=800)  # longer ago than anything that is written here


def enrol(person: SignIn) -> tuple[User, bool]:
    """Return the account of a member of the cast, and whether it was made just now."""
    user, is_new = User.objects.get_or_create(
        username=person.username,
        defaults={
            "email": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "role_label_fr": person.role_label_fr,
            "role_label_en": person.role_label_en,
            "language": person.language,
            "is_superuser": person.is_superuser,
            "is_active": person.is_active,
        },
    )
    if is_new:
        user.set_password(person.password)
        user.save()
        user.groups.set(map(group_of, person.groups))
    return user, is_new


def group_of(name: str) -> Group:
    """Return the portal's group of that key, or the one of that name, made where there is none."""
    group = find_groups([name]).get(name)
    if group is None:
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new and name == SHIP_CREWS:
            GroupProfile.objects.create(group=group, names={"en": SHIP_CREWS_EN})
    return group


def enrol_cast(demo: Demonstration) -> None:
    """Give everybody of the cast their account."""
    for person in SIGN_INS:
        demo.users[person.key], is_new = enrol(person)
        if is_new:
            User.objects.filter(username=person.username).update(date_joined=demo.now - YEARS_OF_SERVICE)
            demo.made["accounts"] += 1


def verify_guest(name: str, email: str, language: str = "fr") -> Participant:
    """Return the guest of that address, who has confirmed it."""
    guest, _is_new = Participant.objects.get_or_create(
        user=None, email=email, defaults={"name": name, "language": language}
    )
    if guest.verified_at is None:
        guest.verified_at = timezone.now()
        guest.save(update_fields=["verified_at"])
    return guest
