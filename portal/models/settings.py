"""What the settings of a site share."""

from copy import copy
from typing import Self

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from portal.editions import remember


class RememberedSetting(BaseSiteSetting):
    """Settings that most pages ask for, so that they are remembered until somebody changes them."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Self:
        """Return the settings of `site`; each caller has a copy of their own to change."""
        if site is None:
            return super().for_site(site)
        key = ("settings", cls, site.pk)
        # mypy asks for the hash of a row of it, not for that of the class.
        return copy(remember(key, lambda: super(RememberedSetting, cls).for_site(site)))  # type: ignore[arg-type]
