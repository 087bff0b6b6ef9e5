"""Who may read a page, in words: the groups that its view restrictions admit, named to those who read it."""

from django.contrib.auth.models import Group
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.models import BaseViewRestriction, Page

from portal.permissions import Restriction, covering, load_restrictions


def name_readers(page: Page) -> str:
    """Return who may read `page`: the names of groups, everybody with an account; empty for everybody.

    Of several restrictions above one another, the lowest counts that admits fewer people than those above it.
    """
    restrictions = sorted(covering(page, load_restrictions()), key=lambda one: one.path)
    narrow = [
        one
        for one in restrictions
        if not any(one.is_implied_by(other) for other in restrictions if other != one)
    ]
    return _name_those_let_in(narrow[-1]) if narrow else ""


def _name_those_let_in(restriction: Restriction) -> str:
    if restriction.kind == BaseViewRestriction.LOGIN:
        return _("everybody with an account")
    # By its key alone, a group knows what it is called: nothing is, where it was deleted meanwhile.
    let_in = sorted(filter(None, (str(Group(pk=pk)) for pk in restriction.groups)))
    # Translators: what stands between the last two of several groups.
    return get_text_list(let_in, _("or")) or _("administrators")
