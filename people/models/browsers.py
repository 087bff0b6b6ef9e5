"""What is kept of a browser: the words by which its owner knows it."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class InBrowser(models.Model):
    """Something that happens in one browser. No version and no address is kept of it."""

    browser = models.CharField(_("browser"), max_length=40, blank=True)
    system = models.CharField(_("system"), max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """What the owner recognises the browser by."""
        if self.browser and self.system:
            return gettext("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or gettext("A browser")
