"""System checks of the conversation."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from wagtail.models import BaseViewRestriction, PageViewRestriction

from dialogue.models import InternalDialogueIndexPage
from people.groups import EMPLOYEES
from people.models import GroupProfile


@register(Tags.database)
def check_internal_sections(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Internal dialogues are closed to all but employees; `migrate` and `check --database default` ask."""
    return [message for alias in databases or () for message in _check_internal_sections(alias)]


def _check_internal_sections(alias: str) -> list[CheckMessage]:
    needed = {InternalDialogueIndexPage._meta.db_table, GroupProfile._meta.db_table}
    if not needed <= set(connections[alias].introspection.table_names()):
        return []  # the database is about to be made
    others = Group.objects.using(alias).exclude(profile__key=EMPLOYEES)
    # A restriction that has lost its groups closes to everybody (R03), so it passes.
    closed = (
        PageViewRestriction.objects.using(alias)
        .filter(restriction_type=BaseViewRestriction.GROUPS)
        .exclude(groups__in=others)
    )
    open_sections = InternalDialogueIndexPage.objects.using(alias).exclude(pk__in=closed.values("page"))
    return [
        Error(
            f"The internal dialogues at page {pk} are not closed to everybody but employees.",
            hint="Save the page, or run “manage.py setup_site”: both close it again.",
            id="dialogue.E001",
        )
        for pk in open_sections.values_list("pk", flat=True)
    ]
