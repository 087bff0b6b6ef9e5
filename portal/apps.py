"""The frame of the house: pages, settings, media, who may read a page. It knows no feature."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import (  # noqa: PLC0415 - each registers or mends what it holds
            acts,
            checks,  # noqa: F401
            colours,
            lists,
            privacy,
            redirects,
            reviews,
            signals,  # noqa: F401
            sites,
            slugs,
            spreadsheets,
            widgets,
        )

        acts.keep_doors_where_acts_are_done()
        colours.keep_colours()
        lists.keep_closed_places_out()
        privacy.tell_before_closing()
        redirects.mind_what_is_redirected()
        sites.remember_sites()
        slugs.mend_tags()
        spreadsheets.mend_exports()
        widgets.mend_choosers()
        reviews.keep_internal_pages_out_of_mail()
