"""What screening has learned from the moderators: how much each word weighs."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Training(models.Model):
    """The last time that screening learned: from how many decisions, and how often it would have been right.

    `accuracy` is the balanced accuracy, from 0 to 1, on comments that it had not been shown: the mean of the
    share of refused ones and the share of published ones that it told rightly; 0.5 is what guessing has.
    """

    trained_at = models.DateTimeField(_("trained at"), default=timezone.now)
    decisions = models.PositiveIntegerField(_("decisions"))
    accuracy = models.FloatField(_("accuracy"))
    intercept = models.FloatField()

    class Meta:
        verbose_name = _("training of screening")
        verbose_name_plural = _("trainings of screening")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.trained_at:%Y-%m-%d}"


class LearnedWord(models.Model):
    """A word that several people have used, and what it says for a refusal.

    `rarity` is its inverse document frequency; `weight` its coefficient: above zero for words of what was
    refused, below for words of what was published (logistic regression on TF-IDF).
    """

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(_("word"), max_length=30, unique=True)
    rarity = models.FloatField()
    weight = models.FloatField()

    class Meta:
        verbose_name = _("learned word")
        verbose_name_plural = _("learned words")
        default_permissions = ()

    def __str__(self) -> str:
        return self.word
