"""Readers who stand in no table: as whom a page that is being written can be seen."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.permissions import Viewer, covering, let_belong, load_restrictions

NOBODY = -1  # the key of an account that there is not


def imagine_employee(page: Page) -> Viewer:
    """Return somebody with an account and no rights, whom the restrictions of `page` admit."""
    employee = get_user_model()(pk=NOBODY, first_name=_("An employee"))
    # A page that was never saved has no place yet, and no restriction.
    restrictions = covering(page, load_restrictions()) if page.path else []
    let_belong(employee, frozenset().union(*(one.groups for one in restrictions)))
    return employee
