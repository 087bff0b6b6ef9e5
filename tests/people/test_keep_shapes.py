"""The shapes of our names are kept with them, so that a visitor's name is compared with a few rows."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.actions import renew_name_shapes
from people.models import GroupProfile, NameShape, Participant, User
from people.names import clean_name
from people.permissions import can_be_called
from portal.models import PortalSettings
from privacy.actions import apply_retention, erase_participant
from tests.people.test_choose_name import FREE, ORGANISATION, PEOPLE, ROLES, TAKEN

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def people(*names: str, **more: object) -> list[User]:
    """Return accounts of these names, not stored yet."""
    start = User.objects.count()
    return [
        User(
            username=f"p{start + number}", email=f"p{start + number}@nordet.example", first_name=name, **more
        )
        for number, name in enumerate(names)
    ]


@pytest.fixture
def zelda() -> User:
    [user] = people("Zelda", last_name="Quintal", role_label_fr="Gardienne du Phare")
    user.save()
    return user


class TestTheRule:
    """What is kept says the same as the names themselves."""

    def test_r35_every_row_of_the_rule_holds_of_what_is_kept(self, site):
        User.objects.bulk_create(people(*PEOPLE))
        for name in ROLES:
            Group.objects.get_or_create(name=name)
        names = dict(zip(("name_fr", "name_en"), ORGANISATION, strict=True))
        PortalSettings.objects.update_or_create(site=site, defaults=names)
        assert [name for name in TAKEN if can_be_called(name)] == []
        assert [name for name in FREE if not can_be_called(name)] == []

    @pytest.mark.parametrize("typed", ["", " ", "🙂", "-", 80 * "a ", "\x00"])
    def test_a_name_without_a_shape_is_nobodys(self, zelda, typed):
        assert not NameShape.objects.worn_by(typed).exists()


class TestEveryWay:
    """However a name changes, its former shapes are gone and the new ones are there."""

    def test_it_is_kept_from_the_first_save_on(self, zelda):
        assert not can_be_called("Quintal, Zelda")
        assert not can_be_called("La gardienne du phare")

    @pytest.mark.parametrize("way", ["save", "some fields", "update", "bulk update"])
    def test_a_new_name_holds_and_the_former_is_free(self, zelda, way):
        zelda.first_name, zelda.role_label_fr = "Ursule", ""
        if way == "save":
            zelda.save()
        elif way == "some fields":
            zelda.save(update_fields=["first_name", "role_label_fr"])
        elif way == "update":
            User.objects.filter(first_name="Zelda").update(first_name="Ursule", role_label_fr="")
        else:
            User.objects.bulk_update([zelda], ["first_name", "role_label_fr"])
        assert not can_be_called("Ursule Quintal")
        assert can_be_called("Zelda Quintal")
        assert can_be_called("La gardienne du phare")
        assert renew_name_shapes() == 0

    @pytest.mark.parametrize("way", ["disable", "disable many", "delete", "erase"])
    def test_whoever_is_gone_is_called_nothing(self, zelda, way):
        if way == "disable":
            zelda.is_active = False
            zelda.save()
        elif way == "disable many":
            User.objects.filter(pk=zelda.pk).update(is_active=False)
        elif way == "delete":
            zelda.delete()
        else:
            erase_participant(Participant.of(zelda))
        assert can_be_called("Zelda Quintal")
        assert not NameShape.objects.filter(shape__contains="zeida").exists()
        assert renew_name_shapes() == 0

    def test_a_group_in_every_language(self):
        group = Group.objects.create(name="Vigie du large")
        profile = GroupProfile.objects.create(group=group, names={"en": "Offshore lookout"})
        assert not can_be_called("Vigie du large")
        assert not can_be_called("The offshore lookout")
        group.name, profile.names = "Capitainerie du port", {"en": "Harbour office"}
        group.save()
        profile.save()
        assert can_be_called("Vigie du large")
        assert can_be_called("The offshore lookout")
        assert not can_be_called("Harbour Office")
        profile.delete()
        assert can_be_called("Harbour Office")
        assert not can_be_called("Capitainerie du port")
        group.delete()
        assert can_be_called("Capitainerie du port")
        assert renew_name_shapes() == 0

    def test_a_group_that_goes_with_its_profile_leaves_nothing(self):
        group = Group.objects.create(name="Vigie du large")
        GroupProfile.objects.create(group=group, names={"en": "Offshore lookout"})
        Group.objects.filter(pk=group.pk).delete()
        assert can_be_called("Vigie du large")
        assert can_be_called("Offshore lookout")

    def test_what_went_past_the_models_is_mended_each_day(self, zelda):
        group = Group.objects.create(name="Vigie du large")
        Group.objects.filter(pk=group.pk).update(name="Capitainerie du port")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_user SET first_name = 'Ursule' WHERE id = %s", [zelda.pk])
        list(apply_retention(is_trial=True))
        assert not can_be_called("Vigie du large")
        list(apply_retention())
        assert can_be_called("Vigie du large")
        assert can_be_called("Zelda Quintal")
        assert not can_be_called("Capitainerie du port")
        assert not can_be_called("Ursule Quintal")
        assert renew_name_shapes() == 0


class TestTheCost:
    """It does not grow with the number of people, roles and groups."""

    def asked(self, client, article, name: str) -> list[str]:
        fields = {"text": "Un mot.", "name": name, "email": "zoe@example.org"}
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("preview_comment", args=[article.pk]), fields)
        return [query["sql"] for query in queries.captured_queries]

    @pytest.mark.parametrize("name", ["Zoé Martin", "Élodie Abelin"])
    def test_a_preview_asks_as_much_of_four_hundred_people_as_of_ten(self, client, article, site, name):
        self.asked(client, article, name)
        few = self.asked(client, article, name)
        User.objects.bulk_create(people(*(f"Élodie {_letters(number)}" for number in range(400))))
        for number in range(30):
            Group.objects.create(name=f"Quart {_letters(number)}")
        self.asked(client, article, name)  # what is remembered of the site is made anew after new groups
        many = self.asked(client, article, name)
        assert len(many) == len(few)
        assert not [sql for sql in many if 'FROM "people_user"' in sql or "auth_group" in sql]

    def test_the_database_finds_them_by_the_index(self):
        User.objects.bulk_create(people(*(f"Élodie {_letters(number)}" for number in range(400))))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = NameShape.objects.worn_by("Élodie Martin, de Nordet").explain()
        assert "people_shape " in f"{plan} ".replace("\n", " ")
        assert "SCAN" not in plan.replace("Bitmap Heap Scan", "").replace("Bitmap Index Scan", "").replace(
            "Index Scan", ""
        ).replace("Index Only Scan", "")

    def test_a_save_that_changes_no_name_writes_no_shape(self, zelda):
        with CaptureQueriesContext(connection) as queries:
            zelda.save(update_fields=["last_login"])
            User.objects.filter(pk=zelda.pk).update(language="en")
        assert not [query for query in queries.captured_queries if "people_nameshape" in query["sql"]]


def _letters(number: int) -> str:
    return clean_name("".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "elin")
