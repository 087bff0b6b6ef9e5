"""The name of a comment in addresses, and the addresses that hold it."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PUBLIC_ID_LENGTH = 12  # of 57 signs: 70 bits, far beyond guessing
# Without 0, O, 1, l and I, which are taken for one another when an address is read aloud or copied.
PUBLIC_ID_ALPHABET = "23456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


def random_public_id() -> str:
    """Return an identifier that tells nothing of how many comments there are."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class HasIdentifier(models.Model):
    """Something that addresses name, by an identifier that tells nothing."""

    public_id = models.CharField(
        _("identifier"), max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False
    )

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the permalink, which survives moves of the page."""
        return reverse("comment_permalink", args=[self.public_id])

    @property
    def permalink(self) -> str:
        return self.get_absolute_url()

    @property
    def reply_url(self) -> str:
        return reverse("reply_to_comment", args=[self.public_id])

    @property
    def history_url(self) -> str:
        return reverse("comment_history", args=[self.public_id])

    @property
    def feature_url(self) -> str:
        return reverse("dialogue_feature_comment", args=[self.public_id])

    @property
    def anchor(self) -> str:
        """The id of this comment's element in the thread."""
        return f"c-{self.public_id}"
