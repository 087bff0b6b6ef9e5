"""The frame of the house: pages, settings, media, who may read a page. It knows no feature."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import checks, colours, lists, redirects, reviews, signals, sites, spreadsheets, widgets  # noqa: F401, PLC0415 - registers what they hold

        colours.keep_colours()
        lists.keep_closed_places_out()
        redirects.mind_what_is_redirected()
        sites.remember_sites()
        spreadsheets.mend_exports()
        widgets.mend_choosers()
        reviews.keep_internal_pages_out_of_mail()
