"""What happens again and again: each job by itself, and one that fails is told of and tried again (R01)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from home.management.commands import run_periodic
from portal.models import FailingJob

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """Jobs of which the second fails while `poison` is there; returns what was done."""
    done = []

    def fail():
        done.append("mail")
        if "poison" in done:
            raise ValueError("an address")

    jobs = {"schedule": lambda: done.append("schedule"), "mail": fail, "tasks": lambda: done.append("tasks")}
    monkeypatch.setattr(run_periodic, "JOBS", jobs)
    return done


def test_r01_one_that_fails_holds_up_no_other(done, client, caplog):
    done.append("poison")
    for _round in range(2):
        with pytest.raises(CommandError, match="mail"):
            call_command("run_periodic", "--once")
    assert done == ["poison", *2 * ["schedule", "mail", "tasks"]]
    assert "ValueError: an address" in caplog.text
    job = FailingJob.objects.get()
    assert (job.name, job.times, job.fault) == ("mail", 2, "ValueError")


def test_r01_readiness_names_it_until_it_goes_well(done, client):
    done.append("poison")
    run_periodic.run_round()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.text.startswith("ready\nfailing: mail, 1 in a row since 20")
    done.remove("poison")
    run_periodic.run_round()
    assert client.get("/readyz").text == "ready\n"


def test_r01_where_the_database_is_what_fails_the_log_has_it(done, monkeypatch, caplog):
    def away(*_any, **_more):
        raise DatabaseError("away")

    done.append("poison")
    monkeypatch.setattr(FailingJob, "note", away)
    assert run_periodic.run_round() == ["mail"]
    assert "SQL: the outcome of periodic job" in caplog.text
