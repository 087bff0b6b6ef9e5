"""Sessions end at their limits, at their owner's word, and at an administrator's."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import ModelLogEntry

from demo.cast import DEMO_PASSWORD
from people.actions import end_session, end_sessions
from people.groups import permission_named
from people.models import User, UserSession

pytestmark = pytest.mark.database

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"
NEW_PASSWORD = "quatre lanternes bleues"


def sign_in(user: User, browser: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": browser})
    client.post(reverse("account_login"), {"login": user.username, "password": DEMO_PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account_preferences")).status_code == HTTPStatus.OK


def later(**more: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**more), tick=False)


class TestLimits:
    """Twelve hours for everybody; thirty minutes without a sign of life for those who may enter the admin."""

    @pytest.mark.parametrize(("hours", "stays"), [(11, True), (12, False)])
    def test_t11_it_ends_after_a_working_day_whatever_was_done(self, employee, hours, stays):
        client = sign_in(employee)
        for hour in range(1, hours):
            with later(hours=hour):
                assert is_in(client)
        with later(hours=hours):
            assert is_in(client) == stays

    @pytest.mark.parametrize(
        ("who", "stays"), [("employee", True), ("editor", False), ("administrator", False)]
    )
    def test_t11_idleness_ends_it_for_staff(self, request, who, stays):
        client = sign_in(request.getfixturevalue(who))
        with later(minutes=29):
            assert is_in(client)
        with later(minutes=58):
            assert is_in(client)
        with later(minutes=89):
            assert is_in(client) == stays

    def test_a_pause_that_ended_it_does_not_bring_it_back(self, editor):
        client = sign_in(editor)
        with later(minutes=31):
            assert not is_in(client)
        assert not is_in(client)
        assert not UserSession.objects.exists()
        assert not Session.objects.exists()

    def test_the_admin_leads_to_the_sign_in_and_back(self, editor):
        client = sign_in(editor)
        with later(minutes=31):
            answer = client.get(reverse("wagtailadmin_home"))
        assert answer["Location"] == f"{reverse('account_login')}?next={reverse('wagtailadmin_home')}"
        assert answer.cookies["sessionid"].value == ""

    def test_an_open_editor_that_asks_by_itself_is_no_sign_of_life(self, editor, home_fr):
        client = sign_in(editor)
        editing = EditingSession.objects.create(
            user=editor, content_object=home_fr, last_seen_at=timezone.now()
        )
        address = reverse(
            "wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", home_fr.pk, editing.pk]
        )
        for minutes in (10, 20):
            with later(minutes=minutes):
                assert client.post(address).status_code == HTTPStatus.OK
        with later(minutes=31):
            assert not is_in(client)

    def test_the_limits_are_settings(self, employee, editor, settings):
        settings.SESSION_HOURS, settings.IDLE_MINUTES = 1, 5
        theirs, staff = sign_in(employee), sign_in(editor)
        with later(minutes=6):
            assert is_in(theirs)
            assert not is_in(staff)
        with later(hours=1):
            assert not is_in(theirs)


class TestCost:
    """Whoever only reads is given no session, and being there writes once a minute."""

    def test_t20_a_stranger_gets_no_cookie_and_costs_no_query(self, client, home_fr):
        client.get(home_fr.url)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(home_fr.url)
        assert not answer.cookies
        assert not [query for query in queries if "session" in query["sql"]]

    def test_it_writes_at_most_once_a_minute(self, employee, home_fr):
        client = sign_in(employee)

        def writes() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(home_fr.url)
            return sum(not query["sql"].startswith("SELECT") for query in queries)

        assert writes() == 0
        with later(seconds=61):
            assert writes() == 1
            assert writes() == 0

    def test_a_cookie_that_somebody_made_up_opens_nothing(self, client, site):
        client.cookies["sessionid"] = "x" * 32
        assert not is_in(client)


class TestList:
    """People see where they are signed in, in words."""

    def test_it_names_browsers_and_marks_this_one(self, employee):
        sign_in(employee, SAFARI)
        here = sign_in(employee)
        answer = here.get(reverse("list_sessions"))
        assert answer.context["current"].label == "Firefox sur Linux"
        assert [session.label for session in answer.context["others"]] == ["Safari sur iPhone"]

    def test_it_shows_nobody_elses(self, employee, editor):
        sign_in(editor)
        assert not sign_in(employee).get(reverse("list_sessions")).context["others"]

    def test_what_is_over_is_not_shown_and_forgotten_at_the_next_sign_in(self, employee):
        sign_in(employee)
        with later(hours=13):
            assert not sign_in(employee).get(reverse("list_sessions")).context["others"]
            assert UserSession.objects.count() == 1

    def test_the_same_browser_has_one_session(self, employee):
        client = sign_in(employee)
        client.force_login(employee)
        assert UserSession.objects.count() == 1

    def test_signing_out_forgets_it(self, employee):
        sign_in(employee).post(reverse("account_logout"))
        assert not UserSession.objects.exists()

    def test_it_holds_neither_address_nor_secret(self, employee):
        client = sign_in(employee)
        (row,) = UserSession.objects.values()
        assert client.session.session_key not in map(str, row.values())
        assert "127.0.0.1" not in map(str, row.values())

    def test_a_stranger_is_sent_to_sign_in(self, client, site):
        answer = client.get(reverse("list_sessions"))
        assert answer["Location"].startswith(reverse("account_login"))
        assert client.post(reverse("end_other_sessions")).status_code == HTTPStatus.UNAUTHORIZED


class TestEndOnesOwn:
    """One, or all others."""

    def test_one_is_ended_within_its_next_request(self, employee):
        there, here = sign_in(employee, SAFARI), sign_in(employee)
        other = UserSession.objects.get(browser="Safari")
        answer = here.post(reverse("end_session", args=[other.pk]))
        assert answer["Location"] == reverse("list_sessions")
        assert not is_in(there)
        assert is_in(here)

    def test_all_others_are_ended(self, employee):
        elsewhere = [sign_in(employee, SAFARI) for _time in range(3)]
        here = sign_in(employee)
        here.post(reverse("end_other_sessions"))
        assert not any(map(is_in, elsewhere))
        assert is_in(here)

    def test_the_second_time_it_is_not_found(self, employee):
        sign_in(employee, SAFARI)
        here = sign_in(employee)
        address = reverse("end_session", args=[UserSession.objects.get(browser="Safari").pk])
        here.post(address)
        assert here.post(address).status_code == HTTPStatus.NOT_FOUND

    def test_somebody_elses_is_not_found(self, employee, editor):
        theirs, mine = sign_in(editor), sign_in(employee)
        address = reverse("end_session", args=[UserSession.objects.get(user=editor).pk])
        assert mine.post(address).status_code == HTTPStatus.NOT_FOUND
        assert is_in(theirs)
        with pytest.raises(PermissionDenied):
            end_session(UserSession.objects.get(user=editor), by=employee)

    @pytest.mark.parametrize("name", ["end_session", "end_other_sessions"])
    def test_looking_ends_nothing(self, employee, name):
        client = sign_in(employee)
        args = [UserSession.objects.get().pk] if name == "end_session" else []
        assert client.get(reverse(name, args=args)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert is_in(client)

    def test_a_new_password_ends_the_others(self, employee):
        there, here = sign_in(employee, SAFARI), sign_in(employee)
        data = {"oldpassword": DEMO_PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        here.post(reverse("account_change_password"), data)
        assert is_in(here)
        assert not is_in(there)
        assert UserSession.objects.count() == 1


class TestDisable:
    """Out within one request, and out for good (T11)."""

    @pytest.fixture
    def office(self, administrator, signed_in):
        return signed_in(administrator)

    def set_active(self, office, person, active):
        bulk = reverse("wagtail_bulk_action", args=["people", "user", "set_active_state"])
        office.post(f"{bulk}?id={person.pk}", {"mark_as_active": str(active)})
        person.refresh_from_db()
        assert person.is_active == active

    def test_t11_enabling_the_account_again_does_not_bring_its_sessions_back(self, employee):
        client = sign_in(employee)
        employee.is_active = False
        employee.save()
        employee.is_active = True
        employee.save()
        assert not is_in(client)

    def test_t11_neither_where_many_are_disabled_at_once(self, office, employee):
        client = sign_in(employee)
        self.set_active(office, employee, False)
        self.set_active(office, employee, True)
        assert not is_in(client)

    def test_t11_a_request_while_it_was_disabled_ends_it_for_good(self, employee):
        client = sign_in(employee)
        User.objects.filter(pk=employee.pk).update(is_active=False)
        assert not is_in(client)
        User.objects.filter(pk=employee.pk).update(is_active=True)
        assert not is_in(client)


class TestEndSomebodysSessions:
    """Administrators sign a colleague out everywhere."""

    def address(self, person):
        return reverse("wagtailusers_users:end_sessions", args=[person.pk])

    def test_it_ends_all_of_them_and_is_logged(self, administrator, employee, signed_in):
        elsewhere = [sign_in(employee), sign_in(employee, SAFARI)]
        office = signed_in(administrator)
        page = office.get(reverse("wagtailusers_users:edit", args=[employee.pk])).content.decode()
        assert "Safari sur iPhone" in page
        assert self.address(employee) in page
        answer = office.post(self.address(employee))
        assert answer["Location"] == reverse("wagtailusers_users:edit", args=[employee.pk])
        assert not any(map(is_in, elsewhere))
        entry = ModelLogEntry.objects.get(action="people.end_sessions")
        assert (entry.user, entry.data) == (administrator, {"sessions": 2})

    def test_the_second_time_nothing_is_logged(self, administrator, employee, signed_in):
        office = signed_in(administrator)
        for _time in range(2):
            assert office.post(self.address(employee)).status_code == HTTPStatus.FOUND
        assert not ModelLogEntry.objects.filter(action="people.end_sessions").exists()

    def test_looking_ends_nothing(self, administrator, employee, signed_in):
        client = sign_in(employee)
        assert (
            signed_in(administrator).get(self.address(employee)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        )
        assert is_in(client)

    def test_a_new_password_from_an_administrator_ends_them(self, administrator, employee, signed_in):
        client = sign_in(employee)
        names = ("username", "email", "first_name", "last_name", "role_label_fr", "language")
        data = {name: getattr(employee, name) for name in names}
        data |= {"is_active": "on", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        office = signed_in(administrator)
        office.post(reverse("wagtailusers_users:edit", args=[employee.pk]), data)
        assert not UserSession.objects.filter(user=employee).exists()
        assert not is_in(client)

    @pytest.mark.parametrize("who", ["editor", "moderator", "answerer", "employee", "former_employee"])
    def test_nobody_else_may(self, request, who, outsider_employee, signed_in):
        actor = request.getfixturevalue(who)
        client = sign_in(outsider_employee)
        answer = signed_in(actor).post(self.address(outsider_employee))
        assert answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.FOUND}
        assert is_in(client)
        with pytest.raises(PermissionDenied):
            end_sessions(outsider_employee, by=actor)

    def test_administrators_are_signed_out_by_administrators_alone(self, administrator, moderator):
        moderator.user_permissions.add(permission_named("people.change_user"))
        client = sign_in(administrator)
        with pytest.raises(PermissionDenied):
            end_sessions(administrator, by=User.objects.get(pk=moderator.pk))
        assert is_in(client)
