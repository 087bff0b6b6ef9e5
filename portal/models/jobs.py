"""What happens again and again, and of late did not."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FailingJob(models.Model):
    """A job of `run_periodic` that has raised each time since it last went well; then the row goes."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    times = models.PositiveIntegerField(_("times in a row"), default=1)
    fault = models.CharField(_("fault"), max_length=120)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("failing job")
        verbose_name_plural = _("failing jobs")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}, {self.times} in a row since {self.since:%Y-%m-%d %H:%M} UTC: {self.fault}"

    @classmethod
    def note(cls, name: str, error: Exception) -> None:
        """Count that the job has raised once more."""
        fault = type(error).__name__
        cls.objects.update_or_create(
            name=name,
            defaults={"times": models.F("times") + 1, "fault": fault},
            create_defaults={"fault": fault},
        )
